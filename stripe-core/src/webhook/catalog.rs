//! What the generated crate knows of events, as data: which object each type of event carries, and which feature has the
//! type of that object.

use super::error::{Error, ErrorKind};

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
    /// For each value that `object` may have, sorted, the Rust type and a feature that has it.
    pub objects: &'static [(&'static str, &'static str, &'static str)],
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

    /// The Rust type of a kind of object, and a feature that has it.
    fn object(&self, object: &str) -> Option<&'static (&'static str, &'static str, &'static str)> {
        let found = self.objects.binary_search_by_key(&object, |(it, _, _)| it);
        found.ok().and_then(|index| self.objects.get(index))
    }

    /// Whether an object of one kind is the one that is wanted. The error says how to get at the one that is there.
    pub(super) fn expect(&self, found: &str, wanted: &str) -> Result<(), Error> {
        if found == wanted {
            return Ok(());
        }
        let found = match self.object(found) {
            Some((object, name, feature)) => {
                format!("`{object}` (type `{name}`, in feature `{feature}`)")
            }
            // Not repeated: it is somebody else's text.
            None => "an object that this version does not know".to_owned(),
        };
        Err(Error::new(
            ErrorKind::OtherObject,
            format!("the event is about {found}, and not about `{wanted}`"),
        ))
    }
}
