//! Answers that are errors: what each carries, and what it never shows. Which kind each is stands in `error_table`.

use std::error::Error as _;

use stripe_core::{AdviceCode, Attached, DeclineCode, Error, ErrorCode, ErrorKind, Operation};

use crate::server::{Reply, Server};
use crate::subject::{GET, POST, Thing, ask, client, request};

pub(crate) async fn fail_with(
    operation: Operation,
    reply: impl Fn() -> Reply + Send + Sync + 'static,
) -> Error {
    let server = Server::start(move |_, _| reply());
    request(&client(&server), operation)
        .max_retries(0)
        .params(ask().email("x"))
        .await
        .unwrap_err()
}

impl Attached for Thing {
    const OBJECT: &'static str = "thing";
}

const DECLINED: &str = r#"{"error":{"type":"card_error","code":"card_declined","decline_code":"insufficient_funds",
    "message":"Your card has \u001b[2J\r\nFAKE insufficient funds.","param":"source","advice_code":"try_again_later",
    "network_advice_code":"02","network_decline_code":"51","doc_url":"https://stripe.com/docs/error-codes/card-declined",
    "request_log_url":"https://dashboard.stripe.com/logs/req_1?canary","charge":"ch_1","new":{"a":1},
    "source":{"id":"thing_7","object":"other","amount":1},
    "payment_intent":{"id":"thing_9","object":"thing","amount":7,"client_secret":"canary"}}}"#;

async fn declined() -> Error {
    fail_with(POST, || {
        let reply = Reply::json(402, DECLINED).with("retry-after", "7");
        let reply = reply.with("stripe-should-retry", "false");
        reply.with("x-note", "canary")
    })
    .await
}

