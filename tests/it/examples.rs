//! The examples of the generated crate: each runs against the mock server, says which features it needs, and is in the guide.

mod programs;

use std::collections::BTreeSet;
use std::fs;

use mock_server::{MockServer, Use};
use tests::client;

use crate::document::{read, repository};
use crate::features::features;

#[tokio::test]
async fn every_example_runs_against_the_mock_server() {
    let server = MockServer::start().unwrap();
    let stripe = client(server.url());
    programs::checkout::run(&stripe).await.unwrap();
    programs::connect::run(&stripe).await.unwrap();
    programs::dispute::run(&stripe).await.unwrap();
    programs::errors::run(&stripe).await.unwrap();
    programs::files::run(&stripe).await.unwrap();
    programs::first_payment::run(&stripe).await.unwrap();
    programs::idempotent_retry::run(&stripe).await.unwrap();
    programs::paging::run(&stripe).await.unwrap();
    programs::refund::run(&stripe).await.unwrap();
    programs::subscription::run(&stripe).await.unwrap();
    programs::test_clock::run(&stripe).await.unwrap();
    assert!(called(&server) >= 20, "{} operations", called(&server));

    // Where everything is the second of what it can be, disputes need a response.
    let disputed = MockServer::builder().variant(1).start().unwrap();
    let stripe = client(disputed.url());
    programs::dispute::run(&stripe).await.unwrap();
    assert_eq!(called(&disputed), 3, "a list, an upload, an update");
}

/// How many operations were called.
fn called(server: &MockServer) -> usize {
    let missing = server.ledger().missing();
    let missing = missing.iter().filter(|it| it.what == Use::Operation);
    server.document().operations().len() - missing.count()
}

#[test]
fn the_example_without_a_runtime_runs_as_well() {
    let server = MockServer::start().unwrap();
    programs::blocking::run(&client(server.url())).unwrap();
}

/// The examples by name, each with its source.
fn examples() -> Vec<(String, String)> {
    let entries = fs::read_dir(repository("stripe-generated/examples")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let names = names.filter(|name| name != "client.rs");
    let with_source = names.map(|name| {
        let source = read(&format!("stripe-generated/examples/{name}"));
        (name.trim_end_matches(".rs").to_owned(), source)
    });
    with_source.collect()
}

#[test]
fn every_example_is_run_and_is_in_the_guide() {
    let chapter = read("docs/examples.md");
    let programs = read("tests/it/examples/programs.rs");
    let examples = examples();
    assert_eq!(examples.len(), 12);
    for (name, source) in examples {
        assert!(chapter.contains(&format!("| `{name}` |")), "{name}");
        let module = format!("pub(super) mod {name};");
        assert!(programs.contains(&module), "{name}");
        assert!(source.lines().count() <= 60, "{name} is long");
    }
}

/// The features that the calls of an example need: those that are named as the services are, and for blocking.
fn needed(source: &str) -> BTreeSet<String> {
    let known = features();
    let source: String = source.split_whitespace().collect();
    let mut needed = BTreeSet::new();
    for chain in source.split("stripe.").skip(1) {
        let mut feature = Vec::new();
        for part in chain.split('.') {
            let Some((service, rest)) = part.split_once("()") else {
                break;
            };
            feature.push(service.replace('_', "-"));
            if !rest.is_empty() {
                break;
            }
        }
        let feature = feature.join("-");
        needed.extend(known.contains_key(&feature).then_some(feature));
    }
    if source.contains(".blocking()") {
        needed.insert("blocking".to_owned());
    }
    needed
}

#[test]
fn every_example_asks_for_the_features_that_it_needs() {
    let manifest = read("stripe-generated/Cargo.toml");
    for (name, source) in examples() {
        let needed: Vec<_> = needed(&source).into_iter().collect();
        assert!(!needed.is_empty(), "{name}");
        let section = format!("name = \"{name}\"\nrequired-features = {needed:?}\n");
        assert!(manifest.contains(&section), "{section}");
    }
}
