//! What every request needs and every answer has, whatever the operation.

use mock_server::MockServer;

use crate::client::{VERSION, call, get, post_json};

#[test]
fn a_request_without_a_good_key_is_told_so_in_stripes_format() {
    let server = MockServer::start().unwrap();
    let answer = call(&server, "GET", "/v1/balance")
        .without("Authorization")
        .send();
    assert_eq!(answer.status, 401);
    assert_eq!(answer.json()["error"]["type"], "invalid_request_error");
    let basic = "Basic c2tfdGVzdF94Og==";
    for (key, status) in [
        (basic, 200),
        ("Bearer rk_test_x", 200),
        ("Bearer pk_test_x", 403),
        ("Bearer x", 401),
    ] {
        let answer = call(&server, "GET", "/v1/balance")
            .header("Authorization", key)
            .send();
        assert_eq!(answer.status, status, "{key}");
    }
}

#[test]
fn the_stream_of_meter_events_takes_the_token_of_a_session() {
    let server = MockServer::start().unwrap();
    let session = post_json(&server, "/v2/billing/meter_event_session", "{}").ok();
    let token = session["authentication_token"].as_str().unwrap();
    let event = r#"{"events":[{"event_name":"x","payload":{"value":"1"}}]}"#;
    let stream = call(&server, "POST", "/v2/billing/meter_event_stream");
    let answer = stream
        .header("Authorization", &format!("Bearer {token}"))
        .body("application/json", event)
        .send();
    assert_eq!(answer.ok(), serde_json::json!({}));
}

#[test]
fn answers_carry_request_id_version_and_account() {
    let server = MockServer::start().unwrap();
    for (target, status) in [
        ("/v1/balance", 200),
        ("/v1/nowhere", 404),
        ("/v1/customers?x=1", 400),
    ] {
        let answer = call(&server, "GET", target)
            .header("Stripe-Account", "acct_1")
            .send();
        assert_eq!(answer.status, status);
        assert!(
            answer.header("request-id").unwrap().starts_with("req_"),
            "{target}"
        );
        assert_eq!(answer.header("stripe-version"), Some(VERSION), "{target}");
        assert_eq!(answer.header("stripe-account"), Some("acct_1"), "{target}");
    }
    let first = get(&server, "/v1/balance");
    let second = get(&server, "/v1/balance");
    assert_ne!(first.header("request-id"), second.header("request-id"));
}

#[test]
fn v1_has_a_default_version_and_v2_has_none() {
    let server = MockServer::start().unwrap();
    let unversioned = |target| {
        call(&server, "GET", target)
            .without("Stripe-Version")
            .send()
    };
    let answer = unversioned("/v1/balance");
    assert_eq!(
        answer.header("stripe-version"),
        Some(server.document().version())
    );
    assert_eq!(unversioned("/v2/core/accounts").status, 400);
    let wrong = call(&server, "GET", "/v1/balance")
        .header("Stripe-Version", "latest")
        .send();
    assert_eq!(wrong.status, 400);
}

#[test]
fn unknown_routes_are_unrecognized() {
    let server = MockServer::start().unwrap();
    for (method, target) in [
        ("GET", "/v1/customer"),
        ("PUT", "/v1/customers"),
        ("GET", "/v1/customers/"),
        ("GET", "/v2/x"),
    ] {
        let answer = call(&server, method, target).send();
        assert_eq!(answer.status, 404, "{method} {target}");
        let message = answer.json()["error"]["message"]
            .as_str()
            .unwrap()
            .to_owned();
        assert!(
            message.starts_with(&format!("Unrecognized request URL ({method}: {target})")),
            "{message}"
        );
    }
}

#[test]
fn errors_of_v2_have_a_code() {
    let server = MockServer::start().unwrap();
    for (target, status, code) in [
        ("/v2/core/accounts?x=1", 400, "parameter_unknown"),
        ("/v2/core/events/evt_missing", 404, "resource_missing"),
        ("/v2/x", 404, "not_found"),
    ] {
        let answer = get(&server, target);
        assert_eq!(
            (answer.status, answer.json()["error"]["code"].as_str()),
            (status, Some(code)),
            "{target}"
        );
        assert!(answer.json()["error"]["message"].is_string());
        assert!(answer.json()["error"]["param"].is_null());
    }
}

#[test]
fn a_quote_is_a_pdf() {
    let server = MockServer::start().unwrap();
    let answer = get(&server, "/v1/quotes/qt_1/pdf");
    assert_eq!(answer.header("content-type"), Some("application/pdf"));
    assert!(answer.body.starts_with(b"%PDF-"));
}

#[test]
fn oauth_is_served_too() {
    let server = MockServer::start().unwrap();
    let post = |target, form| crate::client::post(&server, target, form);
    let token = post("/oauth/token", "grant_type=authorization_code&code=ac_1").ok();
    assert_eq!(token["token_type"], "bearer");
    for (target, form, error) in [
        ("/oauth/token", "code=ac_1", "invalid_request"),
        (
            "/oauth/token",
            "grant_type=password",
            "unsupported_grant_type",
        ),
        (
            "/oauth/token",
            "grant_type=authorization_code&code=ac_missing",
            "invalid_grant",
        ),
        (
            "/oauth/deauthorize",
            "stripe_user_id=acct_1",
            "invalid_client",
        ),
        ("/oauth/deauthorize", "client_id=ca_1", "invalid_request"),
    ] {
        let answer = post(target, form);
        assert_eq!(
            (answer.status, answer.json()["error"].as_str()),
            (400, Some(error)),
            "{target} {form}"
        );
    }
    let gone = post("/oauth/deauthorize", "client_id=ca_1&stripe_user_id=acct_1").ok();
    assert_eq!(gone["stripe_user_id"], "acct_1");
}
