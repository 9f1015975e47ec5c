//! The one reader: walks JSON with serde's visitor and puts each value where its [`Target`] says.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::leaf::{Leaf, Place};
use super::object::ObjectVisitor;
use super::slots::{Entries, Items, Optional, RawSink, Slot, Target};
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

/// Reads one value from any reader into `slot`; the reader has to be `serde_json`'s where raw JSON is kept.
pub(crate) struct Seed<'a> {
    pub(crate) slot: &'a mut dyn Slot,
    pub(crate) trail: &'a mut Trail,
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        let trail = self.trail;
        match self.slot.target() {
            Target::Raw(sink) => accept_raw(sink, trail, reader),
            Target::Optional(place) => reader.deserialize_option(OptionalVisitor { place, trail }),
            Target::Items(place) => reader.deserialize_any(ItemsVisitor { place, trail }),
            Target::Entries(place) => reader.deserialize_any(EntriesVisitor { place, trail }),
            Target::Object(place, shape) => reader.deserialize_any(ObjectVisitor {
                place,
                shape,
                trail,
            }),
            Target::Bool(place) => reader.deserialize_any(Leaf {
                place: Place::Bool(place),
                trail,
            }),
            Target::Int(place) => reader.deserialize_any(Leaf {
                place: Place::Int(place),
                trail,
            }),
            Target::Float(place) => reader.deserialize_any(Leaf {
                place: Place::Float(place),
                trail,
            }),
            Target::Text(place) => reader.deserialize_any(Leaf {
                place: Place::Text(place),
                trail,
            }),
            Target::Symbol(place, known) => reader.deserialize_any(Leaf {
                place: Place::Symbol(place, known),
                trail,
            }),
            Target::Parsed(place) => reader.deserialize_any(Leaf {
                place: Place::Parsed(place),
                trail,
            }),
        }
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
    let raw = <Box<RawValue> as serde::Deserialize>::deserialize(reader)?;
    sink.accept(raw).map_err(|error| {
        error.continue_in(trail);
        D::Error::custom("")
    })
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

/// Answers every kind of JSON that is not the wanted one with the same located error.
macro_rules! refuse {
    ($expected:literal: $($visit:ident($value:ty) = $found:literal),*) => {
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str($expected)
        }
        $(fn $visit<E: serde::de::Error>(self, _: $value) -> Result<(), E> {
            mismatch(self.trail, $expected, $found)
        })*
        fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
            mismatch(self.trail, $expected, "null")
        }
    };
}

pub(super) use refuse;

struct ItemsVisitor<'a> {
    place: &'a mut dyn Items,
    trail: &'a mut Trail,
}

impl<'de> Visitor<'de> for ItemsVisitor<'_> {
    type Value = ();

    refuse!("an array": visit_bool(bool) = "a boolean", visit_i64(i64) = "a number", visit_u64(u64) = "a number",
        visit_f64(f64) = "a number", visit_str(&str) = "a string");

    fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<(), A::Error> {
        mismatch(self.trail, "an array", "an object")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        self.place.clear();
        let mut index = 0_usize;
        loop {
            // The element is created before it is known to exist: serde gives no look-ahead, so the last one is dropped.
            let seed = ItemSeed {
                place: &mut *self.place,
                trail: &mut *self.trail,
            };
            match items.next_element_seed(seed) {
                Ok(Some(())) => index = index.saturating_add(1),
                Ok(None) => return Ok(()),
                Err(error) => {
                    self.trail.at(index);
                    return Err(error);
                }
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

struct EntriesVisitor<'a> {
    place: &'a mut dyn Entries,
    trail: &'a mut Trail,
}

impl<'de> Visitor<'de> for EntriesVisitor<'_> {
    type Value = ();

    refuse!("an object": visit_bool(bool) = "a boolean", visit_i64(i64) = "a number", visit_u64(u64) = "a number",
        visit_f64(f64) = "a number", visit_str(&str) = "a string");

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<(), A::Error> {
        mismatch(self.trail, "an object", "an array")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        self.place.clear();
        while let Some(name) = entries.next_key::<String>()? {
            let slot = self.place.insert(name.clone());
            if let Err(error) = entries.next_value_seed(Seed {
                slot,
                trail: &mut *self.trail,
            }) {
                self.trail.within(&name);
                return Err(error);
            }
        }
        Ok(())
    }
}
