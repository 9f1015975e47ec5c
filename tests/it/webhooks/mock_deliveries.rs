//! Every event that the mock server makes of the document alone, delivered by it: verified, read and written again here,
//! with nothing lost. The two share no code, so that each judges what the other knows of events.

use mock_server::{Document, Endpoint, Event as Made};
use serde_json::Value;
use stripe_generated::event_type::{EventType, ThinEventType};
use stripe_generated::webhook::{self, Event, EventNotification, Verifier, VersionPolicy};
use tests::server::{Answer, Recorded, Server};

use super::objects::OBJECTS;
use super::{STACK, secret};
use crate::decode::{on_a_stack_of, without_nulls};

/// Whose signatures the mock server makes now.
fn endpoint() -> webhook::Endpoint {
    webhook::Endpoint::new(Verifier::new(secret()))
        .version_policy(VersionPolicy::Reject)
        .expect_livemode(false)
}

/// Lets the mock server deliver an event of each type, and gives what arrived.
fn deliver<'n>(names: impl Iterator<Item = &'n str>) -> Vec<(Made, Recorded)> {
    let document = Document::vendored().unwrap();
    let events: Vec<_> = names.map(|name| document.event(name).unwrap()).collect();
    let server = Server::start(events.iter().map(|_| Answer::json("")));
    let url = format!("http://{}/webhooks", server.authority());
    let sender = Endpoint::new(&url, super::SECRET).unwrap().retries(0);
    for event in &events {
        let delivered = sender.deliver(event);
        assert!(delivered.is_taken(), "{delivered}");
    }
    events.into_iter().zip(server.recorded()).collect()
}

#[test]
fn w8_every_snapshot_event_of_the_mock_server_is_typed_and_written_with_nothing_lost() {
    let document = Document::vendored().unwrap();
    let listed: Vec<_> = document.event_types().collect();
    assert_eq!(listed, EventType::KNOWN);
    let mut without_a_type = 0;
    for (made, arrived) in deliver(listed.into_iter()) {
        let header = arrived.header("stripe-signature").unwrap();
        let event: Event = endpoint().event(&arrived.body, header).unwrap();
        assert_eq!((event.type_.as_str(), &*event.id), (made.name(), made.id()));
        let payload: Value = serde_json::from_slice(&arrived.body).unwrap();
        let object = &payload["data"]["object"];
        let kind = object["object"].as_str().unwrap();
        if !event.known_objects().contains(&kind) {
            assert!(event.known_objects().is_empty(), "{}: {kind}", made.name());
            without_a_type += 1;
            continue;
        }
        let reader = OBJECTS[kind];
        let written = on_a_stack_of(STACK, move || reader(&event)).unwrap();
        let written: Value = serde_json::from_str(&written).unwrap();
        assert_eq!(
            without_nulls(written),
            without_nulls(object.clone()),
            "{}",
            made.name()
        );
    }
    assert!(without_a_type < 12, "{without_a_type}");
}

#[test]
fn w8_every_thin_event_of_the_mock_server_refers_to_its_object() {
    for (made, arrived) in deliver(ThinEventType::KNOWN.iter().copied()) {
        let header = arrived.header("stripe-signature").unwrap();
        let thin: EventNotification = endpoint().notification(&arrived.body, header).unwrap();
        assert_eq!(thin.type_, ThinEventType::from(made.name()));
        let related = thin.related_object.as_ref().map(|it| &*it.type_);
        assert_eq!(
            related,
            thin.known_objects().first().copied(),
            "{}",
            made.name()
        );
    }
}
