//! The fields of a response that have no name here: kept as raw JSON, so that nothing Stripe sends is lost.
//!
//! One word wide when there is none, which is the usual case.

use std::collections::BinaryHeap;

use serde_json::value::RawValue;

/// Fields that Stripe sent and that this version of the crate does not know, by their wire name.
#[derive(Clone, Default)]
#[allow(
    clippy::box_collection,
    reason = "one word in every object, where a list would be three"
)]
pub struct Extra(Option<Box<Vec<Field>>>);

type Field = (String, Box<RawValue>);

/// More than an answer of Stripe has. From here on names are looked for that are there more than once.
const MANY: usize = 64;

/// The one empty value, for what has no unknown fields.
#[doc(hidden)]
#[must_use]
pub fn none() -> &'static Extra {
    static NONE: Extra = Extra::new();
    &NONE
}

impl Extra {
    /// No unknown field.
    #[must_use]
    pub const fn new() -> Self {
        Self(None)
    }

    /// Whether every field was known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// How many fields were not known.
    #[inline]
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |fields| fields.len())
    }

    /// The JSON text of one unknown field.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        // Of several of one name the last counts, as for fields that are known.
        let fields = self.0.as_ref()?;
        let found = fields.iter().rfind(|(known, _)| known == name);
        found.map(|(_, raw)| raw.get())
    }

    /// The unknown fields and their JSON texts, as Stripe sent them.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.raw().map(|(name, raw)| (name, raw.get()))
    }

    pub(crate) fn raw(&self) -> impl Iterator<Item = (&str, &RawValue)> {
        self.0
            .iter()
            .flat_map(|fields| fields.iter())
            .map(|(name, raw)| (name.as_str(), &**raw))
    }

    /// Adds what was read. It is not looked for first, which a hostile answer could make slow; but before the list grows,
    /// what no longer counts is let go, which it could make large.
    pub(crate) fn push(&mut self, name: String, value: Box<RawValue>) {
        let fields = self.0.get_or_insert_with(Box::default);
        if fields.len() >= MANY && fields.len() == fields.capacity() {
            keep_last(fields);
        }
        fields.push((name, value));
    }
}

/// Leaves the last of several fields of one name, in the order that they came in. By a heap, which is a fifth of what a sort
/// is to compile.
fn keep_last(fields: &mut Vec<Field>) {
    let mut names = Vec::with_capacity(fields.len());
    for (index, (name, _)) in fields.iter().enumerate() {
        names.push((name.as_str(), index));
    }
    // The last of a name comes out before the others.
    let (mut names, mut before) = (BinaryHeap::from(names), None);
    let mut kept = vec![false; fields.len()];
    while let Some((name, index)) = names.pop() {
        if let Some(kept) = kept.get_mut(index) {
            *kept = before != Some(name);
        }
        before = Some(name);
    }
    let mut kept = kept.into_iter();
    fields.retain(|_| kept.next().unwrap_or(true));
}

impl std::fmt::Debug for Extra {
    /// Names only: what an unknown field holds cannot be known to be safe.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set()
            .entries(self.iter().map(|(name, _)| name))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_fields_of_one_name_the_last_is_kept_and_the_order_too() {
        let mut extra = Extra::new();
        for number in 0..1_000 {
            let name = ["a", "b", "c"][number % 3];
            extra.push(
                name.to_owned(),
                RawValue::from_string(number.to_string()).unwrap(),
            );
            extra.push(
                format!("n{number}"),
                RawValue::from_string("0".to_owned()).unwrap(),
            );
        }
        assert_eq!(extra.get("a"), Some("999"));
        assert_eq!(extra.get("b"), Some("997"));
        assert_eq!(extra.get("n0"), Some("0"));
        // A thousand names of their own, and few that came again since the list last grew.
        assert!((1_003..1_700).contains(&extra.len()), "{}", extra.len());
        let own = extra.iter().filter_map(|(name, _)| name.strip_prefix('n'));
        let own: Vec<usize> = own.map(|number| number.parse().unwrap()).collect();
        assert!(own.len() == 1_000 && own.is_sorted());
    }
}
