//! The headers of every kind of request, all of them and nothing else.

use std::time::Duration;

use stripe_core::{AppInfo, Client, ClientBuilder, Host, Operation, Request};

use crate::server::{Reply, Seen, Server};
use crate::subject::{DELETE, DELETE_V2, GET, KEY, POST, POST_V2, THING, Thing, builder};

const GET_V2: Operation = Operation::get("/v2/core/things/{id}");
const OAUTH: Operation = Operation::post_form("/oauth/token").host(Host::Connect);
const UPLOAD: Operation = Operation::post_multipart("/v1/files").host(Host::Files);

const VERSION: &str = env!("CARGO_PKG_VERSION");

fn plain(builder: ClientBuilder) -> ClientBuilder {
    builder
}

fn full(builder: ClientBuilder) -> ClientBuilder {
    let info = AppInfo::new("Shop")
        .version("1.2")
        .url("https://shop.example");
    builder
        .account("acct_1")
        .context("org_1/acct_1")
        .api_version("2026-05-27.dahlia")
        .app_info(info.partner_id("pp_1"))
        .header("X-Gateway", "g")
}

async fn send(configure: fn(ClientBuilder) -> ClientBuilder, operation: Operation) -> Seen {
    let server = Server::start(|_, _| Reply::json(200, THING));
    let client: Client = configure(builder(&server)).build().unwrap();
    let ids: &[&str] = if operation.path.contains('{') {
        &["thing_1"]
    } else {
        &[]
    };
    let sent: Request<Thing> = Request::new(&client, operation, ids);
    sent.timeout(Duration::from_secs(60)).await.unwrap();
    let seen = server.only();
    assert_eq!(
        seen.header("host"),
        server.address().strip_prefix("http://")
    );
    seen
}

/// What only requests of this kind carry: the version of the API, a content type, and whether there is a key against
/// acting twice.
const TABLE: [(Operation, &str, Option<&str>, bool); 8] = [
    (GET, "v1", None, false),
    (POST, "v1", Some("application/x-www-form-urlencoded"), true),
    (DELETE, "v1", None, false),
    (OAUTH, "v1", Some("application/x-www-form-urlencoded"), true),
    (UPLOAD, "v1", Some("multipart/form-data; boundary="), true),
    (GET_V2, "v2", None, false),
    (POST_V2, "v2", Some("application/json"), true),
    (DELETE_V2, "v2", None, true),
];

#[tokio::test]
async fn every_kind_of_request_has_its_headers_and_no_others() {
    for (operation, mode, content_type, has_key) in TABLE {
        let mut names = vec![
            "authorization",
            "host",
            "user-agent",
            "x-stripe-client-user-agent",
        ];
        if content_type.is_some() {
            names.extend(["content-length", "content-type"]);
        }
        if has_key {
            names.push("idempotency-key");
        }
        let sorted = |mut names: Vec<&'static str>| {
            names.sort_unstable();
            names
        };
        let seen = send(plain, operation).await;
        assert_eq!(seen.header_names(), sorted(names.clone()), "{operation:?}");
        assert_computed(&seen, mode, content_type);
        let own = format!("Stripe/{mode} UnofficialRustBindings/{VERSION}");
        assert_eq!(seen.header("user-agent"), Some(&*own));
        let identity =
            format!(r#"{{"bindings_version":"{VERSION}","httplib":"hyper","lang":"rust"}}"#);
        assert_eq!(seen.header("x-stripe-client-user-agent"), Some(&*identity));

        names.extend([
            "stripe-account",
            "stripe-context",
            "stripe-version",
            "x-gateway",
        ]);
        let seen = send(full, operation).await;
        assert_eq!(seen.header_names(), sorted(names), "{operation:?}");
        assert_computed(&seen, mode, content_type);
        for (name, value) in [
            (
                "user-agent",
                &*format!("{own} Shop/1.2 (https://shop.example)"),
            ),
            ("stripe-account", "acct_1"),
            ("stripe-context", "org_1/acct_1"),
            ("stripe-version", "2026-05-27.dahlia"),
            ("x-gateway", "g"),
        ] {
            assert_eq!(seen.header(name), Some(value), "{operation:?}");
        }
        let said = seen.header("x-stripe-client-user-agent").unwrap();
        assert!(said.contains(r#""partner_id":"pp_1""#), "{said}");
    }
}

fn assert_computed(seen: &Seen, mode: &str, content_type: Option<&str>) {
    assert_eq!(
        seen.header("authorization"),
        Some(&*format!("Bearer {KEY}"))
    );
    assert_eq!(seen.target.starts_with("/v2/"), mode == "v2");
    let sent = seen.header("content-type");
    match content_type {
        Some(expected) if expected.ends_with('=') => assert!(sent.unwrap().starts_with(expected)),
        expected => assert_eq!(sent, expected),
    }
    if let Some(length) = seen.header("content-length") {
        assert_eq!(length, seen.body.len().to_string());
    }
    if let Some(key) = seen.header("idempotency-key") {
        assert_eq!(key.len(), 36);
    }
}
