//! Requests by path, and parameters that typed requests do not know.

use std::collections::BTreeSet;

use stripe_core::list::List;
use stripe_core::types::{Clearable, FileUpload, Json};
use stripe_core::{Client, ErrorKind, Host, Method, Request};

use crate::server::{Reply, Seen, Server};
use crate::shelf::shelf;
use crate::subject::{DELETE, GET, POST, POST_V2, THING, Thing, ask, client};

fn echo() -> Server {
    Server::start(|_, _| Reply::json(200, THING))
}

async fn sent(request: Request<Json>, server: &Server) -> Seen {
    request.await.unwrap();
    server.seen().pop().unwrap()
}

#[tokio::test]
async fn the_path_says_how_parameters_are_sent() {
    let server = echo();
    let client = client(&server);
    let raw = |method, path| {
        client
            .raw_request(method, path)
            .param("a", "x y")
            .param("b[c]", 1)
            .param("d", [true, false])
    };
    let form = "a=x+y&b[c]=1&d[0]=true&d[1]=false";
    let json = r#"{"a":"x y","b":{"c":1},"d":[true,false]}"#;
    let query = |path: &str| format!("{path}?{form}");
    for (method, path, target, body, content_type) in [
        (Method::Get, "/v1/x", query("/v1/x"), "", None),
        (Method::Delete, "/v1/x", query("/v1/x"), "", None),
        (Method::Get, "/v2/x", query("/v2/x"), "", None),
        (Method::Delete, "/v2/x", query("/v2/x"), "", None),
        (
            Method::Post,
            "/v1/x",
            "/v1/x".to_owned(),
            form,
            Some("application/x-www-form-urlencoded"),
        ),
        (
            Method::Post,
            "/v2/x",
            "/v2/x".to_owned(),
            json,
            Some("application/json"),
        ),
    ] {
        let seen = sent(raw(method, path), &server).await;
        assert_eq!(seen.method, method.as_str());
        assert_eq!((seen.target.as_str(), seen.text()), (target.as_str(), body));
        assert_eq!(seen.header("content-type"), content_type, "{method} {path}");
        let agent = seen.header("user-agent").unwrap();
        let version = if path.starts_with("/v2") {
            "Stripe/v2"
        } else {
            "Stripe/v1"
        };
        assert!(agent.starts_with(version), "{agent}");
    }
}

#[tokio::test]
async fn without_parameters_there_is_nothing_but_an_object_in_version_2() {
    let server = echo();
    let client = client(&server);
    for (method, path, body) in [
        (Method::Get, "/v1/x", ""),
        (Method::Post, "/v1/x", ""),
        (Method::Post, "/v2/x", "{}"),
        (Method::Delete, "/v2/x", ""),
    ] {
        let seen = sent(client.raw_request(method, path), &server).await;
        assert_eq!((seen.target.as_str(), seen.text()), (path, body));
    }
}

#[tokio::test]
async fn row_21_raw_requests_have_keys_as_others_have() {
    let server = echo();
    let client = client(&server);
    let mut keys = BTreeSet::new();
    for (method, path, has_key) in [
        (Method::Get, "/v1/x", false),
        (Method::Delete, "/v1/x", false),
        (Method::Post, "/v1/x", true),
        (Method::Post, "/v2/x", true),
        (Method::Delete, "/v2/x", true),
    ] {
        let seen = sent(client.raw_request(method, path), &server).await;
        let key = seen.header("idempotency-key").map(str::to_owned);
        assert_eq!(key.is_some(), has_key, "{method} {path}");
        keys.extend(key);
    }
    assert_eq!(keys.len(), 3);
}

#[tokio::test]
async fn options_and_headers_are_those_of_any_request() {
    let server = echo();
    let request = client(&server)
        .raw_request(Method::Post, "/v1/x")
        .account("acct_1")
        .api_version("2026-01-01.x; new_beta=v1")
        .idempotency_key("key-1")
        .header("x-trace", "abc");
    let response = request.send().await.unwrap();
    let seen = server.only();
    assert_eq!(seen.header("stripe-account"), Some("acct_1"));
    assert_eq!(
        seen.header("stripe-version"),
        Some("2026-01-01.x; new_beta=v1")
    );
    assert_eq!(seen.header("idempotency-key"), Some("key-1"));
    assert_eq!(seen.header("x-trace"), Some("abc"));
    assert_eq!(response.status(), 200);
    assert_eq!(response.request_id(), Some("req_test_1"));
    assert_eq!(response.as_str(), THING);
    assert_eq!(response.decode::<Thing>().unwrap().amount, 5);
}

