//! What surrounds one request while its answer is made: document, style, account, and what was created before.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use crate::document::{ComponentId, Document, NodeId};
use crate::store::{State, Store, Stored};
use crate::synthesise::Style;

use super::templates::Templates;

/// The surroundings of one request.
#[derive(Debug)]
pub(crate) struct Scene<'a> {
    pub(crate) document: &'a Document,
    pub(crate) store: &'a Mutex<Store>,
    pub(crate) templates: &'a Templates,
    pub(crate) style: Style,
    /// Objects of one account are not seen by another.
    pub(crate) account: &'a str,
    /// How many objects every list has that nobody created.
    pub(crate) items: usize,
    /// The path of the request, and its query as it came.
    pub(crate) path: &'a str,
    pub(crate) query: &'a str,
}

impl Scene<'_> {
    pub(crate) fn store(&self) -> MutexGuard<'_, Store> {
        // A panic elsewhere leaves the store as usable as it was.
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is kept of an id.
    pub(crate) fn stored(&self, id: &str) -> Option<Stored> {
        self.store().get(self.account, id).cloned()
    }

    /// The object that was created under this id, while it lives.
    pub(crate) fn created(&self, id: &str) -> Option<Value> {
        match self.stored(id)?.state {
            State::Alive(value) => Some(value),
            State::Deleted => None,
        }
    }

    /// An object of a component that nobody created.
    pub(crate) fn made_up(&self, component: ComponentId) -> Value {
        self.templates
            .of_component(self.document, component, self.style)
    }

    /// An answer of this schema that owes nothing to any request.
    pub(crate) fn template(&self, node: NodeId) -> Value {
        self.templates.of_node(self.document, node, self.style)
    }
}
