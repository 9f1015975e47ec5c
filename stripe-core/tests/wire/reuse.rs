//! Connections are reused, and only where that is safe: after an answer that was read to its end, and never to send again
//! what may have been sent.

use stripe_core::{Client, ErrorKind, Request};

use crate::clock::TestClock;
use crate::server::{Reply, Server};
use crate::subject::{GET, POST, THING, Thing, builder, client};

fn get(client: &Client) -> Request<Thing> {
    Request::new(client, GET, &["thing_1"])
}

fn post(client: &Client) -> Request<Thing> {
    Request::new(client, POST, &["thing_1"])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn t11_ten_thousand_calls_open_a_handful_of_connections() {
    let server = Server::start(|_, _| Reply::json(200, THING));
    let client = client(&server);
    for _ in 0..10_000 {
        get(&client).await.unwrap();
    }
    assert_eq!(server.seen().len(), 10_000);
    assert!(server.connections() <= 5, "{}", server.connections());
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
async fn t11_a_burst_leaves_no_more_connections_than_it_needed() {
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
    assert!(server.connections() <= 16, "{}", server.connections());
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
async fn a_stale_connection_costs_no_attempt() {
    // The server ends every connection after one answer, and says nothing of it: without retries, no call fails.
    let server = Server::start(|_, _| {
        let length = THING.len();
        let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{THING}");
        Reply::Bytes(answer.into_bytes())
    });
    let client = builder(&server).max_retries(0).build().unwrap();
    let mut failures = 0;
    for _ in 0..50 {
        match post(&client).await {
            Ok(_) => {}
            // The end came while the request was on its way: that is for the retries.
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Connection);
                failures += 1;
            }
        }
        // The end has to arrive first: the runtime is given turns to see it.
        for _ in 0..200 {
            tokio::task::yield_now().await;
        }
    }
    assert!(failures < 10, "{failures}");
    assert!(server.seen().len() <= 50);
}
