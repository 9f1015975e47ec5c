//! The report as a value: what tools read as JSON, and what the pages are made from.

use serde::Serialize;

/// Everything that changed between two documents.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The API version of the older document.
    pub old: String,
    /// The API version of the newer document.
    pub new: String,
    /// What the next version of the crate has to be.
    pub verdict: Verdict,
    /// How many of the changes break programs.
    pub breaking: usize,
    /// The places where nothing but a description changed; they are counted, not listed.
    pub texts: usize,
    /// What became of the public items of the crate.
    pub public_items: PublicItems,
    /// Sorted by resource; within it, what breaks comes first.
    pub changes: Vec<Change>,
}

/// What became of the public items of the crate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PublicItems {
    /// New ones.
    pub added: usize,
    /// Gone ones, and those whose type or arguments are others now.
    pub removed: usize,
}

/// What semantic versioning asks for. While the version starts with 0, a major change raises the second number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing changed.
    None,
    /// Only texts changed.
    Patch,
    /// Programs go on as they are.
    Minor,
    /// Some programs have to be changed.
    Major,
}

/// What kind of thing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// An operation, by its call.
    Operation,
    /// What an operation answers with.
    Answer,
    /// An object with an id.
    Resource,
    /// Any other schema.
    Type,
    /// A field of an answer.
    Field,
    /// A parameter of a call.
    Parameter,
    /// A value of an enum, or a member of a union.
    Value,
    /// A type of event to subscribe to.
    Event,
    /// The code of an error.
    ErrorCode,
    /// The most characters of a text.
    Limit,
    /// A public item of the crate that no change of the document names: a feature, an accessor, the name of a type.
    Item,
}

/// What happened to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It has another name.
    Renamed,
    /// It has another type.
    Retyped,
    /// It has to be given, or is always there.
    MadeRequired,
    /// It need not be given, or may be missing.
    MadeOptional,
    /// It may be null, or can be cleared.
    MadeNullable,
    /// It is never null, or cannot be cleared.
    MadeNotNullable,
    /// Stripe advises against it.
    Deprecated,
    /// Stripe no longer advises against it.
    Undeprecated,
    /// Less is taken than before.
    Narrowed,
    /// More is taken than before.
    Widened,
}

/// Where in the document something changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// `POST /v1/customers`, or the id of a schema.
    pub of: String,
    /// The properties that lead there, with dots: `shipping.address`.
    pub path: String,
}

/// One change.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// The service that it belongs to: `checkout.sessions`.
    pub resource: String,
    /// What kind of thing changed.
    pub what: What,
    /// What happened to it.
    pub how: How,
    /// Whether programs that use it have to be changed.
    pub breaking: bool,
    /// The name of the thing, as Stripe has it.
    pub name: String,
    /// What it was: a type in words, a value, a limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// What it is now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
    /// Where in the document.
    pub places: Vec<Place>,
    /// The calls that it touches: `customers.create`.
    pub calls: Vec<String>,
    /// The public items of the crate that it touches: `schema::Customer.email`.
    pub items: Vec<String>,
    /// What to do about it, if it breaks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub migration: Option<String>,
}

impl Change {
    /// Whether it is about operations, not about a schema.
    pub(super) fn is_of_calls(&self) -> bool {
        self.places.iter().any(|place| place.of.contains(' '))
    }

    /// Takes in the same change in another place.
    pub(super) fn absorb(&mut self, other: Self) {
        fn join<T: Ord>(list: &mut Vec<T>, more: Vec<T>) {
            list.extend(more);
            list.sort();
            list.dedup();
        }
        join(&mut self.places, other.places);
        join(&mut self.calls, other.calls);
        join(&mut self.items, other.items);
    }
}

impl Report {
    /// The report as JSON, for tools.
    ///
    /// # Errors
    ///
    /// None that is known: all of it are texts, numbers and lists.
    pub fn json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self)
    }

    /// The report as Markdown, in the words of a changelog.
    #[must_use]
    pub fn markdown(&self) -> String {
        super::markdown::page(self)
    }

    /// The report as an HTML page that needs nothing but itself.
    #[must_use]
    pub fn html(&self) -> String {
        super::html::page(self)
    }
}
