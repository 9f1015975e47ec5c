//! The bracket form that version 1 of the API takes in bodies, and both versions in queries: `a[b][0][c]=v`.
//!
//! Absent values and empty collections are not written; a cleared one is `name=`. Brackets are written as they are where
//! they are structure, and everything else that is not unreserved is percent-encoded, so that no name or value can grow
//! into a parameter of its own.

mod flatten;

use std::fmt::Write;

use crate::encode::{Additions, Error};
use crate::value::Object;

pub(crate) use flatten::{Leaf, flatten};

/// Writes the fields of `object`.
///
/// # Errors
///
/// If a name of a map is empty or holds a bracket, a number is not finite, the value is nested beyond reason, or it
/// holds a file.
pub fn encode(object: &dyn Object) -> Result<String, Error> {
    encode_with(Some(object), Additions::default())
}

/// Writes the fields of `object` and what is added to them.
pub(crate) fn encode_with(
    object: Option<&dyn Object>,
    additions: Additions<'_>,
) -> Result<String, Error> {
    let mut out = String::new();
    flatten(object, additions, &mut |name, leaf| {
        let Leaf::Text(text) = leaf else {
            return Err(Error::new(name, "a form cannot hold a file"));
        };
        if !out.is_empty() {
            out.push('&');
        }
        escape(name, true, &mut out);
        out.push('=');
        escape(text, false, &mut out);
        Ok(())
    })?;
    Ok(out)
}

fn escape(text: &str, keep_brackets: bool, out: &mut String) {
    for byte in text.bytes() {
        match byte {
            b' ' => out.push('+'),
            b'[' | b']' if keep_brackets => out.push(char::from(byte)),
            _ => push_escaped(byte, out),
        }
    }
}

/// Appends one byte, percent-encoded unless it is unreserved.
pub(crate) fn push_escaped(byte: u8, out: &mut String) {
    if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
        out.push(char::from(byte));
    } else {
        // Writing to a string cannot fail.
        let _ = write!(out, "%{byte:02X}");
    }
}
