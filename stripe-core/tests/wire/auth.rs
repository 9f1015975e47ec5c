//! The key: which one a request carries, where it comes from, and what happens once Stripe refuses it.

use std::error::Error as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use stripe_core::{ApiKey, BaseUrl, Client, ErrorKind};

use crate::clock::TestClock;
use crate::provider::Script;
use crate::server::{Reply, Server};
use crate::subject::{DELETE, DELETE_V2, GET, KEY, POST, POST_V2, THING, ask, builder, request};

const OLD: &str = "sk_test_FAKEold0123456789old";
const NEW: &str = "rk_test_FAKEnew0123456789new";
const LIVE: &str = "sk_live_FAKE0123456789abcdef";

const REFUSED: &str =
    r#"{"error":{"type":"invalid_request_error","message":"Invalid API Key provided"}}"#;

fn bearer(key: &str) -> String {
    format!("Bearer {key}")
}

/// Refuses all keys but one.
fn only_takes(key: &'static str) -> Server {
    Server::start(move |_, seen| {
        if seen.header("authorization") == Some(&bearer(key)) {
            Reply::json(200, THING)
        } else {
            Reply::json(401, REFUSED)
        }
    })
}

fn subject(server: &Server, provider: &Script) -> (Client, TestClock) {
    let clock = TestClock::default();
    let base = BaseUrl::plain_http_on_loopback(server.address()).unwrap();
    let client = Client::builder_with_key_provider(provider.clone())
        .base_url_for_all(&base)
        .clock(clock.clone())
        .build()
        .unwrap();
    (client, clock)
}

fn keys(server: &Server) -> Vec<String> {
    let seen = server.seen();
    let keys = seen
        .iter()
        .map(|seen| seen.header("authorization").unwrap());
    keys.map(|key| key.strip_prefix("Bearer ").unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn k5_the_key_is_asked_for_once_and_kept() {
    let server = only_takes(NEW);
    let provider = Script::new(&[Ok(NEW)]);
    let (client, _) = subject(&server, &provider);
    assert_eq!(provider.asked(), 0, "not before it is needed");
    for operation in [GET, POST, DELETE] {
        request(&client.clone(), operation).await.unwrap();
    }
    assert_eq!(keys(&server), [NEW, NEW, NEW]);
    assert_eq!(provider.refused(), [None]);
}

#[tokio::test]
async fn k5_calls_that_start_together_ask_once() {
    let server = only_takes(NEW);
    let provider = Script::new(&[Ok(NEW)]);
    let (client, _) = subject(&server, &provider);
    let calls: Vec<_> = (0..20)
        .map(|_| tokio::spawn(request(&client, GET).into_future()))
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!((provider.asked(), server.seen().len()), (1, 20));
}

#[tokio::test]
async fn k5_a_refused_key_is_replaced_and_the_request_sent_again() {
    for operation in [GET, POST, POST_V2, DELETE_V2] {
        let server = only_takes(NEW);
        let provider = Script::new(&[Ok(OLD), Ok(NEW)]);
        let (client, clock) = subject(&server, &provider);
        // It is no retry: none is allowed, and none is waited for.
        let sent = request(&client, operation).params(ask().flag(true));
        sent.max_retries(0).await.unwrap();
        assert_eq!(keys(&server), [OLD, NEW]);
        assert_eq!(
            provider.refused(),
            [None, Some("ApiKey(sk_test_\u{2026}9old)".to_owned())]
        );
        let [first, second] = &server.seen()[..] else {
            panic!("not two requests")
        };
        assert_eq!((&first.target, &first.body), (&second.target, &second.body));
        let key = first.header("idempotency-key");
        assert_eq!(key, second.header("idempotency-key"));
        assert_eq!(key.is_some(), operation != GET);
        assert!(clock.waits().is_empty());
        request(&client, GET).await.unwrap();
        assert_eq!(provider.asked(), 2);
    }
}

#[tokio::test]
async fn k5_calls_that_are_refused_together_ask_once() {
    const CALLS: usize = 30;
    let refused = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&refused);
    let server = Server::start(move |_, seen| {
        if seen.header("authorization") == Some(&bearer(NEW)) {
            return Reply::json(200, THING);
        }
        counted.fetch_add(1, Ordering::SeqCst);
        Reply::json(401, REFUSED)
    });
    // The new key comes when all have been refused.
    let provider = Script::waiting(&[Ok(OLD), Ok(NEW)], move |number| {
        number == 0 || refused.load(Ordering::SeqCst) == CALLS
    });
    let (client, _) = subject(&server, &provider);
    let calls: Vec<_> = (0..CALLS)
        .map(|_| tokio::spawn(request(&client, POST).into_future()))
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(provider.asked(), 2);
    assert_eq!(server.seen().len(), 2 * CALLS);
}

#[tokio::test]
async fn k5_a_key_that_is_refused_forever_makes_two_attempts() {
    let server = only_takes("none");
    let provider = Script::new(&[Ok(OLD), Ok(NEW), Ok(KEY), Ok(OLD)]);
    let (client, _) = subject(&server, &provider);
    let error = request(&client, POST).max_retries(5).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.status()),
        (ErrorKind::Authentication, Some(401))
    );
    assert!(!error.is_outcome_unknown());
    assert_eq!((server.seen().len(), provider.asked()), (2, 2));
    request(&client, GET).await.unwrap_err();
    assert_eq!(keys(&server), [OLD, NEW, NEW, KEY]);
}

