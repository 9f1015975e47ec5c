//! Connections are reused, and only where that is safe: after an answer that was read to its end, and never to send again
//! what may have been sent.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use stripe_core::types::FileUpload;
use stripe_core::{ApiKey, BaseUrl, Client, ErrorKind, Request};

use crate::clock::TestClock;
use crate::server::{Reply, Server};
use crate::subject::{GET, KEY, POST, THING, Thing, builder, client};
use crate::uploads::{UPLOAD, Upload};

fn get(client: &Client) -> Request<Thing> {
    Request::new(client, GET, &["thing_1"])
}

fn post(client: &Client) -> Request<Thing> {
    Request::new(client, POST, &["thing_1"])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn t11_ten_thousand_calls_use_one_connection() {
    let server = Server::start(|_, _| Reply::json(200, THING));
    let client = client(&server);
    for _ in 0..10_000 {
        get(&client).await.unwrap();
    }
    assert_eq!(server.seen().len(), 10_000);
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn t11_chunked_and_empty_answers_leave_a_connection_usable() {
    let server = Server::start(|number, _| match number % 3 {
        0 => Reply::Answer(204, Vec::new(), Vec::new()),
        1 => Reply::json(402, r#"{"error":{"type":"card_error"}}"#),
        _ => Reply::json(200, THING),
    });
    let client = client(&server);
    for _ in 0..30 {
        let _ = get(&client).max_retries(0).await;
    }
    assert_eq!((server.seen().len(), server.connections()), (30, 1));
}

#[tokio::test]
async fn t11_bursts_use_no_more_connections_than_they_have_calls() {
    let server = Server::start(|_, _| Reply::json(200, THING));
    let client = client(&server);
    for _ in 0..20 {
        let calls: Vec<_> = (0..8)
            .map(|_| tokio::spawn(get(&client).into_future()))
            .collect();
        for call in calls {
            call.await.unwrap().unwrap();
        }
    }
    assert!(server.connections() <= 8, "{}", server.connections());
}

#[tokio::test]
async fn row_20_a_call_that_was_dropped_takes_its_connection_along() {
    // The first answer comes when the call for it is gone: nobody else may get it.
    let (begun, mut has_begun) = tokio::sync::mpsc::unbounded_channel();
    let server = Server::start(move |number, seen| {
        begun.send(()).unwrap();
        if number == 0 {
            let answer = r#"{"id":"of the first","amount":0}"#;
            let length = answer.len() + 1;
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{answer}");
            return Reply::Stall(head.into_bytes());
        }
        Reply::json(200, &format!(r#"{{"id":"{}","amount":0}}"#, seen.target))
    });
    let client = client(&server);
    let first = tokio::spawn(get(&client).into_future());
    has_begun.recv().await.unwrap();
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    for number in 0..10 {
        let request: Request<Thing> = Request::new(&client, GET, &[&number.to_string()]);
        assert_eq!(request.await.unwrap().id, format!("/v1/things/{number}"));
    }
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn a_body_that_was_not_read_closes_its_connection() {
    let lying = b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n{".to_vec();
    let server = Server::start(move |number, _| match number {
        0 => Reply::Stall(lying.clone()),
        _ => Reply::json(200, THING),
    });
    let client = client(&server);
    let error = get(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
    for _ in 0..5 {
        get(&client).await.unwrap();
    }
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn an_answer_that_did_not_wait_for_the_request_ends_the_connection() {
    // Far more than the server reads, which answers the head alone, and then reads nothing.
    let length = THING.len();
    let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{THING}");
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let connections = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&connections);
    std::thread::spawn(move || {
        let mut kept = Vec::new();
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            count.fetch_add(1, Ordering::SeqCst);
            let _ = stream.read(&mut [0; 1024]);
            let _ = stream.write_all(answer.as_bytes());
            kept.push(stream);
        }
    });
    let base = BaseUrl::plain_http_on_loopback(&address).unwrap();
    let builder = Client::builder(ApiKey::new(KEY).unwrap()).base_url_for_all(&base);
    let client = builder.max_retries(0).build().unwrap();
    for round in 1..=3 {
        let file = FileUpload::new("x", vec![0; 32 * 1024 * 1024]);
        let request: Request<Thing> = Request::new(&client, UPLOAD, &[]);
        request.params(Upload::new(file, "x")).await.unwrap();
        assert_eq!(connections.load(Ordering::SeqCst), round);
    }
}

#[tokio::test]
async fn what_may_have_been_sent_is_not_sent_again_below_the_retries() {
    // Every connection works once; then it takes a request, and ends without an answer.
    let server = Server::start(|number, _| {
        if number % 2 == 0 {
            Reply::json(200, THING)
        } else {
            Reply::HangUp
        }
    });
    let client = builder(&server)
        .clock(TestClock::default())
        .max_retries(0)
        .build()
        .unwrap();
    for round in 1..=5 {
        post(&client).await.unwrap();
        let error = post(&client).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connection);
        assert!(error.is_outcome_unknown());
        assert_eq!(server.seen().len(), 2 * round, "one request, sent once");
    }
}

#[tokio::test]
async fn a_connection_that_the_server_closed_meanwhile_costs_no_attempt() {
    let server = Forgetful::start();
    let builder = Client::builder(ApiKey::new(KEY).unwrap()).base_url_for_all(&server.base);
    let client = builder.max_retries(0).build().unwrap();
    for _ in 0..20 {
        post(&client).await.unwrap();
        // The runtime has had no turn to learn of the end when the next call begins.
        server.end_connection();
    }
    assert_eq!(server.seen.load(Ordering::SeqCst), 20, "each was sent once");
}

/// A server that answers once, and ends the connection without a word when it is told to.
struct Forgetful {
    base: BaseUrl,
    seen: Arc<AtomicUsize>,
    end: Sender<()>,
    ended: Receiver<()>,
}

impl Forgetful {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (end, to_end) = channel();
        let (has_ended, ended) = channel();
        let seen = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&seen);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                if stream.read(&mut [0; 4096]).is_ok_and(|length| length > 0) {
                    count.fetch_add(1, Ordering::SeqCst);
                    let length = THING.len();
                    let answer =
                        format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{THING}");
                    stream.write_all(answer.as_bytes()).unwrap();
                }
                to_end.recv().unwrap();
                drop(stream);
                has_ended.send(()).unwrap();
            }
        });
        let base = BaseUrl::plain_http_on_loopback(&address).unwrap();
        Self {
            base,
            seen,
            end,
            ended,
        }
    }

    /// Holds the thread until it has.
    fn end_connection(&self) {
        self.end.send(()).unwrap();
        self.ended.recv().unwrap();
    }
}
