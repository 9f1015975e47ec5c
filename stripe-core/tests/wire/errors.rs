//! Answers that are errors: which kind each is, what it carries, and what it never shows.

use stripe_core::{Error, ErrorKind, Operation, Request};

use crate::server::{Reply, Server};
use crate::subject::{GET, POST, POST_V2, Thing, ask, client};

async fn fail_with(
    operation: Operation,
    reply: impl Fn() -> Reply + Send + Sync + 'static,
) -> Error {
    let server = Server::start(move |_, _| reply());
    let ids: &[&str] = if operation.path.contains('{') {
        &["thing_1"]
    } else {
        &[]
    };
    let request: Request<Thing> = Request::new(&client(&server), operation, ids);
    request
        .max_retries(0)
        .params(ask().email("x"))
        .await
        .unwrap_err()
}

const KINDS: &[(Operation, u16, &str, ErrorKind)] = &[
    (
        POST,
        400,
        r#"{"error":{"type":"invalid_request_error"}}"#,
        ErrorKind::InvalidRequest,
    ),
    (
        POST,
        404,
        r#"{"error":{"type":"invalid_request_error"}}"#,
        ErrorKind::InvalidRequest,
    ),
    (
        POST,
        400,
        r#"{"error":{"type":"idempotency_error"}}"#,
        ErrorKind::Idempotency,
    ),
    (
        POST,
        400,
        r#"{"error":{"type":"x","code":"rate_limit"}}"#,
        ErrorKind::RateLimited,
    ),
    (POST, 401, r#"{"error":{}}"#, ErrorKind::Authentication),
    (
        POST,
        402,
        r#"{"error":{"type":"card_error"}}"#,
        ErrorKind::Card,
    ),
    (POST, 403, r#"{"error":{}}"#, ErrorKind::Permission),
    (
        POST,
        409,
        r#"{"error":{"type":"idempotency_error"}}"#,
        ErrorKind::Idempotency,
    ),
    (
        POST,
        409,
        r#"{"error":{"code":"lock_timeout"}}"#,
        ErrorKind::Api,
    ),
    (POST, 418, r#"{"error":{}}"#, ErrorKind::Api),
    (POST, 429, r#"{"error":{}}"#, ErrorKind::RateLimited),
    (
        POST,
        500,
        r#"{"error":{"type":"api_error"}}"#,
        ErrorKind::Api,
    ),
    (
        POST,
        503,
        r#"{"error":{"type":"api_error"}}"#,
        ErrorKind::Api,
    ),
    (
        POST_V2,
        400,
        r#"{"error":{"type":"idempotency_error"}}"#,
        ErrorKind::Idempotency,
    ),
    (
        POST_V2,
        418,
        r#"{"error":{"type":"rate_limit"}}"#,
        ErrorKind::RateLimited,
    ),
    (
        POST_V2,
        401,
        r#"{"error":{"type":"temporary_session_expired"}}"#,
        ErrorKind::SessionExpired,
    ),
    (
        POST_V2,
        404,
        r#"{"error":{"code":"not_found"}}"#,
        ErrorKind::InvalidRequest,
    ),
    (
        POST,
        400,
        r#"{"error":"invalid_grant","error_description":"no"}"#,
        ErrorKind::InvalidRequest,
    ),
    (POST, 400, r#"{"error":7}"#, ErrorKind::InvalidResponse),
    (POST, 400, r#"{"errors":{}}"#, ErrorKind::InvalidResponse),
    (
        POST,
        502,
        "<html>Bad gateway</html>",
        ErrorKind::InvalidResponse,
    ),
    (POST, 500, "", ErrorKind::InvalidResponse),
];

#[tokio::test]
async fn kinds_follow_status_and_type() {
    for &(operation, status, body, kind) in KINDS {
        let error = fail_with(operation, move || Reply::json(status, body)).await;
        assert_eq!(error.kind(), kind, "{status} {body}");
        assert_eq!(error.status(), Some(status));
        assert_eq!(error.raw_json(), Some(body));
        assert_eq!(error.request_id(), Some("req_test_1"));
        assert_eq!(error.idempotency_key().unwrap().len(), 36);
    }
}

#[tokio::test]
async fn an_error_carries_what_stripe_said() {
    let body = r#"{"error":{"type":"card_error","code":"card_declined","decline_code":"insufficient_funds",
        "message":"Your card has \u001b[2J\r\nFAKE insufficient funds.","param":"source","advice_code":"try_again_later",
        "doc_url":"https://stripe.com/docs/error-codes/card-declined","charge":"ch_1","new":{"a":1},
        "payment_intent":{"id":"thing_9","amount":7,"client_secret":"canary"}}}"#;
    let error = fail_with(POST, move || {
        Reply::json(402, body).with("retry-after", "7")
    })
    .await;
    assert_eq!(error.code(), Some("card_declined"));
    assert_eq!(error.decline_code(), Some("insufficient_funds"));
    assert_eq!(error.param(), Some("source"));
    assert_eq!(error.retry_after().unwrap().as_secs(), 7);
    assert_eq!(
        error.user_message(),
        Some("Your card has \u{1b}[2J\r\nFAKE insufficient funds.")
    );
    let api = error.api().unwrap();
    assert_eq!(api.charge.as_deref(), Some("ch_1"));
    assert_eq!(api.extra.get("new"), Some(r#"{"a":1}"#));
    let attached = api.attached::<Thing>("payment_intent").unwrap().unwrap();
    assert_eq!(attached.id, "thing_9");
    assert!(api.attached::<Thing>("setup_intent").is_none());
    let shown = format!("{error} | {error:?} | {error:#?}");
    assert!(
        !shown.contains("canary") && !shown.contains('\x1b') && !shown.contains('\r'),
        "{shown}"
    );
    assert_eq!(
        error.to_string(),
        "POST /v1/things/{thing}: 402 Stripe answered with an error: Your card has \\u{1b}[2J\\u{d}\\u{a}FAKE \
         insufficient funds. (code card_declined, decline code insufficient_funds, param source, request req_test_1)"
    );
}

#[tokio::test]
async fn only_card_errors_have_words_for_the_payer() {
    let body = r#"{"error":{"type":"invalid_request_error","message":"No such thing"}}"#;
    let error = fail_with(GET, move || Reply::json(404, body)).await;
    assert_eq!(error.user_message(), None);
    assert_eq!(
        error.api().unwrap().message.as_deref(),
        Some("No such thing")
    );
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
        let source = std::error::Error::source(&error).unwrap();
        let shown = format!("{error} {error:?} {source} {source:?}");
        assert!(!shown.contains("canary"), "{shown}");
    }
    let error = fail_with(POST, || {
        Reply::json(200, r#"{"id":"x","amount":{"canary":1}}"#)
    })
    .await;
    let source = std::error::Error::source(&error).unwrap().to_string();
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
        assert!(!format!("{error} {error:?}").contains("canary"));
    }
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
