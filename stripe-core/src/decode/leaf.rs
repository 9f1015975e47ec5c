//! Reads one JSON value that has no parts.

use std::fmt;

use serde::de::{MapAccess, SeqAccess, Visitor};

use super::Trail;
use super::seed::mismatch;
use super::slots::ParsedText;
use crate::open_enum::Symbol;

/// The kinds of places for one JSON value without parts.
pub(super) enum Place<'a> {
    Bool(&'a mut bool),
    Int(&'a mut i64),
    Float(&'a mut f64),
    Text(&'a mut String),
    Symbol(&'a mut Symbol, &'static [&'static str]),
    Parsed(&'a mut dyn ParsedText),
}

pub(super) struct Leaf<'a> {
    pub(super) place: Place<'a>,
    pub(super) trail: &'a mut Trail,
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
