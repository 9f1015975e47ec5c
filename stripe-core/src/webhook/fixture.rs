//! Deliveries made up for tests of a handler: an event of any type around any object, written and signed as Stripe does.

use super::catalog::EventNames;
use super::envelope::{SNAPSHOT, THIN};
use super::secret::WebhookSecret;
use super::sign::sign;
use crate::json;
use crate::types::{DateTime, Json, Map, Timestamp};
use crate::value::Value;

/// A delivery for a test. It begins as an event in test mode, of the version of the API that the generated crate was made
/// from, about the least that can be an object.
///
/// ```
/// # use stripe_core::types::Timestamp;
/// # use stripe_core::webhook::{EventFixture, EventNames, WebhookSecret};
/// # fn example<EventType: EventNames>(invoice_paid: EventType, secret: WebhookSecret) -> Result<(), stripe_core::decode::Error> {
/// let (payload, header) = EventFixture::snapshot(&invoice_paid)
///     .object(r#"{"id":"in_1","object":"invoice","amount_paid":2000}"#.parse()?)
///     .signed(&secret, Timestamp::from_unix(1_700_000_000));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct EventFixture {
    fields: Map<Json>,
    data: Map<Json>,
}

impl EventFixture {
    /// A snapshot event of v1.
    #[must_use]
    pub fn snapshot<T: EventNames>(event: &T) -> Self {
        let object = Self::least(event.text(), T::CATALOG.carried(event.text()));
        Self::blank(event.text(), SNAPSHOT)
            .with("api_version", T::CATALOG.api_version)
            .with("created", &0_i64)
            .with("pending_webhooks", &1_i64)
            .object(object)
    }

    /// The notification of a thin event of v2, in which the object has the id `test_1` unless it is set.
    #[must_use]
    pub fn thin<T: EventNames>(event: &T) -> Self {
        let thin = Self::blank(event.text(), THIN);
        let thin = thin.with("created", &DateTime::from(Timestamp::from_unix(0)));
        match T::CATALOG.carried(event.text()).first() {
            Some(object) => {
                let path = object.replace('.', "/");
                thin.related_object("test_1", object, &format!("/{path}s/test_1"))
            }
            None => thin,
        }
    }

    fn blank(event: &str, kind: &str) -> Self {
        let blank = Self {
            fields: Map::new(),
            data: Map::new(),
        };
        let blank = blank.with("object", kind).with("type", event);
        blank.id("evt_test_1").livemode(false)
    }

    /// The least that is an object of the kind that an event is about.
    fn least(event: &str, objects: &[&str]) -> Json {
        let object = objects.first().map_or(event, |object| object);
        let fields = Map::from([
            ("id".to_owned(), written("test_1")),
            ("object".to_owned(), written(object)),
        ]);
        written(&fields)
    }

    /// The id of the event.
    #[must_use]
    pub fn id(self, id: &str) -> Self {
        self.with("id", id)
    }

    /// Whether it is about real money.
    #[must_use]
    pub fn livemode(self, livemode: bool) -> Self {
        self.with("livemode", &livemode)
    }

    /// Any other field of the event, such as `account`.
    #[must_use]
    pub fn with(mut self, field: &str, value: &(impl Value + ?Sized)) -> Self {
        self.fields.insert(field.to_owned(), written(value));
        self
    }

    /// The object that a snapshot event is about.
    #[must_use]
    pub fn object(mut self, object: Json) -> Self {
        self.data.insert("object".to_owned(), object);
        self
    }

    /// What changed in the object of a snapshot event, with the values that it had before.
    #[must_use]
    pub fn previous_attributes(mut self, before: Json) -> Self {
        self.data.insert("previous_attributes".to_owned(), before);
        self
    }

    /// The object that a thin event refers to: its id, the value of its field `object`, and its path.
    #[must_use]
    pub fn related_object(self, id: &str, object: &str, path: &str) -> Self {
        let related = [("id", id), ("type", object), ("url", path)];
        let related = related.map(|(name, value)| (name.to_owned(), written(value)));
        self.with("related_object", &Map::from(related))
    }

    /// The payload, as Stripe would send it.
    #[must_use]
    pub fn payload(&self) -> Vec<u8> {
        let mut fields = self.fields.clone();
        if !self.data.is_empty() {
            fields.insert("data".to_owned(), written(&self.data));
        }
        written(&fields).as_str().as_bytes().to_vec()
    }

    /// The payload, and the header `Stripe-Signature` with which Stripe would send it at this time.
    #[must_use]
    pub fn signed(&self, secret: &WebhookSecret, time: Timestamp) -> (Vec<u8>, String) {
        let payload = self.payload();
        let header = sign(&payload, secret, time);
        (payload, header)
    }
}

/// A value as JSON; `null` for what cannot be written, such as a number without end.
fn written(value: &(impl Value + ?Sized)) -> Json {
    let text = json::write(value.node());
    let json = text.ok().and_then(|text| text.parse().ok());
    json.unwrap_or_else(crate::decode::Blank::blank)
}
