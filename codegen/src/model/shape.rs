//! What a position of the document *is*, in Stripe's terms: no OpenAPI quirk is left, and no Rust word is in yet.

use super::rule::Rule;

/// The type of a position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    Bool,
    Integer,
    Number,
    Text,
    /// Unix seconds.
    Timestamp,
    /// RFC 3339.
    DateTime,
    Decimal,
    /// A whole number in a string.
    Int64,
    Currency,
    /// A file to send.
    File,
    /// The bytes of an answer.
    Binary,
    /// The `object` field: the one value that says what an object is.
    Tag,
    /// A filter by value or by bounds.
    Range,
    Metadata,
    /// The id of an object of this schema.
    Id(String),
    /// The id of an object of one of several schemas.
    AnyId,
    Json(Free),
    /// A component schema that is emitted.
    Schema(String),
    /// A type that the hand-written core has.
    Core(String),
    /// What is left of a deleted object.
    Deleted,
    /// An object, or what is left of it; the second type says what that is.
    MaybeDeleted(Box<Self>, Box<Self>),
    /// An id, or the object itself, of one of these schemas.
    Expandable(Box<Self>, Vec<String>),
    List(Box<Self>),
    Map(Box<Self>),
    Page(Page, Box<Self>),
    /// An item or entry that may be null.
    Nullable(Box<Self>),
    Enum(Vec<String>),
    Object(Object),
    /// Objects told apart by their tag.
    Union(Vec<Arm>),
    /// Several kinds of values, told apart by their JSON.
    Choice(Vec<Self>),
}

/// Why a position is raw JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Free {
    /// The document says no more than that it is an object.
    Object,
    /// The document states no type at all.
    Untyped,
    /// A parameter that contains itself.
    Recursive,
}

impl Free {
    /// The reason in words, for the report.
    pub(crate) const fn reason(self) -> &'static str {
        match self {
            Self::Object => "an object without known properties",
            Self::Untyped => "no type in the document",
            Self::Recursive => "a parameter that contains itself",
        }
    }
}

/// The three ways in which Stripe pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Page {
    List,
    Search,
    V2,
}

/// One kind of object of a union.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Arm {
    pub(crate) schema: String,
    pub(crate) tag: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Object {
    pub(crate) docs: String,
    /// Sorted by wire name.
    pub(crate) fields: Vec<Field>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) wire: String,
    pub(crate) docs: String,
    pub(crate) ty: Type,
    /// Always there in an answer, has to be given in a request.
    pub(crate) required: bool,
    /// In an answer: may be null.
    pub(crate) nullable: bool,
    /// In a request: can be cleared.
    pub(crate) clearable: bool,
    /// The most characters, 0 where there is no limit.
    pub(crate) max: u32,
    /// In a request: other rules for its value.
    pub(crate) rules: Vec<Rule>,
    /// In a request: whether values that are not listed are accepted.
    pub(crate) open: bool,
    pub(crate) deprecated: bool,
}

impl Type {
    /// Visits this type and all types inside it.
    pub(crate) fn walk(&self, visit: &mut dyn FnMut(&Self)) {
        visit(self);
        match self {
            Self::MaybeDeleted(inner, deleted) => {
                inner.walk(visit);
                deleted.walk(visit);
            }
            Self::Expandable(inner, _)
            | Self::List(inner)
            | Self::Map(inner)
            | Self::Page(_, inner)
            | Self::Nullable(inner) => inner.walk(visit),
            Self::Object(object) => object.fields.iter().for_each(|field| field.ty.walk(visit)),
            Self::Choice(arms) => arms.iter().for_each(|arm| arm.walk(visit)),
            _ => {}
        }
    }
}
