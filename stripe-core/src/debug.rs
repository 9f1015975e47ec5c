//! Debug that a log may hold: ids, enum values, numbers, booleans and times are shown; free strings, maps and raw JSON
//! show their length unless their field is reviewed as safe.
//!
//! An allow-list, so that a field that Stripe adds is hidden until somebody has looked at it.

use std::fmt;

use crate::value::{Fields, List, Node, Value};

/// Prints an object with what is not safe hidden.
///
/// # Errors
///
/// If the formatter cannot be written to.
pub fn object(object: &dyn Value, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let shape = object.shape();
    let mut result = Ok(());
    object.fields(Fields::new(&mut |values, extra| {
        let mut out = f.debug_struct(shape.name);
        for (field, value) in shape.fields.iter().zip(values) {
            match value.node() {
                Node::Absent => {}
                node => {
                    out.field(
                        field.wire(),
                        &Shown {
                            node,
                            shown: field.is_shown(),
                        },
                    );
                }
            }
        }
        if !extra.is_empty() {
            out.field("extra", extra);
        }
        result = out.finish();
    }));
    result
}

/// Prints a value that is in no object, with what is not safe hidden.
///
/// # Errors
///
/// If the formatter cannot be written to.
pub fn value(value: &dyn Value, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let node = value.node();
    let shown = false;
    fmt::Debug::fmt(&Shown { node, shown }, f)
}

/// Prints one value.
struct Shown<'a> {
    node: Node<'a>,
    shown: bool,
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.node {
            Node::Absent => f.write_str("absent"),
            Node::Null => f.write_str("cleared"),
            Node::Bool(value) => value.fmt(f),
            Node::Int(value) | Node::Time(value) => value.fmt(f),
            Node::Float(value) => value.fmt(f),
            Node::Symbol(text) | Node::Formatted(text, _) => text.fmt(f),
            Node::Text(text) if self.shown => text.fmt(f),
            Node::Text(text) => write!(f, "<{} characters>", text.chars().count()),
            Node::Raw(raw) => write!(f, "<{} bytes of JSON>", raw.get().len()),
            Node::File(file) => file.fmt(f),
            Node::List(list) => self.list(list, f),
            Node::Map(map) => {
                let mut count = 0_usize;
                map.entries(&mut |_, _| count = count.saturating_add(1));
                write!(f, "<{count} entries>")
            }
            Node::Object(value) => object(value, f),
        }
    }
}

impl Shown<'_> {
    fn list(&self, list: &dyn List, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let items = (0..list.len()).map(|index| Shown {
            node: list.item(index),
            shown: self.shown,
        });
        f.debug_list().entries(items).finish()
    }
}
