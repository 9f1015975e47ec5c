//! The one visitor: what each kind of place makes of each kind of JSON. `serde_json` is compiled once for every visitor, so
//! that one for all places is less to compile than one for each.

use std::fmt;

use serde::de::{MapAccess, SeqAccess, Visitor};

use super::Trail;
use super::object;
use super::seed::{self, mismatch};
use super::slots::{Entries, Items, ParsedText, Slot};
use crate::open_enum::Symbol;

/// The kinds of places, but for those that may stay empty or keep JSON as it is.
pub(super) enum Place<'a> {
    Bool(&'a mut bool),
    Int(&'a mut i64),
    Float(&'a mut f64),
    Text(&'a mut String),
    Symbol(&'a mut Symbol, &'static [&'static str]),
    Parsed(&'a mut dyn ParsedText),
    Items(&'a mut dyn Items),
    Entries(&'a mut dyn Entries),
    Object(&'a mut dyn Slot),
}

pub(super) struct Visit<'a> {
    pub(super) place: Place<'a>,
    pub(super) trail: &'a mut Trail,
}

impl Visit<'_> {
    fn expected(&self) -> &'static str {
        match self.place {
            Place::Bool(_) => "a boolean",
            Place::Int(_) => "a whole number",
            Place::Float(_) => "a number",
            Place::Text(_) | Place::Symbol(..) | Place::Parsed(_) => "a string",
            Place::Items(_) => "an array",
            Place::Entries(_) | Place::Object(..) => "an object",
        }
    }

    fn mismatch<E: serde::de::Error>(self, found: &'static str) -> Result<(), E> {
        let expected = self.expected();
        mismatch(self.trail, expected, found)
    }
}

impl<'de> Visitor<'de> for Visit<'_> {
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
        #[expect(
            clippy::cast_precision_loss,
            reason = "too large for a whole number, so only a fraction takes it"
        )]
        let fraction = value as f64;
        match i64::try_from(value) {
            Ok(value) => self.visit_i64(value),
            Err(_) => self.visit_f64(fraction),
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
            Place::Symbol(place, known) => {
                *place = Symbol::new(value, known);
                #[cfg(feature = "testing")]
                crate::from_data::note_symbol(place);
            }
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

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<(), A::Error> {
        match self.place {
            Place::Items(place) => seed::items(place, items, self.trail),
            _ => self.mismatch("an array"),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<(), A::Error> {
        match self.place {
            Place::Entries(place) => seed::entries(place, entries, self.trail),
            Place::Object(place) => object::read(place, entries, self.trail),
            _ => self.mismatch("an object"),
        }
    }
}
