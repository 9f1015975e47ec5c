//! Attempts: how many there are, what they have in common, and how long it takes between them.

use std::time::Duration;

use stripe_core::{Client, ErrorKind, Request, TimeoutPhase};

use crate::clock::TestClock;
use crate::server::{Reply, Server};
use crate::subject::{DELETE, GET, POST, THING, Thing, builder};

const FAILURE: &str = r#"{"error":{"type":"api_error"}}"#;

/// Answers the first requests with failures, as `fail` makes them, and then well.
fn failing(times: usize, fail: impl Fn() -> Reply + Send + Sync + 'static) -> Server {
    Server::start(move |number, _| {
        if number < times {
            fail()
        } else {
            Reply::json(200, THING)
        }
    })
}

fn subject(server: &Server) -> (Client, TestClock) {
    let clock = TestClock::default();
    (builder(server).clock(clock.clone()).build().unwrap(), clock)
}

fn post(client: &Client) -> Request<Thing> {
    Request::new(client, POST, &["thing_1"])
}

#[tokio::test]
async fn row_21_every_attempt_has_the_same_key() {
    let server = failing(2, || Reply::json(503, FAILURE));
    let (client, clock) = subject(&server);
    let response = post(&client).send().await.unwrap();
    let seen = server.seen();
    assert_eq!(seen.len(), 3);
    for attempt in &seen {
        assert_eq!(
            attempt.header("idempotency-key"),
            response.idempotency_key()
        );
        assert_eq!(attempt.text(), seen[0].text());
    }
    let [first, second] = clock.waits()[..] else {
        panic!("not two waits")
    };
    assert_eq!(first, Duration::from_millis(500));
    assert!((Duration::from_millis(500)..=Duration::from_secs(1)).contains(&second));
}

#[tokio::test]
async fn row_21_the_key_is_in_the_error() {
    let server = failing(9, || Reply::HangUp);
    let (client, _) = subject(&server);
    let error = post(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(error.is_outcome_unknown() && error.is_retryable());
    assert_eq!(server.seen().len(), 3);
    assert_eq!(
        server.seen()[2].header("idempotency-key"),
        error.idempotency_key()
    );
}

#[tokio::test]
async fn a_server_that_acts_and_hangs_up_acts_once() {
    let effects = std::sync::Arc::new(std::sync::Mutex::new(std::collections::BTreeSet::new()));
    let counted = std::sync::Arc::clone(&effects);
    let server = Server::start(move |number, seen| {
        counted
            .lock()
            .unwrap()
            .insert(seen.header("idempotency-key").unwrap().to_owned());
        if number == 0 {
            Reply::HangUp
        } else {
            Reply::json(200, THING)
        }
    });
    let (client, _) = subject(&server);
    post(&client).await.unwrap();
    assert_eq!((server.seen().len(), effects.lock().unwrap().len()), (2, 1));
}

#[tokio::test]
async fn the_last_answer_is_the_error() {
    let server = failing(9, || Reply::json(409, FAILURE));
    let (client, _) = subject(&server);
    let error = post(&client).max_retries(3).await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Api, Some(409)));
    assert_eq!(server.seen().len(), 4);
}

