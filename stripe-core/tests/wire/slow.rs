//! Servers that are slow on purpose. An attempt has one limit for all of it: whatever trickles in does not extend it.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use stripe_core::{ApiKey, BaseUrl, Client, ErrorKind, Request, TimeoutPhase};

use crate::clock::TestClock;
use crate::subject::{KEY, POST, Thing};

fn subject(listener: &TcpListener) -> (Request<Thing>, TestClock) {
    let clock = TestClock::default();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let base = BaseUrl::plain_http_on_loopback(&address).unwrap();
    let builder = Client::builder(ApiKey::new(KEY).unwrap()).base_url_for_all(&base);
    let client = builder.clock(clock.clone()).build().unwrap();
    let request = Request::new(&client, POST, &["thing_1"]).max_retries(0);
    (request, clock)
}

/// Sends `start`, then one byte each time it is told to, and says when it has.
fn drip(mut stream: TcpStream, start: &[u8], next: &Receiver<()>, done: &Sender<()>) {
    let _ = stream.read(&mut [0; 4096]);
    stream.write_all(start).unwrap();
    for () in next {
        stream.write_all(b"x").unwrap();
        done.send(()).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn t8_what_drips_in_does_not_extend_the_limit() {
    for start in [
        &b"HTTP/1.1 200 OK\r\nx-header: "[..],
        b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3e8\r\n{",
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (request, clock) = subject(&listener);
        let (tell, told) = channel();
        let (done, wait) = channel();
        let server = std::thread::spawn(move || {
            drip(listener.accept().unwrap().0, start, &told, &done);
        });
        let call = tokio::spawn(request.into_future());
        for _ in 0..100 {
            tell.send(()).unwrap();
            wait.recv().unwrap();
        }
        assert!(!call.is_finished());
        clock.run_out();
        let error = call.await.unwrap().unwrap_err();
        assert_eq!(
            (error.kind(), error.timeout_phase()),
            (ErrorKind::Timeout, Some(TimeoutPhase::Attempt))
        );
        assert!(error.is_outcome_unknown());
        assert_eq!(clock.limits(), [Duration::from_secs(80)]);
        drop(tell);
        server.join().unwrap();
    }
}

#[tokio::test]
async fn t8_a_server_that_never_accepts_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (request, clock) = subject(&listener);
    let call = tokio::spawn(request.into_future());
    while clock.limits().is_empty() {
        tokio::task::yield_now().await;
    }
    assert!(!call.is_finished());
    clock.run_out();
    let error = call.await.unwrap().unwrap_err();
    assert_eq!(
        (error.kind(), error.timeout_phase()),
        (ErrorKind::Timeout, Some(TimeoutPhase::Attempt))
    );
}
