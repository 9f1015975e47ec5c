//! Options of clients and of requests: which one counts, how one does without, and that nothing leaks from one request
//! or client to another.

use std::time::Duration;

use stripe_core::{ApiKey, BaseUrl, Client, Host, Operation, Request, StripeContext};

use crate::clock::TestClock;
use crate::server::{Reply, Seen, Server};
use crate::shelf::{Filter, list, shelf};
use crate::subject::{GET, KEY, POST, THING, Thing, ask, builder};

const OTHER_KEY: &str = "rk_test_FAKEother0123456789";

fn server() -> Server {
    Server::start(|_, _| Reply::json(200, THING))
}

fn get(client: &Client) -> Request<Thing> {
    Request::new(client, GET, &["thing_1"])
}

/// A client that has every option set.
fn client(server: &Server, clock: &TestClock) -> Client {
    builder(server)
        .account("acct_client")
        .context("org_client/acct_client")
        .api_version("2026-01-01.client")
        .header("X-Both", "client")
        .header("X-Client", "client")
        .timeout(Duration::from_secs(20))
        .deadline(Duration::from_secs(300))
        .max_retries(1)
        .clock(clock.clone())
        .build()
        .unwrap()
}

fn with_every_option(request: Request<Thing>) -> Request<Thing> {
    request
        .key(ApiKey::new(OTHER_KEY).unwrap())
        .account("acct_request")
        .context("org_request")
        .api_version("2026-02-02.request")
        .header("x-both", "request")
        .header("X-Request", "request")
        .idempotency_key("order-42")
        .timeout(Duration::from_secs(10))
        .deadline(Duration::from_secs(200))
        .max_retries(2)
}

fn options(seen: &Seen) -> [Option<&str>; 8] {
    [
        "authorization",
        "stripe-account",
        "stripe-context",
        "stripe-version",
        "x-both",
        "x-client",
        "x-request",
        "idempotency-key",
    ]
    .map(|name| seen.header(name))
}

#[tokio::test]
async fn a_requests_options_come_before_the_clients_and_end_with_it() {
    let server = server();
    let clock = TestClock::default();
    let client = client(&server, &clock);
    get(&client).await.unwrap();
    with_every_option(get(&client)).await.unwrap();
    get(&client).await.unwrap();
    let seen = server.seen();
    let bearer = [KEY, OTHER_KEY].map(|key| format!("Bearer {key}"));
    let of_client = [
        Some(&*bearer[0]),
        Some("acct_client"),
        Some("org_client/acct_client"),
        Some("2026-01-01.client"),
        Some("client"),
        Some("client"),
        None,
        None,
    ];
    let of_request = [
        Some(&*bearer[1]),
        Some("acct_request"),
        Some("org_request"),
        Some("2026-02-02.request"),
        Some("request"),
        Some("client"),
        Some("request"),
        Some("order-42"),
    ];
    assert_eq!(options(&seen[0]), of_client);
    assert_eq!(options(&seen[1]), of_request);
    assert_eq!(options(&seen[2]), of_client);
    assert_eq!(clock.limits(), [20, 10, 20].map(Duration::from_secs));
}

#[tokio::test]
async fn the_shorter_of_timeout_and_deadline_counts() {
    let server = server();
    let clock = TestClock::default();
    let client = client(&server, &clock);
    get(&client).deadline(Duration::from_secs(7)).await.unwrap();
    get(&client)
        .timeout(Duration::from_secs(900))
        .await
        .unwrap();
    get(&client).timeout(Duration::from_secs(6)).await.unwrap();
    assert_eq!(clock.limits(), [7, 300, 6].map(Duration::from_secs));
}

#[tokio::test]
async fn retries_are_counted_by_the_request_then_the_client_then_two() {
    for (of_client, of_request, attempts) in [
        (None, None, 3),
        (None, Some(0), 1),
        (None, Some(1), 2),
        (Some(0), None, 1),
        (Some(1), None, 2),
        (Some(0), Some(3), 4),
        (Some(3), Some(0), 1),
    ] {
        let server = Server::start(|_, _| Reply::json(503, "{}"));
        let mut built = builder(&server).clock(TestClock::default());
        if let Some(count) = of_client {
            built = built.max_retries(count);
        }
        let mut sent: Request<Thing> = Request::new(&built.build().unwrap(), POST, &["thing_1"]);
        if let Some(count) = of_request {
            sent = sent.max_retries(count);
        }
        sent.await.unwrap_err();
        assert_eq!(
            server.seen().len(),
            attempts,
            "{of_client:?} {of_request:?}"
        );
    }
}

