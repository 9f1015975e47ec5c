//! The one reader: walks JSON with serde's visitor and puts each value where its [`Target`] says.

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::value::RawValue;

use super::slots::{Entries, Items, ObjectSlots, Optional, ParsedText, RawSink, Slot, Target};
use super::{Error, Trail};
use crate::extra::Extra;
use crate::open_enum::Symbol;
use crate::value::Shape;

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

/// The kinds of places for one JSON value without parts.
enum Place<'a> {
    Bool(&'a mut bool),
    Int(&'a mut i64),
    Float(&'a mut f64),
    Text(&'a mut String),
    Symbol(&'a mut Symbol, &'static [&'static str]),
    Parsed(&'a mut dyn ParsedText),
}

struct Leaf<'a> {
    place: Place<'a>,
    trail: &'a mut Trail,
}

/// Ends the read at `trail`: the error that serde carries says nothing, since what it would say may hold the value.
fn mismatch<T, E: serde::de::Error>(
    trail: &mut Trail,
    expected: &'static str,
    found: &'static str,
) -> Result<T, E> {
    trail.expected = Some(expected);
    trail.found = Some(found);
    Err(E::custom(""))
}

impl Leaf<'_> {
    fn expected(&self) -> &'static str {
        match self.place {
            Place::Bool(_) => "a boolean",
            Place::Int(_) => "a whole number",
            Place::Float(_) => "a number",
            Place::Text(_) | Place::Symbol(..) | Place::Parsed(_) => "a string",
        }
    }

    fn mismatch<E: serde::de::Error>(self, found: &'static str) -> Result<(), E> {
        let expected = self.expected();
        mismatch(self.trail, expected, found)
    }
}

impl<'de> Visitor<'de> for Leaf<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected())
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<(), E> {
        match self.place {
            Place::Bool(place) => *place = value,
            _ => return self.mismatch("a boolean"),
        }
        Ok(())
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<(), E> {
        match self.place {
            Place::Int(place) => *place = value,
            #[allow(
                clippy::cast_precision_loss,
                reason = "the field is a fraction by Stripe's own schema"
            )]
            Place::Float(place) => *place = value as f64,
            _ => return self.mismatch("a number"),
        }
        Ok(())
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<(), E> {
        match i64::try_from(value) {
            Ok(value) => self.visit_i64(value),
            Err(_) => self.visit_f64(value as f64),
        }
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<(), E> {
        match self.place {
            Place::Float(place) => *place = value,
            Place::Int(_) => return self.mismatch("a fraction or a number out of range"),
            _ => return self.mismatch("a number"),
        }
        Ok(())
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<(), E> {
        match self.place {
            Place::Text(place) => value.clone_into(place),
            Place::Symbol(place, known) => *place = Symbol::new(value, known),
            Place::Parsed(place) => {
                if let Err(expected) = place.parse(value) {
                    return mismatch(self.trail, expected, "another string");
                }
            }
            _ => return self.mismatch("a string"),
        }
        Ok(())
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        self.mismatch("null")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<(), A::Error> {
        self.mismatch("an array")
    }

    fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<(), A::Error> {
        self.mismatch("an object")
    }
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
        let mut index = 0;
        loop {
            // The element is created before it is known to exist: serde gives no look-ahead, so the last one is dropped.
            let seed = ItemSeed {
                place: &mut *self.place,
                trail: &mut *self.trail,
            };
            match items.next_element_seed(seed) {
                Ok(Some(())) => index += 1,
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

struct ObjectVisitor<'a> {
    place: &'a mut dyn ObjectSlots,
    shape: &'static Shape,
    trail: &'a mut Trail,
}

impl<'de> Visitor<'de> for ObjectVisitor<'_> {
    type Value = ();

    refuse!("an object": visit_bool(bool) = "a boolean", visit_i64(i64) = "a number", visit_u64(u64) = "a number",
        visit_f64(f64) = "a number", visit_str(&str) = "a string");

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<(), A::Error> {
        mismatch(self.trail, "an object", "an array")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let Self {
            place,
            shape,
            trail,
        } = self;
        let mut result = Ok(());
        place.slots(&mut |slots, extra| {
            result = fields(shape, slots, extra, &mut entries, trail);
        });
        result
    }
}

/// Reads the fields of one object. Stripe sends them sorted, so the next field is nearly always the next slot.
fn fields<'de, A: MapAccess<'de>>(
    shape: &'static Shape,
    slots: &mut [&mut dyn Slot],
    extra: &mut Extra,
    entries: &mut A,
    trail: &mut Trail,
) -> Result<(), A::Error> {
    let mut seen = vec![false; slots.len()];
    let mut next = 0;
    while let Some(key) = entries.next_key_seed(Key { shape, next })? {
        let index = match key {
            Known(index) => index,
            Unknown(name) => {
                extra.insert(name, entries.next_value()?);
                continue;
            }
        };
        next = index + 1;
        let Some(slot) = slots.get_mut(index) else {
            entries.next_value::<IgnoredAny>()?;
            continue;
        };
        if let Some(seen) = seen.get_mut(index) {
            *seen = true;
        }
        if let Err(error) = entries.next_value_seed(Seed {
            slot: &mut **slot,
            trail: &mut *trail,
        }) {
            trail.type_name.get_or_insert(shape.name);
            trail.within(shape.fields.get(index).map_or("", |field| field.wire));
            return Err(error);
        }
    }
    complete(shape, slots, &seen, trail)
}

/// A field that must be there and was not is an error: a default, such as an amount of 0, would be a lie.
fn complete<E: serde::de::Error>(
    shape: &'static Shape,
    slots: &[&mut dyn Slot],
    seen: &[bool],
    trail: &mut Trail,
) -> Result<(), E> {
    let mut unseen = slots
        .iter()
        .zip(seen)
        .enumerate()
        .filter(|(_, (_, seen))| !**seen);
    let Some((index, _)) = unseen.find(|(_, (slot, _))| slot.is_required()) else {
        return Ok(());
    };
    trail.type_name.get_or_insert(shape.name);
    trail.within(shape.fields.get(index).map_or("", |field| field.wire));
    mismatch(trail, "a required field", "none")
}

use FieldKey::{Known, Unknown};

/// The name of a field: its place in the shape, or the name itself where the shape has none.
enum FieldKey {
    Known(usize),
    Unknown(String),
}

struct Key {
    shape: &'static Shape,
    next: usize,
}

impl<'de> DeserializeSeed<'de> for Key {
    type Value = FieldKey;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<FieldKey, D::Error> {
        reader.deserialize_str(self)
    }
}

impl Visitor<'_> for Key {
    type Value = FieldKey;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<FieldKey, E> {
        let fields = self.shape.fields;
        if fields
            .get(self.next)
            .is_some_and(|field| field.wire == name)
        {
            return Ok(Known(self.next));
        }
        let found = fields.binary_search_by(|field| field.wire.cmp(name));
        Ok(found.map_or_else(|_| Unknown(name.to_owned()), Known))
    }
}
