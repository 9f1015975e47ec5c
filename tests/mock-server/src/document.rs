//! The raw OpenAPI document, indexed: operations, and schemas with their JSON pointers.
//!
//! It shares no code with the generator, so that it can disagree with it. It says what the document states and judges
//! nothing.

mod format;
mod operation;
mod pattern;
mod pointer;
mod schema;

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

pub(crate) use format::{Format, is_decimal, is_unix_time};
pub use operation::Operation;
pub(crate) use operation::{Answer, Media, Method, Parameter, Segment, is_v2};
pub(crate) use schema::{ComponentId, Kind, Node, NodeId, Property, property};

use schema::Schemas;

/// An OpenAPI document that the mock can serve.
#[derive(Debug)]
pub struct Document {
    version: String,
    operations: Vec<Operation>,
    schemas: Schemas,
    nothing: Node,
    weights: Vec<usize>,
}

/// A document that cannot be served: which file, where in it, and why.
#[derive(Debug)]
pub struct DocumentError {
    file: PathBuf,
    what: String,
}

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file.display(), self.what)
    }
}

impl std::error::Error for DocumentError {}

impl Document {
    /// Reads a document in JSON.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, is not JSON, or says something that the mock does not understand.
    pub fn load(file: &Path) -> Result<Self, DocumentError> {
        let fail = |what: String| DocumentError {
            file: file.to_owned(),
            what,
        };
        let bytes = fs::read(file).map_err(|error| fail(error.to_string()))?;
        let raw = serde_json::from_slice(&bytes).map_err(|error| fail(error.to_string()))?;
        Self::read(&raw).map_err(fail)
    }

    /// Indexes a document; an error starts with the JSON pointer of what is wrong.
    pub(crate) fn read(raw: &Value) -> Result<Self, String> {
        let version = raw.pointer("/info/version").and_then(Value::as_str);
        let version = version.ok_or("/info/version: a text is expected here")?;
        let mut schemas = Schemas::read(raw)?;
        let operations = operation::read(raw, &mut schemas)?;
        let nothing = schemas.nothing();
        let mut document = Self {
            version: version.to_owned(),
            operations,
            schemas,
            nothing,
            weights: Vec::new(),
        };
        document.weights = document.weigh();
        Ok(document)
    }

    /// The version of the API.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Every operation.
    #[must_use]
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    pub(crate) fn node(&self, id: NodeId) -> &Node {
        self.schemas.nodes.get(id.0).unwrap_or(&self.nothing)
    }

    /// The schema itself, or the one that it refers to.
    pub(crate) fn resolve(&self, id: NodeId) -> NodeId {
        match self.node(id).kind {
            Kind::Component(component) => self.component_node(component),
            _ => id,
        }
    }

    /// The JSON pointer of a schema.
    pub(crate) fn pointer(&self, id: NodeId) -> String {
        self.schemas.pointer(id)
    }

    pub(crate) fn node_ids(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..self.schemas.nodes.len()).map(NodeId)
    }

    /// How many values all enums have.
    pub(crate) fn value_count(&self) -> usize {
        self.schemas.values
    }

    pub(crate) fn component_ids(&self) -> impl Iterator<Item = ComponentId> + use<> {
        (0..self.schemas.components.len()).map(ComponentId)
    }

    pub(crate) fn component_name(&self, id: ComponentId) -> &str {
        let component = self.schemas.components.get(id.0);
        component.map_or("", |it| it.name.as_str())
    }

    pub(crate) fn component_node(&self, id: ComponentId) -> NodeId {
        let component = self.schemas.components.get(id.0);
        component.map_or(NodeId(usize::MAX), |it| it.node)
    }

    /// The objects that a schema may stand for: a component, or those of a union, in its order.
    pub(crate) fn objects(&self, id: NodeId) -> Vec<ComponentId> {
        match &self.node(id).kind {
            Kind::Component(component) => match self.node(self.component_node(*component)).kind {
                Kind::Union(_) => self.objects(self.component_node(*component)),
                _ => vec![*component],
            },
            Kind::Union(arms) => arms.iter().flat_map(|arm| self.objects(*arm)).collect(),
            _ => Vec::new(),
        }
    }

    /// The properties of an object, through a reference.
    pub(crate) fn properties(&self, id: NodeId) -> &[Property] {
        match &self.node(self.resolve(id)).kind {
            Kind::Object(properties) => properties,
            _ => &[],
        }
    }

    /// The schema of the items of a list.
    pub(crate) fn items(&self, id: NodeId) -> Option<NodeId> {
        match self.node(id).kind {
            Kind::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The property of this name, through a reference.
    pub(crate) fn property(&self, id: NodeId, name: &str) -> Option<&Property> {
        property(self.properties(id), name)
    }

    /// The one value that a property can have, such as that of `object`.
    pub(crate) fn constant(&self, id: NodeId, name: &str) -> Option<&Value> {
        match self.node(self.property(id, name)?.node).values.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }

    /// Whether a component is what is left of a deleted object.
    pub(crate) fn is_deleted(&self, id: ComponentId) -> bool {
        self.constant(self.component_node(id), "deleted") == Some(&Value::Bool(true))
            || self.component_name(id).ends_with("deleted_object")
    }

    /// How many values an object of this component has when everything in it is filled once.
    pub(crate) fn weight(&self, id: ComponentId) -> usize {
        self.weights.get(id.0).copied().unwrap_or(usize::MAX)
    }

    fn weigh(&self) -> Vec<usize> {
        let mut weights = vec![None; self.schemas.components.len()];
        for id in self.component_ids() {
            self.weigh_component(id, &mut weights);
        }
        weights.into_iter().map(Option::unwrap_or_default).collect()
    }

    fn weigh_component(&self, id: ComponentId, weights: &mut [Option<usize>]) -> usize {
        if let Some(Some(known)) = weights.get(id.0) {
            return *known;
        }
        // Zero ends a cycle: whoever comes back here adds nothing.
        if let Some(weight) = weights.get_mut(id.0) {
            *weight = Some(0);
        }
        let sum = self.weigh_node(self.component_node(id), weights);
        if let Some(weight) = weights.get_mut(id.0) {
            *weight = Some(sum);
        }
        sum
    }

    fn weigh_node(&self, id: NodeId, weights: &mut [Option<usize>]) -> usize {
        let node = self.node(id);
        match &node.kind {
            _ if node.expandable => 1,
            Kind::Component(component) => self.weigh_component(*component, weights),
            Kind::Object(properties) => properties.iter().fold(1_usize, |sum, property| {
                sum.saturating_add(self.weigh_node(property.node, weights))
            }),
            Kind::Array(inner) | Kind::Map(inner) => {
                self.weigh_node(*inner, weights).saturating_add(1)
            }
            Kind::Union(arms) => arms.first().map_or(1, |arm| self.weigh_node(*arm, weights)),
            _ => 1,
        }
    }
}
