//! Reading JSON into typed values, by table: each type says where its parts go, and the code here, which exists once and
//! is not generic over types, drives `serde_json`'s reader.
//!
//! It never builds a tree of values on the typed path, keeps unknown fields, and reports where a value did not fit
//! without repeating the value.

mod depth;
mod error;
mod object;
mod seed;
mod slots;
mod visit;

use serde_json::value::RawValue;

pub use error::Error;
pub use slots::{
    AsSlot, Blank, Entries, Items, Optional, ParsedText, RawSink, Slot, Slots, Target,
};

pub(crate) use error::Trail;
#[cfg(feature = "serde")]
pub(crate) use seed::from_any;

/// Reads a part of an answer of which the type was found by looking into it.
///
/// # Errors
///
/// As [`Decode::decode`], and if it is nested deeper than any answer is.
pub(crate) fn part<T: Decode>(raw: &RawValue) -> Result<T, Error> {
    let json = raw.get().as_bytes();
    if depth::is_too_deep(json) {
        return Err(Error::new("", "a value", "one that is nested too deeply"));
    }
    T::decode(json)
}

/// A type that can be read from the JSON that Stripe sends.
pub trait Decode: Sized {
    /// Reads a value from JSON text.
    ///
    /// # Errors
    ///
    /// If the text is not JSON, or not what this type needs; the error names the place, never the value.
    fn decode(json: &[u8]) -> Result<Self, Error>;
}

impl<T: Slot + Blank> Decode for T {
    #[inline]
    fn decode(json: &[u8]) -> Result<Self, Error> {
        let mut value = T::blank();
        seed::read(json, &mut value)?;
        Ok(value)
    }
}
