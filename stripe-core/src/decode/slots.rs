//! Where the parts of a value go. A type implements [`Slot`] to say which kind of place it is; nothing here reads JSON.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::Error;
use crate::extra::Extra;
use crate::open_enum::Symbol;
use crate::value::Value;

/// A place that one JSON value is read into.
pub trait Slot: Value + AsSlot {
    /// What kind of place this is: one for an object, where nothing else is said.
    #[inline]
    fn target(&mut self) -> Target<'_> {
        Target::Object(self.as_slot())
    }

    /// Gives a place for each field of an object, in the order of its shape, and the place for all others.
    #[inline]
    fn slots(&mut self, take: Slots<'_>) {
        take.all(&mut [], &mut Extra::new());
    }

    /// Whether an object that lacks this field is incomplete.
    fn is_required(&self) -> bool {
        true
    }

    /// The name of the type, by which an example is chosen.
    #[cfg(feature = "testing")]
    fn rust_type(&self) -> &'static str {
        std::any::type_name::<Self>()
    }
}

/// A value to read into. It is never seen by a user: a read that does not fill every required field is an error.
pub trait Blank: Sized {
    /// The value before anything was read.
    fn blank() -> Self;
}

/// The kinds of places.
#[non_exhaustive]
#[allow(missing_debug_implementations, reason = "borrows the value being read")]
pub enum Target<'a> {
    /// A boolean.
    Bool(&'a mut bool),
    /// A whole number.
    Int(&'a mut i64),
    /// A number.
    Float(&'a mut f64),
    /// A string, whatever it says.
    Text(&'a mut String),
    /// A string of an open list of values.
    Symbol(&'a mut Symbol, &'static [&'static str]),
    /// A string that must parse.
    Parsed(&'a mut dyn ParsedText),
    /// A value or null.
    Optional(&'a mut dyn Optional),
    /// An array.
    Items(&'a mut dyn Items),
    /// An object whose names are data.
    Entries(&'a mut dyn Entries),
    /// An object whose names are known.
    Object(&'a mut dyn Slot),
    /// JSON to keep as it is, or to look into before deciding.
    Raw(&'a mut dyn RawSink),
}

/// A string with a syntax, such as a number in quotes.
pub trait ParsedText {
    /// Takes the string, or says in a few words what was expected.
    ///
    /// # Errors
    ///
    /// The expectation that the string did not meet.
    fn parse(&mut self, text: &str) -> Result<(), &'static str>;
}

/// A place that may stay empty.
pub trait Optional {
    /// Empties it.
    fn none(&mut self);

    /// Fills it with a blank value and gives the place to read into.
    fn some(&mut self) -> &mut dyn Slot;
}

/// A place for any number of values in order.
pub trait Items {
    /// Removes all.
    fn clear(&mut self);

    /// Adds a blank value and gives the place to read into.
    fn push(&mut self) -> &mut dyn Slot;
}

/// A place for any number of values by name.
pub trait Entries {
    /// Removes all.
    fn clear(&mut self);

    /// Adds a blank value under `name` and gives the place to read into.
    fn insert(&mut self, name: String) -> &mut dyn Slot;
}

/// Any place as a trait object, which a default method cannot make of itself.
pub trait AsSlot {
    /// The place itself.
    fn as_slot(&mut self) -> &mut dyn Slot;
}

impl<T: Slot> AsSlot for T {
    #[inline]
    fn as_slot(&mut self) -> &mut dyn Slot {
        self
    }
}

/// What takes the places of an object, as [`Fields`](crate::value::Fields) takes its values.
#[allow(missing_debug_implementations, reason = "a closure")]
pub struct Slots<'r>(&'r mut dyn FnMut(&mut [&mut dyn Slot], &mut Extra));

impl<'r> Slots<'r> {
    /// Has `run` called once with them.
    pub fn new(run: &'r mut dyn FnMut(&mut [&mut dyn Slot], &mut Extra)) -> Self {
        Self(run)
    }

    /// Takes all of them.
    pub fn all(self, slots: &mut [&mut dyn Slot], extra: &mut Extra) {
        (self.0)(slots, extra);
    }
}

/// A place for JSON text.
pub trait RawSink {
    /// Takes the text.
    ///
    /// # Errors
    ///
    /// If it has to be understood and cannot be.
    fn accept(&mut self, raw: Box<RawValue>) -> Result<(), Error>;

    /// A blank value of the first kind that may stand here, to make an example of; `None` where any JSON will do.
    #[cfg(feature = "testing")]
    fn first_kind(&mut self) -> Option<&mut dyn Slot> {
        None
    }
}

impl Slot for bool {
    fn target(&mut self) -> Target<'_> {
        Target::Bool(self)
    }
}

impl Blank for bool {
    fn blank() -> Self {
        false
    }
}

impl Slot for i64 {
    fn target(&mut self) -> Target<'_> {
        Target::Int(self)
    }
}

impl Blank for i64 {
    fn blank() -> Self {
        0
    }
}

impl Slot for f64 {
    fn target(&mut self) -> Target<'_> {
        Target::Float(self)
    }
}

impl Blank for f64 {
    fn blank() -> Self {
        0.0
    }
}

impl Slot for String {
    fn target(&mut self) -> Target<'_> {
        Target::Text(self)
    }
}

impl Blank for String {
    fn blank() -> Self {
        Self::new()
    }
}

impl<T: Slot + Blank> Optional for Option<T> {
    #[inline]
    fn none(&mut self) {
        *self = None;
    }

    #[inline]
    fn some(&mut self) -> &mut dyn Slot {
        self.insert(T::blank())
    }
}

impl<T: Slot + Blank> Slot for Option<T> {
    #[inline]
    fn target(&mut self) -> Target<'_> {
        Target::Optional(self)
    }

    #[inline]
    fn is_required(&self) -> bool {
        false
    }
}

impl<T> Blank for Option<T> {
    #[inline]
    fn blank() -> Self {
        None
    }
}

impl<T: Slot> Slot for Box<T> {
    #[inline]
    fn target(&mut self) -> Target<'_> {
        (**self).target()
    }
}

impl<T: Blank> Blank for Box<T> {
    #[inline]
    fn blank() -> Self {
        Self::new(T::blank())
    }
}

impl<T: Slot + Blank> Items for Vec<T> {
    #[inline]
    fn clear(&mut self) {
        self.clear();
    }

    #[inline]
    #[expect(clippy::indexing_slicing, reason = "the place of what was just pushed")]
    fn push(&mut self) -> &mut dyn Slot {
        let index = self.len();
        self.push(T::blank());
        &mut self[index]
    }
}

impl<T: Slot + Blank> Slot for Vec<T> {
    #[inline]
    fn target(&mut self) -> Target<'_> {
        Target::Items(self)
    }
}

impl<T> Blank for Vec<T> {
    #[inline]
    fn blank() -> Self {
        Self::new()
    }
}

impl<T: Slot + Blank> Entries for BTreeMap<String, T> {
    #[inline]
    fn clear(&mut self) {
        self.clear();
    }

    #[inline]
    fn insert(&mut self, name: String) -> &mut dyn Slot {
        match self.entry(name) {
            std::collections::btree_map::Entry::Vacant(entry) => entry.insert(T::blank()),
            std::collections::btree_map::Entry::Occupied(entry) => {
                let value = entry.into_mut();
                *value = T::blank();
                value
            }
        }
    }
}

impl<T: Slot + Blank> Slot for BTreeMap<String, T> {
    #[inline]
    fn target(&mut self) -> Target<'_> {
        Target::Entries(self)
    }
}

impl<T> Blank for BTreeMap<String, T> {
    #[inline]
    fn blank() -> Self {
        Self::new()
    }
}
