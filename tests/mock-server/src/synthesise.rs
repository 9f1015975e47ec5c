//! Makes an answer from its schema alone: deterministic, complete, plausible. It knows no request; what was sent is
//! written over it by `echo`.

mod echo;
pub(crate) mod ids;
pub(crate) mod sample;
#[cfg(test)]
mod whole;

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::document::{ComponentId, Document, Kind, Node, NodeId, Property};

pub(crate) use echo::echo;
pub(crate) use sample::{DATE_TIME, NOW};

/// Which of the possible answers is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Style {
    /// Which arm of every union and which value of every enum: the first, the second and so on, starting over where
    /// there are fewer.
    pub(crate) variant: usize,
    /// How much of an object is filled.
    pub(crate) fill: Fill,
    /// Whether every object has a member that the document does not name.
    pub(crate) unknown_members: bool,
}

/// How much of an object is filled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fill {
    /// Every property is there, and only null where an object would otherwise hold itself.
    #[default]
    Everything,
    /// Only required properties are there, null where they may be, and lists are empty.
    Required,
}

/// An object of this weight or less is filled in wherever it occurs, a heavier one once in an answer: addresses are
/// everywhere, but nobody wants forty payment methods.
const LIGHT: usize = 40;

/// A whole answer.
pub(crate) fn answer(document: &Document, id: NodeId, style: Style) -> Value {
    Synthesis::new(document, style).value(id, "")
}

/// An object of a component, with an id as its resource has them.
pub(crate) fn object(document: &Document, id: ComponentId, style: Style) -> Value {
    Synthesis::new(document, style).component(id, "")
}

/// What is known while an answer grows.
#[derive(Debug)]
struct Synthesis<'d> {
    document: &'d Document,
    style: Style,
    /// The components around the current place.
    open: Vec<ComponentId>,
    filled: HashSet<ComponentId>,
}

impl<'d> Synthesis<'d> {
    fn new(document: &'d Document, style: Style) -> Self {
        Self {
            document,
            style,
            open: Vec::new(),
            filled: HashSet::new(),
        }
    }

    /// A value for a place that must have one. `name` is that of the property around it.
    fn value(&mut self, id: NodeId, name: &str) -> Value {
        let node = self.document.node(id);
        if node.expandable {
            return self.reference(id, name).into();
        }
        if let Some(value) = pick(&node.values, self.style.variant) {
            return value.clone();
        }
        match &node.kind {
            Kind::Anything | Kind::FreeObject => Value::Object(Map::new()),
            Kind::Component(component) => self.component(*component, name),
            Kind::Union(arms) => self.arm(arms, name),
            Kind::Object(properties) => self.object(properties, name),
            Kind::Map(inner) => self.map(*inner, name),
            Kind::Array(inner) => self.array(*inner, name),
            Kind::Text => text(node, name),
            Kind::Integer => sample::integer(node.format, name).into(),
            Kind::Number => 12.5.into(),
            Kind::Boolean => sample::boolean(name, self.style.variant).into(),
        }
    }

    fn component(&mut self, id: ComponentId, name: &str) -> Value {
        self.open.push(id);
        self.filled.insert(id);
        let value = self.value(self.document.component_node(id), name);
        self.open.pop();
        value
    }

    /// The arm that the style asks for; rather another one than an object inside itself.
    fn arm(&mut self, arms: &[NodeId], name: &str) -> Value {
        let count = arms.len().max(1);
        let in_turn =
            (0..count).filter_map(|offset| arms.get((self.style.variant % count + offset) % count));
        let mut candidates = in_turn.copied();
        let first = candidates.next();
        let fresh = |arm: &NodeId| !self.repeats(*arm);
        let chosen = first
            .filter(fresh)
            .or_else(|| candidates.find(fresh))
            .or(first);
        chosen.map_or(Value::Null, |arm| self.value(arm, name))
    }

    fn object(&mut self, properties: &[Property], name: &str) -> Value {
        // Where two properties would hold the same heavy object, variants take turns in which one does.
        let start = self
            .style
            .variant
            .checked_rem(properties.len())
            .unwrap_or_default();
        let in_turn = properties.iter().cycle().skip(start).take(properties.len());
        let mut members = Map::new();
        for property in in_turn {
            if let Some(value) = self.property(property, name) {
                members.insert(property.name.clone(), value);
            }
        }
        Value::Object(members)
    }

