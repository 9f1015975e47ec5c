//! Three states of a parameter, and what setters accept.

use std::fmt;

use crate::debug;
use crate::value::{Node, Value};

/// A parameter that can be left as it is at Stripe, cleared, or set.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
#[allow(
    clippy::exhaustive_enums,
    reason = "the protocol has these three states"
)]
pub enum Clearable<T> {
    /// Not sent: Stripe keeps what it has.
    #[default]
    Keep,
    /// Sent empty (`name=` in v1, `null` in v2): Stripe clears what it has.
    Clear,
    /// Sent with a value. In v1 an empty text is refused before anything is sent, as Stripe would clear what it has.
    Set(T),
}

impl<T> Clearable<T> {
    /// The value, if one is set.
    #[must_use]
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Keep | Self::Clear => None,
        }
    }
}

/// `None` keeps: clearing is never an accident.
impl<T> From<Option<T>> for Clearable<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Keep, Self::Set)
    }
}

impl<T: Value> fmt::Debug for Clearable<T> {
    /// A text is hidden.
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug::value(self, f)
    }
}

impl<T: Value> Value for Clearable<T> {
    #[inline]
    fn node(&self) -> Node<'_> {
        match self {
            Self::Keep => Node::Absent,
            Self::Clear => Node::Null,
            Self::Set(value) => value.node(),
        }
    }
}

/// How a setter's argument becomes what the parameter holds.
#[doc(hidden)]
pub trait Store<T> {
    /// The value to hold.
    fn store(self) -> T;
}

impl<T> Store<T> for T {
    #[inline]
    fn store(self) -> T {
        self
    }
}

impl<T> Store<Box<T>> for T {
    #[inline]
    fn store(self) -> Box<T> {
        Box::new(self)
    }
}

impl Store<String> for &str {
    #[inline]
    fn store(self) -> String {
        self.to_owned()
    }
}

impl Store<Vec<String>> for &[&str] {
    #[inline]
    fn store(self) -> Vec<String> {
        owned(self)
    }
}

/// What a list of texts is held as.
#[inline]
#[doc(hidden)]
#[must_use]
pub fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}