#[tokio::test]
async fn an_error_carries_what_stripe_said() {
    let error = declined().await;
    assert_eq!(error.error_type(), Some("card_error"));
    assert_eq!(error.code(), Some(ErrorCode::CARD_DECLINED));
    assert_eq!(error.decline_code(), Some(DeclineCode::INSUFFICIENT_FUNDS));
    assert_eq!(error.advice_code(), Some(AdviceCode::TRY_AGAIN_LATER));
    assert_eq!(error.network_advice_code(), Some("02"));
    assert_eq!(error.network_decline_code(), Some("51"));
    assert_eq!(error.param(), Some("source"));
    assert_eq!(error.charge(), Some("ch_1"));
    assert!(error.doc_url().unwrap().ends_with("/card-declined"));
    assert!(error.request_log_url().unwrap().ends_with("?canary"));
    assert_eq!(
        error.user_message(),
        Some("Your card has \u{1b}[2J\r\nFAKE insufficient funds.")
    );
    assert_eq!(error.message(), error.user_message());
    assert_eq!(error.api().unwrap().extra.get("new"), Some(r#"{"a":1}"#));
    assert!(error.is_declined() && !error.is_not_found() && !error.is_authentication_required());
}

#[tokio::test]
async fn an_error_carries_what_came_with_the_answer() {
    let error = declined().await;
    assert_eq!(error.raw_json(), Some(DECLINED));
    assert_eq!(error.request_id(), Some("req_test_1"));
    assert_eq!(error.retry_after().unwrap().as_secs(), 7);
    assert_eq!(error.should_retry(), Some(false));
    let headers = error.headers().unwrap();
    assert_eq!(headers.get("X-Note"), Some("canary"));
    assert!(!format!("{headers:?}").contains("canary"));
}

#[tokio::test]
async fn attached_objects_are_decoded_by_their_type() {
    let error = declined().await;
    let attached: Thing = error.decode().unwrap().unwrap();
    assert_eq!(attached.id, "thing_9");
    let api = error.api().unwrap();
    let source = api.attached::<Thing>("source").unwrap().unwrap();
    assert_eq!(source.id, "thing_7");
    assert!(api.attached::<Thing>("setup_intent").is_none());
    let plain = fail_with(POST, || Reply::json(400, r#"{"error":{}}"#)).await;
    assert!(plain.decode::<Thing>().unwrap().is_none());
}

#[tokio::test]
async fn e6_errors_are_printed_without_what_may_be_a_value() {
    let error = declined().await;
    assert_eq!(
        error.to_string(),
        "POST /v1/things/{thing}: 402 Stripe answered with an error: Your card has \u{2026} (code card_declined, \
         decline code insufficient_funds, param source, request req_test_1)"
    );
    let shown = format!("{error:?} {error:#?}");
    for hidden in ["canary", "FAKE", "Your card", "thing_9", "\x1b", "\r"] {
        assert!(!shown.contains(hidden), "{hidden}: {shown}");
    }
    for told in [
        "Card",
        "402",
        "card_declined",
        "req_test_1",
        "/v1/things/{thing}",
    ] {
        assert!(shown.contains(told), "{told}: {shown}");
    }
    assert!(shown.contains(error.developer_hint()), "{shown}");
}

#[tokio::test]
async fn e1_the_idempotency_key_in_a_message_is_not_printed() {
    let body = r#"{"error":{"type":"idempotency_error","param":"metadata[canary]",
        "message":"Keys can only be used with the same parameters. Try using a key other than 'canary' if you meant so."}}"#;
    let error = fail_with(POST, move || Reply::json(400, body)).await;
    assert!(error.message().unwrap().contains("canary"));
    assert_eq!(error.param(), Some("metadata[canary]"));
    let api = error.api().unwrap();
    let shown = format!("{error} {error:?} {error:#?} {api:?}");
    assert!(!shown.contains("canary"), "{shown}");
    assert!(
        shown.contains("other than \u{2026}") && shown.contains("metadata[*]"),
        "{shown}"
    );
}

#[tokio::test]
async fn only_card_errors_have_words_for_the_payer() {
    let body = r#"{"error":{"type":"invalid_request_error","message":"No such thing"}}"#;
    let error = fail_with(GET, move || Reply::json(404, body)).await;
    assert_eq!(error.user_message(), None);
    assert_eq!(error.message(), Some("No such thing"));
    assert!(error.is_not_found());
    let error = fail_with(POST, move || Reply::json(402, body)).await;
    assert_eq!(error.user_message(), None);
}

#[tokio::test]
async fn a_success_that_is_not_understood_is_told_apart() {
    for body in [
        r#"{"id":"canary","amount":"canary"}"#,
        r#"{"id":"canary"}"#,
        "canary",
        "",
        "[]",
        "null",
    ] {
        let error = fail_with(POST, move || Reply::json(200, body)).await;
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert_eq!(error.status(), Some(200));
        assert_eq!(error.raw_json(), Some(body));
        assert_eq!(error.request_id(), Some("req_test_1"));
        assert!(error.idempotency_key().is_some());
        assert!(error.is_outcome_unknown() && !error.is_retryable());
        let source = error.source().unwrap();
        assert_eq!(
            error.headers().unwrap().get("request-id"),
            error.request_id()
        );
        let shown = format!("{error} {error:?} {source} {source:?}");
        assert!(!shown.contains("canary"), "{shown}");
    }
    let error = fail_with(POST, || {
        Reply::json(200, r#"{"id":"x","amount":{"canary":1}}"#)
    })
    .await;
    assert_eq!(error.json_path(), Some("amount"));
    let source = error.source().unwrap().to_string();
    assert!(source.contains("amount"), "{source}");
}

#[tokio::test]
async fn row_4_redirects_are_errors() {
    for status in [300, 301, 302, 303, 307, 308, 304] {
        let other = std::sync::Arc::new(Server::start(|_, _| Reply::json(200, "{}")));
        let location = format!("{}/v1/things?canary", other.address());
        let error = fail_with(POST, move || {
            Reply::json(status, "{}").with("location", &location)
        })
        .await;
        assert_eq!(
            (error.kind(), error.status()),
            (ErrorKind::UnexpectedRedirect, Some(status))
        );
        assert_eq!(other.connections(), 0);
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("canary"));
        assert!(shown.contains("a redirect to `127.0.0.1:"), "{shown}");
    }
    let nowhere = fail_with(POST, || Reply::json(307, "{}")).await;
    assert!(
        nowhere.to_string().contains("307 a redirect, which"),
        "{nowhere}"
    );
}

#[tokio::test]
async fn a_body_that_is_not_text_is_an_error() {
    let error = fail_with(POST, || {
        Reply::Answer(
            500,
            vec![("content-type", "\u{1}x/y".into())],
            vec![0xff, 0xfe],
        )
    })
    .await;
    assert!(matches!(
        error.kind(),
        ErrorKind::InvalidResponse | ErrorKind::Connection
    ));
    let error = fail_with(GET, || {
        Reply::Answer(200, vec![], b"{\"id\":\"\xff\",\"amount\":1}".to_vec())
    })
    .await;
    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn e7_no_answer_makes_it_panic() {
    let bodies = [
        "{",
        "[[[[",
        r#"{"error":"#,
        r#"{"error":{"type":{}}}"#,
        r#"{"error":[]}"#,
        "\u{0}",
        r#"{"error":null}"#,
    ];
    for body in bodies {
        for status in [200, 202, 204, 400, 404, 500, 599] {
            let error = fail_with(POST, move || Reply::json(status, body)).await;
            assert!(!format!("{error} {error:?}").is_empty());
        }
    }
    let deep = format!(
        r#"{{"error":{}{}}}"#,
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    let error = fail_with(POST, move || Reply::json(400, &deep)).await;
    assert_eq!(error.kind(), ErrorKind::InvalidResponse);
}
