//! The first call in the README, compiled: what stands there is what stands here.

use crate::document::read;

#[allow(dead_code, reason = "it is compiled, not run: it would call Stripe")]
mod first_call;

const FIRST_CALL: &str = include_str!("readme/first_call.rs");

/// The code blocks of a language.
fn blocks<'a>(markdown: &'a str, language: &str) -> Vec<&'a str> {
    let opening = format!("```{language}\n");
    let blocks = markdown.split(&opening).skip(1);
    blocks
        .map(|rest| rest.split("```").next().unwrap())
        .collect()
}

#[test]
fn the_first_call_is_the_one_that_compiles() {
    let (_, compiled) = FIRST_CALL.split_once("\n\n").unwrap();
    assert_eq!(blocks(&read("README.md"), "rust"), [compiled]);
}

#[test]
fn the_features_in_it_exist() {
    let readme = read("README.md");
    let [manifest] = blocks(&readme, "toml")[..] else {
        panic!("not one manifest")
    };
    let line = manifest
        .lines()
        .find(|line| line.starts_with("stripe-generated"));
    let (_, list) = line.unwrap().split_once("features = [").unwrap();
    let features = list.split('"').skip(1).step_by(2).collect::<Vec<_>>();
    assert!(!features.is_empty());
    let known = read("stripe-generated/Cargo.toml");
    for feature in features {
        assert!(known.contains(&format!("\n{feature} = [")), "{feature}");
    }
}
