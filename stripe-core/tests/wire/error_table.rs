//! Which kind of error each answer is: the order of the official SDKs' rules, with their gaps closed. OAuth's errors are
//! strings and come first; version 2 goes by type; the rest goes by status.

use stripe_core::ErrorKind::{
    Api, Authentication, Card, Decode, Idempotency, InvalidRequest, InvalidResponse, OAuth,
    Permission, RateLimited, SessionExpired, UnexpectedRedirect,
};
use stripe_core::{ErrorKind, Operation};

use crate::errors::fail_with;
use crate::server::Reply;
use crate::subject::{GET, POST, POST_V2};

const TOKEN: Operation = Operation::post_form("/oauth/token");

type Row = (Operation, u16, &'static str, ErrorKind);

const OAUTH: &[Row] = &[
    (
        TOKEN,
        401,
        r#"{"error":"invalid_client","error_description":"no"}"#,
        OAuth,
    ),
    (
        TOKEN,
        400,
        r#"{"error":"invalid_grant","error_description":"no"}"#,
        OAuth,
    ),
    (TOKEN, 400, r#"{"error":"invalid_request"}"#, OAuth),
    (TOKEN, 400, r#"{"error":"invalid_scope"}"#, OAuth),
    (TOKEN, 400, r#"{"error":"unsupported_grant_type"}"#, OAuth),
    (
        TOKEN,
        400,
        r#"{"error":"unsupported_response_type"}"#,
        OAuth,
    ),
    (TOKEN, 400, r#"{"error":"one_that_is_new"}"#, OAuth),
    (
        TOKEN,
        401,
        r#"{"error":{"type":"invalid_request_error"}}"#,
        Authentication,
    ),
    (POST, 400, r#"{"error":"invalid_grant"}"#, OAuth),
    (POST_V2, 400, r#"{"error":"invalid_grant"}"#, OAuth),
    // What a proxy says, and Stripe does not.
    (POST, 502, r#"{"error":"Bad gateway"}"#, InvalidResponse),
    (POST, 429, r#"{"error":"too_many"}"#, InvalidResponse),
];

const VERSION_2: &[Row] = &[
    (
        POST_V2,
        400,
        r#"{"error":{"type":"idempotency_error"}}"#,
        Idempotency,
    ),
    (
        POST_V2,
        418,
        r#"{"error":{"type":"idempotency_error"}}"#,
        Idempotency,
    ),
    (
        POST_V2,
        400,
        r#"{"error":{"type":"rate_limit"}}"#,
        RateLimited,
    ),
    (
        POST_V2,
        418,
        r#"{"error":{"type":"rate_limit"}}"#,
        RateLimited,
    ),
    (
        POST_V2,
        401,
        r#"{"error":{"type":"temporary_session_expired"}}"#,
        SessionExpired,
    ),
    (
        POST_V2,
        404,
        r#"{"error":{"code":"not_found"}}"#,
        InvalidRequest,
    ),
    (POST_V2, 429, r#"{"error":{"code":"x"}}"#, RateLimited),
    (POST_V2, 402, r#"{"error":{"type":"card_error"}}"#, Card),
    // In version 1 these types say nothing.
    (POST, 418, r#"{"error":{"type":"rate_limit"}}"#, Api),
    (
        POST,
        401,
        r#"{"error":{"type":"temporary_session_expired"}}"#,
        Authentication,
    ),
];

const BY_STATUS: &[Row] = &[
    (POST, 429, r#"{"error":{}}"#, RateLimited),
    (
        POST,
        400,
        r#"{"error":{"type":"x","code":"rate_limit"}}"#,
        RateLimited,
    ),
    (
        POST,
        400,
        r#"{"error":{"type":"idempotency_error"}}"#,
        Idempotency,
    ),
    (
        POST,
        404,
        r#"{"error":{"type":"idempotency_error"}}"#,
        Idempotency,
    ),
    (
        POST,
        409,
        r#"{"error":{"type":"idempotency_error"}}"#,
        Idempotency,
    ),
    (
        POST,
        400,
        r#"{"error":{"type":"invalid_request_error"}}"#,
        InvalidRequest,
    ),
    (
        POST,
        404,
        r#"{"error":{"type":"invalid_request_error"}}"#,
        InvalidRequest,
    ),
    (
        POST,
        400,
        r#"{"error":{"type":"card_error"}}"#,
        InvalidRequest,
    ),
    (
        POST,
        401,
        r#"{"error":{"type":"invalid_request_error"}}"#,
        Authentication,
    ),
    (POST, 402, r#"{"error":{"type":"card_error"}}"#, Card),
    (
        POST,
        402,
        r#"{"error":{"type":"invalid_request_error"}}"#,
        Card,
    ),
    (
        POST,
        403,
        r#"{"error":{"type":"invalid_request_error"}}"#,
        Permission,
    ),
    (POST, 409, r#"{"error":{"code":"lock_timeout"}}"#, Api),
    (POST, 418, r#"{"error":{}}"#, Api),
    (POST, 500, r#"{"error":{"type":"api_error"}}"#, Api),
    (POST, 503, r#"{"error":{"type":"api_error"}}"#, Api),
    (
        POST,
        302,
        r#"{"error":{"type":"api_error"}}"#,
        UnexpectedRedirect,
    ),
];

const NOT_STRIPES: &[Row] = &[
    (POST, 400, r#"{"error":7}"#, InvalidResponse),
    (POST, 400, r#"{"error":null}"#, InvalidResponse),
    (POST, 400, r#"{"errors":{}}"#, InvalidResponse),
    (POST, 401, r#"["error"]"#, InvalidResponse),
    (POST, 502, "<html>Bad gateway</html>", InvalidResponse),
    (POST, 500, "", InvalidResponse),
    (POST, 200, "<html>Sign in</html>", Decode),
    (GET, 200, "", Decode),
];

#[tokio::test]
async fn kinds_follow_the_table() {
    for table in [OAUTH, VERSION_2, BY_STATUS, NOT_STRIPES] {
        for &(operation, status, body, kind) in table {
            let error = fail_with(operation, move || Reply::json(status, body)).await;
            assert_eq!(error.kind(), kind, "{operation:?} {status} {body}");
            assert_eq!(error.status(), Some(status));
            assert_eq!(error.raw_json(), Some(body));
            assert_eq!(error.request_id(), Some("req_test_1"));
            assert!(!error.developer_hint().is_empty());
        }
    }
}

#[tokio::test]
async fn oauth_errors_have_a_code_and_a_message() {
    let body =
        r#"{"error":"invalid_grant","error_description":"Authorization code expired: canary"}"#;
    let error = fail_with(TOKEN, move || Reply::json(400, body)).await;
    assert_eq!(error.code(), Some(stripe_core::ErrorCode::INVALID_GRANT));
    assert_eq!(error.message(), Some("Authorization code expired: canary"));
    assert_eq!(error.user_message(), None);
    assert!(!error.is_retryable() && !error.is_outcome_unknown());
    let shown = format!("{error} {error:?}");
    assert!(
        shown.contains("invalid_grant") && !shown.contains("canary"),
        "{shown}"
    );
}

#[tokio::test]
async fn what_stripe_says_of_trying_again_counts() {
    for (status, header, retryable) in [
        (400, "true", true),
        (400, "", false),
        (409, "", true),
        (409, "false", false),
        (429, "false", true),
        (500, "", true),
        (500, "false", false),
    ] {
        let reply =
            move || Reply::json(status, r#"{"error":{}}"#).with("stripe-should-retry", header);
        let error = fail_with(POST, reply).await;
        assert_eq!(error.is_retryable(), retryable, "{status} {header}");
    }
}
