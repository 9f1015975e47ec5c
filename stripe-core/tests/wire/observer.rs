//! Metrics: the hook is told of every attempt and call, in numbers, and cannot break them.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use stripe_core::{BaseUrl, Client, ErrorKind, Host, Method, Observation, Observer, Request};

use crate::clock::TestClock;
use crate::provider::Script;
use crate::server::{Reply, Server};
use crate::subject::{KEY, POST, THING, Thing, ask, builder};

#[derive(Clone, Debug, Default)]
struct Log(Arc<Mutex<Vec<(&'static str, Observation)>>>);

impl Observer for Log {
    fn after_attempt(&self, attempt: &Observation) {
        self.0.lock().unwrap().push(("attempt", *attempt));
    }

    fn after_call(&self, call: &Observation) {
        self.0.lock().unwrap().push(("call", *call));
    }
}

/// What differs from one observation to the next.
type Row = (
    &'static str,
    u32,
    Option<u16>,
    Option<ErrorKind>,
    Duration,
    bool,
);

impl Log {
    fn rows(&self) -> Vec<Row> {
        let log = self.0.lock().unwrap();
        let rows = log.iter().map(|(what, seen)| {
            assert_eq!(
                (seen.method, seen.route, seen.host),
                (Method::Post, "/v1/things/{thing}", Host::Api)
            );
            let delay = seen.retry_delay;
            (
                *what,
                seen.attempt,
                seen.status,
                seen.kind,
                seen.duration,
                delay.is_some(),
            )
        });
        rows.collect()
    }
}

fn post(client: &Client) -> Request<Thing> {
    Request::new(client, POST, &["canary"])
        .params(ask().email("canary@example.com"))
        .idempotency_key("canary")
}

#[tokio::test]
async fn every_attempt_and_every_call_is_told() {
    let clock = TestClock::default();
    let ticking = clock.clone();
    let server = Server::start(move |number, _| {
        ticking.advance(Duration::from_secs(3));
        match number {
            0 => Reply::json(500, r#"{"error":{"type":"api_error"}}"#),
            1 => Reply::HangUp,
            _ => Reply::json(200, THING),
        }
    });
    let log = Log::default();
    let builder = builder(&server).clock(clock.clone()).observer(log.clone());
    post(&builder.build().unwrap()).await.unwrap();
    let seconds = Duration::from_secs;
    let whole = seconds(9) + clock.waits().iter().sum::<Duration>();
    let (failed, broken) = (Some(ErrorKind::Api), Some(ErrorKind::Connection));
    let expected = [
        ("attempt", 1, Some(500), failed, seconds(3), true),
        ("attempt", 2, None, broken, seconds(3), true),
        ("attempt", 3, Some(200), None, seconds(3), false),
        ("call", 3, Some(200), None, whole, false),
    ];
    assert_eq!(log.rows(), expected);
    let delays: Vec<_> = {
        let log = log.0.lock().unwrap();
        log.iter()
            .filter_map(|(_, seen)| seen.retry_delay)
            .collect()
    };
    assert_eq!(delays, clock.waits());
    assert!(!format!("{log:?}").contains("canary"));
}

#[tokio::test]
async fn a_call_that_is_refused_had_no_attempt() {
    let server = Server::start(|_, _| Reply::json(200, THING));
    let log = Log::default();
    let client = builder(&server).observer(log.clone()).build().unwrap();
    post(&client).account("\n").await.unwrap_err();
    let [(what, attempts, status, kind, _, _)] = log.rows()[..] else {
        panic!("not one observation")
    };
    let refused = Some(ErrorKind::Validation);
    assert_eq!((what, attempts, status, kind), ("call", 0, None, refused));
}

#[tokio::test]
async fn a_repetition_with_another_key_comes_at_once() {
    let server = Server::start(|number, _| match number {
        0 => Reply::json(401, r#"{"error":{}}"#),
        _ => Reply::json(200, THING),
    });
    let log = Log::default();
    let provider = Script::new(&[Ok(KEY), Ok("rk_test_FAKEnew0123456789new")]);
    let base = BaseUrl::plain_http_on_loopback(server.address()).unwrap();
    let builder = Client::builder_with_key_provider(provider).base_url_for_all(&base);
    let client = builder.observer(log.clone()).build().unwrap();
    post(&client).await.unwrap();
    let log = log.0.lock().unwrap();
    let told = log.iter();
    let told: Vec<_> = told
        .map(|(_, seen)| (seen.status, seen.retry_delay))
        .collect();
    let expected = [
        (Some(401), Some(Duration::ZERO)),
        (Some(200), None),
        (Some(200), None),
    ];
    assert_eq!(told, expected);
}

#[tokio::test]
async fn a_panic_in_the_hook_does_not_break_the_call() {
    #[derive(Debug)]
    struct Broken;

    impl Observer for Broken {
        fn after_attempt(&self, _: &Observation) {
            panic!("in a test, on purpose");
        }

        fn after_call(&self, _: &Observation) {
            panic!("in a test, on purpose");
        }
    }

    let server = Server::start(|_, _| Reply::json(200, THING));
    let client = builder(&server).observer(Broken).build().unwrap();
    assert_eq!(post(&client).await.unwrap().id, "thing_1");
}
