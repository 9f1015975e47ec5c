//! When parameters are checked, and that nothing is sent if one breaks a rule.

use stripe_core::types::{Currency, Metadata, Timestamp};
use stripe_core::validate::Rule;
use stripe_core::{Client, ClientBuilder, Error, ErrorKind, Operation, Request};

use crate::clock::TestClock;
use crate::server::{Reply, Server};
use crate::subject::{THING, Thing, builder};

const CREATE: Operation = Operation::post_form("/v1/things");
const CREATE_V2: Operation = Operation::post_json("/v2/core/things");

stripe_core::params! {
    #[new()]
    #[check("kind", Required)]
    pub struct Create {
        pub created: Timestamp,
        #[set(clear_text, clear_kind)]
        pub kind: String,
        pub metadata: Metadata,
        #[max = 5]
        #[set(text)]
        pub name: String,
    }
}

const PINNED: &str = "2026-05-27.here";

fn server() -> Server {
    Server::start(|_, _| Reply::json(200, THING))
}

fn client(builder: ClientBuilder) -> Client {
    let builder = builder.clock(TestClock::default());
    builder.default_api_version(PINNED).build().unwrap()
}

fn long(client: &Client) -> Request<Thing> {
    Request::new(client, CREATE, &[]).params(Create::new().kind("a").name("too long"))
}

/// How many violations the error has, or none if it was sent.
async fn refused(request: Request<Thing>) -> usize {
    match request.await {
        Ok(_) => 0,
        Err(error) => error.violations().len(),
    }
}

#[tokio::test]
async fn nothing_is_sent_and_all_mistakes_are_told() {
    let server = server();
    let params = Create::new()
        .created(Timestamp::from_unix(1_779_883_200_000))
        .metadata(Metadata::new().set("canary[key]", &"canary".repeat(100)))
        .name("canary");
    let request = Request::<Thing>::new(&client(builder(&server)), CREATE, &[]).params(params);
    let error: Error = request.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Validation);
    assert!(!error.is_outcome_unknown() && server.seen().is_empty());
    assert_eq!(error.param(), Some("created"));
    assert_eq!(error.violations().len(), 5);
    assert_eq!(error.violations()[4].rule(), Rule::MaxLength(5));
    assert_eq!(
        error.to_string(),
        "POST /v1/things: nothing was sent, as 5 parameters break rules of Stripe's\n  \
         created: it is no time in seconds since 1970: seconds, not milliseconds\n  \
         kind: it is missing: set it; an empty list or object counts as not set\n  \
         metadata[*]: its key is empty or has a square bracket: rename the key\n  \
         metadata[*]: it has 600 characters, and Stripe takes 500 at most: shorten it\n  \
         name: it has 6 characters, and Stripe takes 5 at most: shorten it"
    );
    let debug = format!("{error:?} {error:#?}");
    assert!(!debug.contains("canary"), "{debug}");
    assert!(debug.contains("MaxLength(5)"), "{debug}");
}

#[tokio::test]
async fn validation_can_be_skipped_for_a_request_and_for_a_client() {
    let server = server();
    let checking = client(builder(&server));
    let unchecking = client(builder(&server).skip_validation());
    assert_eq!(refused(long(&checking)).await, 1);
    assert_eq!(refused(long(&checking).skip_validation()).await, 0);
    assert_eq!(refused(long(&unchecking)).await, 0);
    assert_eq!(refused(long(&unchecking).force_validation()).await, 1);
    assert_eq!(server.seen().len(), 2);
    assert_eq!(server.seen()[0].text(), "kind=a&name=too+long");
}

#[tokio::test]
async fn the_rules_are_those_of_one_version() {
    let server = server();
    let checking = client(builder(&server));
    assert_eq!(refused(long(&checking).api_version("2020-08-27")).await, 0);
    assert_eq!(refused(long(&checking).api_version(PINNED)).await, 1);
    let forced = long(&checking).api_version("2020-08-27").force_validation();
    assert_eq!(refused(forced).await, 1);
    let other = || builder(&server).api_version("2020-08-27");
    let older = client(other());
    assert_eq!(refused(long(&older)).await, 0);
    assert_eq!(refused(long(&older).api_version(PINNED)).await, 1);
    assert_eq!(refused(long(&client(other().force_validation()))).await, 1);
}

#[tokio::test]
async fn path_ids_are_always_checked() {
    let server = server();
    let client = client(builder(&server).skip_validation());
    let operation = Operation::get("/v1/things/{thing}");
    let request = Request::<Thing>::new(&client, operation, &["../keys"]).skip_validation();
    assert_eq!(request.await.unwrap_err().kind(), ErrorKind::Validation);
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn what_is_sent_without_a_type_is_not_missing_and_not_checked() {
    let server = server();
    let client = client(builder(&server));
    let request = || Request::new(&client, CREATE, &[]).params(Create::new().name("short"));
    assert_eq!(refused(request()).await, 1);
    let given = request()
        .extra_param("kind", "a")
        .extra_param("other", "x".repeat(9000).as_str());
    assert_eq!(refused(given).await, 0);
}

#[tokio::test]
async fn json_keeps_what_is_empty() {
    let server = server();
    let client = client(builder(&server));
    let params = Create::new()
        .kind("")
        .metadata(Metadata::new().set("a[b]", ""));
    let request = Request::new(&client, CREATE_V2, &[]).params(params);
    assert_eq!(refused(request).await, 0);
    assert_eq!(
        server.only().text(),
        r#"{"kind":"","metadata":{"a[b]":""}}"#
    );
}

#[tokio::test]
async fn currencies_go_out_in_lower_case() {
    let server = server();
    let request = Request::<Thing>::new(&client(builder(&server)), CREATE, &[]);
    request
        .extra_param("currency", Currency::from("EUR"))
        .await
        .unwrap();
    assert_eq!(server.only().text(), "currency=eur");
}

const EXPANSIONS: &str = "POST /v1/things\n >thing\nthing\n owner>thing\n";

#[tokio::test]
async fn what_cannot_be_expanded_is_told_before_anything_is_sent() {
    let server = server();
    let client = client(builder(&server).expansions(EXPANSIONS));
    let request = |fields: &[&str]| {
        let request = Request::<Thing>::new(&client, CREATE, &[]);
        request.params(Create::new().kind("a")).expand(fields)
    };
    assert_eq!(refused(request(&["owner", "owner.owner"])).await, 0);
    let error = request(&["owner", "owner.ower"]).await.unwrap_err();
    assert_eq!(error.violations()[0].suggestion(), Some("owner.owner"));
    assert_eq!(
        error.to_string(),
        "POST /v1/things: nothing was sent, as a parameter breaks a rule of Stripe's\n  \
         expand[1]: it leads to no field that can be expanded: did you mean `owner.owner`?"
    );
    assert_eq!(refused(request(&["nothing"]).skip_validation()).await, 0);
    assert_eq!(server.seen().len(), 2);
}
