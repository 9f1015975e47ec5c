//! Snapshot events: what counts as one, and the object in it.

use stripe_core::types::Timestamp;
use stripe_core::webhook::{Endpoint, ErrorKind, Event, Verified, VersionPolicy, sign};

use crate::names::{Balance, EventType, Invoice};
use crate::{NOW, secret, verifier};

const PAID: &str = r#"{"id":"evt_1","object":"event","account":"acct_1","api_version":"2026-04-22.dahlia","context":"org_1/acct_1",
 "created":1700000001,"data":{"object":{"id":"in_1","object":"invoice","amount_paid":2000,"new":{"a":1}},"previous_attributes":{"paid":false}},
 "livemode":true,"pending_webhooks":2,"request":{"id":"req_1","idempotency_key":"order-42"},"type":"invoice.paid","newer":[1]}"#;

fn trusted(json: &str) -> Verified<'_> {
    Verified::danger_assume_verified(json.as_bytes())
}

fn event(json: &str) -> Event<EventType> {
    Event::read(&trusted(json)).unwrap()
}

fn refused(json: &str) -> ErrorKind {
    let read: Result<Event<EventType>, _> = Event::read(&trusted(json));
    read.unwrap_err().kind()
}

#[test]
fn all_that_an_event_says_is_read() {
    let event = event(PAID);
    assert_eq!(event.type_, EventType::INVOICE_PAID);
    assert_eq!(event.id, "evt_1");
    assert_eq!(event.account.as_deref(), Some("acct_1"));
    assert_eq!(event.context.as_deref(), Some("org_1/acct_1"));
    assert_eq!(event.api_version.as_deref(), Some("2026-04-22.dahlia"));
    assert_eq!(event.created, Some(Timestamp::from_unix(1_700_000_001)));
    assert_eq!(event.pending_webhooks, Some(2));
    assert_eq!(event.request_id.as_deref(), Some("req_1"));
    assert_eq!(event.idempotency_key.as_deref(), Some("order-42"));
    let before = event.previous_attributes.as_ref().unwrap();
    assert_eq!(before.as_str(), r#"{"paid":false}"#);
    assert!(event.livemode);
    assert!(event.is_of_release("2026-05-27.dahlia"));
    assert!(!event.is_of_release("2025-03-31.basil"));
    assert_eq!(&*event.payload, PAID);
    assert_eq!(event.known_objects(), ["invoice"]);
}

#[test]
fn an_object_is_read_when_it_is_asked_for() {
    let invoice: Invoice = event(PAID).object().unwrap();
    assert_eq!((&*invoice.id, invoice.amount_paid), ("in_1", 2_000));
    assert_eq!(invoice.extra.get("new"), Some(r#"{"a":1}"#));
    let balance: Balance = event(
        r#"{"id":"evt_2","object":"event","type":"balance.available","data":{"object":{"object":"balance","livemode":true}}}"#,
    )
    .object()
    .unwrap();
    assert!(balance.livemode);
}

#[test]
fn w7_the_envelope_is_read_whatever_else_is_odd() {
    for rest in [
        r#""type":"invoice.paid""#,
        r#""type":"not.heard.of""#,
        r#""type":"invoice.paid","created":"yesterday","livemode":"yes","pending_webhooks":null,"account":{},"api_version":7"#,
        r#""type":"invoice.paid","request":"req_1""#,
        r#""type":"invoice.paid","request":null,"api_version":"1999-01-01""#,
        r#""type":"invoice.paid","request":[{}],"context":"","extra":{"deep":[[[[[[]]]]]]}"#,
        r#""type":"one","type":"invoice.paid","created":1e400"#,
    ] {
        let json = format!(
            r#"{{"id":"evt_1","object":"event","data":{{"object":{{"object":"unheard_of"}}}},{rest}}}"#
        );
        let event = event(&json);
        assert_eq!(event.id, "evt_1", "{rest}");
        assert_eq!(&*event.payload, json);
        assert!(!event.livemode);
        let is_known = event.type_ == EventType::INVOICE_PAID;
        assert_eq!(is_known, !rest.contains("not.heard.of"), "{rest}");
    }
    let old =
        r#"{"id":"evt_1","object":"event","type":"a","request":"req_1","data":{"object":{}}}"#;
    assert_eq!(event(old).request_id.as_deref(), Some("req_1"));
}

#[test]
fn row_27_what_is_no_event_is_an_error() {
    for json in [
        "",
        "null",
        "[]",
        "{",
        "\"event\"",
        "{}",
        r#"{"object":"event"}"#,
        r#"{"id":"evt_1","object":"event","type":"a"}"#,
        r#"{"id":"evt_1","object":"event","type":"a","data":null}"#,
        r#"{"id":"evt_1","object":"event","type":"a","data":{}}"#,
        r#"{"id":"evt_1","object":"event","type":"a","data":{"object":[]}}"#,
        r#"{"id":"evt_1","object":"event","type":"a","data":{"object":"CANARY"}}"#,
        r#"{"id":"evt_1","object":"event","type":7,"data":{"object":{}}}"#,
        r#"{"id":"","object":"event","type":"a","data":{"object":{}}}"#,
        r#"{"object":"event","type":"a","data":{"object":{}}}"#,
        r#"{"id":"in_1","object":"invoice","type":"a","data":{"object":{}}}"#,
        r#"{"id":"evt_1","object":"event","type":"a","data":{"object":{}}} x"#,
    ] {
        assert_eq!(refused(json), ErrorKind::NotAnEvent, "{json}");
    }
    let read: Result<Event<EventType>, _> =
        Event::read(&Verified::danger_assume_verified(&b"{\"id\":\"\xff\"}"[..]));
    assert_eq!(read.unwrap_err().kind(), ErrorKind::NotAnEvent);
}

/// Nothing after the signature is looked at before it holds: what is no JSON at all fails by its signature.
#[test]
fn row_27_nothing_is_parsed_before_it_is_verified() {
    let endpoint = Endpoint::new(verifier());
    let garbage = b"{not json";
    let signed = sign(garbage, &secret(), NOW);
    let header = sign(b"{}", &secret(), NOW);
    let kind = |header: &str| {
        let event = endpoint.event::<EventType>(garbage, header);
        event.unwrap_err().kind()
    };
    assert_eq!(kind(&header), ErrorKind::SignatureMismatch);
    assert_eq!(kind(""), ErrorKind::MissingSignature);
    assert_eq!(kind(&signed), ErrorKind::NotAnEvent);
}

#[test]
fn row_29_a_thin_event_is_not_read_as_a_snapshot() {
    let thin = r#"{"id":"evt_1","object":"v2.core.event","type":"v2.core.account.created","created":"2026-05-27T12:00:00.000Z"}"#;
    assert_eq!(refused(thin), ErrorKind::OtherKindOfEvent);
    let read: Result<Event<EventType>, _> = Event::read(&trusted(thin));
    let message = read.unwrap_err().to_string();
    assert!(message.contains("EventNotification"), "{message}");
}

#[test]
fn an_object_of_another_kind_is_refused_and_its_feature_named() {
    let error = event(PAID).object::<Balance>().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::OtherObject);
    let message = error.to_string();
    for part in ["`invoice`", "`Invoice`", "`invoices`", "`balance`"] {
        assert!(message.contains(part), "{part}: {message}");
    }
    let unknown = r#"{"id":"evt_1","object":"event","type":"invoice.paid","data":{"object":{"object":"CANARY"}}}"#;
    let error = event(unknown).object::<Invoice>().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::OtherObject);
    assert!(!format!("{error} {error:?}").contains("CANARY"));
}

#[test]
fn an_object_that_does_not_fit_fails_alone_and_shows_no_value() {
    let json = r#"{"id":"evt_1","object":"event","type":"invoice.paid","data":{"object":{"object":"invoice","id":"in_1","amount_paid":"CANARY"}}}"#;
    let event = event(json);
    let error = event.object::<Invoice>().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    let shown = format!("{error} {error:?}");
    assert!(shown.contains("amount_paid") && !shown.contains("CANARY"));
    let source = std::error::Error::source(&error).unwrap();
    assert!(source.to_string().contains("amount_paid"));
    assert!(event.data.as_str().contains("CANARY"));
    assert!(!format!("{event:?}").contains("CANARY"));
}

#[test]
fn an_event_and_an_error_show_what_tells_them_apart() {
    let event = event(PAID);
    let shown = format!("{event:?}");
    for part in ["evt_1", "acct_1", "2026-04-22.dahlia", "1700000001", "true"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let error = event.object::<Balance>().unwrap_err();
    let expected = format!("webhook::Error(OtherObject: {error})");
    assert_eq!(format!("{error:?}"), expected);
    assert!(std::error::Error::source(&error).is_none());
}

#[test]
fn row_14_depth_costs_no_stack() {
    let deep = format!(
        r#"{{"id":"evt_1","object":"event","type":"invoice.paid","data":{{"object":{{"object":"invoice","x":{}{}}}}}}}"#,
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    let error = event(&deep).object::<Invoice>().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[test]
fn row_30_an_endpoint_takes_events_of_its_mode_and_version() {
    let test = PAID.replace("true", "false");
    let old = PAID.replace("2026-04-22.dahlia", "2020-08-27");
    let unsaid = PAID.replace("livemode", "live_mode");
    let any = Endpoint::new(verifier());
    let live = any.clone().expect_livemode(true);
    let dry = any.clone().expect_livemode(false);
    let strict = any.clone().version_policy(VersionPolicy::Reject);
    let (mode, version) = (ErrorKind::LivemodeMismatch, ErrorKind::VersionMismatch);
    for (endpoint, json, expected) in [
        (&any, PAID, None),
        (&any, &test, None),
        (&any, &old, None),
        (&live, PAID, None),
        (&live, &test, Some(mode)),
        (&live, &unsaid, Some(mode)),
        (&dry, PAID, Some(mode)),
        (&dry, &test, None),
        (&strict, PAID, None),
        (&strict, &old, Some(version)),
    ] {
        let header = sign(json.as_bytes(), &secret(), NOW);
        let event = endpoint.event::<EventType>(json.as_bytes(), header);
        assert_eq!(event.err().map(|error| error.kind()), expected, "{json}");
    }
}

#[test]
fn an_answer_is_read_as_an_event_without_a_signature() {
    let answer: stripe_core::types::Json = PAID.parse().unwrap();
    let event: Event<EventType> = Event::of(&answer).unwrap();
    assert_eq!(event.object::<Invoice>().unwrap().amount_paid, 2_000);
}
