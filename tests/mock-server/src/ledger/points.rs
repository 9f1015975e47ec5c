//! What the ledger counts: every place of the document that a request can use, or an answer return. Whether it was is
//! not known here.

use std::collections::HashSet;

use super::Use;
use crate::check::is_v2_update;
use crate::document::{Answer, Document, Kind, NodeId, Operation};

/// A place to be used.
#[derive(Debug)]
pub(super) struct Point {
    pub(super) what: Use,
    pub(super) slot: Slot,
}

/// Where it is kept whether it was used.
#[derive(Clone, Copy, Debug)]
pub(super) enum Slot {
    Operation(usize),
    Node(NodeId),
    Value(NodeId, usize),
    Cleared(NodeId),
}

/// All places: those of requests operation by operation, then those of answers.
pub(super) fn of(document: &Document) -> Vec<Point> {
    let mut walk = Walk {
        document,
        points: Vec::new(),
        seen: HashSet::new(),
        in_form: true,
        expands: false,
    };
    for (number, operation) in document.operations().iter().enumerate() {
        walk.push(Use::Operation, Slot::Operation(number));
        walk.request(operation);
    }
    for operation in document.operations() {
        if let Answer::Json(node) = operation.answer {
            walk.answer(node);
        }
    }
    walk.points
}

#[derive(Debug)]
struct Walk<'d> {
    document: &'d Document,
    points: Vec<Point>,
    seen: HashSet<NodeId>,
    /// Whether the current operation is sent as a form.
    in_form: bool,
    /// Whether there is anything to expand in the answer of the current operation.
    expands: bool,
}

impl Walk<'_> {
    fn push(&mut self, what: Use, slot: Slot) {
        self.points.push(Point { what, slot });
    }

    fn request(&mut self, operation: &Operation) {
        self.in_form = !operation.is_v2();
        self.expands = match operation.answer {
            Answer::Json(node) => self.can_expand(node),
            Answer::Bytes(_) => false,
        };
        for parameter in operation.path_parameters.iter().chain(&operation.query) {
            if self.is_usable(&parameter.name) {
                self.position(parameter.node, Use::Parameter, false);
            }
        }
        if let Some(body) = &operation.body {
            self.inside(body.node, is_v2_update(operation));
        }
    }

    /// Whether the parameter of this name can have a value that is not refused.
    fn is_usable(&self, name: &str) -> bool {
        name != "expand" || self.expands
    }

    /// A schema that stands where something can be sent.
    fn position(&mut self, id: NodeId, what: Use, clears: bool) {
        if !self.can_be_sent(id) {
            return;
        }
        let node = self.document.node(id);
        if node.values.iter().all(|it| it == "") && !node.values.is_empty() {
            // In a union, `enum: [""]` is how v1 marks what can be cleared.
            return self.push(Use::Clear, Slot::Cleared(id));
        }
        self.push(what, Slot::Node(id));
        if node.nullable {
            self.push(Use::Clear, Slot::Cleared(id));
        }
        for (index, value) in node.values.iter().enumerate() {
            if value == "" {
                self.push(Use::Clear, Slot::Cleared(id));
            } else {
                self.push(Use::Value, Slot::Value(id, index));
            }
        }
        self.inside(id, clears);
    }

    /// Whether `expand` can name anything in an answer of this schema.
    fn can_expand(&self, id: NodeId) -> bool {
        let node = self.document.node(self.document.resolve(id));
        match &node.kind {
            Kind::Union(arms) => arms.iter().any(|arm| self.can_expand(*arm)),
            _ => !node.expandable_fields.is_empty(),
        }
    }

    /// Whether a value can be written at all: a form cannot say that there is an object without members.
    fn can_be_sent(&self, id: NodeId) -> bool {
        match &self.document.node(id).kind {
            Kind::Object(properties) if self.in_form => properties
                .iter()
                .any(|property| self.can_be_sent(property.node)),
            Kind::Map(inner) | Kind::Array(inner) => self.can_be_sent(*inner),
            Kind::Union(arms) => arms.iter().any(|arm| self.can_be_sent(*arm)),
            _ => true,
        }
    }

    fn inside(&mut self, id: NodeId, clears: bool) {
        match &self.document.node(id).kind {
            Kind::Object(properties) => {
                for property in properties {
                    if !self.is_usable(&property.name) {
                        continue;
                    }
                    let nullable = self.document.node(property.node).nullable;
                    if clears && !property.required && !nullable {
                        self.push(Use::Clear, Slot::Cleared(property.node));
                    }
                    self.position(property.node, Use::Parameter, clears);
                }
            }
            Kind::Map(inner) | Kind::Array(inner) => {
                self.position(*inner, Use::Parameter, clears);
            }
            Kind::Union(arms) => {
                for arm in arms {
                    self.position(*arm, Use::Arm, clears);
                }
            }
            Kind::Component(component) => {
                let node = self.document.component_node(*component);
                if self.seen.insert(node) {
                    self.inside(node, clears);
                }
            }
            _ => {}
        }
    }

    fn answer(&mut self, id: NodeId) {
        if !self.seen.insert(id) {
            return;
        }
        match &self.document.node(id).kind {
            Kind::Object(properties) => {
                for property in properties {
                    self.push(Use::Property, Slot::Node(property.node));
                    self.answer(property.node);
                }
            }
            Kind::Map(inner) | Kind::Array(inner) => self.answer(*inner),
            Kind::Union(arms) => arms.iter().for_each(|arm| self.answer(*arm)),
            Kind::Component(component) => {
                self.answer(self.document.component_node(*component));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_place_of_a_small_document_is_counted() {
        let clearable = json!({"anyOf": [{"type": "object", "properties": {"b": {"type": "string"}}},
            {"type": "string", "enum": [""]}]});
        let body = json!({"type": "object", "properties": {
            "a": clearable, "list": {"type": "array", "items": {"type": "string", "enum": ["x", "y"]}}}});
        let document = Document::read(&json!({
            "info": {"version": "1"},
            "components": {"schemas": {"thing": {"type": "object", "properties": {
                "id": {"type": "string"}, "parent": {"$ref": "#/components/schemas/thing"}}}}},
            "paths": {"/v1/things/{id}": {"post": {
                "parameters": [{"name": "id", "in": "path", "schema": {"type": "string"}}],
                "requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": body}}},
                "responses": {"200": {"content": {"application/json": {
                    "schema": {"$ref": "#/components/schemas/thing"}}}}}}}}
        }));
        let document = document.unwrap();
        let ledger = crate::ledger::Ledger::new(std::sync::Arc::new(document));
        let post = "/paths/~1v1~1things~1{id}/post";
        let body = format!("{post}/requestBody/content/application~1x-www-form-urlencoded/schema");
        let expected = [
            format!("operation {post}"),
            format!("parameter {post}/parameters/0/schema"),
            format!("parameter {body}/properties/a"),
            format!("arm {body}/properties/a/anyOf/0"),
            format!("parameter {body}/properties/a/anyOf/0/properties/b"),
            format!("clear {body}/properties/a/anyOf/1"),
            format!("parameter {body}/properties/list"),
            format!("parameter {body}/properties/list/items"),
            format!("value {body}/properties/list/items/enum/0"),
            format!("value {body}/properties/list/items/enum/1"),
            "property /components/schemas/thing/properties/id".to_owned(),
            "property /components/schemas/thing/properties/parent".to_owned(),
        ];
        let missing = ledger.missing();
        let missing: Vec<String> = missing.iter().map(ToString::to_string).collect();
        assert_eq!(missing, expected);
    }
}
