//! Putting a value at a place in the parameters of a request, with what has to be around it.

use serde_json::{Map, Value};

use super::sample;
use crate::document::{Document, NodeId};

/// A step on the way to a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// To a parameter or property, whose schema this is.
    Name(String, NodeId),
    /// To the first item of a list.
    Item(NodeId),
    /// To an entry of a map.
    Entry(NodeId),
    /// To this arm of a union.
    Arm(NodeId),
}

impl Step {
    pub(super) const fn node(&self) -> NodeId {
        match self {
            Self::Name(_, node) | Self::Item(node) | Self::Entry(node) | Self::Arm(node) => *node,
        }
    }
}

/// Whether there was place for it; without a value what stands there is taken away.
pub(super) fn put(
    document: &Document,
    params: &mut Map<String, Value>,
    steps: &[Step],
    value: Option<&Value>,
) -> bool {
    let Some((Step::Name(name, node), rest)) = steps.split_first() else {
        return false;
    };
    if rest.is_empty() && value.is_none() {
        params.remove(name);
        return true;
    }
    // An object that is on the way is not null and not another arm.
    let known = params.remove(name).filter(|it| !it.is_null());
    match within(document, *node, known, rest, value) {
        Some(new) => {
            params.insert(name.clone(), new);
            true
        }
        None => false,
    }
}

fn within(
    document: &Document,
    id: NodeId,
    known: Option<Value>,
    steps: &[Step],
    value: Option<&Value>,
) -> Option<Value> {
    let Some((step, rest)) = steps.split_first() else {
        return value.cloned();
    };
    match step {
        Step::Arm(arm) => within(document, *arm, known, rest, value),
        Step::Item(items) => {
            let mut items_known = match known {
                Some(Value::Array(items)) => items,
                Some(_) => return None,
                None => Vec::new(),
            };
            let first = (!items_known.is_empty()).then(|| items_known.remove(0));
            items_known.insert(0, within(document, *items, first, rest, value)?);
            Some(Value::Array(items_known))
        }
        Step::Entry(inner) => {
            let mut entries = object(known)?;
            let entry = entries.remove(sample::KEY);
            entries.insert(
                sample::KEY.to_owned(),
                within(document, *inner, entry, rest, value)?,
            );
            Some(Value::Object(entries))
        }
        Step::Name(..) => {
            let mut members = match known {
                None => sample::object(document, document.resolve(id)),
                known => object(known)?,
            };
            // What stood there to fill the object goes, unless the path leads through it.
            if !put(document, &mut members, steps, value) {
                return None;
            }
            Some(Value::Object(members))
        }
    }
}

fn object(known: Option<Value>) -> Option<Map<String, Value>> {
    match known {
        Some(Value::Object(members)) => Some(members),
        Some(_) => None,
        None => Some(Map::new()),
    }
}
