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
    Object(&'a dyn Value),
}

impl<'a> Node<'a> {
    /// The same text, of which it is known how it is written.
    #[inline]
    #[doc(hidden)]
    #[must_use]
    pub const fn formatted(self, format: Format) -> Self {
        match self {
            Self::Text(text) | Self::Symbol(text) => Self::Formatted(text, format),
            node => node,
        }
    }
}

/// Anything that can be written. What has fields says which; everything else says what it is. One trait for both, and
/// default methods, are a third less to compile for each of a thousand types of objects than a trait for each.
pub trait Value: AsNode {
    /// What this value is: an object, where nothing else is said.
    #[inline]
    fn node(&self) -> Node<'_> {
        self.as_node()
    }

    /// The names of an object's fields, and what is known of each value.
    #[inline]
    fn shape(&self) -> &'static Shape {
        &Shape::EMPTY
    }

    /// Gives an object's values, in the order of `shape().fields`, and the fields that have no name here.
    #[inline]
    fn fields(&self, take: Fields<'_>) {
        take.all(&[], crate::extra::none());
    }
}

/// What takes the fields of an object. A type of its own, since the closure's would be looked into again in every type that
/// has fields.
#[allow(missing_debug_implementations, reason = "a closure")]
pub struct Fields<'r>(&'r mut dyn FnMut(&[&dyn Value], &Extra));

impl<'r> Fields<'r> {
    /// Has `run` called once with them.
    pub fn new(run: &'r mut dyn FnMut(&[&dyn Value], &Extra)) -> Self {
        Self(run)
    }

    /// Takes all of them.
    pub fn all(self, values: &[&dyn Value], extra: &Extra) {
        (self.0)(values, extra);
    }
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

impl Shape {
    /// That of what is no object.
    const EMPTY: Self = Self {
        name: "",
        fields: &[],
        checks: &[],
    };
}

/// The name that Stripe uses for a field, and what is known of it. Variants, not a struct of flags: they are less to
/// compile, and there are thousands.
#[derive(Debug)]
#[allow(
    clippy::exhaustive_enums,
    reason = "only the declarations of types make one"
)]
pub enum Field {
    /// Nothing but the name.
    Plain(&'static str),
    /// Debug may show a free string here.
    Shown(&'static str),
    /// A request without it is incomplete.
    Required(&'static str),
    /// Stripe accepts no more characters.
    Limited(&'static str, u32),
    /// Both.
    RequiredLimited(&'static str, u32),
}

impl Field {
    /// The name that Stripe uses.
    #[must_use]
    pub const fn wire(&self) -> &'static str {
        match self {
            Self::Plain(wire)
            | Self::Shown(wire)
            | Self::Required(wire)
            | Self::Limited(wire, _)
            | Self::RequiredLimited(wire, _) => wire,
        }
    }

    /// Whether a request without it is incomplete.
    #[must_use]
    pub const fn is_required(&self) -> bool {
        matches!(self, Self::Required(_) | Self::RequiredLimited(..))
    }

    /// Whether Debug may show a free string here.
    #[must_use]
    pub const fn is_shown(&self) -> bool {
        matches!(self, Self::Shown(_))
    }

    /// The most characters that Stripe accepts here; 0 where it states no limit.
    #[must_use]
    pub const fn limit(&self) -> u32 {
        match self {
            Self::Limited(_, limit) | Self::RequiredLimited(_, limit) => *limit,
            _ => 0,
        }
    }
}

/// The parameters of one operation.
pub trait Params: AsObject + std::fmt::Debug + Send + Sync + 'static {}

/// A value as an object, which a default method cannot make of what it knows nothing of.
pub trait AsNode {
    /// The value itself, as an object.
    fn as_node(&self) -> Node<'_>;
}

impl<T: Value> AsNode for T {
    #[inline]
    fn as_node(&self) -> Node<'_> {
        Node::Object(self)
    }
}

/// Any value as a trait object; the oldest compiler that this crate supports cannot do that by itself from `Params`.
pub trait AsObject {
    /// The value itself.
    fn as_object(&self) -> &dyn Value;
}

impl<T: Value> AsObject for T {
    #[inline]
    fn as_object(&self) -> &dyn Value {
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
    #[inline]
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
    #[inline]
    fn node(&self) -> Node<'_> {
        Node::Int((*self).into())
    }
}

impl Value for u32 {
    #[inline]
    fn node(&self) -> Node<'_> {
        Node::Int((*self).into())
    }
}

impl Value for f64 {
    #[inline]
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

impl AsNode for str {
    #[inline]
    fn as_node(&self) -> Node<'_> {
        Node::Text(self)
    }
}

impl Value for str {}

impl Value for String {
    fn node(&self) -> Node<'_> {
        Node::Text(self)
    }
}
