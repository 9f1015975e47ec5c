//! What can be wrong with a delivery: a kind to match on, a sentence for the log of whoever runs the endpoint, and nothing
//! of the delivery itself.

use std::borrow::Cow;
use std::fmt;

use crate::decode;

/// Why a delivery was not taken.
///
/// It holds neither the payload nor the signature nor the secret, so it can be logged. Whoever sent the delivery should
/// be told nothing but the status.
#[derive(Clone)]
pub struct Error {
    kind: ErrorKind,
    detail: Cow<'static, str>,
    source: Option<decode::Error>,
}

/// What is wrong with a delivery, as a list to match on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// There is no signature: this is not from Stripe, or something on the way removed the header.
    MissingSignature,
    /// The header with the signatures is not one that Stripe writes.
    MalformedSignature,
    /// No signature fits the payload and any of the secrets.
    SignatureMismatch,
    /// The signature fits, but was made too long ago: it may be a replay.
    TooOld,
    /// The signature fits, but says that it was made in the future: one of the clocks is wrong.
    InFuture,
    /// There is no clock on this platform: give the time of receipt with
    /// [`Verifier::verify_at`](super::Verifier::verify_at).
    NoClock,
    /// The payload is verified, but no event.
    NotAnEvent,
    /// A thin event of v2 where a snapshot event of v1 was asked for, or the other way round. See the message.
    OtherKindOfEvent,
    /// The event is about an object of another kind than was asked for. The message names its type and feature.
    OtherObject,
    /// The object of the event does not fit the type that it was asked for as.
    Decode,
    /// A test event where live ones are expected, or the other way round.
    LivemodeMismatch,
    /// The body is larger than the endpoint takes.
    BodyTooLarge,
    /// The body did not come whole.
    Body,
    /// The event is written in another release of the API, and the policy is to refuse that.
    VersionMismatch,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, detail: impl Into<Cow<'static, str>>) -> Self {
        Self {
            kind,
            detail: detail.into(),
            source: None,
        }
    }

    pub(crate) fn decode(source: decode::Error) -> Self {
        Self {
            source: Some(source),
            ..Self::new(
                ErrorKind::Decode,
                "the object of the event does not fit its type",
            )
        }
    }

    /// What is wrong, in one word.
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }
}

#[cfg(any(feature = "axum", feature = "tower"))]
impl Error {
    /// The status to answer with: 413 if the body is too large, 400 for all else.
    #[must_use]
    pub const fn status(&self) -> http::StatusCode {
        match self.kind {
            ErrorKind::BodyTooLarge => http::StatusCode::PAYLOAD_TOO_LARGE,
            _ => http::StatusCode::BAD_REQUEST,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)?;
        match &self.source {
            Some(source) => write!(f, ": {source}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "webhook::Error({:?}: {self})", self.kind)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.source {
            Some(source) => Some(source),
            None => None,
        }
    }
}
