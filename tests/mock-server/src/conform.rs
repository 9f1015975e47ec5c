//! Judges an answer against its schema before it leaves. Stricter than JSON Schema: a property that the document does
//! not name is a mistake too. It repairs nothing.

use std::fmt;

use serde_json::{Map, Value};

use crate::document::{Document, Kind, Node, NodeId, Property, property};

/// Where an answer is not what the document says, and why.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mismatch {
    /// The path to the value, from the inside out.
    at: Vec<String>,
    why: String,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for segment in self.at.iter().rev() {
            write!(f, "/{segment}")?;
        }
        write!(f, ": {}", self.why)
    }
}

type Outcome = Result<(), Mismatch>;

const NOT_LISTED: &str = "not one of the enum";

/// Whether `value` is what the schema describes.
pub(crate) fn accepts(document: &Document, id: NodeId, value: &Value) -> bool {
    properties(document, id, value).is_ok()
}

/// Judges a value; returns the properties that it has and that are not null.
pub(crate) fn properties(
    document: &Document,
    id: NodeId,
    value: &Value,
) -> Result<Vec<NodeId>, Mismatch> {
    let mut judge = Judge {
        document,
        returned: Vec::new(),
    };
    judge.value(id, value).map(|()| judge.returned)
}

/// Whether an object can be one of this schema at all, by the value of `object`.
pub(crate) fn may_be(document: &Document, id: NodeId, value: &Value) -> bool {
    match (value.get("object"), document.constant(id, "object")) {
        (Some(given), Some(expected)) => given == expected,
        _ => true,
    }
}

#[derive(Debug)]
struct Judge<'d> {
    document: &'d Document,
    returned: Vec<NodeId>,
}

fn mismatch(why: impl Into<String>) -> Mismatch {
    Mismatch {
        at: Vec::new(),
        why: why.into(),
    }
}

fn within(outcome: Outcome, segment: &(impl ToString + ?Sized)) -> Outcome {
    outcome.map_err(|mut mismatch| {
        mismatch.at.push(segment.to_string());
        mismatch
    })
}

impl Judge<'_> {
    fn value(&mut self, id: NodeId, value: &Value) -> Outcome {
        let node = self.document.node(id);
        if value.is_null() && node.nullable {
            return Ok(());
        }
        match (&node.kind, value) {
            (Kind::Anything, _) | (Kind::FreeObject, Value::Object(_)) => Ok(()),
            (Kind::Component(component), _) => {
                self.value(self.document.component_node(*component), value)
            }
            (Kind::Union(arms), _) => self.union(arms, value),
            (Kind::Object(properties), Value::Object(members)) => self.object(properties, members),
            (Kind::Map(inner), Value::Object(members)) => members
                .iter()
                .try_for_each(|(key, value)| within(self.value(*inner, value), key)),
            (Kind::Array(inner), Value::Array(items)) => items
                .iter()
                .enumerate()
                .try_for_each(|(index, item)| within(self.value(*inner, item), &index)),
            (Kind::Text, Value::String(text)) => self::text(node, text),
            (Kind::Integer, Value::Number(number)) if number.is_i64() => listed(node, value),
            (Kind::Number, Value::Number(_)) | (Kind::Boolean, Value::Bool(_)) => {
                listed(node, value)
            }
            (kind, _) => Err(mismatch(format!("{} instead of {}", of(value), name(kind)))),
        }
    }

    fn object(&mut self, properties: &[Property], members: &Map<String, Value>) -> Outcome {
        for (name, value) in members {
            let Some(known) = property(properties, name) else {
                return within(
                    Err(mismatch("a property that the document does not name")),
                    name,
                );
            };
            if !value.is_null() {
                self.returned.push(known.node);
            }
            within(self.value(known.node, value), name)?;
        }
        let mut required = properties.iter().filter(|it| it.required);
        match required.find(|it| !members.contains_key(&it.name)) {
            Some(missing) => within(Err(mismatch("it is required, and missing")), &missing.name),
            None => Ok(()),
        }
    }

    fn union(&mut self, arms: &[NodeId], value: &Value) -> Outcome {
        let (mut accepted, mut closest) = (false, None::<Mismatch>);
        for arm in arms
            .iter()
            .filter(|arm| may_be(self.document, **arm, value))
        {
            let before = self.returned.len();
            // All arms that it fits return their properties: nobody can tell which one was meant.
            let Err(mismatch) = self.value(*arm, value) else {
                accepted = true;
                continue;
            };
            self.returned.truncate(before);
            // The deeper the mistake, the more was right before it.
            if closest
                .as_ref()
                .is_none_or(|it| it.at.len() < mismatch.at.len())
            {
                closest = Some(mismatch);
            }
        }
        if accepted {
            return Ok(());
        }
        Err(closest.unwrap_or_else(|| mismatch("no arm of the union is for such an object")))
    }
}

