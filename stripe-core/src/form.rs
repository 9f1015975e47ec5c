//! The bracket form that version 1 of the API takes in bodies, and both versions in queries: `a[b][0][c]=v`.
//!
//! Absent values and empty collections are not written; a cleared one is `name=`, and an empty text, which would be the
//! same, is refused: clearing is never an accident. Brackets are written as they are where
//! they are structure, and everything else that is not unreserved is percent-encoded, so that no name or value can grow
//! into a parameter of its own.

mod flatten;

use crate::encode::{Additions, Error};
#[cfg(feature = "client")]
use crate::path;
use crate::value::Value;

pub(crate) use flatten::{Leaf, flatten};

/// Writes the fields of `object`.
///
/// # Errors
///
/// If a text is empty, a name of a map is empty or holds a bracket, a number is not finite, the value is nested beyond reason, or it
/// holds a file.
pub fn encode(object: &dyn Value) -> Result<String, Error> {
    encode_with(Some(object), Additions::default())
}

/// Writes the fields of `object` and what is added to them.
pub(crate) fn encode_with(
    object: Option<&dyn Value>,
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
    let mut rest = text;
    while let Some(index) = rest.bytes().position(|byte| !is_unreserved(byte)) {
        // What is reserved begins a character, so that both halves are text.
        let (plain, reserved) = rest.split_at(index);
        out.push_str(plain);
        let mut chars = reserved.chars();
        match chars.next() {
            Some(' ') => out.push('+'),
            Some(bracket @ ('[' | ']')) if keep_brackets => out.push(bracket),
            Some(reserved) => push_escaped(reserved, out),
            None => {}
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// Appends a text of which nothing but the unreserved characters is left as it is.
pub(crate) fn escape_all(text: &str, out: &mut String) {
    for c in text.chars() {
        if u8::try_from(c).is_ok_and(is_unreserved) {
            out.push(c);
        } else {
            push_escaped(c, out);
        }
    }
}

/// Undoes [`encode`] for one name or value. What is not an escape stays as it is, and bytes that are not text are replaced.
#[cfg(feature = "client")]
pub(crate) fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        plain.push(if c == '+' { ' ' } else { c });
    }
    path::decode(&plain)
}

fn push_escaped(c: char, out: &mut String) {
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        out.push('%');
        for digit in [byte >> 4, byte & 0xf] {
            let digit = char::from_digit(u32::from(digit), 16).unwrap_or_default();
            out.push(digit.to_ascii_uppercase());
        }
    }
}
