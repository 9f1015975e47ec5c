//! One value against one schema of a request. In a form every leaf is a text, which is read as the document says;
//! in JSON types must be right. Where the value came from is not known here.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::refusal::Refusal;
use crate::body::file_of;
use crate::document::{
    Document, Format, Kind, Node, NodeId, Property, is_decimal, is_unix_time, property,
};
use crate::ledger::Mark;

/// How the values are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Form,
    Json,
}

type Outcome = Result<Value, Refusal>;

/// So many values of an enum are named in an error.
const MOST_NAMES: usize = 20;

/// Checks values and keeps what they use of the document.
#[derive(Debug)]
pub(crate) struct Checker<'d> {
    document: &'d Document,
    mode: Mode,
    /// Whether `null` clears any optional property.
    pub(crate) clears: bool,
    pub(crate) marks: Vec<Mark>,
}

impl<'d> Checker<'d> {
    pub(crate) fn new(document: &'d Document, mode: Mode) -> Self {
        Self {
            document,
            mode,
            clears: false,
            marks: Vec::new(),
        }
    }

    /// The value with its types. `at` is its name as Stripe writes it.
    pub(crate) fn value(&mut self, id: NodeId, given: &Value, at: &str) -> Outcome {
        let node = self.document.node(id);
        self.marks.push(Mark::Node(id));
        if given.is_null() && node.nullable {
            self.marks.push(Mark::Cleared(id));
            return Ok(Value::Null);
        }
        if !node.values.is_empty() {
            return self.listed(id, node, given, at);
        }
        match &node.kind {
            Kind::Anything | Kind::FreeObject => Ok(given.clone()),
            Kind::Object(properties) => self.object(properties, given, at),
            Kind::Map(inner) => self.map(*inner, given, at),
            Kind::Array(inner) => self.array(*inner, given, at),
            Kind::Component(component) => {
                self.value(self.document.component_node(*component), given, at)
            }
            Kind::Union(arms) => self.union(arms, given, at),
            Kind::Text | Kind::Integer | Kind::Number | Kind::Boolean => self.leaf(node, given, at),
        }
    }

    fn child(&self, at: &str, key: &str) -> String {
        match self.mode {
            _ if at.is_empty() => key.to_owned(),
            Mode::Form => format!("{at}[{key}]"),
            Mode::Json => format!("{at}.{key}"),
        }
    }

    fn object(&mut self, properties: &[Property], given: &Value, at: &str) -> Outcome {
        let members = self.members(given, at)?;
        let mut checked = Map::new();
        for (name, value) in members {
            let at = self.child(at, name);
            let known = property(properties, name).ok_or_else(|| Refusal::unknown(&at))?;
            let value = if value.is_null() && self.clears && !known.required {
                self.marks.push(Mark::Node(known.node));
                self.marks.push(Mark::Cleared(known.node));
                Value::Null
            } else {
                self.value(known.node, value, &at)?
            };
            checked.insert(name.clone(), value);
        }
        let mut required = properties.iter().filter(|it| it.required);
        match required.find(|it| !checked.contains_key(&it.name)) {
            Some(missing) => Err(Refusal::missing(&self.child(at, &missing.name))),
            None => Ok(Value::Object(checked)),
        }
    }

