//! What prints of webhooks and of parameters that break a rule: secrets, payloads and values are in all of them.

#[cfg(feature = "webhooks")]
use stripe_core::types::{Json, Timestamp};
use stripe_core::validate;
#[cfg(feature = "webhooks")]
use stripe_core::webhook::{
    Catalog, Endpoint, Event, EventNames, EventNotification, MemoryReplayGuard, Verified, Verifier,
    WebhookSecret,
};

use crate::types::{Holder, Shown, show};

/// One value of each type that can hold what is secret.
pub(crate) const SHOWN: &[Shown] = &[
    ("validate/violation Violation", violations),
    #[cfg(feature = "webhooks")]
    ("webhook/endpoint Endpoint", || {
        show(&Endpoint::new(Verifier::new(secret())))
    }),
    #[cfg(feature = "webhooks")]
    ("webhook/envelope Envelope", || show(&*event())),
    #[cfg(feature = "webhooks")]
    ("webhook/error Error", webhook_errors),
    #[cfg(feature = "webhooks")]
    ("webhook/event Event", || show(&event())),
    #[cfg(feature = "webhooks")]
    ("webhook/notification EventNotification", || {
        show(&notification())
    }),
    #[cfg(feature = "webhooks")]
    ("webhook/notification Notification", || {
        show(&*notification())
    }),
    #[cfg(feature = "webhooks")]
    ("webhook/replay MemoryReplayGuard", || {
        show(&MemoryReplayGuard::new(
            9,
            std::time::Duration::from_secs(9),
        ))
    }),
    #[cfg(feature = "webhooks")]
    ("webhook/secret WebhookSecret", || show(&secret())),
    #[cfg(feature = "webhooks")]
    ("webhook/verified Verified", || {
        show(&verified("canaryBODY"))
    }),
    #[cfg(feature = "webhooks")]
    ("webhook/verifier Verifier", || {
        show(&Verifier::new(secret()).and_secret(secret()))
    }),
];

/// The types that hold nothing secret, and those that are not there without their feature.
pub(crate) const OTHERS: &[(&str, &str)] = &[
    ("validate/pattern Pattern", "written by the generator"),
    ("validate/pattern Piece", "written by the generator"),
    ("validate/rule Check", "written by the generator"),
    ("validate/rule Format", "names"),
    ("validate/rule Rule", "written by the generator"),
    ("value MapLimits", "numbers"),
    ("webhook/catalog Catalog", "written by the generator"),
    ("webhook/error ErrorKind", "names"),
    ("webhook/fixture EventFixture", "what a test wrote"),
    ("webhook/layer VerifyLayer", "an `Endpoint`"),
    ("webhook/layer VerifyService", "an `Endpoint`"),
    (
        "webhook/notification RelatedObject",
        "in `Notification`; shown by design: an id alone gives no access",
    ),
    ("webhook/replay Claim", "names"),
    ("webhook/router Handled", "names"),
    ("webhook/router InProgress", "has no value"),
    ("webhook/router Router", "types of events"),
    ("webhook/version VersionPolicy", "names"),
    #[cfg(not(feature = "webhooks"))]
    ("webhook/endpoint Endpoint", ABSENT),
    #[cfg(not(feature = "webhooks"))]
    ("webhook/envelope Envelope", ABSENT),
    #[cfg(not(feature = "webhooks"))]
    ("webhook/error Error", ABSENT),
    #[cfg(not(feature = "webhooks"))]
    ("webhook/event Event", ABSENT),
    #[cfg(not(feature = "webhooks"))]
    ("webhook/notification EventNotification", ABSENT),
    #[cfg(not(feature = "webhooks"))]
    ("webhook/notification Notification", ABSENT),
    #[cfg(not(feature = "webhooks"))]
    ("webhook/replay MemoryReplayGuard", ABSENT),
    #[cfg(not(feature = "webhooks"))]
    ("webhook/secret WebhookSecret", ABSENT),
    #[cfg(not(feature = "webhooks"))]
    ("webhook/verified Verified", ABSENT),
    #[cfg(not(feature = "webhooks"))]
    ("webhook/verifier Verifier", ABSENT),
];

#[cfg(not(feature = "webhooks"))]
const ABSENT: &str = "not there without its feature";

