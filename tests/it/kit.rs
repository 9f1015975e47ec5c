//! What applications test with, as they see it: the scripted Stripe, examples of every object, and the mock server.

mod examples;
mod first_test;
mod mock_server;
mod script;

use crate::document::read;

/// The test in the README, compiled and run: what stands there is what stands here.
#[test]
fn the_first_test_is_the_one_that_runs() {
    let (_, test) = include_str!("kit/first_test.rs")
        .split_once("\n\n")
        .unwrap();
    assert!(read("codegen/src/emit/readme.md").contains(test));
    let (_, body) = test.split_once("#[tokio::test]\n").unwrap();
    let lines = body.lines().filter(|line| !line.is_empty());
    assert!(lines.count() < 15);
}
