//! Failures on demand, as a client sees them.

use std::time::{Duration, Instant};

use mock_server::{Failure, MockServer};

use crate::client::{call, count, get, post};

#[test]
fn a_status_comes_before_or_after_the_deed() {
    let server = MockServer::builder().items(0).start().unwrap();
    server.fail(
        Failure::on("POST", "/v1/customers")
            .call(1)
            .status(503)
            .should_retry(false),
    );
    server.fail(
        Failure::on("POST", "/v1/customers")
            .call(2)
            .status_after_acting(500),
    );
    let before = post(&server, "/v1/customers", "");
    assert_eq!(
        (before.status, before.header("stripe-should-retry")),
        (503, Some("false"))
    );
    assert_eq!(before.json()["error"]["type"], "api_error");
    assert!(before.header("request-id").is_some());
    assert_eq!(count(&server), 0);
    assert_eq!(post(&server, "/v1/customers", "").status, 500);
    assert_eq!(count(&server), 1);
    post(&server, "/v1/customers", "").ok();
}

#[test]
fn a_card_is_declined() {
    let server = MockServer::start().unwrap();
    server.fail(Failure::on("POST", "/v1/payment_intents/*/confirm").status(402));
    let declined = post(&server, "/v1/payment_intents/pi_1/confirm", "");
    assert_eq!(
        declined.error(),
        (402, "card_declined".to_owned(), String::new())
    );
    assert_eq!(declined.json()["error"]["type"], "card_error");
}

#[test]
fn a_connection_ends_before_or_after_the_deed() {
    let server = MockServer::builder().items(0).start().unwrap();
    let lost = || call(&server, "POST", "/v1/customers").try_send().is_err();
    server.fail(Failure::on("POST", "*").drop_before_acting());
    assert!(lost());
    assert_eq!(count(&server), 0);
    server.clear_failures();
    server.fail(Failure::on("POST", "*").drop_after_acting());
    assert!(lost());
    assert_eq!(count(&server), 1);
}

#[test]
fn a_body_is_malformed_or_ends_too_early() {
    let server = MockServer::start().unwrap();
    server.fail(Failure::any("/v1/balance").call(1).malformed_body());
    server.fail(Failure::any("/v1/balance").call(2).truncated_body());
    let malformed = get(&server, "/v1/balance");
    assert_eq!(malformed.status, 200);
    assert!(serde_json::from_slice::<serde_json::Value>(&malformed.body).is_err());
    let truncated = call(&server, "GET", "/v1/balance").try_send();
    assert_eq!(
        truncated.unwrap_err().kind(),
        std::io::ErrorKind::UnexpectedEof
    );
    get(&server, "/v1/balance").ok();
}

#[test]
fn latency_is_waited_for() {
    let server = MockServer::start().unwrap();
    server.fail(Failure::any("/v1/balance").latency(Duration::from_millis(60)));
    let start = Instant::now();
    get(&server, "/v1/balance").ok();
    assert!(start.elapsed() >= Duration::from_millis(60));
}

#[test]
fn a_program_is_told_over_http() {
    let server = MockServer::start().unwrap();
    let control = |method, path, body: &str| {
        call(&server, method, path)
            .without("Authorization")
            .body("text/plain", body)
            .send()
    };
    control("POST", "/_mock/failures", "/v1/balance=status:500").ok();
    assert_eq!(get(&server, "/v1/balance").status, 500);
    assert_eq!(control("POST", "/_mock/failures", "nonsense").status, 400);
    control("DELETE", "/_mock/failures", "").ok();
    get(&server, "/v1/balance").ok();
    post(&server, "/v1/coupons", "id=X&percent_off=1").ok();
    control("POST", "/_mock/reset", "").ok();
    assert_eq!(
        control("GET", "/_mock/ledger", "").ok()["counts"]["operation"]["used"],
        0
    );
    assert_eq!(control("GET", "/_mock/x", "").status, 404);
}
