//! The fields of a response that have no name here: kept as raw JSON, so that nothing Stripe sends is lost.
//!
//! One word wide when there is none, which is the usual case.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

/// Fields that Stripe sent and that this version of the crate does not know, by their wire name.
#[derive(Clone, Default)]
#[allow(
    clippy::box_collection,
    reason = "one word in every object, where a map would be three"
)]
pub struct Extra(Option<Box<BTreeMap<String, Box<RawValue>>>>);

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
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |fields| fields.len())
    }

    /// The JSON text of one unknown field.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.as_ref()?.get(name).map(|raw| raw.get())
    }

    /// The unknown fields and their JSON texts, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.raw().map(|(name, raw)| (name, raw.get()))
    }

    pub(crate) fn raw(&self) -> impl Iterator<Item = (&str, &RawValue)> {
        self.0
            .iter()
            .flat_map(|fields| fields.iter())
            .map(|(name, raw)| (name.as_str(), &**raw))
    }

    pub(crate) fn insert(&mut self, name: String, value: Box<RawValue>) {
        self.0.get_or_insert_with(Box::default).insert(name, value);
    }
}

impl std::fmt::Debug for Extra {
    /// Names only: what an unknown field holds cannot be known to be safe.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set()
            .entries(self.iter().map(|(name, _)| name))
            .finish()
    }
}