    fn members<'v>(&self, given: &'v Value, at: &str) -> Result<&'v Map<String, Value>, Refusal> {
        match given {
            Value::Object(members) if file_of(given).is_none() => Ok(members),
            _ => Err(self.not_a("object", "an object", given, at)),
        }
    }

    fn not_a(&self, kind: &str, expected: &str, given: &Value, at: &str) -> Refusal {
        if self.mode == Mode::Form && given == "" {
            return Refusal::empty(at).unlikely();
        }
        Refusal::kind(kind, expected, at)
    }

    fn map(&mut self, inner: NodeId, given: &Value, at: &str) -> Outcome {
        let members = self.members(given, at)?;
        let mut checked = Map::new();
        for (name, value) in members {
            let at = self.child(at, name);
            let before = self.marks.len();
            let value = match self.value(inner, value, &at) {
                Ok(value) => value,
                // An empty value takes the key out of the map, whatever the values are.
                Err(_) if self.mode == Mode::Form && value == "" => {
                    self.marks.truncate(before);
                    self.marks.push(Mark::Node(inner));
                    Value::Null
                }
                Err(refusal) => return Err(refusal),
            };
            checked.insert(name.clone(), value);
        }
        Ok(Value::Object(checked))
    }

    fn array(&mut self, inner: NodeId, given: &Value, at: &str) -> Outcome {
        let items = match given {
            Value::Array(items) => items.iter().collect(),
            Value::Object(members) if self.mode == Mode::Form => {
                in_order(members).ok_or_else(|| {
                    let expected = "a list whose indices are 0, 1, 2 and so on";
                    Refusal::kind("array", expected, at)
                })?
            }
            _ => return Err(self.not_a("array", "an array", given, at)),
        };
        let numbered = items.into_iter().enumerate();
        numbered
            .map(|(index, item)| self.value(inner, item, &format!("{at}[{index}]")))
            .collect()
    }

    /// Accepts if any arm accepts; else says what is wrong with the one that came closest.
    fn union(&mut self, arms: &[NodeId], given: &Value, at: &str) -> Outcome {
        let (mut accepted, mut closest) = (None, None::<Refusal>);
        for arm in arms {
            let before = self.marks.len();
            match self.value(*arm, given, at) {
                Ok(value) => accepted = accepted.or(Some(value)),
                Err(refusal) => {
                    self.marks.truncate(before);
                    let closer = |it: &Refusal| refusal.closeness() > it.closeness();
                    if closest.as_ref().is_none_or(closer) {
                        closest = Some(refusal);
                    }
                }
            }
        }
        accepted.ok_or_else(|| {
            closest.unwrap_or_else(|| Refusal::kind("value", "one of the alternatives", at))
        })
    }

    fn listed(&mut self, id: NodeId, node: &Node, given: &Value, at: &str) -> Outcome {
        let written = |value: &Value| match (self.mode, value) {
            (Mode::Form, Value::String(_)) | (Mode::Json, _) => value == given,
            (Mode::Form, other) => given.as_str() == Some(&plain(other)),
        };
        if let Some(index) = node.values.iter().position(written) {
            let value = node.values.get(index).cloned().unwrap_or_default();
            self.marks.push(Mark::Value(node.first_value + index));
            if value == "" {
                self.marks.push(Mark::Cleared(id));
                return Ok(Value::Null);
            }
            return Ok(value);
        }
        let clears_only = node.values.iter().all(|it| it == "");
        if node.bypass && given.is_string() && given != "" {
            return self.leaf(node, given, at);
        }
        if self.mode == Mode::Form && given == "" {
            return Err(Refusal::empty(at));
        }
        let mut names: Vec<String> = node.values.iter().map(plain).take(MOST_NAMES).collect();
        if let Some(more) = node
            .values
            .len()
            .checked_sub(MOST_NAMES)
            .filter(|it| *it > 0)
        {
            names.push(format!("or {more} others"));
        }
        let list = names.join(", ");
        let refusal = Refusal::new(format!("Invalid {at}: must be one of {list}"), at);
        let meant = given.is_string() && !clears_only;
        Err(if meant { refusal } else { refusal.unlikely() })
    }

    fn leaf(&self, node: &Node, given: &Value, at: &str) -> Outcome {
        if node.format == Some(Format::Binary) {
            let file = file_of(given).map(|_| given.clone());
            return file.ok_or_else(|| Refusal::kind("file", "an uploaded file", at));
        }
        match (self.mode, given) {
            (Mode::Form, Value::String(text)) if text.is_empty() => Err(Refusal::empty(at)),
            (Mode::Form, Value::String(text)) => read(node, text, at),
            (Mode::Json, Value::String(text)) if node.kind == Kind::Text => read(node, text, at),
            (Mode::Json, Value::Bool(_)) if node.kind == Kind::Boolean => Ok(given.clone()),
            (Mode::Json, Value::Number(number)) => match &node.kind {
                Kind::Number => Ok(given.clone()),
                Kind::Integer if number.as_i64().is_some_and(|it| is_time(node, it)) => {
                    Ok(given.clone())
                }
                kind => Err(wrong(kind, at).unlikely()),
            },
            _ => Err(wrong(&node.kind, at).unlikely()),
        }
    }
}

/// Reads a text that is not empty.
fn read(node: &Node, text: &str, at: &str) -> Outcome {
    let value = match node.kind {
        Kind::Integer => is_integer(text)
            .then(|| text.parse::<i64>().ok())
            .flatten()
            .filter(|it| is_time(node, *it))
            .map(Value::from),
        Kind::Number => is_decimal(text)
            .then(|| text.parse::<f64>().ok())
            .flatten()
            .map(Value::from),
        Kind::Boolean => match text {
            "true" => Some(Value::Bool(true)),
            "false" => Some(Value::Bool(false)),
            _ => None,
        },
        _ => return read_text(node, text, at),
    };
    value.ok_or_else(|| wrong(&node.kind, at))
}

/// Whether a number is a time, where it has to be one.
fn is_time(node: &Node, number: i64) -> bool {
    node.format != Some(Format::UnixTime) || is_unix_time(number)
}

fn read_text(node: &Node, text: &str, at: &str) -> Outcome {
    if let Some(most) = node.max_length.filter(|most| text.chars().count() > *most) {
        let message = format!("Invalid string: {at} must be at most {most} characters.");
        return Err(Refusal::new(message, at));
    }
    if let Some(format) = node.format.filter(|format| !format.accepts(text)) {
        let message = format!("Invalid {at}: must be {}.", format.expectation());
        return Err(Refusal::new(message, at));
    }
    Ok(Value::from(text))
}

fn wrong(kind: &Kind, at: &str) -> Refusal {
    let (name, expected) = match kind {
        Kind::Integer => ("integer", "an integer"),
        Kind::Number => ("number", "a decimal number"),
        Kind::Boolean => ("boolean", "`true` or `false`"),
        _ => ("string", "a string"),
    };
    let refusal = Refusal::new(format!("Invalid {name}: {at} must be {expected}."), at);
    match kind {
        Kind::Integer => refusal.code("parameter_invalid_integer"),
        _ => refusal,
    }
}

/// `-12`, but not `+12` or `012`.
fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain && (digits == "0" || !digits.starts_with('0'))
}

/// The items of a list that was written with indices, if they are 0, 1, 2 and so on.
fn in_order(members: &Map<String, Value>) -> Option<Vec<&Value>> {
    let numbered = members.iter().map(|(key, value)| {
        let number = is_integer(key).then(|| key.parse::<usize>().ok()).flatten();
        number.map(|it| (it, value))
    });
    let sorted: BTreeMap<usize, &Value> = numbered.collect::<Option<_>>()?;
    let complete = sorted.keys().copied().eq(0..members.len());
    complete.then(|| sorted.into_values().collect())
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
