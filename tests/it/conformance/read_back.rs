//! What came back, field by field: the JSON that was sent, the typed value that it was read as, and the schema are walked
//! side by side. Raw JSON may stand only where the document has no type, for what it does not name, and for expanded
//! objects, which are read as the types that they are and walked too.

mod coverage;
mod place;

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use stripe_generated::stripe_core::Extra;
use stripe_generated::stripe_core::from_data::noting;
use stripe_generated::stripe_core::value::{self, Node};

use super::call::{Typed, reader};
use super::expansion::targets;
use super::schema::{self, Schema, UNKNOWN, arms, fits, is_free, list, members, resolved};
use crate::sample::{is_expandable, reference};

pub(crate) use coverage::Coverage;
use place::Place;

/// The error object is the core's own. Objects that come with it are kept as JSON, since they would pull most other types
/// into every build, and its texts are matched on by the types of the core.
const ATTACHING: &str = "api_errors";

/// Compares one answer with its schema and with the JSON that it was read from; gives what is wrong. `unknown` is what no
/// type had a place for while the answer was read.
pub(crate) fn check(
    typed: &dyn Typed,
    sent: &Value,
    schema: Schema,
    unknown: &[String],
    coverage: &mut Coverage,
) -> Vec<String> {
    let mut walk = Walk {
        coverage,
        unknown,
        complaints: BTreeSet::new(),
    };
    walk.value(typed.node(), sent, schema, &Place::ROOT);
    walk.complaints.into_iter().collect()
}

struct Walk<'a> {
    coverage: &'a mut Coverage,
    unknown: &'a [String],
    complaints: BTreeSet<String>,
}

