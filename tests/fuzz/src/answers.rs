//! Any answer to any kind of call: it is read or it is an error, and neither loses or leaks anything.

use std::collections::BTreeSet;
use std::future::IntoFuture;

use stripe_core::decode::Decode;
use stripe_core::types::Json;
use stripe_core::value::Value;
use stripe_core::{Client, Error, ErrorKind, Operation, Reply, Request};

use crate::KEY;
use crate::answer::{Answer, Asked, client, run};
use crate::thing::Thing;

const CALLS: [Operation; 4] = [
    Operation::get("/v1/things"),
    Operation::post_form("/v1/things"),
    Operation::post_json("/v2/core/things"),
    Operation::delete("/v2/core/things"),
];

/// No answer makes the client panic, print the key or a raw control character, or change the idempotency key.
pub fn answers(data: &[u8]) {
    let answer = Answer::read(data);
    round_trip(answer.body());
    for operation in CALLS {
        let (stripe, asked) = client(vec![answer.clone()]);
        judge(&call::<Thing>(&stripe, operation), &asked);
        let (stripe, asked) = client(vec![answer.clone()]);
        judge(&call::<Json>(&stripe, operation), &asked);
    }
}

fn call<T: Reply>(client: &Client, operation: Operation) -> Result<T, Error> {
    run(Request::<T>::new(client, operation, &[]).into_future())
}

fn judge<T: std::fmt::Debug>(result: &Result<T, Error>, asked: &Asked) {
    let asked = asked.lock().unwrap();
    assert!((1..=3).contains(&asked.len()), "{} attempts", asked.len());
    let keys: BTreeSet<_> = asked.iter().map(|(_, key)| key).collect();
    assert_eq!(keys.len(), 1, "an attempt had another idempotency key");
    let error = match result {
        Ok(object) => {
            assert!(!format!("{object:?} {object:#?}").contains(KEY));
            return;
        }
        Err(error) => error,
    };
    if error.kind() == ErrorKind::Decode && error.status().is_some_and(|it| it < 300) {
        assert!(error.raw_json().is_some(), "what Stripe said is lost");
    }
    let shown = error.to_string();
    assert!(!shown.contains(char::is_control), "{shown:?}");
    let printed = format!("{shown} {error:?} {error:#?}");
    assert!(!printed.contains(KEY), "{printed}");
    read_all(error);
}

/// Looks at everything that an error says.
fn read_all(error: &Error) {
    let texts = [
        error.error_type(),
        error.message(),
        error.param(),
        error.doc_url(),
        error.request_log_url(),
        error.charge(),
        error.request_id(),
        error.idempotency_key(),
        error.raw_json(),
        error.json_path(),
        error.user_message(),
        Some(error.developer_hint()),
    ];
    let length: usize = texts.iter().flatten().map(|text| text.len()).sum();
    let codes = (error.code(), error.decline_code(), error.advice_code());
    let flags = (error.is_retryable(), error.should_retry());
    let rest = (error.retry_after(), error.is_outcome_unknown(), flags);
    std::hint::black_box((length, codes, rest));
}

/// What was read can be written, and what was written reads as the same.
fn round_trip(body: &[u8]) {
    let Ok(thing) = Thing::decode(body) else {
        return;
    };
    let written = stripe_core::json::write(thing.node()).expect("what was read can be written");
    let again = Thing::decode(written.as_bytes()).expect("what was written can be read");
    let rewritten = stripe_core::json::write(again.node()).expect("it was written before");
    assert_eq!(written, rewritten);
}
