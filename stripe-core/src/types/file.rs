//! Files to send and bytes received.

use std::fmt;
use std::sync::Arc;

use crate::value::{Node, Value};

/// A file to send to Stripe.
#[derive(Clone)]
pub struct FileUpload {
    name: String,
    bytes: Arc<[u8]>,
}

impl FileUpload {
    /// A file of this name and content.
    #[must_use]
    pub fn new(name: &str, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self {
            name: name.to_owned(),
            bytes: bytes.into(),
        }
    }

    /// The file name that Stripe is told.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The content.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl fmt::Debug for FileUpload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<file of {} bytes>", self.bytes.len())
    }
}

impl Value for FileUpload {
    fn node(&self) -> Node<'_> {
        Node::File(self)
    }
}

/// The bytes of a document that Stripe answered with, such as a PDF.
#[derive(Clone)]
pub struct Binary(Vec<u8>);

impl Binary {
    /// The content.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The content, without a copy.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

impl From<Vec<u8>> for Binary {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for Binary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} bytes>", self.0.len())
    }
}

impl crate::decode::Decode for Binary {
    fn decode(bytes: &[u8]) -> Result<Self, crate::decode::Error> {
        Ok(Self(bytes.to_vec()))
    }
}