#[tokio::test]
async fn retries_can_be_turned_off() {
    let server = failing(1, || Reply::json(500, FAILURE));
    let (client, _) = subject(&server);
    post(&client).max_retries(0).await.unwrap_err();
    assert_eq!(server.seen().len(), 1);
    let server = failing(1, || Reply::json(500, FAILURE));
    let client = builder(&server).max_retries(0).build().unwrap();
    post(&client).await.unwrap_err();
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn row_23_stripe_decides_where_it_says_something() {
    for (status, header, attempts) in [
        (400, "true", 2),
        (429, "true", 2),
        (500, "false", 1),
        (409, "false", 1),
        (429, "", 1),
    ] {
        let server = failing(1, move || {
            Reply::json(status, FAILURE).with("stripe-should-retry", header)
        });
        let (client, _) = subject(&server);
        let _ = post(&client).await;
        assert_eq!(server.seen().len(), attempts, "{status} {header}");
    }
}

#[tokio::test]
async fn row_23_retry_after_is_told_but_not_obeyed() {
    let server = failing(9, || Reply::json(503, FAILURE).with("retry-after", "3600"));
    let (client, clock) = subject(&server);
    let error = post(&client).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
    assert!(
        clock
            .waits()
            .iter()
            .all(|wait| *wait <= Duration::from_secs(1))
    );
}

#[tokio::test]
async fn errors_of_the_caller_are_not_retried() {
    for status in [400, 401, 402, 403, 404, 429] {
        let server = failing(1, move || Reply::json(status, FAILURE));
        let (client, _) = subject(&server);
        post(&client).await.unwrap_err();
        assert_eq!(server.seen().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn an_undecodable_success_is_not_retried() {
    let server = failing(1, || Reply::json(200, "{"));
    let (client, _) = subject(&server);
    assert_eq!(post(&client).await.unwrap_err().kind(), ErrorKind::Decode);
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_success_that_is_to_be_repeated_has_acted() {
    let server = Server::start(|number, _| match number {
        0 => Reply::json(200, THING).with("stripe-should-retry", "true"),
        _ => Reply::json(429, FAILURE),
    });
    let (client, _) = subject(&server);
    let error = post(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::RateLimited);
    assert_eq!(server.seen().len(), 2);
    assert!(error.is_outcome_unknown());
}

#[tokio::test]
async fn all_methods_are_retried_alike() {
    for operation in [GET, DELETE] {
        let server = failing(2, || Reply::json(500, FAILURE));
        let (client, _) = subject(&server);
        let request: Request<Thing> = Request::new(&client, operation, &["thing_1"]);
        request.await.unwrap();
        assert_eq!(server.seen().len(), 3);
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_is_retried() {
    let server = failing(1, || {
        Reply::Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{".to_vec())
    });
    let (client, _) = subject(&server);
    post(&client).await.unwrap();
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_told_as_far_as_it_came() {
    let server = failing(9, || {
        Reply::Bytes(
            b"HTTP/1.1 200 OK\r\nrequest-id: req_1\r\ncontent-length: 100\r\n\r\n{".to_vec(),
        )
    });
    let (client, _) = subject(&server);
    let error = post(&client).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.status(), error.request_id()),
        (ErrorKind::Connection, Some(200), Some("req_1"))
    );
    assert_eq!(error.headers().unwrap().get("content-length"), Some("100"));
    let seen = server.seen();
    let key = seen[0].header("idempotency-key");
    assert!(key.is_some() && error.idempotency_key() == key);
    assert!(error.is_outcome_unknown());
}

#[tokio::test]
async fn nobody_there_is_an_error_of_its_own() {
    let server = failing(0, || Reply::HangUp);
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let base = stripe_core::BaseUrl::plain_http_on_loopback(&format!("http://{free}")).unwrap();
    let clock = TestClock::default();
    let client = builder(&server)
        .base_url_for_all(&base)
        .clock(clock.clone())
        .build()
        .unwrap();
    let error = post(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert!(!error.is_outcome_unknown());
    assert_eq!(clock.waits().len(), 2);
}

#[tokio::test]
async fn an_attempt_has_a_limit() {
    let server = failing(9, || {
        Reply::Stall(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{".to_vec())
    });
    let (client, clock) = subject(&server);
    let call = tokio::spawn(post(&client).timeout(Duration::from_secs(7)).into_future());
    while server.seen().is_empty() {
        tokio::task::yield_now().await;
    }
    clock.run_out();
    let error = call.await.unwrap().unwrap_err();
    assert_eq!(
        (error.kind(), error.timeout_phase()),
        (ErrorKind::Timeout, Some(TimeoutPhase::Attempt))
    );
    assert!(error.is_outcome_unknown());
    assert_eq!(clock.limits(), [Duration::from_secs(7); 3]);
}

#[tokio::test]
async fn t8_the_limit_is_80_seconds_unless_set() {
    let server = failing(0, || Reply::HangUp);
    let (client, clock) = subject(&server);
    post(&client).await.unwrap();
    let other = builder(&server)
        .clock(clock.clone())
        .timeout(Duration::from_secs(9))
        .build()
        .unwrap();
    post(&other).await.unwrap();
    post(&other).timeout(Duration::from_secs(8)).await.unwrap();
    assert_eq!(clock.limits(), [80, 9, 8].map(Duration::from_secs));
}

#[tokio::test]
async fn a_deadline_cuts_attempts_and_waits() {
    let clock = TestClock::default();
    let ticking = clock.clone();
    let server = failing(9, move || {
        ticking.advance(Duration::from_secs(20));
        Reply::json(503, FAILURE)
    });
    let client = builder(&server)
        .clock(clock.clone())
        .max_retries(9)
        .build()
        .unwrap();
    let error = post(&client)
        .deadline(Duration::from_secs(50))
        .await
        .unwrap_err();
    // After three failures of 20 seconds the time is up; what the server said is the error.
    assert_eq!((error.kind(), error.status()), (ErrorKind::Api, Some(503)));
    assert_eq!(server.seen().len(), 3);
    assert!(
        clock
            .limits()
            .iter()
            .all(|limit| *limit <= Duration::from_secs(50))
    );
}

#[tokio::test]
async fn row_23_a_retry_that_would_come_too_late_costs_nothing() {
    let clock = TestClock::default();
    let ticking = clock.clone();
    let server = failing(usize::MAX, move || {
        ticking.advance(Duration::from_secs(10));
        Reply::json(503, FAILURE)
    });
    let client = builder(&server).clock(clock).build().unwrap();
    const LATE: usize = 100;
    for _ in 0..LATE {
        let late = post(&client).deadline(Duration::from_millis(10_400));
        late.await.unwrap_err();
    }
    assert_eq!(server.seen().len(), LATE, "no wait is short enough");
    post(&client).await.unwrap_err();
    assert_eq!(server.seen().len(), LATE + 3);
}

#[tokio::test]
async fn a_deadline_that_runs_out_within_an_attempt_is_told() {
    let server = failing(9, || Reply::Stall(Vec::new()));
    let (client, clock) = subject(&server);
    let call = tokio::spawn(
        post(&client)
            .deadline(Duration::from_secs(30))
            .into_future(),
    );
    while server.seen().is_empty() {
        tokio::task::yield_now().await;
    }
    clock.run_out();
    let error = call.await.unwrap().unwrap_err();
    assert_eq!(error.timeout_phase(), Some(TimeoutPhase::Deadline));
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn dropping_a_call_stops_it() {
    let server = failing(9, || Reply::Stall(Vec::new()));
    let (client, _) = subject(&server);
    let call = tokio::spawn(post(&client).into_future());
    while server.seen().is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(server.given_up(), 0);
    call.abort();
    assert!(call.await.unwrap_err().is_cancelled());
    while server.given_up() == 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!((server.seen().len(), server.connections()), (1, 1));
}

#[tokio::test]
async fn row_23_when_all_fails_retries_stop() {
    let well = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let told = std::sync::Arc::clone(&well);
    let server = Server::start(
        move |_, _| match told.load(std::sync::atomic::Ordering::SeqCst) {
            true => Reply::json(200, THING),
            false => Reply::json(500, FAILURE),
        },
    );
    let (client, _) = subject(&server);
    for _ in 0..100 {
        post(&client).await.unwrap_err();
    }
    assert_eq!(
        server.seen().len(),
        200,
        "a hundred calls and a hundred retries"
    );
    well.store(true, std::sync::atomic::Ordering::SeqCst);
    for _ in 0..50 {
        post(&client).await.unwrap();
    }
    well.store(false, std::sync::atomic::Ordering::SeqCst);
    for _ in 0..100 {
        post(&client).await.unwrap_err();
    }
    assert_eq!(
        server.seen().len(),
        200 + 50 + 100 + 10,
        "calls that went well pay for retries again"
    );
}
