//! Metadata: strings of yours that Stripe keeps on an object, <https://docs.stripe.com/metadata>.

use std::collections::BTreeMap;
use std::fmt;

use crate::value::{self, Node, Value};

/// Metadata to send. Keys that are not named stay as they are at Stripe.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Metadata(BTreeMap<String, Option<String>>);

impl Metadata {
    /// Nothing to change.
    #[must_use]
    pub const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// Sets a key. An empty value is refused when the request is made, as Stripe would remove the key: see
    /// [`unset`](Self::unset). (Version 2 of the API keeps empty values, and they are sent.)
    #[inline]
    #[must_use]
    pub fn set(mut self, key: &str, value: &str) -> Self {
        self.0.insert(key.to_owned(), Some(value.to_owned()));
        self
    }

    /// Removes a key at Stripe, which leaving it out does not.
    #[inline]
    #[must_use]
    pub fn unset(mut self, key: &str) -> Self {
        self.0.insert(key.to_owned(), None);
        self
    }
}

impl<const N: usize> From<[(&str, &str); N]> for Metadata {
    #[inline]
    fn from(pairs: [(&str, &str); N]) -> Self {
        pairs.into_iter().collect()
    }
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for Metadata {
    #[inline]
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        Self(
            pairs
                .into_iter()
                .map(|(key, value)| (key.into(), Some(value.into())))
                .collect(),
        )
    }
}

impl fmt::Debug for Metadata {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} entries>", self.0.len())
    }
}

impl value::Map for Metadata {
    #[inline]
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    #[inline]
    fn entries<'a>(&'a self, visit: &mut dyn FnMut(&'a str, Node<'a>)) {
        for (key, value) in &self.0 {
            visit(key, value.as_deref().map_or(Node::Null, Node::Text));
        }
    }
}

impl Value for Metadata {
    #[inline]
    fn node(&self) -> Node<'_> {
        Node::Map(self)
    }
}
