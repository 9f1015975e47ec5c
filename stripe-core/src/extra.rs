//! The fields of a response that have no name here: kept as raw JSON, so that nothing Stripe sends is lost.
//!
//! One word wide when there is none, which is the usual case.

use serde_json::value::RawValue;

/// Fields that Stripe sent and that this version of the crate does not know, by their wire name.
#[derive(Clone, Default)]
#[allow(
    clippy::box_collection,
    reason = "one word in every object, where a list would be three"
)]
pub struct Extra(Option<Box<Vec<(String, Box<RawValue>)>>>);

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

    /// Adds what was read. It is not looked for first: a hostile answer could make that slow.
    pub(crate) fn push(&mut self, name: String, value: Box<RawValue>) {
        let fields = self.0.get_or_insert_with(Box::default);
        fields.push((name, value));
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
