//! What stands around the object of a snapshot event. Whatever is an event at all is read: only the type, the id and an
//! object have to be there.

use std::fmt;
use std::sync::Arc;

use super::error::{Error, ErrorKind};
use super::fields::Fields;
use super::verified::Verified;
use super::version::is_same_release;
use crate::head::Head;
use crate::types::{Json, Timestamp};

/// What a snapshot event says it is.
pub(super) const SNAPSHOT: &str = "event";

/// What a thin event says it is.
pub(super) const THIN: &str = "v2.core.event";

/// An event without its type: who it is about, when, and the object as JSON.
#[derive(Clone)]
#[non_exhaustive]
pub struct Envelope {
    /// The id, such as `evt_1`. Stripe may deliver an event more than once: it is what deliveries of one event have in common.
    pub id: String,
    /// The connected account that the event is about; `None` for one's own.
    pub account: Option<String>,
    /// The context in which the event or its object can be fetched, for events of an organization.
    pub context: Option<String>,
    /// The version of the API that the object is written in.
    pub api_version: Option<String>,
    /// When it happened. Events are not delivered in this order.
    pub created: Option<Timestamp>,
    /// Whether it is about real money.
    pub livemode: bool,
    /// How many endpoints have yet to take this event.
    pub pending_webhooks: Option<i64>,
    /// The id of the request that caused it, where one did.
    pub request_id: Option<String>,
    /// The idempotency key of that request.
    pub idempotency_key: Option<String>,
    /// The object as it was when this happened, as JSON.
    pub data: Json,
    /// What changed, with the values that it had before; in events of type `….updated`.
    pub previous_attributes: Option<Json>,
    /// The whole event as Stripe sent it, byte for byte.
    pub payload: Arc<str>,
}

/// The envelope of a snapshot event, and its type.
pub(super) fn read(verified: &Verified<'_>) -> Result<(String, Envelope), Error> {
    let text = text(verified)?;
    let fields = fields(text)?;
    let kind = fields.text("object");
    if kind.as_deref() == Some(THIN) {
        return Err(Error::new(
            ErrorKind::OtherKindOfEvent,
            "this is a thin event of v2, and a snapshot event of v1 was asked for: read it as an `EventNotification`",
        ));
    }
    if kind.as_deref() != Some(SNAPSHOT) {
        return Err(not_an_event());
    }
    let envelope = envelope(text, &fields).ok_or_else(not_an_event)?;
    let type_ = fields.text("type").ok_or_else(not_an_event)?;
    Ok((type_, envelope))
}

/// `None` if what makes an event is not there.
fn envelope(text: &str, fields: &Fields<'_>) -> Option<Envelope> {
    let contents = fields.object("data")?;
    let request = fields.object("request");
    let of_request = |name: &str| request.as_ref().and_then(|it| it.text(name));
    Some(Envelope {
        id: fields.text("id")?,
        account: fields.text("account"),
        context: fields.text("context"),
        api_version: fields.text("api_version"),
        created: fields.int("created").map(Timestamp::from_unix),
        livemode: fields.flag("livemode").unwrap_or(false),
        pending_webhooks: fields.int("pending_webhooks"),
        // Versions before 2017-05-25 write the id alone.
        request_id: of_request("id").or_else(|| fields.text("request")),
        idempotency_key: of_request("idempotency_key"),
        data: contents.json("object")?,
        previous_attributes: contents.json("previous_attributes"),
        payload: text.into(),
    })
}

impl Envelope {
    /// Whether the event is of a release of the API, given one of its versions, such as the generated crate's `API_VERSION`.
    #[must_use]
    pub fn is_of_release(&self, version: &str) -> bool {
        let found = self.api_version.as_deref();
        found.is_some_and(|found| is_same_release(found, version))
    }

    /// What the object says it is. It is looked for when somebody asks, since it takes going through the whole object.
    pub(super) fn object_kind(&self) -> Option<String> {
        Head::of(self.data.raw()).ok()?.object
    }
}

impl fmt::Debug for Envelope {
    /// Without the object and what is inside of it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Envelope")
            .field("id", &self.id)
            .field("account", &self.account)
            .field("api_version", &self.api_version)
            .field("created", &self.created)
            .field("livemode", &self.livemode)
            .field("data", &self.data)
            .finish_non_exhaustive()
    }
}

/// The payload as text.
pub(super) fn text<'a>(verified: &'a Verified<'_>) -> Result<&'a str, Error> {
    std::str::from_utf8(verified.payload()).map_err(|_hidden| not_json())
}

/// The fields of the payload.
pub(super) fn fields(text: &str) -> Result<Fields<'_>, Error> {
    Fields::of(text).ok_or_else(not_json)
}

pub(super) fn not_an_event() -> Error {
    Error::new(
        ErrorKind::NotAnEvent,
        "the payload is JSON, but no event: it lacks a type, an id, or what an event is about",
    )
}

fn not_json() -> Error {
    Error::new(ErrorKind::NotAnEvent, "the payload is no JSON object")
}
