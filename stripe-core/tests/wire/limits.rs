//! Servers that stall, drip, reset, never accept, or send heads without end: every one of them ends in an error, in
//! bounded time and memory.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::channel;
use std::time::Duration;

use stripe_core::{ApiKey, BaseUrl, Client, Error, ErrorKind, Request, TimeoutPhase};
use tokio::time::Instant;

use crate::clock::TestClock;
use crate::server::{Reply, Server};
use crate::subject::{GET, KEY, POST, THING, Thing, builder};

/// Long enough for a connection on this machine, short enough to wait for.
const SHORT: Duration = Duration::from_millis(300);

/// A server whose every connection is handled by `serve`.
fn start(serve: impl Fn(TcpStream) + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            serve(stream.unwrap());
        }
    });
    address
}

fn client(base: &BaseUrl, clock: &TestClock) -> Client {
    Client::builder(ApiKey::new(KEY).unwrap())
        .base_url_for_all(base)
        .clock(clock.clone())
        .connect_timeout(SHORT)
        .max_retries(0)
        .build()
        .unwrap()
}

async fn fail(client: &Client) -> Error {
    let request: Request<Thing> = Request::new(client, POST, &["thing_1"]);
    request.await.unwrap_err()
}

async fn fail_with(head: Vec<u8>) -> Error {
    let server = Server::start(move |_, _| Reply::Stall(head.clone()));
    let client = builder(&server).clock(TestClock::default());
    fail(&client.max_retries(0).build().unwrap()).await
}

#[tokio::test]
async fn t8_a_server_that_never_speaks_tls_is_given_up() {
    let address = start(|mut stream| drop(stream.read_to_end(&mut Vec::new())));
    let base = BaseUrl::parse(&format!("https://{address}")).unwrap();
    let begun = Instant::now();
    let error = fail(&client(&base, &TestClock::default())).await;
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(error.timeout_phase(), Some(TimeoutPhase::Connect));
    assert!(!error.is_outcome_unknown(), "nothing was sent");
    assert!((SHORT..SHORT * 20).contains(&begun.elapsed()));
}

#[tokio::test]
async fn t8_a_server_that_never_accepts_is_given_up() {
    // What waits to be accepted is already more than the server's system takes.
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut waiting = Vec::new();
    while let Ok(stream) = TcpStream::connect_timeout(&address, SHORT) {
        waiting.push(stream);
    }
    let base = BaseUrl::plain_http_on_loopback(&format!("http://{address}")).unwrap();
    let error = fail(&client(&base, &TestClock::default())).await;
    assert_eq!(error.timeout_phase(), Some(TimeoutPhase::Connect));
    assert!(!error.is_outcome_unknown());
}

#[test]
fn t8_no_time_to_connect_is_refused() {
    let builder = Client::builder(ApiKey::new(KEY).unwrap());
    let error = builder.connect_timeout(Duration::ZERO).build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Validation);
    assert_eq!(error.param(), Some("connect_timeout"));
}

#[tokio::test]
async fn t8_a_server_that_drips_runs_into_the_limit_of_the_attempt() {
    for start_of_answer in [
        "HTTP/1.1 200 OK\r\nx: ",
        "HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n",
    ] {
        let (dripped, has_dripped) = channel();
        let address = start(move |mut stream| {
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(start_of_answer.as_bytes());
            for _ in 0..100 {
                let _ = stream.write_all(b"x");
            }
            dripped.send(()).unwrap();
            while stream.write_all(b"x").is_ok() {
                std::thread::yield_now();
            }
        });
        let base = BaseUrl::plain_http_on_loopback(&format!("http://{address}")).unwrap();
        let clock = TestClock::default();
        let call = {
            let client = client(&base, &clock);
            tokio::spawn(async move { fail(&client).await })
        };
        tokio::task::spawn_blocking(move || has_dripped.recv().unwrap())
            .await
            .unwrap();
        assert!(!call.is_finished());
        clock.run_out();
        let error = call.await.unwrap();
        assert_eq!(error.timeout_phase(), Some(TimeoutPhase::Attempt));
        assert!(error.is_outcome_unknown());
    }
}

#[tokio::test]
async fn a_reset_breaks_the_connection() {
    // Ending a connection with bytes that were not read resets it.
    let address = start(|stream| drop(stream.peek(&mut [0; 1])));
    let base = BaseUrl::plain_http_on_loopback(&format!("http://{address}")).unwrap();
    let error = fail(&client(&base, &TestClock::default())).await;
    assert_eq!(error.kind(), ErrorKind::Connection, "{error:?}");
    assert!(error.is_outcome_unknown());
}

#[tokio::test]
async fn t10_heads_have_a_limit() {
    let start = "HTTP/1.1 200 OK\r\n".to_owned();
    let many = start.clone() + &"x-filler: y\r\n".repeat(1_000) + "\r\n";
    let long = start.clone() + "x-filler: " + &"y".repeat(1024 * 1024) + "\r\n\r\n";
    let endless = start.clone() + &"x-filler: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n".repeat(100_000);
    for (name, head) in [("many", many), ("long", long), ("endless", endless)] {
        let error = fail_with(head.into_bytes()).await;
        assert_eq!(error.kind(), ErrorKind::Connection, "{name}");
    }
    let some = format!(
        "{start}{}content-length: {}\r\n\r\n{THING}",
        "x-filler: y\r\n".repeat(90),
        THING.len()
    );
    let server = Server::start(move |_, _| Reply::Bytes(some.clone().into_bytes()));
    let client = builder(&server).build().unwrap();
    Request::<Thing>::new(&client, GET, &["x"]).await.unwrap();
}

#[tokio::test]
async fn t10_no_more_than_three_interim_answers() {
    let interim = "HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n";
    let length = THING.len();
    let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{THING}");
    for count in [4, 100, 100_000] {
        let error = fail_with((interim.repeat(count) + &answer).into_bytes()).await;
        assert_eq!(error.kind(), ErrorKind::Connection, "{count}");
        let source = std::error::Error::source(&error).unwrap().source().unwrap();
        assert!(source.to_string().contains("interim"), "{source}");
    }
    // Without an answer after them: it is not waited for.
    let error = fail_with(interim.repeat(4).into_bytes()).await;
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(error.is_outcome_unknown());
    for count in 0..=3 {
        let answer = interim.repeat(count) + &answer;
        let server = Server::start(move |_, _| Reply::Bytes(answer.clone().into_bytes()));
        let client = builder(&server).build().unwrap();
        let thing = Request::<Thing>::new(&client, GET, &["x"]).await;
        assert_eq!(thing.unwrap().id, "thing_1", "{count}");
    }
}
