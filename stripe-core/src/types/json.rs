//! JSON that has no type of its own, and values under names that are data.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde_json::value::RawValue;

use crate::decode::{Blank, Decode, Error, RawSink, Slot, Target};
use crate::value::{self, Node, Value};

/// Values under names that are data, such as amounts by currency.
pub type Map<T> = BTreeMap<String, T>;

impl<T: Value> value::Map for Map<T> {
    #[inline]
    fn is_empty(&self) -> bool {
        self.is_empty()
    }

    #[inline]
    fn entries<'a>(&'a self, visit: &mut dyn FnMut(&'a str, Node<'a>)) {
        for (name, value) in self {
            visit(name, value.node());
        }
    }
}

impl<T: Value> Value for Map<T> {
    #[inline]
    fn node(&self) -> Node<'_> {
        Node::Map(self)
    }
}

/// JSON as Stripe sent it. Cheap to clone; Debug shows only its length.
#[derive(Clone)]
pub struct Json(Arc<RawValue>);

impl Json {
    /// The JSON text.
    #[inline]
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.get()
    }

    /// The JSON, of which it is known that it is well-formed.
    #[cfg(feature = "webhooks")]
    pub(crate) fn raw(&self) -> &RawValue {
        &self.0
    }

    /// Reads it as a `T`.
    ///
    /// # Errors
    ///
    /// If it is not a `T`.
    pub fn decode<T: Decode>(&self) -> Result<T, Error> {
        T::decode(self.0.get().as_bytes())
    }
}

impl From<Box<RawValue>> for Json {
    fn from(raw: Box<RawValue>) -> Self {
        Self(raw.into())
    }
}

impl std::str::FromStr for Json {
    type Err = Error;

    /// Takes any well-formed JSON text.
    #[inline]
    fn from_str(text: &str) -> Result<Self, Error> {
        RawValue::from_string(text.to_owned())
            .map(Self::from)
            .map_err(|_hidden| Error::new("Json", "well-formed JSON", "something else"))
    }
}

impl fmt::Debug for Json {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} bytes of JSON>", self.0.get().len())
    }
}

impl RawSink for Json {
    fn accept(&mut self, raw: Box<RawValue>) -> Result<(), Error> {
        *self = raw.into();
        Ok(())
    }
}

impl Slot for Json {
    fn target(&mut self) -> Target<'_> {
        Target::Raw(self)
    }
}

impl Blank for Json {
    fn blank() -> Self {
        Self(RawValue::NULL.to_owned().into())
    }
}

impl Value for Json {
    #[inline]
    fn node(&self) -> Node<'_> {
        Node::Raw(&self.0)
    }
}

crate::serde_through_json!(Json);
