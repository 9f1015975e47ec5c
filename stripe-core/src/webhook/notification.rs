//! The notification of a thin event of v2: it says what happened to what, and leaves the rest to be fetched.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use super::catalog::EventNames;
use super::envelope::{self, SNAPSHOT, THIN};
use super::error::{Error, ErrorKind};
use super::fields::Fields;
use super::verified::Verified;
use crate::types::DateTime;

/// A notification that something happened. What it says is in the [`Notification`], to which it dereferences.
///
/// The generated crate has it with its own enumeration of types, as `webhook::EventNotification`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct EventNotification<T> {
    /// What happened, such as `v2.core.account.updated`, to match on.
    pub type_: T,
    notification: Notification,
}

/// A notification without its type.
#[derive(Clone)]
#[non_exhaustive]
pub struct Notification {
    /// The id of the event. Stripe may deliver it more than once.
    pub id: String,
    /// When it happened.
    pub created: Option<DateTime>,
    /// Whether it is about real money.
    pub livemode: bool,
    /// The context in which the event and its object can be fetched; `None` for one's own account.
    pub context: Option<String>,
    /// The id of the request that caused it, where one did.
    pub request_id: Option<String>,
    /// The idempotency key of that request.
    pub idempotency_key: Option<String>,
    /// What it is about; some events are about nothing that can be fetched.
    pub related_object: Option<RelatedObject>,
    /// The whole notification as Stripe sent it, byte for byte.
    pub payload: Arc<str>,
}

/// A reference to the object that an event is about.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RelatedObject {
    /// The id of the object.
    pub id: String,
    /// What it is: the value of its field `object`.
    pub type_: String,
    /// The path under which it can be fetched.
    pub url: String,
}

impl<T> Deref for EventNotification<T> {
    type Target = Notification;

    fn deref(&self) -> &Notification {
        &self.notification
    }
}

impl<T: EventNames> EventNotification<T> {
    /// Reads the notification in a payload.
    ///
    /// # Errors
    ///
    /// [`NotAnEvent`](ErrorKind::NotAnEvent) if the payload is none, and [`OtherKindOfEvent`](ErrorKind::OtherKindOfEvent) if
    /// it is a snapshot event of v1.
    pub fn read(payload: &Verified<'_>) -> Result<Self, Error> {
        let (type_, notification) = read(payload)?;
        Ok(Self {
            type_: T::from(&type_),
            notification,
        })
    }

    /// What an event of this type refers to, as a value of `object`; none if nothing, or if that is not known.
    #[must_use]
    pub fn known_objects(&self) -> &'static [&'static str] {
        T::CATALOG.carried(self.type_.text())
    }
}

fn read(verified: &Verified<'_>) -> Result<(String, Notification), Error> {
    let text = envelope::text(verified)?;
    let fields = envelope::fields(text)?;
    match fields.text("object").as_deref() {
        Some(THIN) => {}
        Some(SNAPSHOT) => {
            return Err(Error::new(
                ErrorKind::OtherKindOfEvent,
                "this is a snapshot event of v1, and the notification of a thin event was asked for: read it as an `Event`",
            ));
        }
        _ => return Err(envelope::not_an_event()),
    }
    let (Some(type_), Some(id)) = (fields.text("type"), fields.text("id")) else {
        return Err(envelope::not_an_event());
    };
    Ok((type_, notification(text, &fields, id)))
}

fn notification(text: &str, fields: &Fields<'_>, id: String) -> Notification {
    let request = fields
        .object("reason")
        .and_then(|reason| reason.object("request"));
    let of_request = |name: &str| request.as_ref().and_then(|it| it.text(name));
    Notification {
        id,
        created: fields.text("created").map(DateTime::from),
        livemode: fields.flag("livemode").unwrap_or(false),
        context: fields.text("context"),
        request_id: of_request("id"),
        idempotency_key: of_request("idempotency_key"),
        related_object: fields
            .object("related_object")
            .and_then(|it| related_object(&it)),
        payload: text.into(),
    }
}

fn related_object(fields: &Fields<'_>) -> Option<RelatedObject> {
    Some(RelatedObject {
        id: fields.text("id")?,
        type_: fields.text("type")?,
        url: fields.text("url")?,
    })
}

impl fmt::Debug for Notification {
    /// Without the payload.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Notification")
            .field("id", &self.id)
            .field("created", &self.created)
            .field("livemode", &self.livemode)
            .field("related_object", &self.related_object)
            .finish_non_exhaustive()
    }
}
