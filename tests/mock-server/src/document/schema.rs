//! Schemas as a graph of numbered nodes, each of which knows its JSON pointer. What a node means is said here; who asks
//! for it, and what a value must look like, is not.

use std::collections::BTreeMap;

use serde_json::Value;

use super::format::Format;
use super::pattern::Pattern;
use super::pointer::escape;

/// The number of a schema in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct NodeId(pub(crate) usize);

/// The number of a schema under `/components/schemas`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ComponentId(pub(crate) usize);

/// One schema.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) parent: Option<NodeId>,
    /// What stands behind the parent's pointer, or the whole pointer of a root.
    tail: String,
    pub(crate) kind: Kind,
    pub(crate) nullable: bool,
    /// Values that the document does not list are accepted all the same.
    pub(crate) bypass: bool,
    /// In characters.
    pub(crate) max_length: Option<usize>,
    pub(crate) format: Option<Format>,
    pub(crate) pattern: Option<Pattern>,
    /// The values of an enum.
    pub(crate) values: Vec<Value>,
    /// The number of the first of `values` among all values of the document.
    pub(crate) first_value: usize,
    /// A union of an id and the object that it stands for.
    pub(crate) expandable: bool,
    /// The properties that `expand` may name.
    pub(crate) expandable_fields: Vec<String>,
}

/// What a schema describes.
#[derive(Debug, PartialEq)]
pub(crate) enum Kind {
    Anything,
    FreeObject,
    /// Sorted by name.
    Object(Vec<Property>),
    Map(NodeId),
    Array(NodeId),
    Text,
    Integer,
    Number,
    Boolean,
    Component(ComponentId),
    Union(Vec<NodeId>),
}

/// A property of an object.
#[derive(Debug, PartialEq)]
pub(crate) struct Property {
    pub(crate) name: String,
    pub(crate) node: NodeId,
    pub(crate) required: bool,
}

/// All schemas that were read so far.
#[derive(Debug)]
pub(crate) struct Schemas {
    pub(crate) nodes: Vec<Node>,
    pub(crate) components: Vec<Component>,
    pub(crate) values: usize,
    numbers: BTreeMap<String, ComponentId>,
}

/// A named schema.
#[derive(Debug)]
pub(crate) struct Component {
    pub(crate) name: String,
    pub(crate) node: NodeId,
}

impl Schemas {
    /// Reads `/components/schemas`.
    pub(crate) fn read(raw: &Value) -> Result<Self, String> {
        let Some(named) = raw
            .pointer("/components/schemas")
            .and_then(Value::as_object)
        else {
            return Err("/components/schemas: an object is expected here".to_owned());
        };
        let numbers = named.keys().cloned().zip((0..).map(ComponentId)).collect();
        let mut schemas = Self {
            nodes: Vec::new(),
            components: Vec::new(),
            values: 0,
            numbers,
        };
        for (name, schema) in named {
            let root = format!("/components/schemas/{}", escape(name));
            let node = schemas.add(schema, None, root)?;
            schemas.components.push(Component {
                name: name.clone(),
                node,
            });
        }
        Ok(schemas)
    }

    /// Reads a schema and everything below it.
    pub(crate) fn add(
        &mut self,
        raw: &Value,
        parent: Option<NodeId>,
        tail: String,
    ) -> Result<NodeId, String> {
        let id = NodeId(self.nodes.len());
        let node = node(raw, parent, tail, self.values);
        self.values += node.values.len();
        self.nodes.push(node);
        let kind = self.kind(raw, id)?;
        if let Some(node) = self.nodes.get_mut(id.0) {
            node.kind = kind;
        }
        Ok(id)
    }