#[tokio::test]
async fn k8_computed_headers_stay_computed() {
    let server = echo();
    for name in ["authorization", "Host", "idempotency-key", "stripe-version"] {
        let request = client(&server).raw_request(Method::Get, "/v1/x");
        let error = request.header(name, "x").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Validation);
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn the_query_of_a_path_is_kept_and_parameters_win() {
    let server = echo();
    let client = client(&server);
    for (path, target) in [
        ("/v1/x?foo=bar&limit=3", "/v1/x?foo=bar&limit=1&expand[0]=a"),
        (
            "/v1/%20x?foo=bar%24",
            "/v1/%20x?foo=bar%24&limit=1&expand[0]=a",
        ),
        (
            "/v1/x?expand[]=b&expand[]=a",
            "/v1/x?limit=1&expand[0]=b&expand[1]=a",
        ),
    ] {
        let request = client.raw_request(Method::Get, path);
        let seen = sent(request.param("limit", 1).expand(&["a"]), &server).await;
        assert_eq!(seen.target, target);
        let seen = sent(client.raw_request(Method::Get, path), &server).await;
        assert_eq!(seen.target, path, "without parameters it is left alone");
        let post = client.raw_request(Method::Post, path).param("limit", 1);
        let seen = sent(post, &server).await;
        assert_eq!((seen.target.as_str(), seen.text()), (path, "limit=1"));
    }
}

#[tokio::test]
async fn row_9_a_path_leads_where_it_says() {
    let server = echo();
    let client = client(&server);
    let refused = |error: stripe_core::Error| {
        assert_eq!(error.kind(), ErrorKind::Validation);
        assert_eq!(error.param(), Some("path"));
        assert!(!format!("{error} {error:?}").contains("evil"));
    };
    for path in [
        "",
        "v1/evil",
        "//evil.com/v1",
        "https://evil.com/v1",
        "/v1/../evil",
        "/v1/%2e%2e/evil",
        "/v1//evil",
        "/v1/evil/",
        "/v1/a%2Fevil",
        "/v1/evil x",
        "/v1/evil\r\nhost: evil",
        "/v1/evil#a",
        "/v1/{evil}",
        "/v1/{evil",
        "/v1/{evil}/{evil2}",
    ] {
        refused(client.raw_request(Method::Get, path).await.unwrap_err());
    }
    for id in [
        "",
        " ",
        "..",
        ".",
        "evil/x",
        "%2e%2e",
        "%2Fevil",
        "..;evil",
        "\u{ff0e}\u{ff0e}",
    ] {
        let request = client.raw_request(Method::Get, "/v1/x/{id}");
        refused(request.path_param(id).await.unwrap_err());
    }
    let request = client.raw_request(Method::Get, "/v1/x/{id}");
    refused(request.path_param("a").path_param("b").await.unwrap_err());
    assert!(server.seen().is_empty());
    let request = client.raw_request(Method::Get, "/v1/x/{a}/y/{b}?c=1");
    let seen = sent(request.path_param("25% {off}?").path_param("b"), &server).await;
    assert_eq!(seen.target, "/v1/x/25%25%20%7Boff%7D%3F/y/b?c=1");
}

#[tokio::test]
async fn json_and_cleared_fields_can_be_sent() {
    let server = echo();
    let client = client(&server);
    let json = r#"{"a": {"b": [1, "x"]}, "c": null}"#;
    let raw = |path| {
        let raw = client.raw_request(Method::Post, path).params_json(json);
        raw.param("d", Clearable::<i64>::Clear)
    };
    let seen = sent(raw("/v1/x"), &server).await;
    assert_eq!(seen.text(), "a[b][0]=1&a[b][1]=x&c=&d=");
    let seen = sent(raw("/v2/x"), &server).await;
    assert_eq!(seen.text(), r#"{"a":{"b": [1, "x"]},"c":null,"d":null}"#);
    for request in [
        raw("/v1/x").param("a.b", 1),
        raw("/v1/x").params_json("[]"),
        raw("/v1/x").param("e[", 1),
        raw("/v1/x").param("e[1]", 1),
        raw("/v1/x").param("e", ""),
    ] {
        assert_eq!(request.await.unwrap_err().kind(), ErrorKind::Validation);
    }
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn another_server_and_parts_can_be_asked_for() {
    let (api, files) = (echo(), echo());
    let base = stripe_core::BaseUrl::plain_http_on_loopback(files.address()).unwrap();
    let client = crate::subject::builder(&api)
        .base_url(Host::Files, base)
        .build()
        .unwrap();
    let request = client
        .raw_request(Method::Post, "/v1/files")
        .host(Host::Files);
    let request = request.multipart().param("purpose", "x");
    let request = request.param("file", FileUpload::new("a.txt", *b"content"));
    request.await.unwrap();
    assert!(api.seen().is_empty());
    let seen = files.only();
    let content_type = seen.header("content-type").unwrap();
    assert!(content_type.starts_with("multipart/form-data; boundary="));
    assert!(seen.text().contains("name=\"file\"; filename=\"a.txt\""));
    let error = client.raw_request(Method::Get, "/v1/x").multipart().await;
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Validation);
}

#[tokio::test]
async fn a_raw_list_has_pages() {
    let server = shelf(5);
    let request = client(&server).raw_request(Method::Get, "/v1/things");
    let request = request.param("limit", 2).param("ending_before", "thing_4");
    let items = request.decode_as::<List<Json>>().items().collect_up_to(9);
    let ids: Vec<_> = items
        .await
        .unwrap()
        .iter()
        .map(|item| item.decode::<Thing>().unwrap().id)
        .collect();
    assert_eq!(ids, ["thing_3", "thing_2", "thing_1", "thing_0"]);
}

#[tokio::test]
async fn errors_are_those_of_any_request() {
    let server = Server::start(|number, _| match number {
        0 => Reply::json(
            402,
            r#"{"error":{"code":"card_declined","type":"card_error"}}"#,
        ),
        1 => Reply::json(400, r#"{"error":{"type":"idempotency_error"}}"#),
        _ => Reply::json(200, "no JSON"),
    });
    let client = client(&server);
    for (path, kind) in [
        ("/v1/x/canary", ErrorKind::Card),
        ("/v2/x/canary", ErrorKind::Idempotency),
        ("/v1/x/canary", ErrorKind::Decode),
    ] {
        let error = client.raw_request(Method::Post, path).await.unwrap_err();
        assert_eq!(error.kind(), kind);
        let shown = format!("{error} {error:?}");
        assert!(
            shown.contains("{path}") && !shown.contains("canary"),
            "{shown}"
        );
    }
}

fn typed(client: &Client) -> [Request<Thing>; 4] {
    [
        Request::new(client, GET, &["thing_1"]),
        Request::new(client, DELETE, &["thing_1"]),
        Request::new(client, POST, &["thing_1"]),
        Request::new(client, POST_V2, &[]),
    ]
}

#[tokio::test]
async fn typed_requests_take_parameters_that_they_do_not_know() {
    let server = echo();
    for request in typed(&client(&server)) {
        let request = request.params(ask().flag(true));
        let request = request.extra_param("new.field[0]", "canary").expand(&["a"]);
        assert!(!format!("{request:?}").contains("canary"), "{request:?}");
        request.await.unwrap();
    }
    let form = "flag=true&new[field][0]=canary&expand[0]=a";
    let target = format!("/v1/things/thing_1?{form}");
    let [get, delete, post, post_v2] = server.seen().try_into().unwrap();
    assert_eq!((get.target.as_str(), get.text()), (target.as_str(), ""));
    assert_eq!(
        (delete.target.as_str(), delete.text()),
        (target.as_str(), "")
    );
    assert_eq!(
        (post.target.as_str(), post.text()),
        ("/v1/things/thing_1", form)
    );
    assert_eq!(
        post_v2.text(),
        r#"{"flag":true,"new":{"field":["canary"]},"expand":["a"]}"#
    );
}

#[tokio::test]
async fn no_parameter_is_overridden_in_silence() {
    let server = echo();
    for request in typed(&client(&server)) {
        let request = request.params(ask().limit(1).email("a@b.c"));
        for request in [
            request.clone().extra_param("limit", 2),
            request.clone().extra_param("email[x]", "y"),
            request.clone().extra_param("x", 1).extra_param("x", 1),
        ] {
            let error = request.await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Validation);
            assert!(["limit", "email", "x"].contains(&error.param().unwrap()));
        }
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn row_9_what_stands_in_braces_is_a_whole_segment() {
    let server = Server::start(|_, _| Reply::json(200, "{}"));
    for path in ["/v1/{id}.", "/v1/{id}2e", "/v1/{id}{id}", "/v1/a{id}"] {
        let request = client(&server).raw_request(Method::Get, path);
        let error = request.path_param("x").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Validation, "{path}");
    }
    assert_eq!(server.connections(), 0);
}
