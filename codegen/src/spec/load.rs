//! Bytes to a raw JSON value: JSON directly, everything else as YAML.
//!
//! The value comes out with its keys sorted whatever order the file has, a key that stands twice is refused (both
//! formats would silently keep the last one), and what aliases may multiply is bounded. Whether the value is an API
//! description is not asked here.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt;

use serde::de::{self, DeserializeSeed, EnumAccess, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::diagnostic::{Diagnostics, Pointer, quoted};

/// What a YAML document may come to, as a multiple of its size: without aliases a scalar is at most half as long again
/// as its source (`"\N"`), so only aliases exceed this.
const EXPANSION: usize = 4;
/// Room for small documents.
const EXPANSION_FLOOR: usize = 1 << 20;
/// What one node costs beside its text.
const NODE_COST: usize = 4;

/// The document as a raw value, or the one thing that is wrong with its text.
pub(super) fn load(name: &str, bytes: &[u8]) -> Result<Value, Diagnostics> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let Some(first) = bytes.iter().find(|byte| !byte.is_ascii_whitespace()) else {
        return Err(fatal(
            name,
            &Pointer::root(),
            "the file is empty",
            "give an OpenAPI 3.0 document in JSON or YAML",
        ));
    };
    if *first == b'{' {
        json(name, bytes)
    } else {
        yaml(name, bytes)
    }
}

fn json(name: &str, bytes: &[u8]) -> Result<Value, Diagnostics> {
    let state = State::new(usize::MAX, Format::Json);
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = Node(&state)
        .deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value));
    value.map_err(|error| {
        let help = if error.is_eof() {
            "the file is cut short: fetch it again"
        } else if is_too_deep(&error) {
            "nesting is limited to 128 levels"
        } else {
            "repair the file there; a file that starts with `{` is read as JSON"
        };
        fatal(
            name,
            &state.place(),
            &format!("not readable as JSON: {error}"),
            help,
        )
    })
}

fn is_too_deep(error: &serde_json::Error) -> bool {
    error.to_string().starts_with("recursion limit exceeded")
}

fn yaml(name: &str, bytes: &[u8]) -> Result<Value, Diagnostics> {
    if bytes.contains(&0) {
        let help = "give an OpenAPI 3.0 document in JSON or YAML, in UTF-8";
        return Err(fatal(name, &Pointer::root(), "the file is binary", help));
    }
    let budget = bytes.len().saturating_mul(EXPANSION).max(EXPANSION_FLOOR);
    let state = State::new(budget, Format::Yaml);
    Node(&state)
        .deserialize(serde_yaml::Deserializer::from_slice(bytes))
        .map_err(|error| {
            let help = "repair the file there; a file that does not start with `{` is read as YAML";
            fatal(
                name,
                &state.place(),
                &format!("not readable as YAML: {error}"),
                help,
            )
        })
}

fn fatal(name: &str, at: &Pointer, message: &str, help: &str) -> Diagnostics {
    let mut diagnostics = Diagnostics::new(name);
    diagnostics.error(at, message, help);
    diagnostics
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Json,
    Yaml,
}

/// Shared by all nodes of one load.
struct State {
    format: Format,
    budget: Cell<usize>,
    /// Where an error happened, innermost step first; filled only while an error travels up, so that it costs nothing.
    trail: RefCell<Vec<Step>>,
}

enum Step {
    Key(String),
    Index(usize),
}

impl State {
    fn new(budget: usize, format: Format) -> Self {
        Self {
            format,
            budget: Cell::new(budget),
            trail: RefCell::new(Vec::new()),
        }
    }

    fn spend<E: de::Error>(&self, bytes: usize) -> Result<(), E> {
        let rest = self
            .budget
            .get()
            .checked_sub(bytes.saturating_add(NODE_COST));
        let rest =
            rest.ok_or_else(|| E::custom("its aliases expand to far more than the file itself"))?;
        self.budget.set(rest);
        Ok(())
    }

    fn leave<E>(&self, step: Step, error: E) -> E {
        self.trail.borrow_mut().push(step);
        error
    }

    fn place(&self) -> Pointer {
        self.trail
            .borrow()
            .iter()
            .rev()
            .fold(Pointer::root(), |at, step| match step {
                Step::Key(key) => at.key(key),
                Step::Index(index) => at.index(*index),
            })
    }
}

/// One node of the document on its way to a [`Value`].
#[derive(Clone, Copy)]
struct Node<'a>(&'a State);

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that JSON can hold")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        self.0.spend(0).map(|()| Value::Null)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Value, E> {
        self.0.spend(0).map(|()| Value::Bool(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Value, E> {
        self.0.spend(0).map(|()| Value::from(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
        self.0.spend(0).map(|()| Value::from(value))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        self.0.spend(0)?;
        Number::from_f64(value)
            .map(Value::Number)
            .ok_or_else(|| E::custom("a number must be finite"))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Value, E> {
        self.visit_string(value.to_owned())
    }

    fn visit_string<E: de::Error>(self, value: String) -> Result<Value, E> {
        self.0.spend(value.len()).map(|()| Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Value, A::Error> {
        self.0.spend(0)?;
        let mut list = Vec::new();
        let place = |error, list: &Vec<Value>| self.0.leave(Step::Index(list.len()), error);
        while let Some(element) = elements
            .next_element_seed(self)
            .map_err(|error| place(error, &list))?
        {
            list.push(element);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        self.0.spend(0)?;
        let mut sorted = BTreeMap::new();
        while let Some(key) = members.next_key_seed(Key(self.0))? {
            if sorted.contains_key(&key) {
                return Err(de::Error::custom(format_args!(
                    "the key {} stands twice",
                    quoted(&key)
                )));
            }
            match members.next_value_seed(self) {
                Ok(value) => sorted.insert(key, value),
                Err(error) => return Err(self.0.leave(Step::Key(key), error)),
            };
        }
        // By way of a sorted map, so that the order in the file is lost even where `Map` would keep it.
        Ok(Value::Object(sorted.into_iter().collect::<Map<_, _>>()))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, _: A) -> Result<Value, A::Error> {
        Err(de::Error::custom("tags such as `!name` are not supported"))
    }
}

/// A key of an object. YAML has keys of any kind; whole numbers (`200:`) are taken as they are written in JSON.
struct Key<'a>(&'a State);

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = String;

    fn deserialize<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        match self.0.format {
            Format::Json => deserializer.deserialize_string(self),
            Format::Yaml => deserializer.deserialize_any(self),
        }
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key that is a string (put it into quotes)")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<String, E> {
        self.visit_string(value.to_string())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<String, E> {
        self.visit_string(value.to_string())
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<String, E> {
        self.visit_string(value.to_owned())
    }

    fn visit_string<E: de::Error>(self, value: String) -> Result<String, E> {
        self.0.spend(value.len())?;
        if self.0.format == Format::Yaml && value == "<<" {
            return Err(E::custom("merge keys (`<<`) are not supported"));
        }
        Ok(value)
    }
}
