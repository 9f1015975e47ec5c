//! Reads one JSON object whose names are known: each field into its slot, all others into `extra`.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::Trail;
use super::seed::{RawSeed, Seed, mismatch};
use super::slots::{Slot, Slots, Target};
use crate::extra::Extra;
use crate::value::{Field, Shape};

/// Reads the entries of an object into their places.
pub(super) fn read<'de, A: MapAccess<'de>>(
    place: &mut dyn Slot,
    mut entries: A,
    trail: &mut Trail,
) -> Result<(), A::Error> {
    let (mut result, shape) = (Ok(()), place.shape());
    place.slots(Slots::new(&mut |slots, extra| {
        result = fields(shape, slots, extra, &mut entries, trail);
    }));
    result
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
                extra.push(name, entries.next_value_seed(RawSeed(trail))?);
                continue;
            }
        };
        next = index.saturating_add(1);
        let Some(slot) = slots.get_mut(index) else {
            entries.next_value::<IgnoredAny>()?;
            continue;
        };
        let again = seen
            .get_mut(index)
            .is_some_and(|seen| std::mem::replace(seen, true));
        // The last of several equal names counts; an object that is not optional cannot be emptied first.
        let read = if again && matches!(slot.target(), Target::Object(..)) {
            mismatch(trail, "one value", "a second one")
        } else {
            entries.next_value_seed(Seed {
                slot: &mut **slot,
                trail: &mut *trail,
            })
        };
        if let Err(error) = read {
            trail.type_name.get_or_insert(shape.name);
            trail.within(shape.fields.get(index).map_or("", Field::wire));
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
    trail.within(shape.fields.get(index).map_or("", Field::wire));
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
            .is_some_and(|field| field.wire() == name)
        {
            return Ok(Known(self.next));
        }
        let found = fields.binary_search_by(|field| field.wire().cmp(name));
        Ok(found.map_or_else(|_| Unknown(name.to_owned()), Known))
    }
}
