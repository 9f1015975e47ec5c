//! What is to be written, decided to the last name: files, items and types. Nothing here knows how any of it is spelled
//! in Rust source; that is `emit`.

pub(crate) use crate::model::Rule;

/// A type as it stands in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ty {
    /// A path such as `super::Address`, with generic arguments.
    Path(String, Vec<Self>),
    /// `&str`.
    Str,
    /// `&[&str]`.
    Strs,
}

impl Ty {
    pub(crate) fn path(path: impl Into<String>) -> Self {
        Self::Path(path.into(), Vec::new())
    }

    pub(crate) fn of(path: &str, inner: Self) -> Self {
        Self::Path(path.to_owned(), vec![inner])
    }
}

impl Ty {
    /// Visits the paths of this type and of its arguments.
    pub(crate) fn walk(&self, visit: &mut dyn FnMut(&str)) {
        if let Self::Path(path, arguments) = self {
            visit(path);
            arguments.iter().for_each(|it| it.walk(visit));
        }
    }
}

/// One file.
#[derive(Debug)]
pub(crate) struct File {
    /// Relative to the crate, with `/`.
    pub(crate) path: String,
    /// What it was made from.
    pub(crate) source: String,
    pub(crate) docs: Vec<String>,
    pub(crate) items: Vec<Item>,
}

#[derive(Debug)]
pub(crate) enum Item {
    /// `pub mod name;`, when any of the features is on, or always where there is none.
    Mod {
        name: String,
        features: Vec<String>,
    },
    /// Modules that exist when any of the features is on, their contents re-exported.
    Gated {
        features: Vec<String>,
        modules: Vec<String>,
    },
    /// `pub type name = ty;`
    Alias {
        name: String,
        docs: String,
        ty: Ty,
    },
    /// `pub use path;`
    Use(String),
    /// `pub mod kind`, with a mark for each kind of id.
    Kinds(Vec<String>),
    Id {
        name: String,
        kind: String,
        what: String,
    },
    Expand {
        kind: String,
        object: String,
    },
    /// What is found by its tag in an error or an event.
    Attached {
        name: String,
        tag: String,
    },
    /// Constants of the core's type of error codes: their names and texts.
    ErrorCodes(Vec<(String, String)>),
    /// What is known of the events of one kind.
    Catalog(Catalog),
    Object(Object),
    Params(Params),
    Enum(Enum),
    Union(Union),
    Either(Choice),
    Choice(Choice),
    Service(Service),
    Client(Vec<Accessor>),
    Version(String),
}

impl Item {
    /// The types that the item is made of.
    pub(crate) fn types(&self) -> Vec<&Ty> {
        match self {
            Self::Alias { ty, .. } => vec![ty],
            Self::Object(it) => it.fields.iter().map(|field| &field.ty).collect(),
            Self::Params(it) => it.fields.iter().map(|field| &field.ty).collect(),
            Self::Union(it) => it.arms.iter().map(|(_, ty, _)| ty).collect(),
            Self::Either(it) | Self::Choice(it) => {
                let arms = it.arms.iter().filter_map(|(_, arm)| match arm {
                    ChoiceArm::Type(ty) => Some(ty),
                    ChoiceArm::Text(_) => None,
                });
                arms.collect()
            }
            Self::Service(it) => {
                let methods = it.methods.iter();
                methods
                    .flat_map(|it| it.params.iter().chain([&it.result]))
                    .collect()
            }
            _ => Vec::new(),
        }
    }
}

#[derive(Debug)]
pub(crate) struct Catalog {
    /// The list of the types of events.
    pub(crate) names: Ty,
    /// Each type of event that is known to be about an object, and the tags of the objects; sorted.
    pub(crate) events: Vec<(String, Vec<String>)>,
    /// Tag, type and feature of each object; sorted.
    pub(crate) objects: Vec<(String, String, String)>,
}

#[derive(Debug)]
pub(crate) struct Object {
    pub(crate) name: String,
    pub(crate) docs: String,
    pub(crate) fields: Vec<Field>,
}

#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    /// The name at Stripe, where it is another.
    pub(crate) wire: Option<String>,
    pub(crate) docs: String,
    pub(crate) ty: Ty,
    pub(crate) shown: bool,
}

#[derive(Debug)]
pub(crate) struct Params {
    pub(crate) name: String,
    pub(crate) docs: String,
    /// What this type alone states of types that it shares with others.
    pub(crate) limits: Vec<String>,
    /// Sorted by path.
    pub(crate) checks: Vec<Check>,
    /// The arguments of `new`.
    pub(crate) required: Vec<(String, Ty)>,
    pub(crate) fields: Vec<Param>,
}

#[derive(Debug)]
pub(crate) struct Param {
    pub(crate) name: String,
    pub(crate) wire: Option<String>,
    pub(crate) docs: String,
    pub(crate) max: u32,
    /// Other limits, in words.
    pub(crate) limits: Vec<String>,
    pub(crate) set: Set,
    pub(crate) ty: Ty,
}

/// A rule for what stands at a path of names at Stripe.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Check {
    pub(crate) path: Vec<String>,
    pub(crate) rule: Rule,
}

/// How a parameter is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Set {
    Required,
    Value,
    Text,
    Texts,
    Boxed,
    /// As the kind inside, and cleared by the method named.
    Clear(Box<Self>, String),
}

#[derive(Debug)]
pub(crate) struct Enum {
    pub(crate) name: String,
    pub(crate) docs: String,
    /// Constant and text, sorted by text.
    pub(crate) values: Vec<(String, String)>,
}

#[derive(Debug)]
pub(crate) struct Union {
    pub(crate) name: String,
    pub(crate) docs: String,
    /// Arm, type and tag.
    pub(crate) arms: Vec<(String, Ty, String)>,
}

#[derive(Debug)]
pub(crate) struct Choice {
    pub(crate) name: String,
    pub(crate) docs: String,
    pub(crate) arms: Vec<(String, ChoiceArm)>,
}

#[derive(Debug)]
pub(crate) enum ChoiceArm {
    Type(Ty),
    Text(String),
}

#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) name: String,
    pub(crate) docs: Vec<String>,
    pub(crate) accessors: Vec<Accessor>,
    pub(crate) methods: Vec<Method>,
}

/// A method that leads to another service.
#[derive(Debug)]
pub(crate) struct Accessor {
    pub(crate) name: String,
    /// The module of the service, from here.
    pub(crate) module: String,
    pub(crate) ty: String,
    /// Any of these turns it on; none, where it is always on.
    pub(crate) features: Vec<String>,
    pub(crate) docs: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Method {
    pub(crate) name: String,
    pub(crate) docs: String,
    /// `POST /v1/customers`.
    pub(crate) endpoint: String,
    /// The permission of a restricted key that it likely needs.
    pub(crate) permission: String,
    pub(crate) deprecated: bool,
    pub(crate) ids: Vec<String>,
    pub(crate) params: Option<Ty>,
    pub(crate) result: Ty,
    /// The constructor of `Operation`, such as `post_form`.
    pub(crate) constructor: &'static str,
    pub(crate) path: String,
    /// The variant of `Host`, where it is not the usual one.
    pub(crate) host: Option<&'static str>,
}
