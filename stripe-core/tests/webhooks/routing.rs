//! Which handler an event goes to, and how often.

use std::future::ready;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use stripe_core::types::Timestamp;
use stripe_core::webhook::{
    Claim, Event, EventNotification, Handled, HandlerError, InProgress, MemoryReplayGuard,
    ReplayGuard, Router, Verified,
};

use crate::names::{EventType, ThinEventType};

fn event(id: &str, type_: &str) -> Event<EventType> {
    let json = format!(
        r#"{{"id":"{id}","object":"event","type":"{type_}","data":{{"object":{{"object":"invoice"}}}}}}"#
    );
    Event::read(&Verified::danger_assume_verified(json.into_bytes())).unwrap()
}

/// What the handlers of a router were called with.
type Calls = Arc<Mutex<Vec<String>>>;

fn router(calls: &Calls) -> Router<Event<EventType>> {
    let note = |name: &'static str| {
        let calls = Arc::clone(calls);
        move |event: Event<EventType>| {
            calls.lock().unwrap().push(format!("{name} {}", event.id));
            ready(Ok::<(), HandlerError>(()))
        }
    };
    Router::new()
        .on(EventType::INVOICE_PAID, note("first"))
        .on(EventType::INVOICE_PAID, note("second"))
        .fallback(note("fallback"))
}

#[tokio::test]
async fn an_event_goes_to_the_handlers_of_its_type() {
    let calls = Calls::default();
    let router = router(&calls);
    for (id, type_, expected) in [
        ("evt_1", "invoice.paid", Handled::ByHandler),
        ("evt_2", "balance.available", Handled::ByFallback),
        ("evt_3", "not.heard.of", Handled::ByFallback),
    ] {
        assert_eq!(router.handle(event(id, type_)).await.unwrap(), expected);
    }
    let expected = [
        "first evt_1",
        "second evt_1",
        "fallback evt_2",
        "fallback evt_3",
    ];
    assert_eq!(*calls.lock().unwrap(), expected);
    let none = Router::<Event<EventType>>::new();
    let handled = none.handle(event("evt_4", "invoice.paid")).await.unwrap();
    assert_eq!(handled, Handled::Ignored);
}

#[tokio::test]
async fn a_handler_that_fails_is_the_last_and_its_error_is_passed_on() {
    let calls = Calls::default();
    let failing = Router::new().on(EventType::INVOICE_PAID, |_| {
        ready(Err::<(), HandlerError>("the database is down".into()))
    });
    let counted = Arc::clone(&calls);
    let router = failing.on(EventType::INVOICE_PAID, move |event: Event<EventType>| {
        counted.lock().unwrap().push(event.id.clone());
        ready(Ok::<(), HandlerError>(()))
    });
    let error = router.handle(event("evt_1", "invoice.paid")).await;
    assert_eq!(error.unwrap_err().to_string(), "the database is down");
    assert!(calls.lock().unwrap().is_empty());
}

#[test]
fn a_router_shows_what_it_has_handlers_for() {
    let shown = format!("{:?}", router(&Calls::default()));
    assert_eq!(
        shown,
        r#"Router { types: ["invoice.paid"], fallback: true }"#
    );
}

fn guard() -> MemoryReplayGuard {
    MemoryReplayGuard::new(100, Duration::from_secs(60))
}

#[tokio::test]
async fn w6_an_event_is_handled_once_however_often_it_is_delivered() {
    let calls = Calls::default();
    let (router, guard) = (router(&calls), guard());
    for (id, expected) in [
        ("evt_2", Handled::ByHandler),
        ("evt_1", Handled::ByHandler),
        ("evt_2", Handled::Before),
        ("evt_2", Handled::Before),
        ("evt_1", Handled::Before),
    ] {
        let handled = router.handle_once(&guard, event(id, "invoice.paid")).await;
        assert_eq!(handled.unwrap(), expected, "{id}");
    }
    assert_eq!(calls.lock().unwrap().len(), 4);
}

