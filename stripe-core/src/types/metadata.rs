//! Metadata: strings of yours that Stripe keeps on an object, <https://docs.stripe.com/metadata>.

use std::fmt;

use crate::types::Map;
use crate::value::{self, MapLimits, Node, Value};

/// Metadata to send. Keys that are not named stay as they are at Stripe, so that a key is removed only by
/// [`unset`](Self::unset).
///
/// Stripe takes up to 50 keys of up to 40 characters, without square brackets, and values of up to 500 characters; they are
/// no place for secrets.
///
/// ```
/// use stripe_core::types::Metadata;
///
/// let metadata = Metadata::new().set("order", "42").unset("cart");
/// assert_eq!(metadata.get("order"), Some("42"));
/// assert!(metadata.is_unset("cart"));
///
/// // From pairs, a map, or anything that gives pairs.
/// let same: Metadata = [("order", "42")].into();
/// let more: Metadata = (1..=3).map(|n| (format!("item_{n}"), "sold")).collect();
/// assert_eq!((same.len(), more.len()), (1, 3));
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Metadata(Vec<(String, Option<String>)>);

impl Metadata {
    /// Nothing to change.
    #[inline]
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Sets a key. An empty value is refused when the request is made, as Stripe would remove the key: see
    /// [`unset`](Self::unset). (Version 2 of the API keeps empty values, and they are sent.)
    #[inline]
    #[must_use]
    pub fn set(mut self, key: &str, value: &str) -> Self {
        self.put(key.to_owned(), Some(value.to_owned()));
        self
    }

    /// Removes a key at Stripe, which leaving it out does not.
    #[inline]
    #[must_use]
    pub fn unset(mut self, key: &str) -> Self {
        self.put(key.to_owned(), None);
        self
    }

    /// The value that a key is to be set to.
    #[inline]
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.found(key)?.as_deref()
    }

    /// Whether a key is to be removed.
    #[inline]
    #[must_use]
    pub fn is_unset(&self, key: &str) -> bool {
        self.found(key).is_some_and(Option::is_none)
    }

    /// The keys, sorted, and what they are to be set to; `None` if a key is to be removed.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.0
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_deref()))
    }

    #[inline]
    fn found(&self, key: &str) -> Option<&Option<String>> {
        let at = self.find(key).ok()?;
        self.0.get(at).map(|(_, value)| value)
    }

    #[inline]
    fn put(&mut self, key: String, value: Option<String>) {
        match self.find(&key) {
            Ok(at) => {
                if let Some(place) = self.0.get_mut(at) {
                    place.1 = value;
                }
            }
            Err(at) => self.0.insert(at, (key, value)),
        }
    }

    /// Where a key is, or where it belongs.
    #[inline]
    fn find(&self, key: &str) -> Result<usize, usize> {
        self.0
            .binary_search_by(|(known, _)| known.as_str().cmp(key))
    }

    /// How many keys are named.
    #[inline]
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is to be changed.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
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
        let mut metadata = Self::new();
        metadata.extend(pairs);
        metadata
    }
}

impl<K: Into<String>, V: Into<String>> Extend<(K, V)> for Metadata {
    /// Sets keys; a later value stands instead of an earlier one.
    #[inline]
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, pairs: I) {
        for (key, value) in pairs {
            self.put(key.into(), Some(value.into()));
        }
    }
}

/// The metadata of an object, to send them again.
impl From<&Map<String>> for Metadata {
    #[inline]
    fn from(map: &Map<String>) -> Self {
        map.iter().collect()
    }
}

impl fmt::Debug for Metadata {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} entries>", self.0.len())
    }
}

/// <https://docs.stripe.com/api/metadata>.
const LIMITS: MapLimits = MapLimits {
    keys: 50,
    key: 40,
    value: 500,
};

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

    #[inline]
    fn limits(&self) -> Option<MapLimits> {
        Some(LIMITS)
    }
}

impl Value for Metadata {
    #[inline]
    fn node(&self) -> Node<'_> {
        Node::Map(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_set_last_counts() {
        let mut metadata = Metadata::new().set("a", "1").unset("a").set("b", "2");
        assert_eq!(metadata.get("a"), None);
        assert!(metadata.is_unset("a") && !metadata.is_unset("b") && !metadata.is_unset("c"));
        metadata.extend([("a", "3"), ("c", "4")]);
        let all: Vec<_> = metadata.iter().collect();
        assert_eq!(all, [("a", Some("3")), ("b", Some("2")), ("c", Some("4"))]);
        assert_eq!((metadata.len(), metadata.is_empty()), (3, false));
        assert!(Metadata::new().is_empty());
    }

    #[test]
    fn it_is_made_from_pairs_and_maps() {
        let pairs: Metadata = [("a", "1"), ("b", "2")].into();
        let map = Map::from([
            ("a".to_owned(), "1".to_owned()),
            ("b".to_owned(), "2".to_owned()),
        ]);
        assert_eq!(map.clone().into_iter().collect::<Metadata>(), pairs);
        let received: Map<String> = map.into_iter().collect();
        assert_eq!(Metadata::from(&received), pairs);
    }
}
