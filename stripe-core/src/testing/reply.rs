//! What a rule replies with when all goes well.

use std::fmt;

use bytes::Bytes;

use super::failure::Failure;
use crate::decode::Slot;
use crate::json;
use crate::value::Value;

/// An answer of a [`MockStripe`](super::MockStripe). Objects and [`Failure`]s become replies by themselves; this is for the
/// rest.
#[derive(Clone)]
pub struct Reply(Content);

/// What comes back, if anything does.
#[derive(Clone)]
pub(super) enum Content {
    Answer(Answer),
    Failure(Failure),
}

/// An answer that arrives.
#[derive(Clone)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Bytes,
}

impl Reply {
    /// Any value that Stripe answers with, such as a union.
    #[must_use]
    pub fn value(value: &impl Value) -> Self {
        // Only values that cannot come from Stripe cannot be written, and what is no JSON fails where it is read.
        Self::json(json::write(value.node()).unwrap_or_default())
    }

    /// JSON, as text or as anything that prints as JSON, such as a value of `serde_json`'s `json!`. It may be wrong on
    /// purpose.
    #[must_use]
    #[allow(
        clippy::needless_pass_by_value,
        reason = "what `json!` makes is passed as it is"
    )]
    pub fn json(json: impl fmt::Display) -> Self {
        Self::bytes("application/json", json.to_string())
    }

    /// A document that is not JSON, of this media type.
    #[must_use]
    pub fn bytes(content_type: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self(Content::Answer(Answer {
            status: 200,
            headers: vec![("content-type".to_owned(), content_type.to_owned())],
            body: bytes.into().into(),
        }))
    }

    /// With another status than 200. For an error in Stripe's format there is [`Failure::status`].
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        if let Content::Answer(answer) = &mut self.0 {
            answer.status = status;
        }
        self
    }

    /// With a header, such as `request-id`. Failures without an answer have none.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match &mut self.0 {
            Content::Answer(answer) => answer.headers.push((name.to_owned(), value.to_owned())),
            Content::Failure(failure) => failure.push_header(name, value),
        }
        self
    }

    pub(super) const fn content(&self) -> &Content {
        &self.0
    }
}

impl<T: Slot> From<T> for Reply {
    fn from(object: T) -> Self {
        Self::json(json::write(object.node()).unwrap_or_default())
    }
}

impl From<Failure> for Reply {
    fn from(failure: Failure) -> Self {
        Self(Content::Failure(failure))
    }
}

impl fmt::Debug for Reply {
    /// Without the body, which may be an object with somebody's data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Content::Answer(answer) => {
                write!(f, "{} with {} bytes", answer.status, answer.body.len())
            }
            Content::Failure(failure) => failure.fmt(f),
        }
    }
}
