//! Calls that fail: which kind of error, and what it knows.

use std::error::Error as _;

use stripe_generated::stripe_core::{DeclineCode, ErrorCode};
use stripe_generated::types::Currency;
use stripe_generated::{Error, ErrorKind, customer, payment_intent};
use tests::server::{Answer, Server};

use super::{base, builder, client};

fn refused(status: u16, body: &str) -> Answer {
    Answer::new(status, "application/json", body)
}

async fn error(answer: Answer) -> Error {
    let server = Server::start([answer]);
    let params = payment_intent::Create::new(2_000, Currency::USD);
    let call = client(&server).payment_intents().create(params);
    let error = call.idempotency_key("order-42").await.unwrap_err();
    assert_eq!(server.recorded().len(), 1);
    error
}

#[tokio::test]
async fn a_declined_card_is_told_apart() {
    let body = r#"{"error":{"type":"card_error","code":"card_declined","decline_code":"insufficient_funds",
        "message":"Your card has insufficient funds.","param":"payment_method","charge":"ch_1",
        "payment_intent":{"id":"pi_1","object":"payment_intent","client_secret":"canary"}}}"#;
    let error = error(refused(402, body)).await;
    assert_eq!(error.kind(), ErrorKind::Card);
    assert_eq!(error.status(), Some(402));
    assert_eq!(error.code(), Some(ErrorCode::CARD_DECLINED));
    assert_eq!(error.decline_code(), Some(DeclineCode::INSUFFICIENT_FUNDS));
    assert_eq!(error.param(), Some("payment_method"));
    assert_eq!(error.request_id(), Some("req_test_1"));
    assert_eq!(error.idempotency_key(), Some("order-42"));
    assert_eq!(
        error.user_message(),
        Some("Your card has insufficient funds.")
    );
    assert!(!error.is_outcome_unknown());
    let shown = format!("{error} {error:?} {error:#?}");
    assert!(
        !shown.contains("canary") && !shown.contains("order-42"),
        "{shown}"
    );
    assert!(shown.contains("POST /v1/payment_intents"), "{shown}");
}

#[tokio::test]
async fn a_missing_object_is_an_invalid_request() {
    let body = r#"{"error":{"type":"invalid_request_error","code":"resource_missing","param":"id",
        "message":"No such thing"}}"#;
    let error = error(refused(404, body)).await;
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!(error.code(), Some(ErrorCode::RESOURCE_MISSING));
    assert_eq!(error.user_message(), None);
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn statuses_have_their_kinds() {
    let body = r#"{"error":{"type":"api_error","message":"m"}}"#;
    for (status, kind) in [
        (400, ErrorKind::InvalidRequest),
        (401, ErrorKind::Authentication),
        (403, ErrorKind::Permission),
        (409, ErrorKind::Api),
        (429, ErrorKind::RateLimited),
        (500, ErrorKind::Api),
        (302, ErrorKind::UnexpectedRedirect),
    ] {
        let error = error(refused(status, body)).await;
        assert_eq!((error.kind(), error.status()), (kind, Some(status)));
    }
}

#[tokio::test]
async fn an_error_page_of_a_proxy_is_not_taken_for_stripes() {
    let page = "<html>canary</html>";
    let error = error(Answer::new(500, "text/html", page)).await;
    assert_eq!(error.kind(), ErrorKind::InvalidResponse);
    assert_eq!(error.status(), Some(500));
    assert_eq!(error.raw_json(), Some(page));
    assert!(error.is_outcome_unknown());
    assert!(!format!("{error} {error:?}").contains("canary"));
}

/// `{error}` with all that is behind it.
fn chain(error: &Error) -> String {
    let mut shown = format!("{error} {error:?} {error:#?}");
    let mut source = error.source();
    while let Some(error) = source {
        shown.push_str(&format!(" {error} {error:?}"));
        source = error.source();
    }
    shown
}

#[tokio::test]
async fn a_success_that_is_not_understood_is_an_error_of_its_own() {
    for (body, place) in [
        (r#"{"id":"pi_1","object":"payment_intent"}"#, "created"),
        (r#"{"id":"pi_1","amount":"canary"}"#, "amount"),
        (
            r#"{"shipping":{"address":{"city":["canary"]}}}"#,
            "shipping.address.city",
        ),
        ("not canary JSON", ""),
        ("", ""),
    ] {
        let error = error(Answer::json(body)).await;
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        assert_eq!(error.status(), Some(200));
        assert_eq!(error.request_id(), Some("req_test_1"));
        assert_eq!(error.idempotency_key(), Some("order-42"));
        assert_eq!(error.raw_json(), Some(body));
        assert!(error.is_outcome_unknown() && !error.is_retryable());
        let shown = chain(&error);
        assert!(!shown.contains("canary"), "{shown}");
        assert!(shown.contains(place), "{shown}");
    }
}

#[tokio::test]
async fn a_failed_attempt_is_repeated_with_the_same_key() {
    let failed = refused(500, r#"{"error":{"type":"api_error","message":"m"}}"#);
    let server = Server::start([failed, Answer::json(super::CUSTOMER)]);
    let builder = builder().base_url_for_all(&base(&server)).max_retries(1);
    let stripe = stripe_generated::Client::build(builder).unwrap();
    let customers = stripe.customers();
    customers
        .create(customer::Create::new().email("a@example.com"))
        .await
        .unwrap();
    let recorded = server.recorded();
    let [first, second] = recorded.as_slice() else {
        panic!("{} requests", recorded.len())
    };
    assert!(first.header("idempotency-key").is_some());
    assert_eq!(first.head, second.head);
    assert_eq!(first.body, second.body);
}
