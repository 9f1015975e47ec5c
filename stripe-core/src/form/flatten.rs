//! Values at any depth as a flat list of names and texts, which is what forms and multipart bodies hold.

use crate::encode::{self, Additions, Error, Name};
use crate::json;
use crate::types::FileUpload;
use crate::value::{List, Map, Node, Value};

/// Deeper than any parameter of the API, and far less than a stack can take.
const DEEPEST: usize = 64;

const EMPTY: &str = "an empty text would clear it: to clear it call its `clear_…` method (in metadata, `unset`), or \
    leave it out";

/// What stands under a name.
#[derive(Clone, Copy)]
pub(crate) enum Leaf<'a> {
    Text(&'a str),
    File(&'a FileUpload),
}

type Written = Result<(), Error>;

/// Takes one name, such as `items[0][price]`, and what stands under it.
type Sink<'a> = &'a mut dyn FnMut(&str, Leaf<'_>) -> Written;

/// Calls `sink` for the fields of `object`, and after them for what is added.
pub(crate) fn flatten(
    object: Option<&dyn Value>,
    additions: Additions<'_>,
    sink: Sink<'_>,
) -> Written {
    let mut writer = Writer {
        sink,
        name: String::new(),
        depth: 0,
    };
    let expanded = encode::each_param(object, additions, &mut |name, node| {
        writer.field(name, node)
    })?;
    for (index, path) in expanded.iter().enumerate() {
        (writer.sink)(&format!("expand[{index}]"), Leaf::Text(path))?;
    }
    additions.cursor.map_or(Ok(()), |(name, value)| {
        (writer.sink)(name, Leaf::Text(value))
    })
}

struct Writer<'a> {
    sink: Sink<'a>,
    /// The name of the value being written.
    name: String,
    depth: usize,
}

impl Writer<'_> {
    fn node(&mut self, node: Node<'_>) -> Written {
        match node {
            Node::Absent => Ok(()),
            Node::Null => self.leaf(""),
            Node::Bool(true) => self.leaf("true"),
            Node::Bool(false) => self.leaf("false"),
            Node::Int(number) | Node::Time(number) => self.leaf(&number.to_string()),
            // Display, unlike Debug, never writes an exponent, which Stripe's forms do not take.
            Node::Float(number) if number.is_finite() => self.leaf(&number.to_string()),
            Node::Float(_) => Err(self.refuse("it is not a finite number")),
            Node::Text(text) | Node::Symbol(text) | Node::Formatted(text, _) => self.text(text),
            Node::File(file) => (self.sink)(&self.name, Leaf::File(file)),
            Node::Raw(raw) => self.raw(raw.get()),
            Node::List(list) => self.list(list),
            Node::Map(map) => self.map(map),
            Node::Object(object) => self.object(object),
        }
    }

    fn list(&mut self, list: &dyn List) -> Written {
        for index in 0..list.len() {
            self.named(&index.to_string(), list.item(index))?;
        }
        Ok(())
    }

    fn map(&mut self, map: &dyn Map) -> Written {
        let mut result = Ok(());
        map.entries(&mut |name, node| {
            if result.is_ok() {
                result = self.key(name, node);
            }
        });
        result
    }

    fn object(&mut self, object: &dyn Value) -> Written {
        encode::each_field(object, &mut |name, node| self.field(name, node))
    }

    fn field(&mut self, name: Name<'_>, node: Node<'_>) -> Written {
        match name {
            Name::Field(name) => self.named(name, node),
            Name::Other(name) => self.key(name, node),
        }
    }

    /// JSON without a type of its own takes the same shape as a typed value would.
    fn raw(&mut self, text: &str) -> Written {
        match json::Shape::of(text) {
            Some(json::Shape::Null) => self.leaf(""),
            Some(json::Shape::Text(text)) => self.text(&text),
            Some(json::Shape::Literal(text)) => self.leaf(text),
            Some(json::Shape::List(items)) => {
                for (index, item) in items.into_iter().enumerate() {
                    self.named(&index.to_string(), Node::Raw(item))?;
                }
                Ok(())
            }
            Some(json::Shape::Object(entries)) => {
                for (name, value) in entries {
                    self.key(&name, Node::Raw(value))?;
                }
                Ok(())
            }
            None => Err(self.refuse("it is not JSON")),
        }
    }

    /// Under a name that is data. A bracket would be read as structure even if it were encoded, and an empty name as
    /// the next item of an array.
    fn key(&mut self, name: &str, node: Node<'_>) -> Written {
        if name.is_empty() {
            return Err(self.refuse("one of its names is empty"));
        }
        if name.contains(['[', ']']) {
            return Err(self.refuse("one of its names contains a bracket"));
        }
        self.named(name, node)
    }

    fn named(&mut self, name: &str, node: Node<'_>) -> Written {
        if self.depth >= DEEPEST {
            return Err(self.refuse("it is nested too deeply"));
        }
        let end = self.name.len();
        if end == 0 {
            self.name.push_str(name);
        } else {
            self.name.push('[');
            self.name.push_str(name);
            self.name.push(']');
        }
        self.depth = self.depth.saturating_add(1);
        let written = self.node(node);
        self.depth = self.depth.saturating_sub(1);
        self.name.truncate(end);
        written
    }

    /// A text, which an empty one is not: Stripe takes `name=` for an order to clear what it has.
    fn text(&mut self, text: &str) -> Written {
        if text.is_empty() {
            return Err(self.refuse(EMPTY));
        }
        self.leaf(text)
    }

    fn leaf(&mut self, text: &str) -> Written {
        (self.sink)(&self.name, Leaf::Text(text))
    }

    fn refuse(&self, reason: &'static str) -> Error {
        Error::new(self.name.as_str(), reason)
    }
}
