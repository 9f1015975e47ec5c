//! Whether typed parameters hold the JSON that they were made from, and nothing else: they are walked as the form and the
//! JSON writers walk them.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use stripe_generated::stripe_core::value::{Field, Fields, Node};

/// The first place where they differ, and how. `null` says something that absence does not: it clears.
pub(crate) fn difference(node: Node<'_>, json: &Value) -> Option<String> {
    let same = match (node, json) {
        (Node::Null, Value::Null) => true,
        (Node::Bool(value), Value::Bool(other)) => value == *other,
        (Node::Int(value) | Node::Time(value), Value::Number(number)) => {
            number.as_i64() == Some(value)
        }
        (Node::Float(value), Value::Number(number)) => number.as_f64() == Some(value),
        (
            Node::Text(text) | Node::Symbol(text) | Node::Formatted(text, _),
            Value::String(other),
        ) => text == other,
        (Node::File(file), Value::String(text)) => file.bytes() == Some(text.as_bytes()),
        (Node::Raw(raw), json) => serde_json::from_str::<Value>(raw.get()).unwrap() == *json,
        (Node::List(list), Value::Array(items)) if list.len() == items.len() => {
            return items.iter().enumerate().find_map(|(index, item)| {
                let found = difference(list.item(index), item)?;
                Some(format!("/{index}{found}"))
            });
        }
        (Node::Map(map), Value::Object(members)) => {
            let mut entries = BTreeMap::new();
            map.entries(&mut |name, node| {
                entries.insert(name, node);
            });
            return in_members(&entries, members);
        }
        (Node::Object(object), Value::Object(members)) => {
            let mut found = None;
            object.fields(Fields::new(&mut |values, _| {
                let names = object.shape().fields.iter().map(Field::wire);
                let entries = names.zip(values.iter().map(|value| value.node()));
                let set = entries.filter(|(_, node)| !matches!(node, Node::Absent));
                found = in_members(&set.collect(), members);
            }));
            return found;
        }
        _ => false,
    };
    (!same).then(|| format!(": not {json}"))
}

fn in_members(entries: &BTreeMap<&str, Node<'_>>, members: &Map<String, Value>) -> Option<String> {
    let mut names = members.keys();
    if let Some(name) = names.find(|name| !entries.contains_key(name.as_str())) {
        return Some(format!("/{name}: lost"));
    }
    entries.iter().find_map(|(name, node)| {
        let found = match members.get(*name) {
            Some(json) => difference(*node, json)?,
            None => ": invented".to_owned(),
        };
        Some(format!("/{name}{found}"))
    })
}
