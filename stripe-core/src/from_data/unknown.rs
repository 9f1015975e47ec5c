//! What had no place while something was read: a parameter that the type does not have, a text that is no constant of its
//! list. It is noted, and not refused, since answers may hold what is newer than this crate.

use std::cell::RefCell;

use serde_json::value::RawValue;

use crate::decode::{self, Decode, Error};
use crate::extra::Extra;
use crate::json;
use crate::open_enum::Symbol;
use crate::value::Shape;

thread_local! {
    /// Reading never leaves its thread.
    static NOTES: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Reads something, and says what in it was not known: parameters as `Type.name`, texts as they are.
pub fn noting<T>(read: impl FnOnce() -> T) -> (T, Vec<String>) {
    let around = NOTES.take();
    let value = read();
    (value, NOTES.replace(around))
}

fn note(what: String) {
    NOTES.with_borrow_mut(|notes| notes.push(what));
}

/// Gives `read` a place for what the type does not have, and notes what got there.
pub fn closed(shape: &'static Shape, read: impl FnOnce(&mut Extra)) {
    let mut extra = Extra::new();
    read(&mut extra);
    for (name, _) in extra.iter() {
        note(format!("{}.{name}", shape.name));
    }
}

pub(crate) fn note_symbol(symbol: &Symbol) {
    if !symbol.is_known() {
        note(symbol.as_str().to_owned());
    }
}

/// Whether the JSON is this very text.
#[must_use]
pub fn is_text(raw: &RawValue, text: &str) -> bool {
    json::parsed::<String>(raw.get()).is_some_and(|it| it == text)
}

/// The value as a `T`, if all of it is known there.
#[must_use]
pub fn arm<T: Decode>(raw: &RawValue) -> Option<T> {
    let (read, unknown) = noting(|| decode::part(raw));
    read.ok().filter(|_| unknown.is_empty())
}

/// The error for a value that fits no arm.
#[must_use]
pub fn no_arm(choice: &'static str) -> Error {
    Error::new(choice, "a value of one of its kinds", "another one")
}
