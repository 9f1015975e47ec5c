//! OAuth of Connect: the address that an owner is sent to, and the two calls.

use stripe_core::oauth::{Authorize, StripeUser, Token};
use stripe_core::{ApiKey, BaseUrl, Client, ErrorKind, Host};

use crate::server::{Reply, Server};
use crate::subject::{KEY, builder, client};

fn plain() -> Client {
    Client::builder(ApiKey::new(KEY).unwrap()).build().unwrap()
}

#[test]
fn the_address_has_all_that_was_given() {
    let oauth = plain().oauth("ca_123");
    let user = StripeUser::new()
        .email("test@example.com")
        .url("https://example.com/profile?a=b&c=d")
        .dob_day(7)
        .physical_product(true);
    let params = Authorize::new("csrf [token] &=")
        .scope("read_write")
        .redirect_uri("https://example.com/back")
        .stripe_landing("login")
        .suggested_capabilities(&["transfers", "card_payments"])
        .stripe_user(user);
    let query = "redirect_uri=https%3A%2F%2Fexample.com%2Fback&scope=read_write\
        &state=csrf+%5Btoken%5D+%26%3D&stripe_landing=login&stripe_user%5Bdob_day%5D=7\
        &stripe_user%5Bemail%5D=test%40example.com&stripe_user%5Bphysical_product%5D=true\
        &stripe_user%5Burl%5D=https%3A%2F%2Fexample.com%2Fprofile%3Fa%3Db%26c%3Dd\
        &suggested_capabilities%5B0%5D=transfers&suggested_capabilities%5B1%5D=card_payments\
        &client_id=ca_123&response_type=code";
    assert_eq!(
        oauth.authorize_url(&params).unwrap(),
        format!("https://connect.stripe.com/oauth/authorize?{query}")
    );
    assert_eq!(
        oauth.express_authorize_url(&params).unwrap(),
        format!("https://connect.stripe.com/express/oauth/authorize?{query}")
    );
    assert!(!format!("{params:?}").contains("csrf"));
}

#[test]
fn the_address_is_that_of_the_client() {
    let base = BaseUrl::parse("https://connect.internal:8443").unwrap();
    let client = Client::builder(ApiKey::new(KEY).unwrap()).base_url(Host::Connect, base);
    let oauth = client.build().unwrap().oauth("ca_123");
    assert_eq!(
        oauth.authorize_url(&Authorize::new("s")).unwrap(),
        "https://connect.internal:8443/oauth/authorize?state=s&client_id=ca_123&response_type=code"
    );
}

#[test]
fn an_address_without_state_or_client_is_refused() {
    for (client_id, state, param) in [("ca_123", "", "state"), ("", "s", "client_id")] {
        let oauth = plain().oauth(client_id);
        let error = oauth.authorize_url(&Authorize::new(state)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Validation);
        assert_eq!(error.param(), Some(param));
    }
}

const GRANT: &str = r#"{"access_token":"sk_test_canary","livemode":false,"refresh_token":"rt_canary",
    "token_type":"bearer","stripe_publishable_key":"pk_test_canary","stripe_user_id":"acct_1","scope":"read_write"}"#;

#[tokio::test]
async fn a_code_becomes_a_connected_account() {
    let (api, connect) = (
        Server::start(|_, _| Reply::HangUp),
        Server::start(|_, _| Reply::json(200, GRANT)),
    );
    let base = BaseUrl::plain_http_on_loopback(connect.address()).unwrap();
    let client = builder(&api).base_url(Host::Connect, base).build().unwrap();
    let oauth = client.oauth("ca_123");
    let grant = oauth.token(Token::from_code("ac_canary")).await.unwrap();
    assert_eq!(grant.stripe_user_id, "acct_1");
    assert_eq!(grant.access_token.as_deref(), Some("sk_test_canary"));
    assert_eq!(grant.livemode, Some(false));
    let seen = connect.only();
    assert_eq!(
        (seen.method.as_str(), seen.target.as_str()),
        ("POST", "/oauth/token")
    );
    assert_eq!(seen.text(), "code=ac_canary&grant_type=authorization_code");
    assert_eq!(
        seen.header("authorization"),
        Some(&*format!("Bearer {KEY}"))
    );
    assert!(seen.header("idempotency-key").is_some());
    assert!(seen.header("user-agent").unwrap().starts_with("Stripe/v1"));

    let renewed = Token::from_refresh_token("rt_canary").scope("read_only");
    let renewed = renewed.assert_capabilities(&["transfers"]);
    let shown = format!("{grant:?} {renewed:?} {:?}", oauth.token(renewed.clone()));
    assert!(!shown.contains("canary"), "{shown}");
    oauth.token(renewed).await.unwrap();
    assert_eq!(
        connect.seen()[1].text(),
        "assert_capabilities[0]=transfers&grant_type=refresh_token&refresh_token=rt_canary&scope=read_only"
    );
    assert!(api.seen().is_empty());
}

#[tokio::test]
async fn an_account_is_disconnected_by_its_platform() {
    let server = Server::start(|_, _| Reply::json(200, r#"{"stripe_user_id":"acct_1"}"#));
    let oauth = client(&server).oauth("ca_123");
    let answer = oauth.deauthorize("acct_1").await.unwrap();
    assert_eq!(answer.stripe_user_id, "acct_1");
    let seen = server.only();
    assert_eq!(
        (seen.method.as_str(), seen.target.as_str()),
        ("POST", "/oauth/deauthorize")
    );
    assert_eq!(seen.text(), "client_id=ca_123&stripe_user_id=acct_1");
    // Without an account nothing is sent: the platform itself is never meant.
    let error = oauth.deauthorize("").await.unwrap_err();
    assert_eq!(error.param(), Some("stripe_user_id"));
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn refusals_have_the_code_of_oauth() {
    for code in [
        "invalid_client",
        "invalid_grant",
        "invalid_request",
        "invalid_scope",
        "unsupported_grant_type",
        "unsupported_response_type",
        "a_new_code",
    ] {
        let body = format!(r#"{{"error":"{code}","error_description":"It is used up: ac_1"}}"#);
        let server = Server::start(move |_, _| Reply::json(400, &body));
        let oauth = client(&server).oauth("ca_123");
        let error = oauth.token(Token::from_code("ac_1")).await.unwrap_err();
        assert_eq!(
            error.code().map(|it| it.as_str().to_owned()).as_deref(),
            Some(code)
        );
        assert_eq!(error.kind(), ErrorKind::OAuth);
        assert_eq!(error.status(), Some(400));
        let message = error.api().and_then(|api| api.message.as_deref());
        assert_eq!(message, Some("It is used up: ac_1"));
        assert!(
            error.to_string().starts_with("POST /oauth/token: 400"),
            "{error}"
        );
    }
}

/// An empty text is a variable that is not set. Stripe would take it for whatever it likes.
#[tokio::test]
async fn an_empty_client_or_account_disconnects_nobody() {
    let server = Server::start(|_, _| Reply::json(200, "{}"));
    for (client_id, account, param) in [("", "acct_1", "client_id"), ("ca_1", "", "stripe_user_id")]
    {
        let oauth = client(&server).oauth(client_id);
        let error = oauth.deauthorize(account).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Validation);
        assert_eq!(error.param(), Some(param));
    }
    assert_eq!(server.connections(), 0);
}