    fn kind(&mut self, raw: &Value, id: NodeId) -> Result<Kind, String> {
        if let Some(reference) = raw.get("$ref").and_then(Value::as_str) {
            let name = reference.strip_prefix("#/components/schemas/");
            let number = name.and_then(|name| self.numbers.get(name));
            return number
                .map(|it| Kind::Component(*it))
                .ok_or_else(|| format!("{}: `{reference}` leads nowhere", self.pointer(id)));
        }
        for keyword in ["anyOf", "oneOf"] {
            if raw.get(keyword).is_some() {
                return self.arms(raw, keyword, id);
            }
        }
        Ok(match raw.get("type").and_then(Value::as_str) {
            None => Kind::Anything,
            Some("object") => self.object(raw, id)?,
            Some("array") => {
                let items = raw.get("items").unwrap_or(&Value::Null);
                Kind::Array(self.add(items, Some(id), "/items".to_owned())?)
            }
            Some("string") => Kind::Text,
            Some("integer") => Kind::Integer,
            Some("number") => Kind::Number,
            Some("boolean") => Kind::Boolean,
            Some(other) => {
                return Err(format!("{}: no type is called `{other}`", self.pointer(id)));
            }
        })
    }

    fn arms(&mut self, raw: &Value, keyword: &str, id: NodeId) -> Result<Kind, String> {
        let mut arms = Vec::new();
        for (index, arm) in list(raw, keyword).iter().enumerate() {
            arms.push(self.add(arm, Some(id), format!("/{keyword}/{index}"))?);
        }
        Ok(Kind::Union(arms))
    }

    fn object(&mut self, raw: &Value, id: NodeId) -> Result<Kind, String> {
        let Some(members) = raw.get("properties").and_then(Value::as_object) else {
            return match raw.get("additionalProperties") {
                Some(values) if values.is_object() => Ok(Kind::Map(self.add(
                    values,
                    Some(id),
                    "/additionalProperties".to_owned(),
                )?)),
                _ => Ok(Kind::FreeObject),
            };
        };
        let required = strings(raw, "required");
        let mut properties = Vec::new();
        // serde_json's map is sorted, which `property` relies on.
        for (name, schema) in members {
            let tail = format!("/properties/{}", escape(name));
            properties.push(Property {
                name: name.clone(),
                node: self.add(schema, Some(id), tail)?,
                required: required.contains(name),
            });
        }
        properties.sort_by(|left, right| left.name.cmp(&right.name));
        Ok(Kind::Object(properties))
    }

    /// A schema that says nothing, for a number that stands for none.
    pub(crate) fn nothing(&self) -> Node {
        node(&Value::Null, None, String::new(), self.values)
    }

    /// The JSON pointer of a schema.
    pub(crate) fn pointer(&self, id: NodeId) -> String {
        let Some(node) = self.nodes.get(id.0) else {
            return String::new();
        };
        let start = node.parent.map_or_else(String::new, |it| self.pointer(it));
        start + &node.tail
    }
}

/// The property of this name.
pub(crate) fn property<'a>(properties: &'a [Property], name: &str) -> Option<&'a Property> {
    let found = properties.binary_search_by(|it| it.name.as_str().cmp(name));
    found.ok().and_then(|index| properties.get(index))
}

/// What stands in the schema itself, without its kind.
fn node(raw: &Value, parent: Option<NodeId>, tail: String, first_value: usize) -> Node {
    let text = |name: &str| raw.get(name).and_then(Value::as_str);
    let flag = |name: &str| raw.get(name).and_then(Value::as_bool).unwrap_or_default();
    let max_length = raw.get("maxLength").and_then(Value::as_u64);
    Node {
        parent,
        tail,
        kind: Kind::Anything,
        nullable: flag("nullable"),
        bypass: flag("x-stripeBypassValidation"),
        max_length: max_length.and_then(|it| usize::try_from(it).ok()),
        format: text("format").and_then(Format::named),
        pattern: text("pattern").and_then(Pattern::parse),
        values: list(raw, "enum").to_vec(),
        first_value,
        expandable: raw.get("x-expansionResources").is_some(),
        expandable_fields: strings(raw, "x-expandableFields"),
    }
}

fn list<'a>(raw: &'a Value, name: &str) -> &'a [Value] {
    raw.get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn strings(raw: &Value, name: &str) -> Vec<String> {
    let texts = list(raw, name).iter().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}
