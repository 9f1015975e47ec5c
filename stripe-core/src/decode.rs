//! Reading JSON into typed values, by table: each type says where its parts go, and the code here, which exists once and
//! is not generic over types, drives `serde_json`'s reader.
//!
//! It never builds a tree of values on the typed path, keeps unknown fields, and reports where a value did not fit
//! without repeating the value.

mod error;
mod leaf;
mod object;
mod seed;
mod slots;

pub use error::Error;
pub use slots::{Blank, Entries, Items, ObjectSlots, Optional, ParsedText, RawSink, Slot, Target};

pub(crate) use error::Trail;

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
