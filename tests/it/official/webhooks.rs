//! Signatures, ours and those of Stripe's official Python SDK: each verifies what the other signs.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::Stdio;

use serde_json::{Value, json};
use stripe_generated::stripe_core::webhook::sign;
use stripe_generated::types::Timestamp;
use stripe_generated::webhook::{Verifier, WebhookSecret};

use super::python::python;

const PAYLOADS: [&str; 4] = [
    r#"{"id":"evt_test_webhook","object":"event"}"#,
    "{\"id\":\"evt_\u{e9}\",\"object\":\"event\"}",
    "{\n  \"id\": \"evt_1\",\n  \"object\": \"event\"\n}",
    r#"{"object":"event","data":{"object":{"name":"\ud83d\ude00 <&> \u0000"}}}"#,
];

const SECRETS: [&str; 2] = ["whsec_FAKE0123456789", "whsec_FAKE_of_the_other"];

/// What the official SDK says of each delivery: whether it takes it, and the signature that it makes itself.
fn official(deliveries: &[Value]) -> Vec<Value> {
    let mut python = python("webhooks.py", &BTreeMap::new());
    python.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = python.spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    for delivery in deliveries {
        writeln!(input, "{delivery}").unwrap();
    }
    drop(input);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "Python failed");
    let lines = String::from_utf8(output.stdout).unwrap();
    lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn w9_each_verifies_what_the_other_signs() {
    let time = Timestamp::from_unix(1_700_000_000);
    let secret = |text: &str| WebhookSecret::new(text).unwrap();
    let mut deliveries = Vec::new();
    for payload in PAYLOADS {
        for (signed, known) in [(0, 0), (1, 1), (0, 1)] {
            let header = sign(payload.as_bytes(), &secret(SECRETS[signed]), time);
            deliveries.push(json!({
                "payload": payload, "header": header, "secret": SECRETS[known], "time": time.as_unix(),
            }));
        }
    }
    let answers = official(&deliveries);
    assert_eq!(answers.len(), deliveries.len());
    for (delivery, answer) in deliveries.iter().zip(&answers) {
        let text = |name: &str| delivery[name].as_str().unwrap();
        let verifier = Verifier::new(secret(text("secret")));
        let verify = |header: &str| verifier.verify_at(text("payload").as_bytes(), header, time);
        let is_taken = verify(text("header")).is_ok();
        assert_eq!(answer["is_taken"], is_taken, "{delivery}");
        let theirs = answer["header"].as_str().unwrap();
        assert!(verify(theirs).is_ok(), "{delivery}");
        assert_eq!(is_taken, theirs == text("header"));
    }
}
