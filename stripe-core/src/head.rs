//! The few fields by which an object is told from others before its type is known: `id`, `object`, `deleted`.

use std::fmt;

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::decode::Error;
use crate::json;

/// What an object says of itself.
#[derive(Default)]
pub(crate) struct Head {
    pub(crate) id: Option<String>,
    pub(crate) object: Option<String>,
    pub(crate) deleted: bool,
}

impl Head {
    /// Reads the head of an object; anything that is not an object has none of the three.
    pub(crate) fn of(raw: &RawValue) -> Result<Self, Error> {
        if !raw.get().starts_with('{') {
            return Ok(Self::default());
        }
        let mut reader = serde_json::Deserializer::from_slice(raw.get().as_bytes());
        reader
            .deserialize_map(HeadVisitor)
            .map_err(|_hidden| Error::new("", "an object", "something else"))
    }
}

struct HeadVisitor;

impl<'de> Visitor<'de> for HeadVisitor {
    type Value = Head;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Head, A::Error> {
        let mut head = Head::default();
        while let Some(name) = entries.next_key::<std::borrow::Cow<'de, str>>()? {
            match &*name {
                "id" => head.id = text(entries.next_value()?),
                "object" => head.object = text(entries.next_value()?),
                "deleted" => head.deleted = entries.next_value::<&RawValue>()?.get() == "true",
                _ => {
                    entries.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(head)
    }
}

/// A string, or nothing where some other value stands.
fn text(raw: &RawValue) -> Option<String> {
    json::parsed(raw.get())
}
