//! The first call and the first webhook in the README, compiled: what stands there is what stands here.

use crate::document::read;
use crate::features::features;

#[allow(
    dead_code,
    clippy::print_stdout,
    reason = "it is compiled, not run: it would call Stripe"
)]
mod first_call;

#[cfg(feature = "webhooks")]
#[allow(
    dead_code,
    clippy::print_stdout,
    reason = "it is compiled, not run: the secret is in the environment"
)]
mod webhook;

const FIRST_CALL: &str = include_str!("readme/first_call.rs");

const WEBHOOK: &str = include_str!("readme/webhook.rs");

/// The code blocks of a language.
fn blocks<'a>(markdown: &'a str, language: &str) -> Vec<&'a str> {
    let opening = format!("```{language}\n");
    let blocks = markdown.split(&opening).skip(1);
    blocks
        .map(|rest| rest.split("```").next().unwrap())
        .collect()
}

#[test]
fn the_code_is_what_compiles() {
    let compiled = [FIRST_CALL, WEBHOOK].map(|it| it.split_once("\n\n").unwrap().1);
    assert_eq!(blocks(&read("README.md"), "rust"), compiled);
}

#[test]
fn the_features_that_it_needs_are_on() {
    let readme = read("README.md");
    let features = features();
    let [manifest] = blocks(&readme, "toml")[..] else {
        panic!("not one manifest")
    };
    let line = manifest
        .lines()
        .find(|line| line.starts_with("stripe-generated"));
    let asked = line
        .unwrap()
        .split_once("features = [")
        .map_or("", |(_, list)| list);
    let asked: Vec<_> = asked.split('"').skip(1).step_by(2).collect();
    assert!(
        asked.iter().all(|name| features.contains_key(*name)),
        "{asked:?}"
    );
    let services = FIRST_CALL
        .split('.')
        .filter_map(|call| call.split_once("()"));
    let services = services.map(|(name, _)| name.replace('_', "-"));
    let services: Vec<_> = services
        .filter(|name| features.contains_key(name))
        .collect();
    assert!(services.len() >= 2, "{services:?}");
    for service in services {
        let is_on = features["default"].contains(&service) || asked.contains(&service.as_str());
        assert!(is_on, "{service}");
    }
}
