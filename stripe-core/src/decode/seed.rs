//! The one reader: walks JSON with serde's visitor and puts each value where its [`Target`] says.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::slots::{Entries, Items, Optional, RawSink, Slot, Target};
use super::visit::{Place, Visit};
use super::{Error, Trail};

/// Reads all of `json` into `slot`.
pub(crate) fn read(json: &[u8], slot: &mut dyn Slot) -> Result<(), Error> {
    let mut trail = Trail::default();
    let mut reader = serde_json::Deserializer::from_slice(json);
    let result = Seed {
        slot,
        trail: &mut trail,
    }
    .deserialize(&mut reader)
    .and_then(|()| reader.end());
    result.map_err(|cause| trail.error(&cause))
}

/// Reads a value from any reader of a format that describes itself.
#[cfg(feature = "serde")]
pub(crate) fn from_any<'de, D: Deserializer<'de>>(
    reader: D,
    slot: &mut dyn Slot,
) -> Result<(), D::Error> {
    let mut trail = Trail::default();
    trail.from_any = true;
    let result = Seed {
        slot,
        trail: &mut trail,
    }
    .deserialize(reader);
    result.map_err(|cause| trail.mismatch().map_or(cause, D::Error::custom))
}

/// Reads one value from any reader into `slot`; the reader has to be `serde_json`'s where raw JSON is kept, unless the trail
/// says that it may be any.
pub(crate) struct Seed<'a> {
    pub(crate) slot: &'a mut dyn Slot,
    pub(crate) trail: &'a mut Trail,
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        let trail = self.trail;
        let place = match self.slot.target() {
            Target::Raw(sink) => return accept_raw(sink, trail, reader),
            Target::Optional(place) => {
                return reader.deserialize_option(OptionalVisitor { place, trail });
            }
            Target::Items(place) => Place::Items(place),
            Target::Entries(place) => Place::Entries(place),
            Target::Object(place) => Place::Object(place),
            Target::Bool(place) => Place::Bool(place),
            Target::Int(place) => Place::Int(place),
            Target::Float(place) => Place::Float(place),
            Target::Text(place) => Place::Text(place),
            Target::Symbol(place, known) => Place::Symbol(place, known),
            Target::Parsed(place) => Place::Parsed(place),
        };
        reader.deserialize_any(Visit { place, trail })
    }
}

/// Ends the read at `trail`: the error that serde carries says nothing, since what it would say may hold the value.
pub(super) fn mismatch<T, E: serde::de::Error>(
    trail: &mut Trail,
    expected: &'static str,
    found: &'static str,
) -> Result<T, E> {
    trail.expected = Some(expected);
    trail.found = Some(found);
    Err(E::custom(""))
}

fn accept_raw<'de, D: Deserializer<'de>>(
    sink: &mut dyn RawSink,
    trail: &mut Trail,
    reader: D,
) -> Result<(), D::Error> {
    let raw = RawSeed(trail).deserialize(reader)?;
    sink.accept(raw).map_err(|error| {
        error.continue_in(trail);
        D::Error::custom("")
    })
}

/// Reads a value as JSON text.
#[cfg_attr(
    not(feature = "serde"),
    allow(dead_code, reason = "the reader is then always serde_json's")
)]
pub(super) struct RawSeed<'a>(pub(super) &'a Trail);

impl<'de> DeserializeSeed<'de> for RawSeed<'_> {
    type Value = Box<RawValue>;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Box<RawValue>, D::Error> {
        #[cfg(feature = "serde")]
        if self.0.from_any {
            let value = <serde_json::Value as serde::Deserialize>::deserialize(reader)?;
            return RawValue::from_string(value.to_string())
                .map_err(|_hidden| D::Error::custom("a value is not JSON"));
        }
        <Box<RawValue> as serde::Deserialize>::deserialize(reader)
    }
}

struct OptionalVisitor<'a> {
    place: &'a mut dyn Optional,
    trail: &'a mut Trail,
}

impl<'de> Visitor<'de> for OptionalVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<(), E> {
        self.place.none();
        Ok(())
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        Seed {
            slot: self.place.some(),
            trail: self.trail,
        }
        .deserialize(reader)
    }
}

/// Reads an array.
pub(super) fn items<'de, A: SeqAccess<'de>>(
    place: &mut dyn Items,
    mut items: A,
    trail: &mut Trail,
) -> Result<(), A::Error> {
    place.clear();
    let mut index = 0_usize;
    loop {
        let seed = ItemSeed {
            place: &mut *place,
            trail: &mut *trail,
        };
        match items.next_element_seed(seed) {
            Ok(Some(())) => index = index.saturating_add(1),
            Ok(None) => return Ok(()),
            Err(error) => {
                trail.at(index);
                return Err(error);
            }
        }
    }
}

/// Adds the item only when the reader has one.
struct ItemSeed<'a> {
    place: &'a mut dyn Items,
    trail: &'a mut Trail,
}

impl<'de> DeserializeSeed<'de> for ItemSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        Seed {
            slot: self.place.push(),
            trail: self.trail,
        }
        .deserialize(reader)
    }
}

/// Reads an object whose names are data.
pub(super) fn entries<'de, A: MapAccess<'de>>(
    place: &mut dyn Entries,
    mut entries: A,
    trail: &mut Trail,
) -> Result<(), A::Error> {
    place.clear();
    while let Some(name) = entries.next_key::<String>()? {
        let slot = place.insert(name);
        if let Err(error) = entries.next_value_seed(Seed {
            slot,
            trail: &mut *trail,
        }) {
            // The name may be a customer's address, and no error shows data.
            trail.within("[*]");
            return Err(error);
        }
    }
    Ok(())
}
