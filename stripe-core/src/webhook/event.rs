//! A snapshot event of v1: its type, what stands around its object, and the object as whatever type it is asked for as.

use std::ops::Deref;

use super::catalog::EventNames;
use super::envelope::{self, Envelope};
use super::error::Error;
use super::verified::Verified;
use crate::decode;
use crate::error::Attached;
use crate::value::Value;

/// An event with a snapshot of the object that it is about. What else it says is in the [`Envelope`], to which it
/// dereferences.
///
/// The generated crate has it with its own enumeration of types, as `webhook::Event`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Event<T> {
    /// What happened, such as `invoice.paid`, to match on.
    pub type_: T,
    envelope: Envelope,
}

impl<T> Deref for Event<T> {
    type Target = Envelope;

    fn deref(&self) -> &Envelope {
        &self.envelope
    }
}

impl<T: EventNames> Event<T> {
    /// Reads the event in a payload. The object in it is read when it is [asked for](Self::object).
    ///
    /// # Errors
    ///
    /// [`NotAnEvent`](super::ErrorKind::NotAnEvent) if the payload is no event, and
    /// [`OtherKindOfEvent`](super::ErrorKind::OtherKindOfEvent) if it is a thin event of v2.
    pub fn read(payload: &Verified<'_>) -> Result<Self, Error> {
        let (type_, envelope) = envelope::read(payload)?;
        Ok(Self {
            type_: T::from(&type_),
            envelope,
        })
    }

    /// The same for an event that an API call gave, such as `events().retrieve(…)`: it need not be verified.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    pub fn of(answer: &impl Value) -> Result<Self, Error> {
        Self::read(&written(answer)?)
    }

    /// The object that the event is about, as it was when this happened.
    ///
    /// # Errors
    ///
    /// [`OtherObject`](super::ErrorKind::OtherObject) if it is about an object of another kind: the error names its type, and the
    /// feature that has that type. [`Decode`](super::ErrorKind::Decode) if the object cannot be read as an `O`: it may be written
    /// in another [version](Envelope::api_version) of the API. Either way the JSON is in [`data`](Envelope::data).
    pub fn object<O: Attached>(&self) -> Result<O, Error> {
        let found = self.object_kind().unwrap_or_default();
        T::CATALOG.expect(&found, O::OBJECT)?;
        decode::part(self.data.raw()).map_err(Error::decode)
    }

    /// The kinds of objects that an event of this type may be about, as values of `object`; none where that is not known.
    #[must_use]
    pub fn known_objects(&self) -> &'static [&'static str] {
        T::CATALOG.carried(self.type_.text())
    }
}

/// What an API call answered with is as trusted as a payload that was verified.
fn written(answer: &dyn Value) -> Result<Verified<'static>, Error> {
    let text = crate::json::write(answer.node());
    let text = text.map_err(|_hidden| envelope::not_an_event())?;
    Ok(Verified::danger_assume_verified(text.into_bytes()))
}
