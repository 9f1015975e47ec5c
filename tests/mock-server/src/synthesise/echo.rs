//! Writes what was sent over an answer, wherever names and types match. What does not fit is left as it was: the
//! answer must stay what its schema says.

use serde_json::{Map, Value};

use super::{Style, answer, ids};
use crate::body::file_of;
use crate::conform::accepts;
use crate::document::{ComponentId, Document, Kind, NodeId, Property};

/// More items than anybody looks at; each may be a large object.
const MOST_ITEMS: usize = 100;

/// Writes `sent` over `current`; whether anything fitted.
pub(crate) fn echo(document: &Document, id: NodeId, current: &mut Value, sent: &Value) -> bool {
    let node = document.node(id);
    if sent.is_null() {
        return node.nullable && replace(current, Value::Null);
    }
    match (&node.kind, sent) {
        (Kind::Component(component), _) => {
            let inner = document.component_node(*component);
            if sent.is_object() && !document.properties(inner).is_empty() {
                ensure_object(document, id, current);
            }
            if let Some(id) = own_id(document, *component, sent) {
                return refer(document, *component, current, id);
            }
            echo(document, inner, current, sent)
        }
        (Kind::Union(arms), _) => union(document, arms, current, sent),
        (Kind::Object(properties), Value::Object(members)) => {
            if file_of(sent).is_some() {
                return false;
            }
            ensure_object(document, id, current);
            object(document, properties, current, members)
        }
        (Kind::Object(_), Value::Array(_)) => list(document, id, current, sent),
        (Kind::Map(inner), Value::Object(members)) => map(document, *inner, current, members),
        (Kind::Array(inner), Value::Array(items)) => array(document, *inner, current, items),
        _ => accepts(document, id, sent) && replace(current, sent.clone()),
    }
}

/// The text, if it looks like an id of this component.
fn own_id<'a>(document: &Document, component: ComponentId, sent: &'a Value) -> Option<&'a str> {
    let prefix = ids::prefix(document.component_name(component));
    let id = sent.as_str()?;
    id.strip_prefix(prefix)?.starts_with('_').then_some(id)
}

/// `price=price_1` becomes the price of this id, where the answer holds the whole object.
fn refer(document: &Document, component: ComponentId, current: &mut Value, id: &str) -> bool {
    let node = document.component_node(component);
    let mut object = super::object(document, component, Style::default());
    let Some(own) = object.get_mut("id") else {
        return false;
    };
    *own = id.into();
    accepts(document, node, &object) && replace(current, object)
}

fn replace(current: &mut Value, new: Value) -> bool {
    *current = new;
    true
}

/// What was null or an id becomes an object, so that its members have a place.
fn ensure_object(document: &Document, id: NodeId, current: &mut Value) {
    if !current.is_object() {
        *current = answer(document, id, Style::default());
    }
}

fn object(
    document: &Document,
    properties: &[Property],
    current: &mut Value,
    sent: &Map<String, Value>,
) -> bool {
    let mut fitted = false;
    for (name, value) in sent {
        // `object` and `deleted` say what the answer is; nobody sets them.
        let Some(property) = crate::document::property(properties, name) else {
            continue;
        };
        let clears = value.is_null() && !document.node(property.node).nullable;
        let Some(members) = current.as_object_mut().filter(|_| name != "object") else {
            continue;
        };
        if clears {
            if matches!(document.node(property.node).kind, Kind::Map(_)) {
                members.insert(name.clone(), Value::Object(Map::new()));
                fitted = true;
            } else if !property.required {
                // Whether it was there or not: it is not any more, and this is the arm that was meant.
                members.remove(name);
                fitted = true;
            }
            continue;
        }
        let mut member = members.get(name).cloned().unwrap_or_default();
        if echo(document, property.node, &mut member, value) {
            members.insert(name.clone(), member);
            fitted = true;
        }
    }
    fitted
}

/// The arm that is there already, if it knows what was sent, or else the first that it fits.
fn union(document: &Document, arms: &[NodeId], current: &mut Value, sent: &Value) -> bool {
    if let Some(members) = sent.as_object().filter(|_| current.is_object()) {
        let mut here = arms.iter().filter(|arm| accepts(document, **arm, current));
        if let Some(arm) = here.next() {
            let mut changed = current.clone();
            if echo(document, *arm, &mut changed, sent) {
                return replace(current, changed);
            }
            // A value that it cannot have is no reason for another arm.
            if members
                .keys()
                .any(|it| document.property(*arm, it).is_some())
            {
                return false;
            }
        }
    }
    for arm in arms {
        let mut fresh = Value::Null;
        if echo(document, *arm, &mut fresh, sent) {
            return replace(current, fresh);
        }
    }
    false
}

/// `items=[…]` fills the list object `items: {data: […]}`.
fn list(document: &Document, id: NodeId, current: &mut Value, sent: &Value) -> bool {
    let is_list = document
        .constant(id, "object")
        .is_some_and(|it| it == "list");
    let Some(data) = document.property(id, "data").filter(|_| is_list) else {
        return false;
    };
    ensure_object(document, id, current);
    let place = current.get_mut("data");
    place.is_some_and(|place| echo(document, data.node, place, sent))
}

/// Keys are added and changed; a null takes one out.
fn map(document: &Document, inner: NodeId, current: &mut Value, sent: &Map<String, Value>) -> bool {
    let mut members = current.as_object().cloned().unwrap_or_default();
    for (key, value) in sent {
        if value.is_null() {
            members.remove(key);
            continue;
        }
        let mut member = Value::Null;
        if echo(document, inner, &mut member, value) {
            members.insert(key.clone(), member);
        }
    }
    replace(current, Value::Object(members))
}

fn array(document: &Document, inner: NodeId, current: &mut Value, sent: &[Value]) -> bool {
    let mut items = Vec::new();
    for (index, value) in sent.iter().take(MOST_ITEMS).enumerate() {
        let mut item = Value::Null;
        // Of an object at least its place in the list is kept.
        if !echo(document, inner, &mut item, value) && !item.is_object() {
            return false;
        }
        if let Some(Value::String(id)) = item.get_mut("id").filter(|_| value.get("id").is_none()) {
            // No two items have the same id.
            id.push_str(&index.to_string());
        }
        items.push(item);
    }
    replace(current, Value::Array(items))
}
