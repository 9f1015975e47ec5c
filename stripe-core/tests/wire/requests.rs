//! Requests that succeed: method, path, parameters, headers and what comes back.

use std::time::Duration;

use stripe_core::list::List;
use stripe_core::types::Binary;
use stripe_core::{AppInfo, ErrorKind, Host, Operation, Request};

use crate::server::{Reply, Server};
use crate::subject::{
    DELETE, DELETE_V2, GET, KEY, LIST, POST, POST_V2, THING, Thing, ask, builder, client, request,
};

fn server() -> Server {
    Server::start(|_, _| Reply::json(200, THING))
}

#[tokio::test]
async fn a_form_is_posted() {
    let server = server();
    let params = ask().email("jenny+1@example.com").flag(true);
    let params = params.clear_limit();
    let thing = request(&client(&server), POST)
        .params(params)
        .await
        .unwrap();
    assert_eq!((thing.id.as_str(), thing.amount), ("thing_1", 5));
    assert_eq!(thing.extra.get("new_field"), Some("[1,2]"));
    let seen = server.only();
    assert_eq!(
        (seen.method.as_str(), seen.target.as_str()),
        ("POST", "/v1/things/thing_1")
    );
    assert_eq!(
        seen.text(),
        "email=jenny%2B1%40example.com&flag=true&limit="
    );
    assert_eq!(
        seen.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
}

#[tokio::test]
async fn a_get_has_its_parameters_in_the_query() {
    let server = server();
    let sent = request(&client(&server), GET).params(ask().email("a b").limit(3));
    sent.expand(&["customer", "data.x"]).await.unwrap();
    let seen = server.only();
    assert_eq!(seen.method, "GET");
    assert_eq!(
        seen.target,
        "/v1/things/thing_1?email=a+b&limit=3&expand[0]=customer&expand[1]=data.x"
    );
    assert!(seen.body.is_empty());
    assert_eq!(seen.header("content-type"), None);
    assert_eq!(seen.header("content-length"), None);
}

#[tokio::test]
async fn what_is_expanded_is_merged_and_not_repeated() {
    let server = server();
    let client = client(&server);
    for operation in [GET, POST, POST_V2] {
        let params = ask().expand(&["x", "y"]).flag(true);
        let sent = request(&client, operation).params(params);
        sent.expand(&["y", "z"]).await.unwrap();
    }
    let seen = server.seen();
    let form = "flag=true&expand[0]=x&expand[1]=y&expand[2]=z";
    assert_eq!(seen[0].target, format!("/v1/things/thing_1?{form}"));
    assert_eq!(seen[1].text(), form);
    assert_eq!(seen[2].text(), r#"{"flag":true,"expand":["x","y","z"]}"#);
}

#[tokio::test]
async fn a_list_is_read() {
    let page = format!(
        r#"{{"object":"list","data":[{THING},{THING}],"has_more":true,"url":"/v1/things"}}"#
    );
    let server = Server::start(move |_, _| Reply::json(200, &page));
    let client = client(&server);
    let list: List<Thing> = Request::new(&client, LIST, &[])
        .params(ask().limit(2))
        .await
        .unwrap();
    assert_eq!(list.data.len(), 2);
    assert!(list.has_more);
    assert_eq!(server.only().target, "/v1/things?limit=2");
}

#[tokio::test]
async fn json_is_posted_in_version_2() {
    let server = server();
    let client = client(&server);
    let params = ask().email("\u{e9}\"").clear_limit();
    request(&client, POST_V2).params(params).await.unwrap();
    request(&client, POST_V2).await.unwrap();
    let [first, second] = &server.seen()[..] else {
        panic!("not two requests")
    };
    assert_eq!(first.text(), "{\"email\":\"\u{e9}\\\"\",\"limit\":null}");
    assert_eq!(first.header("content-type"), Some("application/json"));
    assert!(
        first
            .header("user-agent")
            .unwrap()
            .starts_with("Stripe/v2 ")
    );
    assert_eq!(second.text(), "{}");
}

#[tokio::test]
async fn posts_without_parameters_have_an_empty_form() {
    let server = server();
    request(&client(&server), POST).await.unwrap();
    let seen = server.only();
    assert!(seen.body.is_empty());
    assert_eq!(
        seen.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
}

#[tokio::test]
async fn row_21_what_could_act_twice_has_a_key() {
    let server = server();
    let client = client(&server);
    for operation in [POST, POST_V2, DELETE_V2, POST, GET, DELETE] {
        request(&client, operation).await.unwrap();
    }
    let seen = server.seen();
    let keys: Vec<_> = seen
        .iter()
        .map(|seen| seen.header("idempotency-key"))
        .collect();
    for key in &keys[..4] {
        let key = key.unwrap();
        assert_eq!(key.len(), 36);
        assert_eq!(&key[14..15], "4");
        assert!("89ab".contains(&key[19..20]));
    }
    assert_ne!(keys[0], keys[3], "each call has its own");
    assert_eq!(&keys[4..], [None, None]);
}

#[tokio::test]
async fn a_given_key_is_used_on_any_method() {
    let server = server();
    let client = client(&server);
    for operation in [POST, GET, DELETE] {
        let response = request(&client, operation)
            .idempotency_key("order-42")
            .send()
            .await
            .unwrap();
        assert_eq!(response.idempotency_key(), Some("order-42"));
    }
    for seen in server.seen() {
        assert_eq!(seen.header("idempotency-key"), Some("order-42"));
    }
}

#[tokio::test]
async fn row_34_nothing_is_said_of_the_machine() {
    let server = server();
    let client = client(&server);
    request(&client, GET).await.unwrap();
    request(&client, POST).await.unwrap();
    let [get, post] = &server.seen()[..] else {
        panic!("not two requests")
    };
    assert_eq!(
        get.header_names(),
        [
            "authorization",
            "host",
            "user-agent",
            "x-stripe-client-user-agent"
        ]
    );
    assert_eq!(
        post.header_names(),
        [
            "authorization",
            "content-length",
            "content-type",
            "host",
            "idempotency-key",
            "user-agent",
            "x-stripe-client-user-agent"
        ]
    );
    assert_eq!(get.header("authorization"), Some(&*format!("Bearer {KEY}")));
    let said = get.header("x-stripe-client-user-agent").unwrap();
    let names: Vec<_> = said.split('"').skip(1).step_by(4).collect();
    assert_eq!(names, ["bindings_version", "httplib", "lang"]);
}

#[tokio::test]
async fn the_requests_options_come_before_the_clients() {
    let server = server();
    let built = builder(&server)
        .account("acct_client")
        .context("acct_c")
        .api_version("2026-01-01.client");
    let info = AppInfo::new("Shop \"x\"")
        .version("1.2")
        .url("https://example.com")
        .partner_id("pp_1");
    let client = built.app_info(info).build().unwrap();
    request(&client, GET).await.unwrap();
    let sent = request(&client, GET)
        .account("acct_request")
        .context("acct_r/acct_s");
    sent.api_version("2026-02-02.request")
        .header("X-Trace", "abc")
        .await
        .unwrap();
    let [first, second] = &server.seen()[..] else {
        panic!("not two requests")
    };
    assert_eq!(first.header("stripe-account"), Some("acct_client"));
    assert_eq!(first.header("stripe-context"), Some("acct_c"));
    assert_eq!(first.header("stripe-version"), Some("2026-01-01.client"));
    assert!(
        first
            .header("user-agent")
            .unwrap()
            .ends_with(" Shop \"x\"/1.2 (https://example.com)")
    );
    let said = first.header("x-stripe-client-user-agent").unwrap();
    let app = r#""application":{"name":"Shop \"x\"","partner_id":"pp_1","url":"https://example.com","version":"1.2"}"#;
    assert!(said.contains(app), "{said}");
    assert_eq!(second.header("stripe-account"), Some("acct_request"));
    assert_eq!(second.header("stripe-context"), Some("acct_r/acct_s"));
    assert_eq!(second.header("stripe-version"), Some("2026-02-02.request"));
    assert_eq!(second.header("x-trace"), Some("abc"));
}

#[tokio::test]
async fn ids_are_one_segment_of_the_path() {
    let server = server();
    let client = client(&server);
    let sent: Request<Thing> = Request::new(&client, GET, &["25% off?x=1#f"]);
    sent.await.unwrap();
    assert_eq!(server.only().target, "/v1/things/25%25%20off%3Fx%3D1%23f");
}

#[tokio::test]
async fn row_9_and_10_unsafe_ids_send_nothing() {
    let server = server();
    let client = client(&server);
    for id in ["", " ", "..", "%2e%2e", "a/b", "\u{ff0e}\u{ff0e}", "a\nb"] {
        let sent: Request<Thing> = Request::new(&client, POST, &[id]);
        let error = sent.await.unwrap_err();
        assert_eq!(
            (error.kind(), error.param()),
            (ErrorKind::Validation, Some("thing"))
        );
        assert!(error.to_string().starts_with("POST /v1/things/{thing}: "));
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn refused_options_send_nothing() {
    let server = server();
    let client = client(&server);
    let bad = "x\r\nx-evil: 1";
    let sent = || request(&client, POST);
    for sent in [
        sent().account(bad),
        sent().context(bad),
        sent().api_version(bad),
        sent().idempotency_key(bad),
        sent().header("x-a", bad),
        sent().header(bad, "x"),
        sent().header("Authorization", "Bearer other"),
        sent().timeout(Duration::ZERO),
        sent().deadline(Duration::ZERO),
    ] {
        assert_eq!(sent.await.unwrap_err().kind(), ErrorKind::Validation);
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn binary_answers_are_bytes() {
    let server = Server::start(|_, _| Reply::Answer(200, vec![], b"%PDF-\xff\0".to_vec()));
    let operation = Operation::get("/v1/quotes/{quote}/pdf").host(Host::Files);
    let pdf: Binary = Request::new(&client(&server), operation, &["qt_1"])
        .await
        .unwrap();
    assert_eq!(pdf.as_bytes(), b"%PDF-\xff\0");
}

#[tokio::test]
async fn each_host_has_its_own_address() {
    let [api, files] = [server(), server()];
    let base = stripe_core::BaseUrl::plain_http_on_loopback(files.address()).unwrap();
    let client = builder(&api).base_url(Host::Files, base).build().unwrap();
    request(&client, GET).await.unwrap();
    request(&client, GET.host(Host::Files)).await.unwrap();
    assert_eq!((api.seen().len(), files.seen().len()), (1, 1));
    assert_eq!(
        files.only().header("host"),
        files.address().strip_prefix("http://")
    );
}

#[tokio::test]
async fn requests_are_plain_values() {
    fn is_plain<T: Send + Sync + Unpin + Clone + std::fmt::Debug + 'static>(_: &T) {}
    fn is_future<T: Future + Send + Unpin + 'static>(_: &T) {}
    let server = server();
    let client = client(&server);
    let sent = request(&client, POST)
        .params(ask().email("canary@example.com"))
        .idempotency_key("canary-key");
    is_plain(&sent);
    let shown = format!("{sent:?} {client:?}");
    assert!(!shown.contains("canary") && !shown.contains(KEY), "{shown}");
    assert!(shown.contains("/v1/things/{thing}"), "{shown}");
    let call = sent.clone().into_future();
    is_future(&call);
    assert!(size_of_val(&call) < 64);
    let in_task = tokio::spawn(sent.into_future());
    call.await.unwrap();
    in_task.await.unwrap().unwrap();
    let keys: Vec<_> = server
        .seen()
        .iter()
        .map(|seen| seen.header("idempotency-key").unwrap().to_owned())
        .collect();
    assert_eq!(keys, ["canary-key", "canary-key"]);
}

#[tokio::test]
async fn an_empty_text_is_refused_before_anything_is_sent() {
    let server = Server::start(|_, _| Reply::json(200, THING));
    let client = client(&server);
    for operation in [POST, GET] {
        let request: Request<Thing> = Request::new(&client, operation, &["thing_1"]);
        let error = request.params(ask().email("")).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Validation);
        assert_eq!(error.param(), Some("email"));
        assert!(error.to_string().contains("clear_"), "{error}");
        assert!(!error.is_outcome_unknown());
    }
    assert_eq!(server.connections(), 0);
    let request: Request<Thing> = Request::new(&client, POST_V2, &[]);
    request.params(ask().email("")).await.unwrap();
    assert_eq!(server.only().text(), r#"{"email":""}"#);
}
