//! A value of any shape, made from bytes, and what decoders have to find in what is written of it.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use stripe_core::value::{self, Node};

/// As deep as form writers go, a few levels less for the names around.
const DEEPEST: usize = 70;

/// A parameter.
#[derive(Clone, Debug)]
pub(crate) enum Tree {
    Absent,
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    List(Vec<Tree>),
    Map(BTreeMap<String, Tree>),
}

impl value::Value for Tree {
    fn node(&self) -> Node<'_> {
        match self {
            Self::Absent => Node::Absent,
            Self::Null => Node::Null,
            Self::Bool(flag) => Node::Bool(*flag),
            Self::Int(number) => Node::Int(*number),
            Self::Float(number) => Node::Float(*number),
            Self::Text(text) => Node::Text(text),
            Self::List(items) => Node::List(items),
            Self::Map(entries) => Node::Map(entries),
        }
    }
}

/// Bytes that run out, and are zero from then on.
pub(crate) struct Bytes<'a>(pub(crate) &'a [u8]);

impl Bytes<'_> {
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else {
            return 0;
        };
        self.0 = rest;
        *first
    }

    fn text(&mut self) -> String {
        let length = usize::from(self.byte() % 16).min(self.0.len());
        let (text, rest) = self.0.split_at(length);
        self.0 = rest;
        String::from_utf8_lossy(text).into_owned()
    }

    fn number(&mut self) -> i64 {
        i64::from_le_bytes(std::array::from_fn(|_| self.byte()))
    }

    pub(crate) fn tree(&mut self, depth: usize) -> Tree {
        let kind = self.byte();
        match kind % 10 {
            0 => Tree::Absent,
            1 => Tree::Null,
            2 => Tree::Bool(kind > 99),
            3 => Tree::Int(self.number()),
            4 => Tree::Float(f64::from_le_bytes(std::array::from_fn(|_| self.byte()))),
            5 | 6 => Tree::Text(self.text()),
            _ if depth == DEEPEST => Tree::Bool(true),
            7 => Tree::List((0..kind / 60).map(|_| self.tree(depth + 1)).collect()),
            // A chain, which would never become deep by chance.
            8 => Tree::List(vec![self.tree(depth + 1)]),
            _ => {
                let entries = (0..kind / 60).map(|_| (self.text(), self.tree(depth + 1)));
                Tree::Map(entries.collect())
            }
        }
    }
}

/// The path to a value from the outside, and its text.
pub(crate) type Leaves = Vec<(Vec<String>, String)>;

impl Tree {
    /// What a form of it says; `None` if it must be refused.
    pub(crate) fn leaves(&self, at: &[String], leaves: &mut Leaves) -> Option<()> {
        let mut leaf = |text: String| leaves.push((at.to_vec(), text));
        match self {
            Self::Absent => {}
            Self::Null => leaf(String::new()),
            Self::Bool(flag) => leaf(flag.to_string()),
            Self::Int(number) => leaf(number.to_string()),
            Self::Float(number) if number.is_finite() => leaf(number.to_string()),
            Self::Text(text) if !text.is_empty() => leaf(text.clone()),
            Self::Float(_) | Self::Text(_) => return None,
            Self::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    item.leaves(&[at, &[index.to_string()]].concat(), leaves)?;
                }
            }
            Self::Map(entries) => {
                for (name, entry) in entries {
                    if name.is_empty() || name.contains(['[', ']']) {
                        return None;
                    }
                    entry.leaves(&[at, std::slice::from_ref(name)].concat(), leaves)?;
                }
            }
        }
        Some(())
    }

    /// How many names stand one in another.
    pub(crate) fn depth(&self) -> usize {
        let below = match self {
            Self::List(items) => items.iter().map(Self::depth).max(),
            Self::Map(entries) => entries.values().map(Self::depth).max(),
            _ => None,
        };
        below.map_or(0, |below| below + 1)
    }

    /// What JSON of it says; `None` if it must be refused.
    pub(crate) fn json(&self) -> Option<Value> {
        Some(match self {
            Self::Absent | Self::Null => Value::Null,
            Self::Bool(flag) => Value::Bool(*flag),
            Self::Int(number) => Value::from(*number),
            Self::Float(number) => Value::Number(serde_json::Number::from_f64(*number)?),
            Self::Text(text) => Value::String(text.clone()),
            Self::List(items) => items.iter().map(Self::json).collect::<Option<_>>()?,
            Self::Map(entries) => {
                let present = entries.iter().filter(|(_, it)| !matches!(it, Self::Absent));
                let pairs = present.map(|(name, it)| Some((name.clone(), it.json()?)));
                Value::Object(pairs.collect::<Option<Map<_, _>>>()?)
            }
        })
    }
}
