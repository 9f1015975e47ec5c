//! Deliveries made up for tests are taken as Stripe's are.

use stripe_core::webhook::{Endpoint, Event, EventFixture, EventNotification, VersionPolicy};

use crate::names::{EventType, Invoice, ThinEventType};
use crate::{NOW, secret, verifier};

fn endpoint() -> Endpoint {
    Endpoint::new(verifier())
        .version_policy(VersionPolicy::Reject)
        .expect_livemode(false)
}

#[test]
fn w8_a_snapshot_is_taken_with_all_that_was_set() {
    let object = r#"{"id":"in_1","object":"invoice","amount_paid":2000}"#;
    let fixture = EventFixture::snapshot(&EventType::INVOICE_PAID)
        .id("evt_9")
        .with("account", "acct_1")
        .object(object.parse().unwrap())
        .previous_attributes(r#"{"paid":false}"#.parse().unwrap());
    let (payload, header) = fixture.signed(&secret(), NOW);
    let event: Event<EventType> = endpoint().event(&payload, header).unwrap();
    assert_eq!(event.type_, EventType::INVOICE_PAID);
    assert_eq!(
        (&*event.id, event.account.as_deref()),
        ("evt_9", Some("acct_1"))
    );
    assert_eq!(event.object::<Invoice>().unwrap().amount_paid, 2_000);
    assert!(event.previous_attributes.is_some());
    let (payload, header) = fixture.livemode(true).signed(&secret(), NOW);
    assert!(endpoint().event::<EventType>(&payload, header).is_err());
}

#[test]
fn w8_there_is_a_fixture_for_every_type() {
    for name in EventType::KNOWN.iter().chain(&["not.heard.of"]) {
        let type_ = EventType::from(*name);
        let (payload, header) = EventFixture::snapshot(&type_).signed(&secret(), NOW);
        let event: Event<EventType> = endpoint().event(&payload, header).unwrap();
        assert_eq!(event.type_, type_);
    }
    for name in ThinEventType::KNOWN.iter().chain(&["not.heard.of"]) {
        let type_ = ThinEventType::from(*name);
        let (payload, header) = EventFixture::thin(&type_).signed(&secret(), NOW);
        let notification = endpoint().notification(&payload, header);
        let notification: EventNotification<ThinEventType> = notification.unwrap();
        assert_eq!(notification.type_, type_);
        let is_known = !notification.known_objects().is_empty();
        assert_eq!(notification.related_object.is_some(), is_known);
    }
}
