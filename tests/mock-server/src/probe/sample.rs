//! The least that a schema accepts, as JSON.

use serde_json::{Map, Value, json};

use super::parameters;
use crate::document::{Document, Format, Kind, Node, NodeId, Operation};

/// The key of an entry of a map: the name of no parameter.
pub(super) const KEY: &str = "mock_key";

/// What has to be given.
pub(super) fn params(document: &Document, operation: &Operation) -> Map<String, Value> {
    let required = parameters(document, operation)
        .into_iter()
        .filter(|it| it.2);
    required
        .map(|(name, node, _)| (name, least(document, node)))
        .collect()
}

/// A value of the schema with no more than is needed.
pub(super) fn least(document: &Document, id: NodeId) -> Value {
    let id = document.resolve(id);
    let node = document.node(id);
    if let Some(value) = node.values.iter().find(|it| **it != "") {
        return value.clone();
    }
    match &node.kind {
        Kind::Object(_) => Value::Object(object(document, id)),
        Kind::Array(items) => json!([least(document, *items)]),
        Kind::Map(inner) => json!({ KEY: least(document, *inner) }),
        Kind::Union(_) => {
            let arms = arms(document, id);
            arms.first()
                .map_or(Value::Null, |arm| least(document, *arm))
        }
        Kind::Component(_) | Kind::Anything | Kind::FreeObject => json!({"free": "text"}),
        Kind::Integer => json!(5),
        Kind::Number => json!(2.5),
        Kind::Boolean => json!(true),
        Kind::Text => text(node).into(),
    }
}

/// An object with what is required in it, and something in any case: a form cannot say that it is empty.
pub(super) fn object(document: &Document, id: NodeId) -> Map<String, Value> {
    let properties = document.properties(id);
    let required = properties.iter().filter(|it| it.required);
    let mut object: Map<String, Value> = required
        .map(|it| (it.name.clone(), least(document, it.node)))
        .collect();
    if let Some(first) = properties.first().filter(|_| object.is_empty()) {
        object.insert(first.name.clone(), least(document, first.node));
    }
    object
}

/// The arms of a union that are values and do not only clear.
pub(super) fn arms(document: &Document, id: NodeId) -> Vec<NodeId> {
    match &document.node(id).kind {
        Kind::Union(arms) => {
            let arms = arms.iter().copied();
            arms.filter(|arm| !clears_only(document, *arm)).collect()
        }
        _ => Vec::new(),
    }
}

/// `enum: [""]` is how v1 says that a position can be cleared.
pub(super) fn clears_only(document: &Document, id: NodeId) -> bool {
    let values = &document.node(id).values;
    !values.is_empty() && values.iter().all(|it| it == "")
}

fn text(node: &Node) -> String {
    let text = match node.format {
        Some(Format::Currency) => "eur",
        Some(Format::Decimal) => "1.25",
        Some(Format::DateTime) => "2025-01-31T12:00:00Z",
        Some(Format::Int64 | Format::UnixTime) => "2000",
        Some(Format::Binary) | None => "some text",
    };
    text.chars()
        .take(node.max_length.unwrap_or(usize::MAX))
        .collect()
}
