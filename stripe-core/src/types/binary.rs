//! Documents that Stripe answers with instead of JSON.

use std::fmt;

use crate::decode::{self, Decode};

/// The bytes of a document that Stripe answered with, such as a PDF.
///
/// A request for one gives it as a whole when it is awaited, or piece by piece with `.stream()`.
#[derive(Clone)]
pub struct Binary(Vec<u8>);

impl Binary {
    /// The content.
    #[inline]
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The content, without a copy.
    #[inline]
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

impl From<Vec<u8>> for Binary {
    #[inline]
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for Binary {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} bytes>", self.0.len())
    }
}

impl Decode for Binary {
    fn decode(bytes: &[u8]) -> Result<Self, decode::Error> {
        Ok(Self(bytes.to_vec()))
    }
}
