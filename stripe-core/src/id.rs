//! Ids: opaque strings with a type of their own, so that a customer's id is not taken for a price's.
//!
//! They are never checked by prefix, since Stripe calls them opaque; a request refuses what is not safe in its path.
//! There is one generic type: an alias and an empty kind per resource cost nothing to compile.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::convert::Infallible;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Deref;
use std::str::FromStr;

use crate::decode::{Blank, Slot, Target};
use crate::value::{Node, Value};

/// The id of an object of kind `K`. Wherever a `&str` is wanted, `&id` will do.
pub struct Id<K> {
    text: String,
    kind: PhantomData<fn() -> K>,
}

/// The kind of an id of which the kind is not known beforehand.
#[derive(Debug)]
#[allow(
    clippy::exhaustive_enums,
    reason = "a mark for the type checker; there is no value of it"
)]
pub enum AnyKind {}

/// An id whose kind is not known beforehand, since objects of several kinds may stand there.
pub type ObjectId = Id<AnyKind>;

impl<K> Id<K> {
    /// The id as Stripe writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        self.text.clone().into()
    }
}

impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<K> Eq for Id<K> {}

impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl<K> Hash for Id<K> {
    /// As `str` does, which `Borrow<str>` asks for.
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.as_str().hash(state);
    }
}

impl<K> PartialEq<str> for Id<K> {
    fn eq(&self, other: &str) -> bool {
        self.text == other
    }
}

impl<K> PartialEq<&str> for Id<K> {
    fn eq(&self, other: &&str) -> bool {
        self.text == *other
    }
}

impl<K> Deref for Id<K> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl<K> AsRef<str> for Id<K> {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl<K> Borrow<str> for Id<K> {
    fn borrow(&self) -> &str {
        &self.text
    }
}

impl<K> From<&str> for Id<K> {
    fn from(id: &str) -> Self {
        id.to_owned().into()
    }
}

impl<K> From<String> for Id<K> {
    fn from(text: String) -> Self {
        Self {
            text,
            kind: PhantomData,
        }
    }
}

impl<K> From<Id<K>> for String {
    fn from(id: Id<K>) -> Self {
        id.text
    }
}

impl<K> FromStr for Id<K> {
    type Err = Infallible;

    fn from_str(id: &str) -> Result<Self, Infallible> {
        Ok(id.into())
    }
}

impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl<K> Value for Id<K> {
    fn node(&self) -> Node<'_> {
        Node::Symbol(&self.text)
    }
}

impl<K> Slot for Id<K> {
    fn target(&mut self) -> Target<'_> {
        Target::Text(&mut self.text)
    }
}

impl<K> Blank for Id<K> {
    fn blank() -> Self {
        String::new().into()
    }
}

#[cfg(feature = "serde")]
impl<K> crate::through_json::Serialize for Id<K> {
    fn serialize<S: crate::through_json::Serializer>(
        &self,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

#[cfg(feature = "serde")]
impl<'de, K> crate::through_json::Deserialize<'de> for Id<K> {
    fn deserialize<D: crate::through_json::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}
