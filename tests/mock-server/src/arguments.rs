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

    /// The first property that `expand` can name in an answer; in a list, one of its items.
    fn expandable_path(&self, id: NodeId) -> Option<String> {
        let node = self.node(self.resolve(id));
        if let Kind::Union(arms) = &node.kind {
            return arms.iter().find_map(|arm| self.expandable_path(*arm));
        }
        let name = node.expandable_fields.first()?;
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
