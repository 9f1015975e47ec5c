//! Answers that were synthesised before. They depend on schema and style alone, so that one serves every request.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use crate::document::{ComponentId, Document, NodeId};
use crate::synthesise::{self, Style};

/// So many are kept. More only come of clients that go through very many variants.
const MOST: usize = 4_000;

/// What a template was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Root {
    Node(NodeId),
    Component(ComponentId),
}

/// The cache.
#[derive(Debug, Default)]
pub(crate) struct Templates {
    known: Mutex<HashMap<(Root, Style), Arc<Value>>>,
}

impl Templates {
    /// A value of a schema.
    pub(crate) fn of_node(&self, document: &Document, node: NodeId, style: Style) -> Value {
        self.get(Root::Node(node), style, || {
            synthesise::answer(document, node, style)
        })
    }

    /// An object of a component.
    pub(crate) fn of_component(
        &self,
        document: &Document,
        component: ComponentId,
        style: Style,
    ) -> Value {
        self.get(Root::Component(component), style, || {
            synthesise::object(document, component, style)
        })
    }

    fn get(&self, root: Root, style: Style, make: impl FnOnce() -> Value) -> Value {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() > MOST {
            known.clear();
        }
        let template = known
            .entry((root, style))
            .or_insert_with(|| Arc::new(make()));
        let template = Arc::clone(template);
        drop(known);
        (*template).clone()
    }
}