/// Of metadata, whose keys are the application's own, and whose values are anybody's.
fn violations() -> String {
    let metadata = stripe_core::types::Metadata::new();
    let metadata = metadata
        .set("canaryBODY", &"canaryEMAIL".repeat(99))
        .set(&"canaryPATH".repeat(9), "canaryEMAIL");
    let found = validate::violations(&Holder::new().metadata(metadata), true);
    assert_eq!(found.len(), 2, "{found:?}");
    let told = found
        .iter()
        .map(|it| format!("{it} {} {}", show(it), it.hint()));
    told.collect()
}

#[cfg(feature = "webhooks")]
fn secret() -> WebhookSecret {
    WebhookSecret::new("whsec_FAKEcanaryWHSEC0123456789").unwrap()
}

#[cfg(feature = "webhooks")]
fn verified(payload: &str) -> Verified<'static> {
    Verified::danger_assume_verified(payload.as_bytes().to_vec())
}

#[cfg(feature = "webhooks")]
stripe_core::open_enum! {
    /// What happened.
    pub enum Name {
        PAID = "invoice.paid",
    }
}

#[cfg(feature = "webhooks")]
impl EventNames for Name {
    const CATALOG: &'static Catalog = &Catalog {
        api_version: "2026-05-27.dahlia",
        events: &[("invoice.paid", &["invoice"])],
        objects: &[("invoice", "Invoice", "invoices")],
    };

    fn text(&self) -> &str {
        self.as_str()
    }
}

#[cfg(feature = "webhooks")]
fn event() -> Event<Name> {
    let payload = r#"{"id":"evt_1","object":"event","type":"invoice.paid","api_version":"2026-05-27.dahlia","created":1,
        "livemode":false,"pending_webhooks":1,"new":"canaryBODY","request":{"id":"req_1","idempotency_key":"canaryIDEM"},
        "data":{"object":{"object":"invoice","customer_email":"canaryEMAIL","client_secret":"canaryCLIENT"},
        "previous_attributes":{"customer_email":"canaryEMAIL"}}}"#;
    Event::read(&verified(payload)).unwrap()
}

#[cfg(feature = "webhooks")]
fn notification() -> EventNotification<Name> {
    let payload = r#"{"id":"evt_1","object":"v2.core.event","type":"v2.core.account.updated","created":"2026-01-01T00:00:00Z",
        "livemode":false,"new":"canaryBODY","context":"canaryHEADER","reason":{"type":"request","request":{"id":"req_1",
        "idempotency_key":"canaryIDEM"}},"related_object":{"id":"acct_1","type":"v2.core.account","url":"/v2/core/accounts/acct_1"}}"#;
    EventNotification::read(&verified(payload)).unwrap()
}

/// Of secrets, signatures and payloads that are refused.
#[cfg(feature = "webhooks")]
fn webhook_errors() -> String {
    let mut told = show(&WebhookSecret::new("canaryWHSEC").unwrap_err());
    let verifier = Verifier::new(secret()).with_clock(|| Timestamp::from_unix(5));
    for header in [
        "",
        "canaryHEADER",
        "t=canaryHEADER,v1=canaryHEADER",
        "t=5,v1=00",
    ] {
        let error = verifier
            .verify(b"canaryBODY", header.as_bytes())
            .unwrap_err();
        told.push_str(&format!("{error} {}", show(&error)));
    }
    for payload in [
        "canaryBODY",
        r#"{"id":"canaryBODY","type":5}"#,
        r#"{"canaryBODY":"canaryBODY"}"#,
    ] {
        let error = Event::<Name>::read(&verified(payload)).unwrap_err();
        told.push_str(&format!("{error} {} ", show(&error)));
        let source = std::error::Error::source(&error);
        told.push_str(&source.map_or_else(String::new, |it| format!("{it} {it:?}")));
    }
    let object = event().object::<Invoice>().unwrap_err();
    told + &format!("{object} {}", show(&object))
}

#[cfg(feature = "webhooks")]
stripe_core::object! {
    /// What the event above does not carry.
    pub struct Invoice {
        pub customer_email: i64,
        pub object: Json,
    }
}

#[cfg(feature = "webhooks")]
impl stripe_core::Attached for Invoice {
    const OBJECT: &'static str = "invoice";
}
