//! A payload that is known to come from Stripe, still as bytes: it can be read as an event, or queued and read later.

use std::borrow::Cow;
use std::fmt;

use crate::types::Timestamp;

/// A payload whose signature was verified. There is no other way to an event.
///
/// To answer fast, put [`payload`](Self::payload) into a queue of your own and answer with 200. Who takes it out again says
/// with [`danger_assume_verified`](Self::danger_assume_verified) that the queue is trusted.
#[derive(Clone)]
pub struct Verified<'a> {
    payload: Cow<'a, [u8]>,
    signed_at: Option<Timestamp>,
}

impl<'a> Verified<'a> {
    pub(super) const fn new(payload: Cow<'a, [u8]>, signed_at: Timestamp) -> Self {
        Self {
            payload,
            signed_at: Some(signed_at),
        }
    }

    /// Takes a payload at the caller's word, without a signature.
    ///
    /// For what comes from a source that nobody else can write to: a queue of payloads that were verified before, an event
    /// bus that Stripe delivers to without signing (Amazon EventBridge, Azure Event Grid), a test. **Never for the body of a
    /// request:** whoever knows the URL of an endpoint could report payments that were not made.
    pub fn danger_assume_verified(payload: impl Into<Cow<'a, [u8]>>) -> Self {
        Self {
            payload: payload.into(),
            signed_at: None,
        }
    }

    /// The bytes, as they came.
    #[must_use]
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// The bytes, as they came.
    #[must_use]
    pub fn into_payload(self) -> Vec<u8> {
        self.payload.into_owned()
    }

    /// When Stripe signed it, to the second: close to when it was delivered, which may be long after the event. `None` for
    /// a payload that was [taken at its word](Self::danger_assume_verified).
    #[must_use]
    pub const fn signed_at(&self) -> Option<Timestamp> {
        self.signed_at
    }

    /// The same with bytes of its own, to be kept.
    #[must_use]
    pub fn into_owned(self) -> Verified<'static> {
        Verified {
            payload: Cow::Owned(self.payload.into_owned()),
            signed_at: self.signed_at,
        }
    }
}

impl fmt::Debug for Verified<'_> {
    /// The length alone: payloads are full of what is known of customers.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = self.payload.len();
        write!(
            f,
            "Verified(<{length} bytes>, signed at {:?})",
            self.signed_at
        )
    }
}