    fn property(&mut self, property: &Property, around: &str) -> Option<Value> {
        let nullable = self.document.node(property.node).nullable;
        let sparse = self.style.fill == Fill::Required;
        if sparse && !property.required {
            return None;
        }
        if (nullable && sparse) || ((nullable || !property.required) && self.repeats(property.node))
        {
            return nullable.then_some(Value::Null);
        }
        let known = self.listed_elsewhere(property);
        if known.is_some() {
            return known.map(Value::from);
        }
        if property.name == "id" && self.document.node(property.node).kind == Kind::Text {
            return Some(self.own_id(around).into());
        }
        Some(self.value(property.node, &property.name))
    }

    fn array(&mut self, inner: NodeId, name: &str) -> Value {
        if self.style.fill == Fill::Required || self.repeats(inner) {
            return Value::Array(Vec::new());
        }
        Value::Array(vec![self.value(inner, name)])
    }

    fn map(&mut self, inner: NodeId, name: &str) -> Value {
        let mut members = Map::new();
        if self.style.fill == Fill::Everything && !self.repeats(inner) {
            members.insert(sample::key(name).to_owned(), self.value(inner, "value"));
        }
        Value::Object(members)
    }

    /// Whether a value here would be an object inside itself, or a heavy one once more.
    fn repeats(&self, id: NodeId) -> bool {
        let node = self.document.node(id);
        if node.expandable {
            return false;
        }
        match &node.kind {
            Kind::Component(component) => {
                let again = self.filled.contains(component);
                self.open.contains(component) || (again && self.document.weight(*component) > LIGHT)
            }
            Kind::Union(arms) => !arms.is_empty() && arms.iter().all(|arm| self.repeats(*arm)),
            _ => false,
        }
    }

    /// A value that clients have a list of, for a property of the component itself.
    fn listed_elsewhere(&self, property: &Property) -> Option<&'static str> {
        let component = *self.open.last()?;
        let own = Some(self.document.component_node(component));
        let is_own = self.document.node(property.node).parent == own;
        let name = self.document.component_name(component);
        sample::listed_elsewhere(name, &property.name).filter(|_| is_own)
    }

    /// The id of the component around.
    fn own_id(&self, around: &str) -> String {
        let name = self.open.last().map(|id| self.document.component_name(*id));
        ids::of(name.unwrap_or(around), "")
    }

    /// The id of what an expandable property stands for.
    fn reference(&self, id: NodeId, name: &str) -> String {
        let targets = self.document.objects(id);
        let target = pick(&targets, self.style.variant);
        ids::of(
            target.map_or(name, |it| self.document.component_name(*it)),
            name,
        )
    }
}

/// A text that a schema describes.
pub(crate) fn text(node: &Node, name: &str) -> Value {
    let text = match &node.pattern {
        Some(pattern) => pattern.example(),
        None => sample::text(node.format, name),
    };
    let most = node.max_length.unwrap_or(usize::MAX);
    text.chars().take(most).collect::<String>().into()
}

/// The one that the variant stands for.
pub(crate) fn pick<T>(list: &[T], variant: usize) -> Option<&T> {
    list.get(variant.checked_rem(list.len())?)
}

/// The name of the member that stands for whatever a later version of the API may add.
const UNKNOWN: &str = "mock_unknown_member";

/// Adds a member that the document does not name to every object that has properties.
pub(crate) fn add_unknown_members(document: &Document, id: NodeId, value: &mut Value) {
    let id = document.resolve(id);
    match (&document.node(id).kind, value) {
        (Kind::Object(properties), Value::Object(members)) => {
            for property in properties {
                if let Some(value) = members.get_mut(&property.name) {
                    add_unknown_members(document, property.node, value);
                }
            }
            members.insert(
                UNKNOWN.to_owned(),
                serde_json::json!({ "list": [1, null, "x"] }),
            );
        }
        (Kind::Map(inner), Value::Object(members)) => members
            .values_mut()
            .for_each(|value| add_unknown_members(document, *inner, value)),
        (Kind::Array(inner), Value::Array(items)) => items
            .iter_mut()
            .for_each(|item| add_unknown_members(document, *inner, item)),
        (Kind::Union(arms), value) => {
            let mut fitting = arms
                .iter()
                .filter(|arm| crate::conform::accepts(document, **arm, value));
            if let Some(arm) = fitting.next().copied() {
                add_unknown_members(document, arm, value);
            }
        }
        _ => {}
    }
}