#[tokio::test]
async fn k5_the_same_key_is_not_tried_again() {
    let server = only_takes(NEW);
    let provider = Script::new(&[Ok(OLD)]);
    let (client, _) = subject(&server, &provider);
    for asked in [2, 3] {
        let error = request(&client, GET).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Authentication);
        assert_eq!(provider.asked(), asked);
    }
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn k5_what_could_act_twice_is_not_sent_again() {
    let server = only_takes(NEW);
    let provider = Script::new(&[Ok(OLD), Ok(NEW)]);
    let (client, _) = subject(&server, &provider);
    let error = request(&client, DELETE).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Authentication);
    assert_eq!(keys(&server), [OLD]);
    // The next call has the new key all the same.
    request(&client, DELETE).await.unwrap();
    assert_eq!(keys(&server), [OLD, NEW]);

    let server = only_takes(NEW);
    let provider = Script::new(&[Ok(OLD), Ok(NEW)]);
    let (client, _) = subject(&server, &provider);
    let sent = request(&client, DELETE).idempotency_key("order-42");
    sent.await.unwrap();
    assert_eq!(keys(&server), [OLD, NEW]);
}

#[tokio::test]
async fn k5_a_replay_can_be_retried_and_a_retry_replayed() {
    let statuses = [503, 401, 503, 200];
    let server = Server::start(move |number, _| Reply::json(statuses[number], THING));
    let provider = Script::new(&[Ok(OLD), Ok(NEW)]);
    let (client, clock) = subject(&server, &provider);
    let response = request(&client, POST).send().await.unwrap();
    assert_eq!(keys(&server), [OLD, OLD, NEW, NEW]);
    for seen in server.seen() {
        assert_eq!(seen.header("idempotency-key"), response.idempotency_key());
    }
    assert_eq!(clock.waits().len(), 2);
}

#[tokio::test]
async fn k5_without_a_key_nothing_is_sent() {
    let server = only_takes(NEW);
    let provider = Script::new(&[Err("the vault is sealed"), Ok("pk_test_x"), Ok(NEW)]);
    let (client, _) = subject(&server, &provider);
    for reason in ["the vault is sealed", "publishable"] {
        let error = request(&client, POST).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.source().unwrap().to_string().contains(reason));
        assert!(error.to_string().starts_with("POST /v1/things/{thing}: "));
        assert!(!error.is_outcome_unknown());
    }
    assert_eq!(server.connections(), 0);
    request(&client, POST).await.unwrap();
}

#[tokio::test]
async fn k5_calls_that_wait_together_fail_together() {
    let server = only_takes(NEW);
    let provider = Script::new(&[Err("sealed"), Ok(NEW)]);
    let (client, _) = subject(&server, &provider);
    let calls: Vec<_> = (0..20)
        .map(|_| tokio::spawn(request(&client, GET).into_future()))
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap_err().kind(), ErrorKind::Config);
    }
    assert_eq!((provider.asked(), server.connections()), (1, 0));
}

#[tokio::test]
async fn k5_a_refusal_tells_why_there_is_no_other_key() {
    let server = only_takes(NEW);
    let provider = Script::new(&[Ok(OLD), Err("the vault is sealed"), Ok(NEW)]);
    let (client, _) = subject(&server, &provider);
    let error = request(&client, GET).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Authentication);
    assert_eq!(error.request_id(), Some("req_test_1"));
    let cause = error.source().unwrap();
    let said = "the key provider gave no key; its own error says why";
    assert_eq!(cause.to_string(), said);
    assert_eq!(cause.source().unwrap().to_string(), "the vault is sealed");
    request(&client, GET).await.unwrap();
    assert_eq!(keys(&server), [OLD, OLD, NEW]);
}

#[tokio::test]
async fn k5_a_provider_that_hangs_is_given_up_and_asked_again() {
    let server = only_takes(NEW);
    let provider = Script::waiting(&[Ok(OLD), Ok(NEW)], |number| number > 0);
    let (client, clock) = subject(&server, &provider);
    clock.run_out();
    let error = request(&client, POST).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.to_string().contains("in time"), "{error}");
    assert!(!error.is_outcome_unknown());
    assert_eq!(server.connections(), 0);
    // The clock never runs out for this one.
    let base = BaseUrl::plain_http_on_loopback(server.address()).unwrap();
    let other = Client::builder_with_key_provider(provider.clone()).base_url_for_all(&base);
    let other = other.clock(TestClock::default()).build().unwrap();
    request(&other, POST).await.unwrap();
}

