//! What a value is, as every writer sees it: form, JSON and Debug all walk a [`Node`].
//!
//! Each type says in one small function which node it is; the walks themselves are written once, without generics, in
//! [`crate::form`], [`crate::json`] and [`crate::debug`]. Reading is the mirror image and lives in [`crate::decode`].

use serde_json::value::RawValue;

use crate::extra::Extra;
use crate::types::FileUpload;
use crate::validate::{Check, Format};

/// One value in a tree of request parameters or of a decoded response.
#[derive(Clone, Copy)]
#[non_exhaustive]
#[allow(
    missing_debug_implementations,
    reason = "a node borrows customer data; `crate::debug` prints it redacted"
)]
pub enum Node<'a> {
    /// Not set: no writer writes anything for it.
    Absent,
    /// Cleared: `name=` in a form, `null` in JSON.
    Null,
    /// A boolean.
    Bool(bool),
    /// A whole number, such as an amount in minor units.
    Int(i64),
    /// A number that may have a fraction, such as a percentage.
    Float(f64),
    /// A free string: Debug hides it unless its field is reviewed as safe.
    Text(&'a str),
    /// An id or an enum value: Debug shows it.
    Symbol(&'a str),
    /// A text that is written in a certain way, such as a decimal: Debug shows it.
    Formatted(&'a str, Format),
    /// A time in Unix seconds.
    Time(i64),
    /// JSON that has no type of its own.
    Raw(&'a RawValue),
    /// A file to send.
    File(&'a FileUpload),
    /// Values in order.
    List(&'a dyn List),
    /// Values by name, where the names are data.
    Map(&'a dyn Map),
    /// Values by name, where the names are known.
    Object(&'a dyn Object),
}

impl<'a> Node<'a> {
    /// The same text, of which it is known how it is written.
    #[doc(hidden)]
    #[must_use]
    pub const fn formatted(self, format: Format) -> Self {
        match self {
            Self::Text(text) | Self::Symbol(text) => Self::Formatted(text, format),
            node => node,
        }
    }
}

/// Anything that can be written.
pub trait Value {
    /// What this value is.
    fn node(&self) -> Node<'_>;
}

/// A sequence of values.
pub trait List {
    /// How many there are.
    fn len(&self) -> usize;

    /// Whether there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The one at `index`, [`Node::Absent`] past the end.
    fn item(&self, index: usize) -> Node<'_>;
}

/// Values under names that are data, such as metadata.
pub trait Map {
    /// Whether there is none.
    fn is_empty(&self) -> bool;

    /// Calls `visit` with each name and value, in the order of the names.
    fn entries<'a>(&'a self, visit: &mut dyn FnMut(&'a str, Node<'a>));

    /// What Stripe limits it to, if anything.
    fn limits(&self) -> Option<MapLimits> {
        None
    }
}

/// What Stripe keeps of values by name: so many keys, with so many characters, and in their values.
#[derive(Clone, Copy, Debug)]
#[allow(
    clippy::exhaustive_structs,
    reason = "the three numbers of Stripe's page on metadata"
)]
pub struct MapLimits {
    /// The most keys.
    pub keys: u32,
    /// The most characters of a key.
    pub key: u32,
    /// The most characters of a value.
    pub value: u32,
}

/// Values under known names: a response object or the parameters of a request.
pub trait Object {
    /// The names, and what is known of each value.
    fn shape(&self) -> &'static Shape;

    /// Calls `run` once, with the values in the order of `shape().fields` and the fields that have no name here.
    fn fields(&self, run: &mut dyn FnMut(&[&dyn Value], &Extra));
}

/// What is known of a type before there is a value of it.
#[derive(Debug)]
pub struct Shape {
    /// The Rust name, for Debug and for errors.
    pub name: &'static str,
    /// The fields, sorted by wire name.
    pub fields: &'static [Field],
    /// Rules beside those that fields state themselves, sorted by their paths, name by name.
    pub checks: &'static [Check],
}

/// What is known of one field.
#[derive(Debug)]
pub struct Field {
    /// The name that Stripe uses.
    pub wire: &'static str,
    /// Whether a request without it is incomplete.
    pub required: bool,
    /// Whether Debug may show a free string here.
    pub shown: bool,
    /// The most characters that Stripe accepts here; 0 where it states no limit.
    pub limit: u32,
}

/// The parameters of one operation.
pub trait Params: AsObject + std::fmt::Debug + Send + Sync + 'static {}

/// Any object as a trait object; the oldest compiler that this crate supports cannot do that by itself from `Params`.
pub trait AsObject {
    /// The object itself.
    fn as_object(&self) -> &dyn Object;
}

impl<T: Object> AsObject for T {
    #[inline]
    fn as_object(&self) -> &dyn Object {
        self
    }
}

impl<T: Value + ?Sized> Value for &T {
    #[inline]
    fn node(&self) -> Node<'_> {
        (**self).node()
    }
}

impl<T: Value> Value for Option<T> {
    #[inline]
    fn node(&self) -> Node<'_> {
        self.as_ref().map_or(Node::Absent, Value::node)
    }
}

impl<T: Value> Value for Box<T> {
    #[inline]
    fn node(&self) -> Node<'_> {
        (**self).node()
    }
}

impl<T: Value> List for Vec<T> {
    #[inline]
    fn len(&self) -> usize {
        self.len()
    }

    #[inline]
    fn item(&self, index: usize) -> Node<'_> {
        self.get(index).map_or(Node::Absent, Value::node)
    }
}

impl<T: Value> Value for Vec<T> {
    #[inline]
    fn node(&self) -> Node<'_> {
        Node::List(self)
    }
}

impl Value for bool {
    fn node(&self) -> Node<'_> {
        Node::Bool(*self)
    }
}

impl Value for i64 {
    fn node(&self) -> Node<'_> {
        Node::Int(*self)
    }
}

impl Value for i32 {
    fn node(&self) -> Node<'_> {
        Node::Int((*self).into())
    }
}

impl Value for u32 {
    fn node(&self) -> Node<'_> {
        Node::Int((*self).into())
    }
}

impl Value for f64 {
    fn node(&self) -> Node<'_> {
        Node::Float(*self)
    }
}

impl<T: Value, const N: usize> List for [T; N] {
    fn len(&self) -> usize {
        N
    }

    fn item(&self, index: usize) -> Node<'_> {
        self.get(index).map_or(Node::Absent, Value::node)
    }
}

impl<T: Value, const N: usize> Value for [T; N] {
    fn node(&self) -> Node<'_> {
        Node::List(self)
    }
}

impl Value for str {
    fn node(&self) -> Node<'_> {
        Node::Text(self)
    }
}

impl Value for String {
    fn node(&self) -> Node<'_> {
        Node::Text(self)
    }
}
