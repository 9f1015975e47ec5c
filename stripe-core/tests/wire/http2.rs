//! HTTP/2: one connection for many requests at once, which never get each other's answers.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use hyper::body::{Body, Bytes, Frame, Incoming};
use hyper::{Request as Incoming1, Response as Outgoing};
use hyper_util::rt::{TokioExecutor, TokioIo};
use stripe_core::types::FileUpload;
use stripe_core::{ApiKey, BaseUrl, Client, ClientBuilder, ErrorKind, Request, TimeoutPhase};

use crate::authority::Authority;
use crate::clock::TestClock;
use crate::subject::{GET, KEY, POST, Thing};
use crate::tls::client;
use crate::upload_sources::pieces;
use crate::uploads::{UPLOAD, Upload};

/// A body that is there as a whole.
struct Whole(Option<Bytes>);

impl Body for Whole {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        std::task::Poll::Ready(self.0.take().map(|bytes| Ok(Frame::data(bytes))))
    }
}

/// A server that says who asked for what, and counts what it was sent.
pub(crate) struct Http2Server {
    address: String,
    pem: String,
    connections: Arc<AtomicUsize>,
}

impl Http2Server {
    pub(crate) async fn start() -> Self {
        let authority = Authority::new();
        let mut config = authority.sign(|_| {});
        config.alpn_protocols = vec![b"h2".to_vec()];
        let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("https://{}", listener.local_addr().unwrap());
        let connections = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&connections);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::SeqCst);
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    let Ok(stream) = acceptor.accept(stream).await else {
                        return;
                    };
                    let service = hyper::service::service_fn(answer);
                    let server = hyper::server::conn::http2::Builder::new(TokioExecutor::new());
                    let _ = server.serve_connection(TokioIo::new(stream), service).await;
                });
            }
        });
        Self {
            address,
            pem: authority.pem(),
            connections,
        }
    }

    pub(crate) fn builder(&self) -> ClientBuilder {
        let base = BaseUrl::parse(&self.address).unwrap();
        Client::builder(ApiKey::new(KEY).unwrap())
            .base_url_for_all(&base)
            .add_root_certificate(self.pem.as_bytes())
    }

    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