#[tokio::test]
async fn a_request_can_do_without_the_clients_account_and_context() {
    let server = server();
    let client = client(&server, &TestClock::default());
    get(&client).no_account().await.unwrap();
    get(&client).no_context().await.unwrap();
    get(&client)
        .in_context(&StripeContext::new())
        .await
        .unwrap();
    get(&client).no_account().account("acct_2").await.unwrap();
    get(&client).account("acct_2").no_account().await.unwrap();
    let both = |seen: &Seen| {
        ["stripe-account", "stripe-context"].map(|name| seen.header(name).map(str::to_owned))
    };
    let (account, context) = ("acct_client", "org_client/acct_client");
    let expected = [
        [None, Some(context)],
        [Some(account), None],
        [Some(account), None],
        [Some("acct_2"), Some(context)],
        [None, Some(context)],
    ];
    let expected = expected.map(|pair| pair.map(|value| value.map(str::to_owned)));
    assert_eq!(server.seen().iter().map(both).collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn what_a_request_does_without_its_pages_do_without() {
    let server = shelf(3);
    let client = client(&server, &TestClock::default());
    let sent = list(&client).params(Filter::new().limit(2));
    let pages = sent.no_account().no_context().items();
    assert_eq!(pages.collect_up_to(9).await.unwrap().len(), 3);
    let seen = server.seen();
    assert_eq!(seen.len(), 2);
    for page in seen {
        assert_eq!(page.header("stripe-account"), None);
        assert_eq!(page.header("stripe-context"), None);
    }
}

#[tokio::test]
async fn a_context_can_be_a_value() {
    let server = server();
    let platform = StripeContext::parse("org_1/acct_1").unwrap();
    let client = builder(&server).in_context(&platform).build().unwrap();
    let empty = builder(&server)
        .context("org_1")
        .in_context(&StripeContext::new());
    let empty = empty.build().unwrap();
    get(&client).await.unwrap();
    get(&client)
        .in_context(&platform.push("acct_2").unwrap())
        .await
        .unwrap();
    get(&client)
        .in_context(&platform.pop().unwrap())
        .await
        .unwrap();
    get(&client).await.unwrap();
    get(&empty).await.unwrap();
    let seen = server.seen();
    let contexts: Vec<_> = seen
        .iter()
        .map(|seen| seen.header("stripe-context"))
        .collect();
    let expected = [
        Some("org_1/acct_1"),
        Some("org_1/acct_1/acct_2"),
        Some("org_1"),
        Some("org_1/acct_1"),
        None,
    ];
    assert_eq!(contexts, expected);
}

#[tokio::test]
async fn what_a_caller_gives_is_not_changed() {
    let server = server();
    let client = client(&server, &TestClock::default());
    let params = ask().email("a@example.com").expand(&["x"]);
    let first = with_every_option(Request::new(&client, POST, &["thing_1"])).params(params.clone());
    let shown = format!("{first:?} {params:?} {client:?}");
    first.clone().expand(&["y"]).await.unwrap();
    first.clone().account("acct_other").await.unwrap();
    assert_eq!(format!("{first:?} {params:?} {client:?}"), shown);
    first.await.unwrap();
    let seen = server.seen();
    assert_eq!(
        seen[0].text(),
        "email=a%40example.com&expand[0]=x&expand[1]=y"
    );
    assert_eq!(seen[2].text(), "email=a%40example.com&expand[0]=x");
    assert_eq!(seen[2].header("stripe-account"), Some("acct_request"));
}

#[tokio::test]
async fn k9_two_clients_share_nothing() {
    let servers = [server(), server()];
    let first = client(&servers[0], &TestClock::default());
    let second = builder(&servers[1]).build().unwrap();
    get(&first).await.unwrap();
    get(&second).await.unwrap();
    with_every_option(get(&first)).await.unwrap();
    get(&second).await.unwrap();
    assert_eq!((servers[0].seen().len(), servers[1].seen().len()), (2, 2));
    for seen in servers[1].seen() {
        let key = format!("Bearer {KEY}");
        let mut expected = [None; 8];
        expected[0] = Some(&*key);
        assert_eq!(options(&seen), expected);
    }
}

#[tokio::test]
async fn one_server_can_be_elsewhere_than_the_others() {
    let hosts = [Host::Api, Host::Files, Host::Connect, Host::MeterEvents];
    for moved in hosts {
        let [usual, other] = [server(), server()];
        let base = BaseUrl::plain_http_on_loopback(other.address()).unwrap();
        let client = builder(&usual).base_url(moved, base).build().unwrap();
        for host in hosts {
            let sent: Request<Thing> =
                Request::new(&client, Operation::get("/v1/things").host(host), &[]);
            sent.await.unwrap();
        }
        assert_eq!(
            (usual.seen().len(), other.seen().len()),
            (3, 1),
            "{moved:?}"
        );
    }
}