impl Walk<'_> {
    fn complain(&mut self, at: &Place<'_>, what: &str) {
        self.complaints.insert(format!("answer{at}: {what}"));
    }

    fn value(&mut self, node: Node<'_>, sent: &Value, schema: Schema, at: &Place<'_>) {
        if sent.is_null() {
            return self.nothing(node, at);
        }
        if is_expandable(schema) && sent.is_object() {
            return self.expanded(node, sent, schema, at);
        }
        let schema = resolved(schema);
        if !arms(schema).is_empty() {
            return self.union(node, sent, schema, at);
        }
        if is_free(schema) {
            return self.raw(node, sent, at);
        }
        self.listed(node, sent, schema, at);
        match (node, sent) {
            (Node::Object(object), Value::Object(fields)) => {
                self.object(object, fields, schema, at);
            }
            (Node::Map(map), Value::Object(fields)) => self.map(map, fields, schema, at),
            (Node::List(list), Value::Array(items)) => self.items(list, items, schema, at),
            (Node::Bool(value), Value::Bool(other)) if value == *other => {}
            (Node::Int(value), Value::Number(other)) if other.as_i64() == Some(value) => {
                self.number(schema, at);
            }
            (Node::Time(value), Value::Number(other)) if other.as_i64() == Some(value) => {}
            (Node::Float(value), Value::Number(other)) if other.as_f64() == Some(value) => {}
            (Node::Symbol(text) | Node::Formatted(text, _), Value::String(other))
                if text == other => {}
            (Node::Text(text), Value::String(other)) if text == other => self.text(schema, at),
            // An object without properties of which nobody could say more.
            (Node::Raw(_), Value::Object(_)) if members(schema).next().is_none() => {
                self.raw(node, sent, at);
            }
            (Node::Absent | Node::Null, _) => self.complain(at, "lost"),
            (Node::Raw(_), _) => self.complain(at, "kept as JSON, and the document has a type"),
            _ => self.complain(at, "read as another value or type"),
        }
    }

    fn nothing(&mut self, node: Node<'_>, at: &Place<'_>) {
        let is_nothing = match node {
            Node::Absent | Node::Null => true,
            Node::Raw(raw) => raw.get() == "null",
            _ => false,
        };
        if !is_nothing {
            self.complain(at, "invented");
        }
    }

    fn raw(&mut self, node: Node<'_>, sent: &Value, at: &Place<'_>) {
        match node {
            Node::Raw(raw) if serde_json::from_str::<Value>(raw.get()).unwrap() == *sent => {}
            _ => self.complain(at, "free JSON is not kept as it is"),
        }
    }

    /// A text about which the document says more has a type of its own.
    fn text(&mut self, schema: Schema, at: &Place<'_>) {
        let has_type = ["date-time", "decimal", "int64"]
            .iter()
            .any(|it| schema["format"] == *it);
        let is_listed = list(schema, "enum").len() > 1;
        let kind_of_error = &schema::component(ATTACHING)["properties"]["type"];
        if (has_type || is_listed) && !std::ptr::eq(schema, kind_of_error) {
            self.complain(at, "a bare text, and the document says more about it");
        }
    }

    /// A number that is a time has a type of its own too.
    fn number(&mut self, schema: Schema, at: &Place<'_>) {
        if schema["format"] == "unix-time" {
            self.complain(at, "a bare number, and the document says that it is a time");
        }
    }

    /// A value that the document lists is a constant.
    fn listed(&mut self, node: Node<'_>, sent: &Value, schema: Schema, at: &Place<'_>) {
        let Some(index) = list(schema, "enum").iter().position(|it| it == sent) else {
            return;
        };
        self.coverage.see(schema, index);
        if matches!(node, Node::Symbol(text) | Node::Formatted(text, _) if self.unknown.iter().any(|it| it == text))
        {
            self.complain(at, &format!("there is no constant for {sent}"));
        }
    }

    fn union(&mut self, node: Node<'_>, sent: &Value, schema: Schema, at: &Place<'_>) {
        let fitting = arms(schema)
            .iter()
            .enumerate()
            .filter(|(_, arm)| fits(arm, sent));
        let fitting: Vec<_> = fitting.collect();
        if fitting.is_empty() {
            self.complain(at, "it fits no arm of the union");
        }
        // Where several fit, nothing tells them apart, and there is one type for them.
        for (index, arm) in fitting {
            self.coverage.see(schema, index);
            self.value(node, sent, arm, at);
        }
    }

    /// An object in place of an id is kept as JSON until somebody asks for it as a type.
    fn expanded(&mut self, node: Node<'_>, sent: &Value, schema: Schema, at: &Place<'_>) {
        self.raw(node, sent, at);
        for (index, id) in targets(schema).into_iter().enumerate() {
            if fits(schema::component(id), sent) {
                self.coverage.expanded(schema, index);
                // An item is of one of the kinds, without being asked for by name.
                if schema.get("x-expansionResources").is_none() && !arms(schema).is_empty() {
                    self.coverage.see(schema, index);
                }
                self.read_as(id, sent, at);
            }
        }
    }

    fn read_as(&mut self, id: &str, sent: &Value, at: &Place<'_>) {
        let Some(reader) = reader(id) else {
            return self.complain(at, &format!("there is no type for `{id}`"));
        };
        let (read, unknown) = noting(|| reader(sent.to_string().as_bytes()));
        match read {
            Err(error) => self.complain(at, &error),
            Ok(typed) => {
                let mut walk = Walk {
                    coverage: &mut *self.coverage,
                    unknown: &unknown,
                    complaints: BTreeSet::new(),
                };
                walk.value(typed.node(), sent, schema::component(id), at);
                let found = walk.complaints;
                self.complaints.extend(found);
            }
        }
    }

    fn object(
        &mut self,
        object: &dyn value::Value,
        sent: &Map<String, Value>,
        schema: Schema,
        at: &Place<'_>,
    ) {
        object.fields(value::Fields::new(&mut |values, extra| {
            let mut names = BTreeSet::new();
            for (field, value) in object.shape().fields.iter().zip(values) {
                names.insert(field.wire());
                self.field(field.wire(), value.node(), sent, schema, at);
            }
            for (name, value) in sent
                .iter()
                .filter(|(name, _)| !names.contains(name.as_str()))
            {
                self.extra(extra, name, value, schema, &at.below(name));
            }
            if extra.iter().any(|(name, _)| !sent.contains_key(name)) {
                self.complain(at, "a field was invented");
            }
        }));
    }

    fn field(
        &mut self,
        name: &str,
        node: Node<'_>,
        sent: &Map<String, Value>,
        schema: Schema,
        at: &Place<'_>,
    ) {
        let property = &schema["properties"][name];
        let value = sent.get(name).unwrap_or(&Value::Null);
        let at = at.below(name);
        if value.is_null() {
            return self.nothing(node, &at);
        }
        if property.is_null() {
            // It is a property of another arm, or of none.
            return self.complain(&at, "the document has no such property here");
        }
        self.coverage.read(property);
        self.value(node, value, property, &at);
    }

    /// What has no field.
    fn extra(&mut self, extra: &Extra, name: &str, sent: &Value, schema: Schema, at: &Place<'_>) {
        let kept = extra
            .get(name)
            .map(|json| serde_json::from_str::<Value>(json).unwrap());
        let is_kept = kept.as_ref() == Some(sent);
        let property = &schema["properties"][name];
        if !is_kept && !sent.is_null() {
            self.complain(at, "lost");
        } else if !property.is_null() && std::ptr::eq(schema, schema::component(ATTACHING)) {
            self.coverage.read(property);
            let objects = arms(property)
                .iter()
                .chain([property])
                .filter_map(reference);
            for id in objects
                .filter(|id| fits(schema::component(id), sent))
                .collect::<Vec<_>>()
            {
                self.read_as(id, sent, at);
            }
        } else if !property.is_null() || name != UNKNOWN {
            self.complain(at, "there is no field for it");
        }
    }

    fn map(
        &mut self,
        map: &dyn value::Map,
        sent: &Map<String, Value>,
        schema: Schema,
        at: &Place<'_>,
    ) {
        let mut count = 0;
        map.entries(&mut |name, node| {
            count += 1;
            let value = sent.get(name).unwrap_or(&Value::Null);
            self.value(
                node,
                value,
                &schema["additionalProperties"],
                &at.below(name),
            );
        });
        if count != sent.len() {
            self.complain(at, "entries are lost");
        }
    }

    fn items(&mut self, list: &dyn value::List, sent: &[Value], schema: Schema, at: &Place<'_>) {
        if list.len() != sent.len() {
            self.complain(at, "items are lost");
        }
        for (index, item) in sent.iter().enumerate() {
            let at = at.below("items");
            self.value(list.item(index), item, &schema["items"], &at);
        }
    }
}
