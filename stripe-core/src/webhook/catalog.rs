//! What the generated crate knows of events, as data: which object each type of event carries, and which feature has the
//! type of that object.

/// The names of a kind of events: the generated crate implements it for its `EventType` and `NotificationType`.
pub trait EventNames:
    for<'a> From<&'a str> + Clone + std::fmt::Debug + Send + Sync + 'static
{
    /// What is known of them.
    #[doc(hidden)]
    const CATALOG: &'static Catalog;

    /// The name, as Stripe writes it.
    fn text(&self) -> &str;
}

/// What is known of the events of one version of the API.
#[doc(hidden)]
#[derive(Debug)]
#[allow(
    clippy::exhaustive_structs,
    reason = "written by the generator, which goes with this crate"
)]
pub struct Catalog {
    pub api_version: &'static str,
    /// For each type of event, sorted, the values that `object` may have in what it carries.
    pub events: &'static [(&'static str, &'static [&'static str])],
    /// Sorted by the value of `object`.
    pub objects: &'static [ObjectName],
}

/// A kind of object.
#[doc(hidden)]
#[derive(Debug)]
#[allow(
    clippy::exhaustive_structs,
    reason = "written by the generator, which goes with this crate"
)]
pub struct ObjectName {
    pub object: &'static str,
    /// The Rust type.
    pub name: &'static str,
    /// A feature that has it.
    pub feature: &'static str,
}

impl Catalog {
    /// What an event of this type carries; empty where nothing is known.
    pub(super) fn carried(&self, event: &str) -> &'static [&'static str] {
        let found = self.events.binary_search_by_key(&event, |(name, _)| name);
        found
            .ok()
            .and_then(|index| self.events.get(index))
            .map_or(&[], |(_, objects)| objects)
    }

    /// The names of a kind of object.
    pub(super) fn object(&self, object: &str) -> Option<&'static ObjectName> {
        let found = self
            .objects
            .binary_search_by_key(&object, |name| name.object);
        found.ok().and_then(|index| self.objects.get(index))
    }
}