#[tokio::test]
async fn k5_a_call_that_is_dropped_leaves_its_turn_to_the_next() {
    let server = only_takes(NEW);
    let provider = Script::waiting(&[Ok(OLD), Ok(NEW)], |number| number > 0);
    let (client, _) = subject(&server, &provider);
    let first = tokio::spawn(request(&client, GET).into_future());
    while provider.asked() == 0 {
        tokio::task::yield_now().await;
    }
    let second = tokio::spawn(request(&client, GET).into_future());
    tokio::task::yield_now().await;
    assert_eq!(provider.asked(), 1);
    first.abort();
    second.await.unwrap().unwrap();
    assert_eq!(keys(&server), [NEW]);
}

#[tokio::test]
async fn k5_a_key_that_comes_after_the_deadline_is_for_the_next_call() {
    let clock: Arc<Mutex<Option<TestClock>>> = Arc::default();
    let slow = Arc::clone(&clock);
    let server = only_takes(NEW);
    let provider = Script::waiting(&[Ok(OLD), Ok(NEW)], move |number| {
        if number == 1 {
            let clock = slow.lock().unwrap();
            clock.as_ref().unwrap().advance(Duration::from_secs(60));
        }
        true
    });
    let (client, test_clock) = subject(&server, &provider);
    *clock.lock().unwrap() = Some(test_clock);
    let sent = request(&client, POST).deadline(Duration::from_secs(30));
    let error = sent.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Authentication);
    assert!(!error.is_outcome_unknown());
    assert_eq!(keys(&server), [OLD]);
    request(&client, POST).await.unwrap();
}

#[tokio::test]
async fn k5_only_a_providers_key_is_replaced() {
    let server = only_takes(NEW);
    let provider = Script::new(&[Ok(NEW)]);
    let (client, _) = subject(&server, &provider);
    let sent = request(&client, GET).key(ApiKey::new(OLD).unwrap());
    assert_eq!(sent.await.unwrap_err().kind(), ErrorKind::Authentication);
    assert_eq!((keys(&server), provider.asked()), (vec![OLD.to_owned()], 0));

    let server = only_takes(NEW);
    let client = builder(&server).build().unwrap();
    request(&client, GET).await.unwrap_err();
    assert_eq!(keys(&server), [KEY]);
}

#[tokio::test]
async fn k3_provided_and_single_live_keys_are_denied_too() {
    let server = only_takes(LIVE);
    let denied = |provider: &Script| {
        let base = BaseUrl::plain_http_on_loopback(server.address()).unwrap();
        let builder = Client::builder_with_key_provider(provider.clone()).base_url_for_all(&base);
        let builder = builder.clock(TestClock::default()).deny_live_keys();
        builder.build().unwrap()
    };
    let client = denied(&Script::new(&[Ok(LIVE)]));
    let error = request(&client, GET).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    let client = denied(&Script::new(&[Ok(OLD)]));
    let sent = request(&client, GET).key(ApiKey::new(LIVE).unwrap());
    assert_eq!(sent.await.unwrap_err().kind(), ErrorKind::Config);
    assert_eq!(server.connections(), 0);
    let client = denied(&Script::new(&[Ok(OLD), Ok(LIVE)]));
    let error = request(&client, GET).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Authentication);
    assert!(error.source().unwrap().to_string().contains("denied"));
    assert_eq!(keys(&server), [OLD]);
}

/// The variable is read from the environment of the process: the test runs itself in one where it is set.
#[test]
fn k3_the_environment_can_deny_live_keys() {
    const VARIABLE: &str = "STRIPE_DENY_LIVE";
    let build = || Client::builder(ApiKey::new(LIVE).unwrap()).build();
    if std::env::var_os(VARIABLE).is_some() {
        assert_eq!(build().unwrap_err().kind(), ErrorKind::Config);
        assert!(Client::builder(ApiKey::new(KEY).unwrap()).build().is_ok());
        return;
    }
    assert!(build().is_ok());
    let name = "auth::k3_the_environment_can_deny_live_keys";
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name])
        .env(VARIABLE, "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}"
    );
}

#[tokio::test]
async fn e1_no_provided_key_is_in_any_output() {
    let server = only_takes(NEW);
    let provider = Script::new(&[Ok(OLD)]);
    let base = BaseUrl::plain_http_on_loopback(server.address()).unwrap();
    let builder = Client::builder_with_key_provider(provider).base_url_for_all(&base);
    let mut shown = format!("{builder:?}");
    let client = builder.clock(TestClock::default()).build().unwrap();
    let sent = || request(&client, GET).key(ApiKey::new(OLD).unwrap());
    shown += &format!("{client:?} {:?}", sent());
    let refused = [request(&client, GET).await, sent().await];
    shown += &format!("{client:?} {refused:?}");
    assert!(!shown.contains("FAKE"), "{shown}");
    assert!(shown.contains("KeyProvider"), "{shown}");
}