#[tokio::test]
async fn w6_a_thin_event_is_told_by_its_id_as_well() {
    let notification = |id: &str| {
        let json =
            format!(r#"{{"id":"{id}","object":"v2.core.event","type":"v2.core.account.updated"}}"#);
        EventNotification::read(&Verified::danger_assume_verified(json.into_bytes())).unwrap()
    };
    let guard = guard();
    let router = Router::new().on(ThinEventType::V2_CORE_ACCOUNT_UPDATED, |_| {
        ready(Ok::<(), HandlerError>(()))
    });
    for (id, expected) in [
        ("evt_1", Handled::ByHandler),
        ("evt_2", Handled::ByHandler),
        ("evt_1", Handled::Before),
    ] {
        let handled = router.handle_once(&guard, notification(id)).await;
        assert_eq!(handled.unwrap(), expected, "{id}");
    }
    assert_eq!(guard.claim("evt_2").await.unwrap(), Claim::Done);
}

#[tokio::test]
async fn w6_an_event_whose_handler_failed_is_handled_when_it_comes_again() {
    let tries = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&tries);
    let router = Router::new().on(EventType::INVOICE_PAID, move |_| {
        let is_first = counted.fetch_add(1, Ordering::Relaxed) == 0;
        ready(if is_first { Err("not yet") } else { Ok(()) })
    });
    let guard = guard();
    let deliver = || router.handle_once(&guard, event("evt_1", "invoice.paid"));
    assert!(deliver().await.is_err());
    assert_eq!(deliver().await.unwrap(), Handled::ByHandler);
    assert_eq!(deliver().await.unwrap(), Handled::Before);
    assert_eq!(tries.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn w6_an_event_that_is_being_handled_is_not_handled_beside_that() {
    let calls = Calls::default();
    let (router, guard) = (router(&calls), guard());
    assert_eq!(guard.claim("evt_1").await.unwrap(), Claim::Granted);
    let error = router.handle_once(&guard, event("evt_1", "invoice.paid"));
    let error = error.await.unwrap_err();
    assert!(error.is::<InProgress>());
    assert!(error.to_string().contains("being handled at this moment"));
    assert!(calls.lock().unwrap().is_empty());
}

#[tokio::test]
async fn w6_the_guard_is_bounded_in_time() {
    let now = Arc::new(AtomicI64::new(1_000));
    let clock = Arc::clone(&now);
    let guard = guard().with_clock(move || Timestamp::from_unix(clock.load(Ordering::Relaxed)));
    assert_eq!(guard.claim("done").await.unwrap(), Claim::Granted);
    guard.done("done").await.unwrap();
    assert_eq!(guard.claim("lost").await.unwrap(), Claim::Granted);
    now.store(1_060, Ordering::Relaxed);
    assert_eq!(guard.claim("done").await.unwrap(), Claim::Done);
    assert_eq!(guard.claim("lost").await.unwrap(), Claim::InProgress);
    now.store(1_061, Ordering::Relaxed);
    assert_eq!(guard.claim("done").await.unwrap(), Claim::Granted);
    assert_eq!(guard.claim("lost").await.unwrap(), Claim::Granted);
    // Given back and claimed anew: the old claim's age does not end the new one.
    guard.release("done").await.unwrap();
    now.store(1_100, Ordering::Relaxed);
    assert_eq!(guard.claim("done").await.unwrap(), Claim::Granted);
    now.store(1_125, Ordering::Relaxed);
    assert_eq!(guard.claim("done").await.unwrap(), Claim::InProgress);
    // A clock that goes back ends no claim.
    now.store(0, Ordering::Relaxed);
    assert_eq!(guard.claim("done").await.unwrap(), Claim::InProgress);
}

#[tokio::test]
async fn w6_the_guard_is_bounded_in_size_and_forgets_what_is_done_first() {
    let guard =
        MemoryReplayGuard::new(3, Duration::from_secs(60)).with_clock(|| Timestamp::from_unix(0));
    for id in ["a", "b", "c"] {
        assert_eq!(guard.claim(id).await.unwrap(), Claim::Granted);
    }
    assert!(guard.claim("d").await.is_err());
    guard.done("b").await.unwrap();
    assert_eq!(guard.claim("d").await.unwrap(), Claim::Granted);
    assert_eq!(guard.claim("a").await.unwrap(), Claim::InProgress);
    guard.release("a").await.unwrap();
    assert_eq!(guard.claim("b").await.unwrap(), Claim::Granted);
    for turn in 0..1_000 {
        let id = format!("e{turn}");
        guard.release("b").await.unwrap();
        assert_eq!(guard.claim("b").await.unwrap(), Claim::Granted);
        guard.release("b").await.unwrap();
        assert_eq!(guard.claim(&id).await.unwrap(), Claim::Granted);
        guard.done(&id).await.unwrap();
        guard.release(&id).await.unwrap();
        assert_eq!(guard.claim("b").await.unwrap(), Claim::Granted);
    }
    assert!(format!("{guard:?}").contains("events: 3"), "{guard:?}");
}
