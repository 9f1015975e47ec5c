//! The same key acts once.

use std::thread;
use std::time::Duration;

use mock_server::{Failure, MockServer};

use crate::client::{Answer, FORM, JSON, call, count, post};

fn create(server: &MockServer, key: &str, form: &str) -> Answer {
    call(server, "POST", "/v1/customers")
        .header("Idempotency-Key", key)
        .body(FORM, form)
        .send()
}

#[test]
fn the_same_request_is_replayed() {
    let server = MockServer::builder().items(0).start().unwrap();
    let first = create(&server, "k", "email=a");
    let second = create(&server, "k", "email=a");
    assert_eq!(first.ok(), second.ok());
    assert_eq!(first.header("idempotent-replayed"), None);
    assert_eq!(second.header("idempotent-replayed"), Some("true"));
    assert_eq!(
        second.header("original-request"),
        first.header("request-id")
    );
    assert_ne!(second.header("request-id"), first.header("request-id"));
    assert_eq!(second.header("idempotency-key"), Some("k"));
    assert_eq!(count(&server), 1);
    create(&server, "l", "email=a").ok();
    assert_eq!(count(&server), 2);
}

#[test]
fn another_request_with_the_key_is_an_error() {
    let server = MockServer::builder().items(0).start().unwrap();
    create(&server, "k", "email=a").ok();
    let other = create(&server, "k", "email=b");
    assert_eq!(other.status, 400);
    assert_eq!(other.json()["error"]["type"], "idempotency_error");
    let elsewhere = call(&server, "POST", "/v1/coupons")
        .header("Idempotency-Key", "k")
        .send();
    assert_eq!(elsewhere.status, 400);
    let account = call(&server, "POST", "/v1/coupons").header("Idempotency-Key", "k");
    account.header("Stripe-Account", "acct_1").send().ok();
    assert_eq!(count(&server), 1);
}

#[test]
fn a_request_that_was_wrong_does_not_spend_its_key() {
    let server = MockServer::start().unwrap();
    assert_eq!(create(&server, "k", "color=red").status, 400);
    create(&server, "k", "email=a").ok();
}

#[test]
fn a_key_in_use_is_a_conflict() {
    let server = MockServer::builder().items(0).start().unwrap();
    server.fail(
        Failure::on("POST", "/v1/customers")
            .call(1)
            .latency(Duration::from_secs(2)),
    );
    let answers = thread::scope(|scope| {
        let threads = [(); 2].map(|()| scope.spawn(|| create(&server, "k", "email=a")));
        threads.map(|thread| thread.join().unwrap())
    });
    let conflict = answers.iter().find(|it| it.status == 409).unwrap();
    assert_eq!(conflict.error().1, "idempotency_key_in_use");
    assert_eq!(conflict.header("stripe-should-retry"), Some("true"));
    assert!(answers.iter().any(|it| it.status == 200));
    assert_eq!(count(&server), 1);
}

#[test]
fn a_request_whose_answer_was_lost_is_not_done_twice() {
    let server = MockServer::builder().items(0).start().unwrap();
    server.fail(
        Failure::on("POST", "/v1/customers")
            .call(1)
            .drop_after_acting(),
    );
    let lost = call(&server, "POST", "/v1/customers")
        .header("Idempotency-Key", "k")
        .body(FORM, "email=a");
    assert!(lost.try_send().is_err());
    let again = create(&server, "k", "email=a");
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    assert_eq!(count(&server), 1);
}

#[test]
fn keys_have_a_length_and_no_effect_on_reads() {
    let server = MockServer::start().unwrap();
    assert_eq!(create(&server, &"k".repeat(256), "").status, 400);
    create(&server, &"k".repeat(255), "").ok();
    for _ in 0..2 {
        let read = call(&server, "GET", "/v1/balance")
            .header("Idempotency-Key", "k")
            .send();
        assert_eq!(read.header("idempotent-replayed"), None);
    }
}

#[test]
fn v2_has_keys_for_deletes_too() {
    let server = MockServer::start().unwrap();
    let delete = || {
        call(&server, "DELETE", "/v2/core/event_destinations/ed_1")
            .header("Idempotency-Key", "k")
            .send()
    };
    delete().ok();
    assert_eq!(delete().header("idempotent-replayed"), Some("true"));
    let ping = call(&server, "POST", "/v2/core/event_destinations/ed_1/ping")
        .header("Idempotency-Key", "k");
    assert_eq!(
        ping.body(JSON, "{}").send().json()["error"]["code"],
        "idempotency_error"
    );
}

#[test]
fn in_v1_a_request_that_its_object_refused_is_replayed_too() {
    let server = MockServer::builder().items(0).start().unwrap();
    let made = post(&server, "/v1/payment_intents", "amount=5&currency=usd").ok();
    let path = format!("/v1/payment_intents/{}", made["id"].as_str().unwrap());
    let confirm = || {
        call(&server, "POST", &format!("{path}/confirm"))
            .header("Idempotency-Key", "k")
            .send()
    };
    let refused = confirm();
    assert_eq!(
        (refused.status, refused.header("idempotent-replayed")),
        (400, None)
    );
    post(&server, &path, "payment_method=pm_1").ok();
    let again = confirm();
    assert_eq!((again.status, &again.body), (400, &refused.body));
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    let v2 = || {
        call(
            &server,
            "POST",
            "/v2/core/event_destinations/ed_missing/disable",
        )
        .header("Idempotency-Key", "k")
        .body(JSON, "{}")
        .send()
    };
    for answer in [v2(), v2()] {
        assert_eq!(
            (answer.status, answer.header("idempotent-replayed")),
            (404, None)
        );
    }
}
