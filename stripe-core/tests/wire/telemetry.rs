//! Telemetry: none unless it is asked for, and then only the id and the time of the request before.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use stripe_core::{Client, Request};

use crate::clock::TestClock;
use crate::server::{Reply, Server};
use crate::subject::{GET, THING, Thing, builder};

const HEADER: &str = "x-stripe-client-telemetry";

fn get(client: &Client) -> Request<Thing> {
    Request::new(client, GET, &["thing_1"])
}

fn sent(server: &Server) -> Vec<Option<String>> {
    let seen = server.seen();
    let sent = seen.iter().map(|seen| seen.header(HEADER));
    sent.map(|value| value.map(str::to_owned)).collect()
}

fn metrics(id: &str, milliseconds: u32) -> Option<String> {
    Some(format!(
        r#"{{"last_request_metrics":{{"request_id":"{id}","request_duration_ms":{milliseconds}}}}}"#
    ))
}

/// Each answer takes a second longer than the one before, and has an id of its own.
fn slow(clock: &TestClock, status: u16) -> Server {
    let clock = Arc::new(Mutex::new(clock.clone()));
    Server::start(move |number, _| {
        let seconds = u64::try_from(number).unwrap() + 1;
        clock.lock().unwrap().advance(Duration::from_secs(seconds));
        let id = format!("req_{number}");
        Reply::Answer(status, vec![("Request-Id", id)], THING.into())
    })
}

#[tokio::test]
async fn row_34_nothing_is_told_unless_it_is_asked_for() {
    let clock = TestClock::default();
    let server = slow(&clock, 200);
    for built in [
        builder(&server),
        builder(&server).telemetry(true).telemetry(false),
    ] {
        let client = built.clock(clock.clone()).build().unwrap();
        get(&client).await.unwrap();
        get(&client).await.unwrap();
    }
    assert_eq!(sent(&server), [None, None, None, None]);
}

#[tokio::test]
async fn the_second_request_tells_of_the_first() {
    let clock = TestClock::default();
    let server = slow(&clock, 200);
    let client = builder(&server).telemetry(true).clock(clock);
    let client = client.build().unwrap();
    for _ in 0..3 {
        get(&client).await.unwrap();
    }
    assert_eq!(
        sent(&server),
        [None, metrics("req_0", 1_000), metrics("req_1", 2_000)]
    );
}

#[tokio::test]
async fn an_error_is_told_of_and_every_attempt_tells_the_same() {
    let clock = TestClock::default();
    let server = slow(&clock, 500);
    let client = builder(&server).telemetry(true).clock(clock);
    let client = client.build().unwrap();
    get(&client).max_retries(0).await.unwrap_err();
    get(&client).max_retries(1).await.unwrap_err();
    get(&client).max_retries(0).await.unwrap_err();
    let first = metrics("req_0", 1_000);
    assert_eq!(
        sent(&server),
        [None, first.clone(), first, metrics("req_2", 3_000)]
    );
}

#[tokio::test]
async fn clients_do_not_tell_of_each_other() {
    let clock = TestClock::default();
    let server = slow(&clock, 200);
    let client = || {
        let built = builder(&server).telemetry(true).clock(clock.clone());
        built.build().unwrap()
    };
    let (first, second) = (client(), client());
    get(&first).await.unwrap();
    get(&second).await.unwrap();
    get(&first.clone()).await.unwrap();
    assert_eq!(sent(&server), [None, None, metrics("req_0", 1_000)]);
}

#[tokio::test]
async fn what_was_not_answered_is_not_told_of() {
    let server = Server::start(|number, _| match number {
        0 => Reply::json(200, THING),
        1 => Reply::HangUp,
        2 => Reply::Answer(
            200,
            vec![("Request-Id", "req \u{e9}".to_owned())],
            THING.into(),
        ),
        _ => Reply::Answer(200, vec![], THING.into()),
    });
    let client = builder(&server).telemetry(true).clock(TestClock::default());
    let client = client.build().unwrap();
    get(&client).await.unwrap();
    get(&client).max_retries(0).await.unwrap_err();
    for _ in 0..3 {
        get(&client).await.unwrap();
    }
    let told = sent(&server).into_iter().map(|sent| sent.is_some());
    assert_eq!(told.collect::<Vec<_>>(), [false, true, false, false, false]);
}
