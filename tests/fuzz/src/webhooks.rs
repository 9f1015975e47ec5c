//! Any delivery: the first line of the input is the header with the signatures, the rest is the payload.

use stripe_core::Attached;
use stripe_core::types::{Json, Timestamp};
use stripe_core::webhook::{
    Catalog, Endpoint, Event, EventNames, EventNotification, Verified, Verifier, WebhookSecret,
};

use crate::thing::{Known, Thing};

/// Not a secret: a text of the shape of one. The seeds are signed with it.
const SECRET: &str = "whsec_FAKE0123456789";

/// What the seeds that are signed carry, and may be taken with.
const GENUINE: [&[u8]; 4] = [
    include_bytes!("../corpus/webhooks/snapshot"),
    include_bytes!("../corpus/webhooks/thin"),
    include_bytes!("../corpus/webhooks/two"),
    include_bytes!("../corpus/webhooks/stale"),
];

impl EventNames for Known {
    const CATALOG: &'static Catalog = &Catalog {
        api_version: "2026-05-27.dahlia",
        events: &[("a", &["thing"])],
        objects: &[("thing", "Thing", "things")],
    };

    fn text(&self) -> &str {
        self.as_str()
    }
}

impl Attached for Thing {
    const OBJECT: &'static str = "thing";
}

/// What is not signed is not taken; whatever is taken at its word is an event that is kept byte for byte, or an error.
pub fn webhooks(data: &[u8]) {
    let (header, payload) = halves(data);
    let verified = endpoint().verifier().verify(payload, header);
    match &verified {
        Ok(verified) => {
            assert_eq!(verified.payload(), payload);
            let is_genuine = |seed: &&[u8]| halves(seed).1 == payload;
            assert!(GENUINE.iter().any(is_genuine), "a forgery was taken");
        }
        Err(error) => assert!(!format!("{error} {error:?}").contains("evt_")),
    }
    snapshot(payload);
    thin(payload);
}

fn halves(data: &[u8]) -> (&[u8], &[u8]) {
    let end = data.iter().position(|byte| *byte == b'\n');
    let end = end.unwrap_or(data.len());
    (&data[..end], data.get(end + 1..).unwrap_or_default())
}

fn endpoint() -> Endpoint {
    let secret = WebhookSecret::new(SECRET).unwrap();
    let now = || Timestamp::from_unix(1_700_000_000);
    Endpoint::new(Verifier::new(secret).with_clock(now))
}

fn snapshot(payload: &[u8]) {
    let payload = Verified::danger_assume_verified(payload);
    let event: Event<Known> = match endpoint().read_event(&payload) {
        Ok(event) => event,
        Err(error) => return assert!(!error.to_string().contains("evt_")),
    };
    assert_eq!(event.payload.as_bytes(), payload.payload());
    assert!(!event.id.is_empty());
    if let Err(error) = event.object::<Thing>() {
        assert!(!error.to_string().contains("thing_1"), "{error}");
    }
    // What is read again from what was kept is the same.
    let whole: Json = event.payload.parse().unwrap();
    let again: Event<Known> = Event::of(&whole).unwrap();
    assert_eq!((&again.id, &again.type_), (&event.id, &event.type_));
    assert_eq!(again.data.as_str(), event.data.as_str());
}

fn thin(payload: &[u8]) {
    let payload = Verified::danger_assume_verified(payload);
    let Ok(notification) = EventNotification::<Known>::read(&payload) else {
        return;
    };
    assert_eq!(notification.payload.as_bytes(), payload.payload());
    assert!(!notification.id.is_empty());
    assert!(
        Event::<Known>::read(&payload).is_err(),
        "both kinds at once"
    );
}
