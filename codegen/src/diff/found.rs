//! A difference between two models, before anybody asked what it means for Rust.

use super::change::{How, What};

/// What a difference is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject {
    /// A component schema, by its id.
    Schema(String),
    /// An operation: method in upper case and path, with a blank between.
    Operation(String),
    /// The codes of errors.
    Errors,
}

/// One difference.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) subject: Subject,
    /// The properties that lead to it.
    pub(super) path: Vec<String>,
    pub(super) what: What,
    pub(super) how: How,
    /// Whether it is what is sent, not what is answered.
    pub(super) sent: bool,
    pub(super) name: String,
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
}

/// All differences, and how many texts differ.
#[derive(Debug, Default)]
pub(super) struct Differences {
    pub(super) changes: Vec<Found>,
    pub(super) texts: usize,
}

impl Differences {
    pub(super) fn extend(&mut self, more: Self) {
        self.changes.extend(more.changes);
        self.texts += more.texts;
    }
}
