//! What a client could send: arguments for an operation, made from the document alone. It is `check` read backwards, as
//! `synthesise` is `conform`: whatever is made here is accepted there. It encodes nothing and sends nothing.

use serde_json::{Map, Value, json};

use crate::document::{Answer, Document, Format, Kind, Node, NodeId, Operation, Property};
use crate::synthesise::{Fill, pick, sample};

/// Arguments for one call of an operation.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Arguments {
    /// The parameters of the path, in their order.
    pub path: Vec<String>,
    /// Those of the query and the body by name, with the types that the document gives them. The empty text clears. A
    /// file is an object of its `name` and its `content`.
    pub params: Map<String, Value>,
}

/// The two cursors of a page, of which one request has one.
const CURSORS: [&str; 2] = ["starting_after", "ending_before"];

impl Document {
    /// Arguments that the operation takes: all of them, or only the required ones.
    ///
    /// Variants go through the arms of unions and the values of enums, and start over when they are through.
    #[must_use]
    pub fn arguments(&self, operation: &Operation, fill: Fill, variant: usize) -> Arguments {
        let maker = Maker {
            document: self,
            is_form: !operation.is_v2(),
            fill,
            expands: match operation.answer {
                Answer::Json(node) => self.expandable_path(node),
                Answer::Bytes(_) => None,
            },
        };
        let path = operation.path_parameters.iter();
        let mut params = Map::new();
        for parameter in &operation.query {
            let is_wanted = parameter.required || fill == Fill::Everything;
            if is_wanted && Some(&parameter.name.as_str()) != pick(&CURSORS, variant) {
                maker.add(&mut params, &parameter.name, parameter.node, variant);
            }
        }
        if let Some(body) = &operation.body {
            params.extend(maker.members(self.properties(body.node), variant));
        }
        Arguments {
            path: path.map(|it| format!("{}_1", it.name)).collect(),
            params,
        }
    }

    /// A property that `expand` can name in an answer, an id if there is one; in a list, one of its items.
    fn expandable_path(&self, id: NodeId) -> Option<String> {
        let node = self.node(self.resolve(id));
        if let Kind::Union(arms) = &node.kind {
            return arms.iter().find_map(|arm| self.expandable_path(*arm));
        }
        let mut names = node.expandable_fields.iter();
        let is_id = |name: &&String| {
            let property = self.property(id, name);
            property.is_some_and(|it| self.node(it.node).expandable)
        };
        let name = names
            .find(is_id)
            .or_else(|| node.expandable_fields.first())?;
        let items = self.property(id, name).and_then(|it| self.items(it.node));
        let inner = items.and_then(|items| self.expandable_path(items));
        Some(inner.map_or_else(|| name.clone(), |inner| format!("{name}.{inner}")))
    }
}

/// Makes the arguments of one operation.
struct Maker<'d> {
    document: &'d Document,
    is_form: bool,
    fill: Fill,
    /// What `expand` is given, if there is anything.
    expands: Option<String>,
}

impl Maker<'_> {
    fn add(&self, to: &mut Map<String, Value>, name: &str, id: NodeId, variant: usize) {
        let value = match (name, &self.expands) {
            ("expand", None) => return,
            ("expand", Some(path)) => json!([path]),
            _ => self.member(id, name, variant),
        };
        to.insert(name.to_owned(), value);
    }

    fn members(&self, properties: &[Property], variant: usize) -> Map<String, Value> {
        let mut members = Map::new();
        for property in properties {
            if property.required || self.fill == Fill::Everything {
                self.add(&mut members, &property.name, property.node, variant);
            }
        }
        members
    }

    /// A value inside an object or a list. A form cannot say that an object is there and empty: one without required
    /// members gets the first that it may have.
    fn member(&self, id: NodeId, name: &str, variant: usize) -> Value {
        let value = self.value(id, name, variant);
        let first = self.document.properties(id).first();
        match first.filter(|_| self.is_form && value == json!({})) {
            Some(first) => {
                json!({ &first.name: self.member(first.node, &first.name, variant) })
            }
            None => value,
        }
    }

    fn value(&self, id: NodeId, name: &str, variant: usize) -> Value {
        let node = self.document.node(id);
        if let Some(listed) = pick(&node.values, variant) {
            return listed.clone();
        }
        match &node.kind {
            Kind::Anything | Kind::FreeObject => json!({}),
            Kind::Component(component) => {
                self.value(self.document.component_node(*component), name, variant)
            }
            Kind::Object(properties) => Value::Object(self.members(properties, variant)),
            Kind::Map(inner) => json!({ sample::key(name): self.member(*inner, name, variant) }),
            Kind::Array(inner) => json!([self.member(*inner, name, variant)]),
            // A union is passed once for every arm; what is in an arm has its own turns there.
            Kind::Union(arms) => pick(arms, variant).map_or(Value::Null, |arm| {
                self.member(*arm, name, variant / arms.len().max(1))
            }),
            Kind::Text => text(node, name),
            Kind::Integer => sample::integer(node.format, name).into(),
            Kind::Number => 12.5.into(),
            Kind::Boolean => (variant % 2 == 0).into(),
        }
    }
}

fn text(node: &Node, name: &str) -> Value {
    match node.format {
        Some(Format::Binary) => json!({ "name": "a b.png", "content": "\u{1}\r\n--x" }),
        _ => crate::synthesise::text(node, name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;
    use crate::server::default_document;

    const VARIANTS: usize = 6;

    /// As a form says it: every leaf is a text, and what is empty is not said.
    fn texts(value: &Value) -> Value {
        match value {
            Value::Object(members) => {
                let members = members
                    .iter()
                    .map(|(name, value)| (name.clone(), texts(value)));
                Value::Object(members.filter(|(_, value)| *value != json!({})).collect())
            }
            Value::Array(items) => items.iter().map(texts).collect(),
            Value::String(_) => value.clone(),
            other => other.to_string().into(),
        }
    }

    #[test]
    fn whatever_is_made_is_accepted() {
        let document = default_document().unwrap();
        for operation in document.operations() {
            // An upload is judged as it comes over the wire.
            if operation.path == "/v1/files" {
                continue;
            }
            for (fill, variant) in (0..VARIANTS)
                .flat_map(|variant| [Fill::Everything, Fill::Required].map(|fill| (fill, variant)))
            {
                let mut made = document.arguments(operation, fill, variant);
                let mut query = Map::new();
                for parameter in &operation.query {
                    query.extend(made.params.remove_entry(&parameter.name));
                }
                let query = texts(&query.into());
                let body = Value::Object(made.params);
                let body = if operation.is_v2() {
                    body
                } else {
                    texts(&body)
                };
                let path = made.path;
                let outcome = check::request(&document, operation, path, &query, &body);
                let name = &operation.pointer;
                assert!(outcome.is_ok(), "{name} {fill:?} {variant}: {outcome:?}");
            }
        }
    }

    #[test]
    fn a_list_is_expanded_by_its_items_and_what_has_nothing_is_not() {
        let document = default_document().unwrap();
        let expanded = |path: &str| {
            let mut operations = document.operations().iter();
            let operation = operations.find(|it| it.method() == "GET" && it.path == path);
            let made = document.arguments(operation.unwrap(), Fill::Everything, 0);
            made.params.get("expand").cloned()
        };
        assert_eq!(
            expanded("/v1/customers"),
            Some(json!(["data.default_source"]))
        );
        assert_eq!(
            expanded("/v1/apple_pay/domains/{domain}"),
            None,
            "nothing can be expanded there"
        );
    }
}
