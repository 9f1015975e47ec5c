//! Webhooks as an application has them: every type of event that the document names, made up, signed, delivered over HTTP,
//! verified, read and written again, with nothing lost.

mod mock_deliveries;
mod objects;
mod orders;

use std::collections::BTreeMap;
use std::io::Write;
use std::net::{Shutdown, TcpStream};

use serde_json::{Map, Value};
use stripe_generated::event_type::{EventType, ThinEventType};
use stripe_generated::stripe_core::webhook::EventFixture;
use stripe_generated::types::Timestamp;
use stripe_generated::webhook::{
    Endpoint, Event, EventNotification, Verifier, VersionPolicy, WebhookSecret,
};
use tests::server::{Answer, Recorded, Server};

use self::objects::{OBJECTS, Reader};
use crate::decode::{on_a_stack_of, without_nulls};
use crate::document::{read, schemas};
use crate::sample::{Sampler, Size};

/// What reading any event may need, in a build without optimisation.
const STACK: usize = 256 * 1024;

const NOW: Timestamp = Timestamp::from_unix(1_700_000_000);

const SECRET: &str = "whsec_FAKE0123456789";

fn secret() -> WebhookSecret {
    WebhookSecret::new(SECRET).unwrap()
}

fn endpoint() -> Endpoint {
    Endpoint::new(Verifier::new(secret()).with_clock(|| NOW))
        .version_policy(VersionPolicy::Reject)
        .expect_livemode(false)
}

/// Delivers as Stripe does, and gives what arrived.
fn deliver(deliveries: &[(Vec<u8>, String)]) -> Vec<Recorded> {
    let server = Server::start(deliveries.iter().map(|_| Answer::json("")));
    for (payload, header) in deliveries {
        let mut stream = TcpStream::connect(server.authority()).unwrap();
        let length = payload.len();
        let head = format!(
            "POST /webhooks HTTP/1.1\r\nHost: {}\r\nStripe-Signature: {header}\r\nContent-Length: {length}\r\n\r\n",
            server.authority()
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(payload).unwrap();
        // The server reads requests until there are none.
        stream.shutdown(Shutdown::Write).unwrap();
        std::io::copy(&mut stream, &mut std::io::sink()).unwrap();
    }
    server.recorded()
}

/// An example of each kind of object that events are about.
fn samples() -> BTreeMap<&'static str, Value> {
    let tagged = schemas().iter().filter_map(|(id, schema)| {
        let tag = schema["properties"]["object"]["enum"][0].as_str()?;
        (!id.starts_with("deleted_")).then_some((tag, id))
    });
    let ids: BTreeMap<&str, &String> = tagged.collect();
    let mut sampler = Sampler::new(Size::Full, 0);
    let sample = |tag: &&'static str| (*tag, sampler.root(ids[tag]));
    OBJECTS.keys().map(sample).collect()
}

/// What an object is after it was read as its type and written again.
fn written(reader: Reader, arrived: &Recorded) -> Value {
    let header = arrived.header("stripe-signature").unwrap().to_owned();
    let body = arrived.body.clone();
    let text = on_a_stack_of(STACK, move || {
        let event: Event = endpoint().event(&body, header).unwrap();
        assert_eq!(event.payload.as_bytes(), body);
        reader(&event)
    });
    serde_json::from_str(&text.unwrap()).unwrap()
}

#[test]
fn w8_every_snapshot_event_is_delivered_verified_typed_and_written_with_nothing_lost() {
    assert_eq!(EventType::KNOWN.len(), 254);
    let samples = samples();
    let mut expected = Vec::new();
    let mut deliveries = Vec::new();
    for name in EventType::KNOWN {
        let event = EventType::from(*name);
        let bare = EventFixture::snapshot(&event);
        let known = read_known(&bare);
        if known.is_empty() {
            deliveries.push(bare.signed(&secret(), NOW));
            expected.push((*name, None));
        }
        for object in known {
            let sample = samples[object].clone();
            let fixture = bare.clone().object(sample.to_string().parse().unwrap());
            deliveries.push(fixture.signed(&secret(), NOW));
            expected.push((*name, Some((*object, sample))));
        }
    }
    let arrived = deliver(&deliveries);
    assert_eq!(arrived.len(), expected.len());
    for ((name, object), arrived) in expected.into_iter().zip(&arrived) {
        let header = arrived.header("stripe-signature").unwrap();
        let event: Event = endpoint().event(&arrived.body, header).unwrap();
        assert_eq!(event.type_, EventType::from(name));
        if let Some((object, sample)) = object {
            let written = written(OBJECTS[object], arrived);
            assert_eq!(without_nulls(written), without_nulls(sample), "{name}");
        }
    }
}

/// What an event of a type is known to be about.
fn read_known(fixture: &EventFixture) -> &'static [&'static str] {
    let (payload, header) = fixture.signed(&secret(), NOW);
    let event: Event = endpoint().event(&payload, header).unwrap();
    event.known_objects()
}

#[test]
fn w8_every_thin_event_is_delivered_verified_and_read() {
    assert_eq!(ThinEventType::KNOWN.len(), 24);
    let types = ThinEventType::KNOWN
        .iter()
        .map(|it| ThinEventType::from(*it));
    let types: Vec<_> = types.collect();
    let fixtures = types.iter().map(EventFixture::thin);
    let deliveries: Vec<_> = fixtures.map(|it| it.signed(&secret(), NOW)).collect();
    for (type_, arrived) in types.iter().zip(&deliver(&deliveries)) {
        let header = arrived.header("stripe-signature").unwrap();
        let thin: EventNotification = endpoint().notification(&arrived.body, header).unwrap();
        assert_eq!(thin.type_, *type_);
        let related = thin.related_object.as_ref().map(|it| &*it.type_);
        assert_eq!(related, thin.known_objects().first().copied());
        assert!(
            endpoint()
                .event::<EventType>(&arrived.body, header)
                .is_err()
        );
    }
}

/// The types are those of the document, and nothing else than what it lists.
#[test]
fn the_types_of_events_are_those_that_the_document_lists() {
    let document: Value = serde_json::from_str(&read("spec/openapi.json")).unwrap();
    let body = &document["paths"]["/v1/webhook_endpoints"]["post"]["requestBody"]["content"];
    let properties = &body["application/x-www-form-urlencoded"]["schema"]["properties"];
    let listed = properties["enabled_events"]["items"]["enum"]
        .as_array()
        .unwrap();
    let mut listed: Vec<_> = listed.iter().filter_map(Value::as_str).collect();
    listed.retain(|name| *name != "*");
    listed.sort_unstable();
    assert_eq!(listed, EventType::KNOWN);
}

/// Events that come from calls are read without a signature, by the same type.
#[test]
fn an_event_from_a_call_is_read_as_one_that_was_delivered() {
    let mut sampler = Sampler::new(Size::Full, 0);
    let mut sample = sampler.root("event");
    sample["type"] = "invoice.paid".into();
    sample["data"]["object"] = Value::Object(Map::from_iter([("object".into(), "x".into())]));
    let json: stripe_generated::types::Json = sample.to_string().parse().unwrap();
    let answer: stripe_generated::schema::Event = json.decode().unwrap();
    let event = Event::of(&answer).unwrap();
    assert_eq!(event.type_, EventType::INVOICE_PAID);
    assert_eq!(event.id, &*answer.id);
}
