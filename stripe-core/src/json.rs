//! JSON text: written from a [`Node`], and, where there is no type to read into, taken apart one level at a time.

mod shape;

use std::fmt::Write;

use crate::encode::{self, Additions, Error};
use crate::value::{List, Map, Node, Value};

pub(crate) use shape::{Shape, entries, parsed};

/// As deep as the reader goes, so that whatever was read can be written.
const DEEPEST: usize = 128;

/// The text of any value; `null` for one that is absent.
///
/// # Errors
///
/// If a number is not finite, the value is nested beyond reason, or it holds a file.
pub fn write(node: Node<'_>) -> Result<String, Error> {
    let mut out = String::new();
    Writer {
        out: &mut out,
        depth: 0,
    }
    .node(node)?;
    Ok(out)
}

/// The body of a request: an object even if there are no parameters.
pub(crate) fn body(object: Option<&dyn Value>, additions: Additions<'_>) -> Result<String, Error> {
    let mut out = String::from("{");
    let mut writer = Writer {
        out: &mut out,
        depth: 1,
    };
    let expanded = encode::each_param(object, additions, &mut |name, node| {
        writer.field(name.as_str(), node)
    })?;
    if !expanded.is_empty() {
        writer.field("expand", Node::List(&StringList(&expanded)))?;
    }
    out.push('}');
    Ok(out)
}

struct StringList<'a>(&'a [String]);

impl List for StringList<'_> {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn item(&self, index: usize) -> Node<'_> {
        self.0
            .get(index)
            .map_or(Node::Absent, |text| Node::Text(text))
    }
}

struct Writer<'a> {
    out: &'a mut String,
    depth: usize,
}

impl Writer<'_> {
    fn node(&mut self, node: Node<'_>) -> Result<(), Error> {
        match node {
            Node::Absent | Node::Null => self.out.push_str("null"),
            Node::Bool(true) => self.out.push_str("true"),
            Node::Bool(false) => self.out.push_str("false"),
            Node::Int(number) | Node::Time(number) => self.display(format_args!("{number}")),
            // Debug, unlike Display, keeps `1.0` a number with a fraction.
            Node::Float(number) if number.is_finite() => self.display(format_args!("{number:?}")),
            Node::Float(_) => return Err(Error::new("", "a number is not finite")),
            Node::Text(text) | Node::Symbol(text) | Node::Formatted(text, _) => {
                push_text(text, self.out);
            }
            Node::Raw(raw) => self.out.push_str(raw.get()),
            Node::File(_) => return Err(Error::new("", "JSON cannot hold a file")),
            Node::List(list) => return self.nested('[', ']', |writer| writer.list(list)),
            Node::Map(map) => return self.nested('{', '}', |writer| writer.map(map)),
            Node::Object(object) => return self.nested('{', '}', |writer| writer.object(object)),
        }
        Ok(())
    }

    fn display(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.out.write_fmt(text);
    }

    fn nested(
        &mut self,
        open: char,
        close: char,
        write: impl FnOnce(&mut Self) -> Result<(), Error>,
    ) -> Result<(), Error> {
        if self.depth >= DEEPEST {
            return Err(Error::new("", "a value is nested too deeply"));
        }
        self.depth = self.depth.saturating_add(1);
        self.out.push(open);
        write(self)?;
        self.out.push(close);
        self.depth = self.depth.saturating_sub(1);
        Ok(())
    }

    fn list(&mut self, list: &dyn List) -> Result<(), Error> {
        for index in 0..list.len() {
            self.comma();
            self.node(list.item(index))
                .map_err(|error| error.within(&index.to_string()))?;
        }
        Ok(())
    }

    fn map(&mut self, map: &dyn Map) -> Result<(), Error> {
        let mut result = Ok(());
        map.entries(&mut |name, node| {
            if result.is_ok() {
                result = self.field(name, node);
            }
        });
        result
    }

    fn object(&mut self, object: &dyn Value) -> Result<(), Error> {
        encode::each_field(object, &mut |name, node| self.field(name.as_str(), node))
    }

    fn field(&mut self, name: &str, node: Node<'_>) -> Result<(), Error> {
        if matches!(node, Node::Absent) {
            return Ok(());
        }
        self.comma();
        push_text(name, self.out);
        self.out.push(':');
        self.node(node).map_err(|error| error.within(name))
    }

    fn comma(&mut self) {
        if !self.out.ends_with(['{', '[']) {
            self.out.push(',');
        }
    }
}

/// Appends a string in quotes.
pub(crate) fn push_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if u32::from(c) < 0x20 => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
