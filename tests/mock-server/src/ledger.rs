//! What was used of the document so far. It counts every place that a client could use, and lists what never was, by
//! JSON pointer. It judges nothing: it is told.

mod points;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};

use crate::document::{Document, NodeId};

use points::{Point, Slot};

/// A place of the document that a request used, or an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Node(NodeId),
    /// A value, by its number among those of all enums.
    Value(usize),
    Cleared(NodeId),
}

/// The ways in which the document can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Use {
    /// An operation was called.
    Operation,
    /// A parameter was sent, at any depth: in the path, the query or the body, as an item or as a value of a map.
    Parameter,
    /// An arm of a union was sent.
    Arm,
    /// A value of an enum was sent.
    Value,
    /// A position was cleared: `x=` in v1, `null` in v2.
    Clear,
    /// A property was returned, and was not null.
    Property,
}

impl Use {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Operation,
        Self::Parameter,
        Self::Arm,
        Self::Value,
        Self::Clear,
        Self::Property,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Operation => "operation",
            Self::Parameter => "parameter",
            Self::Arm => "arm",
            Self::Value => "value",
            Self::Clear => "clear",
            Self::Property => "property",
        }
    }
}

impl fmt::Display for Use {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A place that was never used.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing {
    /// What was never done.
    pub what: Use,
    /// Where in the document, as a JSON pointer.
    pub pointer: String,
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.what, self.pointer)
    }
}

/// How much was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// Of what.
    pub what: Use,
    /// The places that were used.
    pub used: usize,
    /// All places.
    pub total: usize,
}

/// The record of what was used of a document.
#[derive(Debug)]
pub struct Ledger {
    document: Arc<Document>,
    points: Vec<Point>,
    operations: Vec<AtomicBool>,
    nodes: Vec<AtomicBool>,
    values: Vec<AtomicBool>,
    cleared: Vec<AtomicBool>,
}

impl Ledger {
    pub(crate) fn new(document: Arc<Document>) -> Self {
        let nodes = document.node_ids().count();
        Self {
            points: points::of(&document),
            operations: bits(document.operations().len()),
            nodes: bits(nodes),
            values: bits(document.value_count()),
            cleared: bits(nodes),
            document,
        }
    }

    /// Enters a request that was good.
    pub(crate) fn enter_request(&self, operation: usize, marks: &[Mark]) {
        set(&self.operations, operation);
        for mark in marks {
            match mark {
                Mark::Node(id) => set(&self.nodes, id.0),
                Mark::Value(number) => set(&self.values, *number),
                Mark::Cleared(id) => set(&self.cleared, id.0),
            }
        }
    }

    /// Enters the properties of an answer.
    pub(crate) fn enter_answer(&self, properties: &[NodeId]) {
        for id in properties {
            set(&self.nodes, id.0);
        }
    }

    /// Everything that was never used, in the order of the document.
    #[must_use]
    pub fn missing(&self) -> Vec<Missing> {
        let unused = self.points.iter().filter(|point| !self.is_used(point));
        unused
            .map(|point| Missing {
                what: point.what,
                pointer: self.pointer(point),
            })
            .collect()
    }

    /// How much of each kind was used.
    #[must_use]
    pub fn counts(&self) -> Vec<Count> {
        let count = |what: Use| {
            let all = self.points.iter().filter(|point| point.what == what);
            let used = all.clone().filter(|point| self.is_used(point)).count();
            Count {
                what,
                used,
                total: all.count(),
            }
        };
        Use::ALL.into_iter().map(count).collect()
    }

    /// Forgets everything.
    pub fn reset(&self) {
        for bit in [&self.operations, &self.nodes, &self.values, &self.cleared]
            .into_iter()
            .flatten()
        {
            bit.store(false, Ordering::Relaxed);
        }
    }

    /// Counts and pointers, as `GET /_mock/ledger` answers.
    pub(crate) fn report(&self) -> Value {
        let counts = self.counts().into_iter().map(|count| {
            let numbers = json!({ "used": count.used, "total": count.total });
            (count.what.to_string(), numbers)
        });
        let counts: Value = counts.collect();
        let missing = self.missing().into_iter();
        let missing: Vec<Value> = missing
            .map(|it| json!({ "what": it.what.name(), "pointer": it.pointer }))
            .collect();
        json!({ "counts": counts, "missing": missing })
    }

    fn is_used(&self, point: &Point) -> bool {
        let (bits, number) = match point.slot {
            Slot::Operation(number) => (&self.operations, number),
            Slot::Node(id) => (&self.nodes, id.0),
            Slot::Value(id, index) => (&self.values, self.document.node(id).first_value + index),
            Slot::Cleared(id) => (&self.cleared, id.0),
        };
        bits.get(number)
            .is_some_and(|bit| bit.load(Ordering::Relaxed))
    }

    fn pointer(&self, point: &Point) -> String {
        match point.slot {
            Slot::Operation(number) => {
                let operation = self.document.operations().get(number);
                operation.map_or_else(String::new, |it| it.pointer.clone())
            }
            Slot::Node(id) | Slot::Cleared(id) => self.document.pointer(id),
            Slot::Value(id, index) => format!("{}/enum/{index}", self.document.pointer(id)),
        }
    }
}

fn bits(count: usize) -> Vec<AtomicBool> {
    (0..count).map(|_| AtomicBool::new(false)).collect()
}

fn set(bits: &[AtomicBool], number: usize) {
    // A load first: lines of memory that are only read stay with every core.
    if let Some(bit) = bits.get(number).filter(|bit| !bit.load(Ordering::Relaxed)) {
        bit.store(true, Ordering::Relaxed);
    }
}
