//! Answers that are successes: what comes with the value.

use stripe_core::{Request, Response};

use crate::server::{Reply, Server};
use crate::subject::{POST, THING, Thing, ask, client};

async fn answer(reply: impl Fn() -> Reply + Send + Sync + 'static) -> Response<Thing> {
    let server = Server::start(move |_, _| reply());
    let request: Request<Thing> = Request::new(&client(&server), POST, &["thing_1"]);
    let request = request.params(ask().email("x"));
    request.idempotency_key("order-42").send().await.unwrap()
}

#[tokio::test]
async fn responses_tell_what_came_with_them() {
    let response = answer(|| {
        let reply = Reply::json(201, THING).with("idempotent-replayed", "true");
        let reply = reply.with("stripe-version", "2026-01-01.made");
        reply.with("stripe-notice", "upgrade").with("X-Other", "1")
    })
    .await;
    assert_eq!(response.status(), 201);
    assert_eq!(response.request_id(), Some("req_test_1"));
    assert_eq!(response.idempotency_key(), Some("order-42"));
    assert_eq!(response.api_version(), Some("2026-01-01.made"));
    assert_eq!(response.headers().get("X-OTHER"), Some("1"));
    assert_eq!(response.notice(), Some("upgrade"));
    assert!(response.is_replayed());
    assert_eq!(response.raw_json(), THING);
    assert_eq!(response.id, "thing_1");
    assert_eq!(response.into_inner().amount, 5);
}

#[tokio::test]
async fn what_did_not_come_is_not_told() {
    for replayed in ["false", "", "TRUE", "1"] {
        let response =
            answer(move || Reply::json(200, THING).with("idempotent-replayed", replayed)).await;
        assert!(!response.is_replayed(), "{replayed}");
        assert_eq!(response.notice(), None);
        assert_eq!(response.api_version(), None);
    }
}

#[tokio::test]
async fn e1_debug_of_a_response_shows_no_body_and_no_unknown_header() {
    let response = answer(|| {
        let body = r#"{"id":"thing_1","amount":5,"new_field":"canary"}"#;
        let reply = Reply::json(200, body).with("stripe-notice", "canary");
        reply.with("set-cookie", "canary")
    })
    .await;
    let shown = format!("{response:?} {response:#?}");
    for hidden in ["canary", "order-42"] {
        assert!(!shown.contains(hidden), "{shown}");
    }
    assert!(
        shown.contains("thing_1") && shown.contains("req_test_1"),
        "{shown}"
    );
}