fn text(node: &Node, text: &str) -> Outcome {
    let too_long = |most: &usize| text.len() > *most && text.chars().count() > *most;
    if let Some(most) = node.max_length.filter(too_long) {
        return Err(mismatch(format!("longer than {most} characters")));
    }
    if let Some(format) = node.format.filter(|format| !format.accepts(text)) {
        return Err(mismatch(format!("not {}", format.expectation())));
    }
    if node.pattern.as_ref().is_some_and(|it| !it.matches(text)) {
        return Err(mismatch("it does not match the pattern"));
    }
    let fine = node.values.is_empty() || node.bypass || node.values.iter().any(|it| it == text);
    fine.then_some(()).ok_or_else(|| mismatch(NOT_LISTED))
}

fn listed(node: &Node, value: &Value) -> Outcome {
    let fine = node.values.is_empty() || node.bypass || node.values.contains(value);
    fine.then_some(()).ok_or_else(|| mismatch(NOT_LISTED))
}

fn of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Array(_) => "a list",
        Kind::Text => "a text",
        Kind::Integer => "an integer",
        Kind::Number => "a number",
        Kind::Boolean => "a boolean",
        _ => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn document() -> Document {
        let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        let typed = |name: &str| {
            json!({"type": "object", "required": ["object"], "properties": {
                "object": {"type": "string", "enum": [name]},
                "size": {"type": "integer", "nullable": true}}})
        };
        let thing = json!({"type": "object", "required": ["id"], "properties": {
            "id": {"type": "string", "maxLength": 3},
            "price": {"type": "string", "format": "decimal"},
            "url": {"type": "string", "pattern": "^/v1/things"},
            "open": {"type": "string", "enum": ["a"], "x-stripeBypassValidation": true},
            "closed": {"type": "string", "enum": ["a"]},
            "list": {"type": "array", "items": {"type": "boolean"}},
            "map": {"type": "object", "additionalProperties": {"type": "number"}},
            "free": {"type": "object"},
            "either": {"anyOf": [reference("cat"), reference("dog")]}}});
        let schemas = json!({"thing": thing, "cat": typed("cat"), "dog": typed("dog")});
        let raw =
            json!({"info": {"version": "1"}, "paths": {}, "components": {"schemas": schemas}});
        Document::read(&raw).unwrap()
    }

    #[test]
    fn answers_are_judged_strictly() {
        let document = document();
        let thing = document.component_ids().last().unwrap();
        for (members, complaint) in [
            (json!({}), None),
            (json!({"id": "éééé"}), Some("/id: longer than 3 characters")),
            (json!({"id": null}), Some("/id: null instead of a text")),
            (
                json!({"price": "1,5"}),
                Some("/price: not a decimal number, such as 12.5"),
            ),
            (json!({"url": "/v1/things/1"}), None),
            (
                json!({"url": "/v2"}),
                Some("/url: it does not match the pattern"),
            ),
            (json!({"open": "b"}), None),
            (json!({"closed": "b"}), Some("/closed: not one of the enum")),
            (
                json!({"list": [true, 1]}),
                Some("/list/1: a number instead of a boolean"),
            ),
            (
                json!({"map": {"x": 1.5, "y": "z"}}),
                Some("/map/y: a text instead of a number"),
            ),
            (json!({"free": {"any": [1]}}), None),
            (
                json!({"new": 1}),
                Some("/new: a property that the document does not name"),
            ),
            (json!({"either": {"object": "dog", "size": null}}), None),
            (
                json!({"either": {"object": "dog", "size": "x"}}),
                Some("/either/size: a text instead of an integer"),
            ),
            (
                json!({"either": {"object": "cow"}}),
                Some("/either: no arm of the union is for such an object"),
            ),
        ] {
            let mut value = json!({"id": "1"});
            value
                .as_object_mut()
                .unwrap()
                .extend(members.as_object().unwrap().clone());
            let outcome = properties(&document, document.component_node(thing), &value);
            let found = outcome.err().map(|it| it.to_string());
            assert_eq!(found.as_deref(), complaint, "{members}");
        }
    }

    #[test]
    fn what_is_required_is_missed_and_what_is_null_is_not_returned() {
        let document = document();
        let [cat, _, thing] = [0, 1, 2].map(|index| document.component_ids().nth(index).unwrap());
        let missing = properties(&document, document.component_node(thing), &json!({}));
        assert_eq!(
            missing.unwrap_err().to_string(),
            "/id: it is required, and missing"
        );
        let value = json!({"object": "cat", "size": null});
        let returned = properties(&document, document.component_node(cat), &value).unwrap();
        let pointers: Vec<String> = returned.iter().map(|it| document.pointer(*it)).collect();
        assert_eq!(pointers, ["/components/schemas/cat/properties/object"]);
    }
}
