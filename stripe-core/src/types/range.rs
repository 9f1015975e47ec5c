//! A filter on a time or number: one value, or bounds.

use crate::types::Timestamp;
use crate::value::{Field, Fields, Node, Shape, Value};

/// A filter on a number or a time: exactly one value, or any between bounds. Times are Unix seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RangeQuery {
    exactly: Option<i64>,
    gt: Option<i64>,
    gte: Option<i64>,
    lt: Option<i64>,
    lte: Option<i64>,
}

/// What a range is bounded by: a number or a [`Timestamp`].
pub trait Bound {
    /// The number that is sent.
    fn number(self) -> i64;
}

impl Bound for i64 {
    #[inline]
    fn number(self) -> i64 {
        self
    }
}

impl Bound for Timestamp {
    #[inline]
    fn number(self) -> i64 {
        self.as_unix()
    }
}

impl RangeQuery {
    /// Any value: add bounds.
    #[inline]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// This value and no other; bounds are then not sent.
    #[must_use]
    pub fn exactly(value: impl Bound) -> Self {
        Self {
            exactly: Some(value.number()),
            ..Self::default()
        }
    }

    /// More than this.
    #[must_use]
    pub fn gt(self, bound: impl Bound) -> Self {
        Self {
            gt: Some(bound.number()),
            ..self
        }
    }

    /// This or more.
    #[must_use]
    pub fn gte(self, bound: impl Bound) -> Self {
        Self {
            gte: Some(bound.number()),
            ..self
        }
    }

    /// Less than this.
    #[must_use]
    pub fn lt(self, bound: impl Bound) -> Self {
        Self {
            lt: Some(bound.number()),
            ..self
        }
    }

    /// This or less.
    #[must_use]
    pub fn lte(self, bound: impl Bound) -> Self {
        Self {
            lte: Some(bound.number()),
            ..self
        }
    }
}

impl Value for RangeQuery {
    fn node(&self) -> Node<'_> {
        self.exactly.map_or(Node::Object(self), Node::Int)
    }

    fn shape(&self) -> &'static Shape {
        use Field::Plain;
        &Shape {
            name: "RangeQuery",
            fields: &[Plain("gt"), Plain("gte"), Plain("lt"), Plain("lte")],
            checks: &[],
        }
    }

    fn fields(&self, take: Fields<'_>) {
        take.all(
            &[&self.gt, &self.gte, &self.lt, &self.lte],
            crate::extra::none(),
        );
    }
}
