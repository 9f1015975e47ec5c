//! Whether Stripe may have acted, after attempts that failed in different ways: the worst of them counts, until Stripe
//! says what came of the idempotency key.

use std::collections::VecDeque;
use std::io::Read;
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use stripe_core::transport::{
    BoxFuture, HttpBody, HttpRequest, HttpResponse, Transport, TransportError, TransportErrorKind,
};
use stripe_core::{
    ApiKey, BaseUrl, Client, Error, ErrorKind, Headers, Operation, Request, TimeoutPhase,
};

use crate::clock::TestClock;
use crate::subject::{DELETE, KEY, POST, Thing};

/// What becomes of an attempt.
#[derive(Clone, Copy, Debug)]
enum End {
    Fails(TransportErrorKind),
    Answers(u16, &'static str),
    TimesOut,
}

use End::{Answers, Fails, TimesOut};
use TransportErrorKind::{Connect, ConnectTimeout, Connection, Tls};

const SERVER: End = Answers(500, r#"{"error":{"type":"api_error"}}"#);
const PROXY: End = Answers(502, "<html>");
const CARD: End = Answers(402, r#"{"error":{"type":"card_error"}}"#);
const INVALID: End = Answers(400, r#"{"error":{"type":"invalid_request_error"}}"#);
const MISSING: End = Answers(404, r#"{"error":{"type":"invalid_request_error"}}"#);
const OTHER_PARAMS: End = Answers(400, r#"{"error":{"type":"idempotency_error"}}"#);
const KEY_IN_USE: End = Answers(
    409,
    r#"{"error":{"type":"idempotency_error","code":"idempotency_key_in_use"}}"#,
);
const LOCKED: End = Answers(409, r#"{"error":{"code":"lock_timeout"}}"#);
const DENIED: End = Answers(401, r#"{"error":{"type":"invalid_request_error"}}"#);
const FORBIDDEN: End = Answers(403, r#"{"error":{"type":"invalid_request_error"}}"#);
const LIMITED: End = Answers(429, r#"{"error":{"type":"invalid_request_error"}}"#);
const PROXY_MISSING: End = Answers(404, "<html>");

/// Ends attempts as told. Time runs out in it, as it would in the network.
#[derive(Debug)]
struct Script {
    ends: Mutex<VecDeque<End>>,
    clock: TestClock,
}

impl Transport for Script {
    fn send<'a>(
        &'a self,
        _: &'a HttpRequest,
    ) -> BoxFuture<'a, Result<HttpResponse, TransportError>> {
        let end = self.ends.lock().unwrap().pop_front();
        Box::pin(async move {
            match end.expect("more attempts than told") {
                Fails(kind) => Err(TransportError::new(kind)),
                Answers(status, body) => {
                    let mut headers = Headers::new();
                    // So that the script alone says how many attempts there are.
                    let more = !self.ends.lock().unwrap().is_empty();
                    headers.push("stripe-should-retry", if more { "true" } else { "false" });
                    Ok(HttpResponse::new(status, headers, HttpBody::full(body)))
                }
                TimesOut => {
                    self.clock.run_out();
                    std::future::pending().await
                }
            }
        })
    }
}

async fn fail(operation: Operation, ends: &[End]) -> Error {
    let clock = TestClock::default();
    let script = Script {
        ends: Mutex::new(ends.iter().copied().collect()),
        clock: clock.clone(),
    };
    let client = Client::builder(ApiKey::new(KEY).unwrap())
        .transport(script)
        .clock(clock);
    let client = client
        .max_retries(u32::try_from(ends.len() - 1).unwrap())
        .build()
        .unwrap();
    let request: Request<Thing> = Request::new(&client, operation, &["thing_1"]);
    request.await.unwrap_err()
}

#[tokio::test]
async fn what_one_attempt_may_have_done_no_later_one_undoes() {
    let acted = [Fails(Connection), TimesOut, SERVER, PROXY, KEY_IN_USE];
    let silent = [
        Fails(Connect),
        Fails(ConnectTimeout),
        Fails(Tls),
        OTHER_PARAMS,
        LOCKED,
        DENIED,
        FORBIDDEN,
        LIMITED,
        PROXY_MISSING,
    ];
    for first in acted {
        let error = fail(POST, &[first]).await;
        assert!(error.is_outcome_unknown(), "{first:?}");
        assert!(!error.to_string().contains("earlier"), "{error}");
        for last in silent {
            let ends = [first, last];
            let error = fail(POST, &ends).await;
            assert!(error.is_outcome_unknown(), "{ends:?}: {error}");
            let told = error.to_string();
            assert!(told.contains("an earlier attempt may have"), "{told}");
            let ends = [first, Fails(Connect), last];
            assert!(fail(POST, &ends).await.is_outcome_unknown(), "{ends:?}");
            let ends = [Fails(Connect), first, last];
            assert!(fail(POST, &ends).await.is_outcome_unknown(), "{ends:?}");
        }
    }
    for last in silent {
        for ends in [vec![last], vec![Fails(Connect), last]] {
            let error = fail(POST, &ends).await;
            assert!(!error.is_outcome_unknown(), "{ends:?}: {error}");
            assert!(!error.to_string().contains("earlier"), "{error}");
        }
    }
}

#[tokio::test]
async fn an_answer_for_the_idempotency_key_makes_the_outcome_known() {
    for first in [Fails(Connection), TimesOut, SERVER, PROXY, KEY_IN_USE] {
        for last in [CARD, INVALID, MISSING] {
            let ends = [first, last];
            let error = fail(POST, &ends).await;
            assert!(!error.is_outcome_unknown(), "{ends:?}: {error}");
        }
    }
    // Without a key nothing is repeated: what is missing now may have been deleted by the first attempt.
    let ends = [Fails(Connection), MISSING];
    assert!(fail(DELETE, &ends).await.is_outcome_unknown());
}

#[tokio::test]
async fn the_kind_is_that_of_the_last_attempt() {
    let error = fail(POST, &[TimesOut, Fails(ConnectTimeout)]).await;
    assert_eq!(error.timeout_phase(), Some(TimeoutPhase::Connect));
    let error = fail(POST, &[Fails(Connection), Fails(Connect)]).await;
    assert_eq!(error.kind(), ErrorKind::Connect);
}

#[tokio::test]
async fn a_server_that_goes_away_after_the_first_attempt_may_have_acted() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let base = BaseUrl::plain_http_on_loopback(&address).unwrap();
    let read = Arc::new(Mutex::new(0));
    let count = Arc::clone(&read);
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        drop(listener);
        *count.lock().unwrap() = stream.read(&mut [0; 4096]).unwrap();
    });
    let client = Client::builder(ApiKey::new(KEY).unwrap())
        .base_url_for_all(&base)
        .clock(TestClock::default())
        .build()
        .unwrap();
    let request: Request<Thing> = Request::new(&client, POST, &["thing_1"]);
    let error = request.timeout(Duration::from_secs(9)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert!(*read.lock().unwrap() > 0, "the first attempt was sent");
    assert!(error.is_outcome_unknown());
}
