//! Notifications of thin events: what counts as one, and what it refers to.

use stripe_core::webhook::{Endpoint, ErrorKind, EventNotification, Verified, sign};

use crate::names::ThinEventType;
use crate::{NOW, secret, verifier};

const UPDATED: &str = r#"{"id":"evt_1","object":"v2.core.event","type":"v2.core.account.updated","created":"2026-05-27T12:00:00.000Z",
 "livemode":true,"context":"org_1/acct_1","reason":{"type":"request","request":{"id":"req_1","idempotency_key":"order-42"}},
 "related_object":{"id":"acct_1","type":"v2.core.account","url":"/v2/core/accounts/acct_1"},"newer":[1]}"#;

type Notification = EventNotification<ThinEventType>;

fn notification(json: &str) -> Notification {
    Notification::read(&Verified::danger_assume_verified(json.as_bytes())).unwrap()
}

fn refused(json: &str) -> ErrorKind {
    let read = Notification::read(&Verified::danger_assume_verified(json.as_bytes()));
    read.unwrap_err().kind()
}

#[test]
fn all_that_a_notification_says_is_read() {
    let notification = notification(UPDATED);
    assert_eq!(notification.type_, ThinEventType::V2_CORE_ACCOUNT_UPDATED);
    assert_eq!(notification.id, "evt_1");
    let created = notification.created.as_ref().unwrap();
    assert_eq!(created.to_string(), "2026-05-27T12:00:00.000Z");
    assert_eq!(notification.context.as_deref(), Some("org_1/acct_1"));
    assert_eq!(notification.request_id.as_deref(), Some("req_1"));
    assert_eq!(notification.idempotency_key.as_deref(), Some("order-42"));
    let related = notification.related_object.as_ref().unwrap();
    assert_eq!(
        (&*related.id, &*related.type_, &*related.url),
        ("acct_1", "v2.core.account", "/v2/core/accounts/acct_1")
    );
    assert!(notification.livemode);
    assert_eq!(&*notification.payload, UPDATED);
    assert_eq!(notification.known_objects(), ["v2.core.account"]);
    let shown = format!("{notification:?}");
    for part in ["evt_1", "2026-05-27T12:00:00", "true", "acct_1"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(!shown.contains("order-42") && !shown.contains("newer"));
}

#[test]
fn w7_a_notification_is_read_whatever_else_is_odd() {
    for rest in [
        r#""type":"v2.not.heard.of""#,
        r#""type":"a","context":"","reason":null,"related_object":null"#,
        r#""type":"a","context":7,"reason":"x","related_object":{"id":"x"},"livemode":"true","created":5"#,
    ] {
        let json = format!(r#"{{"id":"evt_1","object":"v2.core.event",{rest}}}"#);
        let notification = notification(&json);
        assert!(notification.context.is_none() && notification.related_object.is_none());
        assert!(!notification.livemode, "{rest}");
        assert_eq!(&*notification.payload, json);
    }
    for json in [
        "{}",
        "[]",
        "",
        r#"{"id":"evt_1","object":"v2.core.event"}"#,
        r#"{"object":"v2.core.event","type":"a"}"#,
        r#"{"id":"evt_1","object":"v2.core.account","type":"a"}"#,
    ] {
        assert_eq!(refused(json), ErrorKind::NotAnEvent, "{json}");
    }
}

#[test]
fn row_29_a_snapshot_is_not_read_as_a_notification() {
    let snapshot = r#"{"id":"evt_1","object":"event","type":"invoice.paid","data":{"object":{"object":"invoice"}}}"#;
    let read = Notification::read(&Verified::danger_assume_verified(snapshot.as_bytes()));
    let error = read.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::OtherKindOfEvent);
    assert!(error.to_string().contains("`Event`"), "{error}");
}

#[test]
fn row_30_a_notification_of_the_other_mode_is_refused() {
    let header = sign(UPDATED.as_bytes(), &secret(), NOW);
    for (livemode, expected) in [(true, None), (false, Some(ErrorKind::LivemodeMismatch))] {
        let endpoint = Endpoint::new(verifier()).expect_livemode(livemode);
        let read = endpoint.notification::<ThinEventType>(UPDATED.as_bytes(), &header);
        assert_eq!(read.err().map(|error| error.kind()), expected);
    }
}