async fn answer(mut request: Incoming1<Incoming>) -> hyper::Result<Outgoing<Whole>> {
    let mut amount = 2;
    let body = request.body_mut();
    while let Some(frame) =
        std::future::poll_fn(|context| std::pin::Pin::new(&mut *body).poll_frame(context)).await
    {
        amount += frame?.into_data().map_or(0, |bytes| bytes.len());
    }
    let header = |name: &str| {
        request
            .headers()
            .get(name)
            .map_or("none", |value| value.to_str().unwrap())
    };
    let id = format!(
        "{} {} {}",
        header("authorization"),
        header("stripe-account"),
        request.uri().path()
    );
    let body = format!(r#"{{"id":"{id}","amount":{amount}}}"#);
    let mut response = Outgoing::builder();
    if request.uri().path().ends_with("/fillers") {
        for number in 0..3_000 {
            response = response.header(format!("x-filler-{number}"), "y");
        }
    }
    let response = response.header("request-id", "req_2");
    Ok(response.body(Whole(Some(body.into()))).unwrap())
}

#[tokio::test]
async fn t11_a_thousand_requests_of_two_clients_never_mix() {
    let server = Http2Server::start().await;
    let base = BaseUrl::parse(&server.address).unwrap();
    let build = |key: &str, account: &str| {
        let builder = Client::builder(ApiKey::new(key).unwrap())
            .base_url_for_all(&base)
            .account(account);
        builder
            .add_root_certificate(server.pem.as_bytes())
            .build()
            .unwrap()
    };
    let clients = [
        (build(KEY, "acct_1"), KEY, "acct_1"),
        (
            build("rk_test_OTHER0123456789", "acct_2"),
            "rk_test_OTHER0123456789",
            "acct_2",
        ),
    ];
    // One request each first, so that there is a connection to share.
    for (client, _, _) in &clients {
        Request::<Thing>::new(client, GET, &["first"])
            .await
            .unwrap();
    }
    let mut calls = Vec::new();
    for number in 0..1_000 {
        let (client, key, account) = &clients[number % 2];
        let request: Request<Thing> = Request::new(client, POST, &[&number.to_string()]);
        calls.push((
            tokio::spawn(request.into_future()),
            format!("Bearer {key} {account} /v1/things/{number}"),
        ));
    }
    for (call, expected) in calls {
        assert_eq!(call.await.unwrap().unwrap().id, expected);
    }
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn t11_ten_thousand_calls_share_one_connection() {
    let server = Http2Server::start().await;
    let client = client(&server.address, &server.pem);
    for _ in 0..10_000 {
        Request::<Thing>::new(&client, GET, &["x"]).await.unwrap();
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn t11_calls_at_once_wait_for_the_first_connection() {
    let server = Http2Server::start().await;
    let client = client(&server.address, &server.pem);
    let calls: Vec<_> = (0..200)
        .map(|_| tokio::spawn(Request::<Thing>::new(&client, POST, &["x"]).into_future()))
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn row_20_a_call_that_was_dropped_leaves_the_others_alone() {
    let server = Http2Server::start().await;
    let client = client(&server.address, &server.pem);
    Request::<Thing>::new(&client, GET, &["first"])
        .await
        .unwrap();
    for number in 0..100 {
        let dropped = tokio::spawn(Request::<Thing>::new(&client, POST, &["x"]).into_future());
        if number % 2 == 0 {
            tokio::task::yield_now().await;
        }
        dropped.abort();
        let name = number.to_string();
        let thing: Thing = Request::new(&client, GET, &[&name]).await.unwrap();
        assert!(thing.id.ends_with(&format!("/v1/things/{number}")));
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn uploads_are_streamed_as_over_http_1() {
    let server = Http2Server::start().await;
    let client = client(&server.address, &server.pem);
    let upload = |length| {
        let file = FileUpload::from_stream("x", length, pieces(&["abc", "defg"]));
        Request::<Thing>::new(&client, UPLOAD, &[]).params(Upload::new(file, "x"))
    };
    let [known, unknown] = [upload(Some(7)), upload(None)];
    let amount = known.await.unwrap().amount;
    assert!(amount > 7 + 2);
    assert_eq!(unknown.await.unwrap().amount, amount);
    // Too short: the server, which waits for the rest, never answers.
    let error = upload(Some(8)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Upload);
    assert!(!error.is_outcome_unknown());
}

#[tokio::test]
async fn answers_are_read_as_over_http_1() {
    let server = Http2Server::start().await;
    let client = client(&server.address, &server.pem);
    let response = Request::<Thing>::new(&client, GET, &["25% off"])
        .send()
        .await
        .unwrap();
    assert_eq!(
        (response.status(), response.request_id(), response.amount),
        (200, Some("req_2"), 2)
    );
    assert!(response.id.ends_with("/v1/things/25%25%20off"));
}

#[tokio::test]
async fn t10_heads_have_a_limit_and_others_go_on() {
    let server = Http2Server::start().await;
    let client = client(&server.address, &server.pem);
    let request: Request<Thing> = Request::new(&client, GET, &["fillers"]);
    let error = request.max_retries(0).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    Request::<Thing>::new(&client, GET, &["x"]).await.unwrap();
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn t10_interim_answers_without_end_run_into_the_limit_of_the_attempt() {
    use std::io::{Read, Write};
    let authority = Authority::new();
    let mut config = authority.sign(|_| {});
    config.alpn_protocols = vec![b"h2".to_vec()];
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let base = BaseUrl::parse(&format!("https://{}", listener.local_addr().unwrap())).unwrap();
    let (many, were_many) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let tls = rustls::ServerConnection::new(Arc::new(config)).unwrap();
        let mut stream = rustls::StreamOwned::new(tls, listener.accept().unwrap().0);
        stream.write_all(&frame(0x4, 0x0, 0, &[])).unwrap();
        // Until the request has come: the preface, and frames up to its head.
        stream.read_exact(&mut [0; 24]).unwrap();
        let mut head = [0; 9];
        while head[3] != 0x1 {
            stream.read_exact(&mut head).unwrap();
            let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
            stream.read_exact(&mut vec![0; length as usize]).unwrap();
        }
        // `:status: 103`, and the head is complete.
        let interim = frame(0x1, 0x4, 1, b"\x08\x03103");
        for _ in 0..20_000 {
            stream.write_all(&interim).unwrap();
        }
        many.send(()).unwrap();
        while stream.write_all(&interim).is_ok() {}
    });
    let clock = TestClock::default();
    let builder = Client::builder(ApiKey::new(KEY).unwrap()).base_url_for_all(&base);
    let builder = builder.add_root_certificate(authority.pem().as_bytes());
    let client = builder.clock(clock.clone()).max_retries(0).build().unwrap();
    let call = tokio::spawn(Request::<Thing>::new(&client, POST, &["x"]).into_future());
    let waiting = tokio::task::spawn_blocking(move || were_many.recv().unwrap());
    waiting.await.unwrap();
    assert!(!call.is_finished());
    clock.run_out();
    let error = call.await.unwrap().unwrap_err();
    assert_eq!(error.timeout_phase(), Some(TimeoutPhase::Attempt));
}

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    let head = [&length[1..], &[kind, flags], &stream.to_be_bytes()];
    [&head.concat(), payload].concat()
}
