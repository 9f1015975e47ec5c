//! Connections: where they go, how they are shared, and what is made of servers that misbehave.

use stripe_core::{ApiKey, BaseUrl, Client, ErrorKind, Host, Request};

use crate::server::{Reply, Server};
use crate::subject::{GET, KEY, POST, THING, Thing, builder, client};

fn get(client: &Client) -> Request<Thing> {
    Request::new(client, GET, &["thing_1"])
}

#[tokio::test]
async fn t11_connections_are_reused() {
    let server = Server::start(|_, _| Reply::json(200, THING));
    let client = client(&server);
    for _ in 0..50 {
        get(&client).await.unwrap();
        get(&client.clone()).await.unwrap();
    }
    assert_eq!((server.seen().len(), server.connections()), (100, 1));
}

#[tokio::test]
async fn row_20_clients_never_mix() {
    let server = Server::start(|_, seen| {
        // Everything that tells who is asking goes back in the answer.
        let key = seen.header("authorization").unwrap();
        let account = seen.header("stripe-account").unwrap();
        Reply::json(
            200,
            &format!(r#"{{"id":"{key} {account} {}","amount":0}}"#, seen.target),
        )
    });
    let one = builder(&server).account("acct_1").build().unwrap();
    let base = BaseUrl::plain_http_on_loopback(server.address()).unwrap();
    let other =
        Client::builder(ApiKey::new("rk_test_OTHER0123456789").unwrap()).base_url_for_all(&base);
    let other = other.account("acct_2").build().unwrap();
    let calls = (0..1000).map(|number| {
        let (client, expected) = if number % 2 == 0 {
            (&one, format!("Bearer {KEY} acct_1 /v1/things/{number}"))
        } else {
            (
                &other,
                format!("Bearer rk_test_OTHER0123456789 acct_2 /v1/things/{number}"),
            )
        };
        let request: Request<Thing> = Request::new(client, GET, &[&number.to_string()]);
        (tokio::spawn(request.into_future()), expected)
    });
    for (call, expected) in calls.collect::<Vec<_>>() {
        assert_eq!(call.await.unwrap().unwrap().id, expected);
    }
}

#[tokio::test]
async fn t1_plain_http_goes_nowhere_without_the_opt_in() {
    let server = Server::start(|_, _| Reply::json(200, THING));
    assert!(BaseUrl::parse(server.address()).is_err());
    // A client that speaks TLS to a plain port: the server sees no request.
    let secure = server.address().replace("http://", "https://");
    let base = BaseUrl::parse(&secure).unwrap();
    let client = builder(&server)
        .base_url_for_all(&base)
        .max_retries(0)
        .build()
        .unwrap();
    let error = get(&client).await.unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::Connect | ErrorKind::Tls),
        "{error:?}"
    );
    assert!(
        server
            .seen()
            .iter()
            .all(|seen| !seen.method.contains("GET"))
    );
}

#[tokio::test]
async fn t1_the_opt_in_is_for_the_address_it_names() {
    let named = Server::start(|_, _| Reply::json(200, THING));
    let base = BaseUrl::plain_http_on_loopback(named.address()).unwrap();
    let client = Client::builder(ApiKey::new(KEY).unwrap())
        .base_url(Host::Files, base)
        .build()
        .unwrap();
    let request: Request<Thing> = Request::new(&client, GET.host(Host::Files), &["x"]);
    request.await.unwrap();
    assert!(format!("{client:?}").contains("api: https://api.stripe.com"));
}

#[tokio::test]
async fn row_13_bodies_have_a_limit() {
    let endless = || {
        let mut bytes = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
        for _ in 0..40 {
            bytes.extend_from_slice(b"100000\r\n");
            bytes.resize(bytes.len() + 0x10_0000, b' ');
            bytes.extend_from_slice(b"\r\n");
        }
        Reply::Bytes(bytes)
    };
    let server = Server::start(move |_, _| endless());
    let error = get(&client(&server)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
    assert_eq!(server.seen().len(), 1);
    let lying = b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n{".to_vec();
    let server = Server::start(move |_, _| Reply::Stall(lying.clone()));
    assert_eq!(
        get(&client(&server)).await.unwrap_err().kind(),
        ErrorKind::BodyTooLarge
    );
}

#[tokio::test]
async fn row_19_malformed_answers_end_the_connection() {
    for answer in [
        "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\n{}    ",
        "HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        "HTTP/9.9 200 OK\r\n\r\n",
        "garbage",
        "",
        "HTTP/1.1 20",
        "HTTP/1.1 200 OK\r\nbad header\r\n\r\n",
    ] {
        let server = Server::start(move |number, _| {
            if number == 0 {
                Reply::Bytes(answer.as_bytes().to_vec())
            } else {
                Reply::json(200, THING)
            }
        });
        let client = client(&server);
        let first = get(&client).max_retries(0).await;
        assert_eq!(
            first.unwrap_err().kind(),
            ErrorKind::Connection,
            "{answer:?}"
        );
        assert_eq!(get(&client).await.unwrap().id, "thing_1");
        assert_eq!(server.connections(), 2, "{answer:?}");
    }
}

#[tokio::test]
async fn row_19_bytes_after_an_answer_are_no_answer() {
    let server = Server::start(|number, _| {
        let answer = format!(
            "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{THING}",
            THING.len()
        );
        let smuggled =
            "HTTP/1.1 200 OK\r\ncontent-length: 27\r\n\r\n{\"id\":\"smuggled\",\"amount\":1}";
        if number == 0 {
            Reply::Bytes(format!("{answer}{smuggled}").into_bytes())
        } else {
            Reply::json(200, THING)
        }
    });
    let client = client(&server);
    for _ in 0..3 {
        assert_eq!(get(&client).await.unwrap().id, "thing_1");
    }
}

#[tokio::test]
async fn a_connection_that_went_stale_is_replaced() {
    // The server closes every connection after one answer without saying so.
    let server = Server::start(|_, _| {
        Reply::Bytes(
            format!(
                "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{THING}",
                THING.len()
            )
            .into_bytes(),
        )
    });
    let client = client(&server);
    for _ in 0..20 {
        let request: Request<Thing> = Request::new(&client, POST, &["thing_1"]);
        request.await.unwrap();
    }
}

#[test]
fn outside_a_runtime_there_is_an_error() {
    use std::task::{Context, Poll, Waker};
    let server = Server::start(|_, _| Reply::json(200, THING));
    // With tokio's clock, and with one that runs without tokio.
    for client in [builder(&server).build().unwrap(), client(&server)] {
        let mut call = get(&client).into_future();
        let polled = std::pin::Pin::new(&mut call).poll(&mut Context::from_waker(Waker::noop()));
        let Poll::Ready(Err(error)) = polled else {
            panic!("no error")
        };
        assert_eq!(error.kind(), ErrorKind::Config);
    }
    assert_eq!(server.connections(), 0);
}

#[test]
fn k3_live_keys_can_be_denied() {
    let key = || ApiKey::new("sk_live_FAKE0123456789abcdef").unwrap();
    assert!(Client::builder(key()).build().is_ok());
    let error = Client::builder(key()).deny_live_keys().build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
}
