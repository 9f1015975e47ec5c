//! The tree of services: by which accessors a call is reached, in which module its service stands, and which feature
//! turns it on.

use std::collections::{BTreeMap, BTreeSet};

use super::feature::{FULL, LEGACY};
use super::group::CORE_FEATURES;
use super::item::Accessor;
use super::name::{CRATES, camel, singular, snake};
use super::only::Only;
use super::scope::{NameTable, Scope};
use crate::model::{Api, CallPath, Operation, Type};

/// One service or name space, by the accessors that lead to it.
pub(crate) struct Node<'a> {
    pub(crate) path: Vec<String>,
    /// The module, from the root of the crate.
    pub(crate) module: Vec<String>,
    /// The type that has the calls.
    pub(crate) handle: String,
    /// Sorted by method.
    pub(crate) operations: Vec<(&'a CallPath, &'a Operation)>,
    pub(crate) children: Vec<Vec<String>>,
}

impl Node<'_> {
    /// `Customers`; where the service is called like the object that it answers with, `BalanceService`, or like one of
    /// its own calls, whose parameters have that name.
    fn type_name(&self, table: &mut NameTable) -> String {
        let plain = self
            .path
            .last()
            .map_or_else(|| "Root".to_owned(), |last| camel(last));
        let other = format!("{plain}Service");
        let mut calls = self.operations.iter();
        if calls.any(|(call, _)| camel(&call.method) == plain) {
            return other;
        }
        let own_object =
            |id: &str| camel(id) == plain || camel(id.rsplit('.').next().unwrap_or(id)) == plain;
        let mut taken = false;
        for (_, operation) in &self.operations {
            operation
                .result
                .walk(&mut |ty| taken |= matches!(ty, Type::Schema(id) if own_object(id)));
        }
        let identity = format!("handle {}", self.path.join("."));
        Scope::default().take_one(table, identity, vec![if taken { other } else { plain }])
    }
}

/// All services and name spaces, by path.
pub(crate) struct Tree<'a> {
    pub(crate) nodes: BTreeMap<Vec<String>, Node<'a>>,
}

/// Modules at the root of the crate that are not services.
const ROOT_MODULES: &[&str] = &[
    "client",
    "event_type",
    "id",
    "schema",
    "types",
    "version",
    "webhook",
    "stripe_core",
    "std",
    "core",
    "alloc",
];

impl<'a> Tree<'a> {
    pub(crate) fn new(api: &'a Api, table: &mut NameTable) -> Self {
        let mut tree = Tree {
            nodes: BTreeMap::new(),
        };
        for operation in &api.operations {
            for call in &operation.calls {
                tree.add(&service_path(operation, call), call, operation);
            }
        }
        let known: BTreeSet<&str> = api
            .schemas
            .iter()
            .filter_map(|schema| schema.id.rsplit('.').next())
            .collect();
        tree.place(&known, table);
        for node in tree.nodes.values_mut() {
            node.operations
                .sort_by(|(a, _), (b, _)| a.method.cmp(&b.method));
        }
        tree
    }

    fn add(&mut self, path: &[String], call: &'a CallPath, operation: &'a Operation) {
        for length in 1..=path.len() {
            let here = path.get(..length).unwrap_or_default().to_vec();
            let empty = || Node {
                path: here.clone(),
                module: Vec::new(),
                handle: String::new(),
                operations: Vec::new(),
                children: Vec::new(),
            };
            self.nodes.entry(here.clone()).or_insert_with(empty);
            if let Some(node) = here
                .split_last()
                .and_then(|(_, parent)| self.nodes.get_mut(parent))
            {
                if !node.children.contains(&here) {
                    node.children.push(here);
                }
            }
        }
        if let Some(node) = self.nodes.get_mut(path) {
            node.operations.push((call, operation));
        }
    }

    /// Modules are called after one object — `customer`, where the service is `customers` — unless the plural is what
    /// the document calls the object itself, such as `balance_settings`.
    fn place(&mut self, schemas: &BTreeSet<&str>, table: &mut NameTable) {
        let mut scopes: BTreeMap<Vec<String>, Scope> = BTreeMap::new();
        let mut modules: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
        for (path, node) in &mut self.nodes {
            let Some((last, parent)) = path.split_last() else {
                continue;
            };
            let name = match node.operations.is_empty() || schemas.contains(last.as_str()) {
                true => snake(last),
                false => snake(&singular(last)),
            };
            let reserved = if parent.is_empty() {
                ROOT_MODULES
            } else {
                CRATES
            };
            let scope = scopes
                .entry(parent.to_vec())
                .or_insert_with(|| Scope::with(reserved));
            let mut module = modules.get(parent).cloned().unwrap_or_default();
            let beside = if parent.is_empty() {
                "-".to_owned()
            } else {
                parent.join(".")
            };
            let candidates = vec![name, format!("{}_service", snake(last))];
            module.push(scope.take_one(table, format!("service {beside} {last}"), candidates));
            modules.insert(path.clone(), module.clone());
            node.module = module;
            node.handle = node.type_name(table);
        }
    }

    /// The feature of a service, which is called by its path; a name space has none of its own.
    pub(crate) fn feature(&self, path: &[String]) -> Option<String> {
        if path.first().is_some_and(|first| first == LEGACY) {
            return Some(LEGACY.to_owned());
        }
        self.is_service(path).then(|| feature_name(path))
    }

    fn is_service(&self, path: &[String]) -> bool {
        let node = self.nodes.get(path);
        node.is_some_and(|node| !node.operations.is_empty())
    }

    /// The feature of the service that a service is nested in. It is on where the nested one is: who lists the tax ids
    /// of a customer has a customer.
    pub(crate) fn enclosing(&self, path: &[String]) -> Option<String> {
        let around = (1..path.len())
            .rev()
            .filter_map(|length| path.get(..length));
        let service = around.into_iter().find(|path| self.is_service(path))?;
        self.feature(service)
    }

    /// The services around a service.
    pub(crate) fn around(&self, path: &[String]) -> Vec<Vec<String>> {
        let around = (1..path.len()).filter_map(|length| path.get(..length));
        around
            .filter(|path| self.is_service(path))
            .map(<[String]>::to_vec)
            .collect()
    }

    /// Leaves out all services but those that are wanted, and the name spaces that lead to no service any more.
    pub(crate) fn keep(&mut self, only: &Only) {
        let Some(wanted) = only.services() else {
            return;
        };
        let leads = |path: &Vec<String>| wanted.iter().any(|it| it.starts_with(path));
        self.nodes.retain(|path, _| leads(path));
        for (path, node) in &mut self.nodes {
            node.children.retain(leads);
            if !wanted.contains(path) {
                node.operations.clear();
            }
        }
    }

    /// The path of the outermost service around a service, or its own.
    pub(crate) fn outermost<'p>(&self, path: &'p [String]) -> &'p [String] {
        let around = (1..=path.len()).filter_map(|length| path.get(..length));
        around
            .into_iter()
            .find(|path| self.is_service(path))
            .unwrap_or(path)
    }

    /// The features of all services, sorted, each with the one that it has with it.
    pub(crate) fn services(&self) -> BTreeMap<String, Option<String>> {
        let services = self.nodes.keys().filter(|path| self.is_service(path));
        let services =
            services.filter_map(|path| Some((self.feature(path)?, self.enclosing(path))));
        services.filter(|(feature, _)| feature != LEGACY).collect()
    }

    /// The features of which any is needed for a service, or for what a name space leads to; none, where the one that
    /// is on anyway, `within`, is.
    pub(crate) fn features(&self, path: &[String], within: Option<&String>) -> Vec<String> {
        if let Some(feature) = self.feature(path) {
            return if Some(&feature) == within {
                Vec::new()
            } else {
                vec![feature]
            };
        }
        let inside = self.nodes.keys().filter(|inner| inner.starts_with(path));
        // A service nested in another one inside needs no mention: it has that one's feature with it.
        let outermost = inside.filter(|inner| {
            let around = (path.len()..inner.len()).filter_map(|length| inner.get(..length));
            !around.into_iter().any(|path| self.is_service(path))
        });
        let features: BTreeSet<String> =
            outermost.filter_map(|inner| self.feature(inner)).collect();
        features.into_iter().collect()
    }

    pub(crate) fn features_of(&self, operation: &Operation) -> Vec<String> {
        operation
            .calls
            .iter()
            .filter_map(|call| self.feature(&service_path(operation, call)))
            .collect()
    }

    /// The method that leads to a service; `within` is the feature that is on where it stands.
    pub(crate) fn accessor(&self, path: &[String], within: Option<&String>) -> Option<Accessor> {
        let node = self.nodes.get(path)?;
        Some(Accessor {
            name: accessor_name(path),
            module: format!("crate::{}", node.module.join("::")),
            ty: node.handle.clone(),
            features: self.features(path, within),
            docs: if node.operations.is_empty() {
                "More services.".to_owned()
            } else {
                about(node)
            },
        })
    }
}

/// `checkout.sessions` as Cargo features are spelled; never like a feature that is there for something else.
pub(crate) fn feature_name(path: &[String]) -> String {
    let name = path.join("-").replace('_', "-");
    let others = CORE_FEATURES.iter().map(|(core, _)| *core);
    if others.chain(["default", FULL, LEGACY]).any(|it| it == name) {
        format!("{name}-service")
    } else {
        name
    }
}

/// The accessors that lead to an operation; those that the official SDKs do not have stand apart.
pub(crate) fn service_path(operation: &Operation, call: &CallPath) -> Vec<String> {
    let legacy = operation.legacy.then(|| LEGACY.to_owned());
    legacy
        .into_iter()
        .chain(call.service.iter().cloned())
        .collect()
}

/// What the client itself has.
const CLIENT_METHODS: &[&str] = &["build", "builder", "from_env", "new"];

/// The method that leads to a service from the one around it.
pub(crate) fn accessor_name(path: &[String]) -> String {
    let name = path.last().map_or_else(String::new, |last| snake(last));
    if path.len() == 1 && CLIENT_METHODS.contains(&name.as_str()) {
        format!("{name}_service")
    } else {
        name
    }
}

/// What a service has, in a sentence; not by its paths, of which there may be shorter ones later.
pub(crate) fn about(node: &Node<'_>) -> String {
    format!("The calls of `{}`.", node.path.join("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(dotted: &str) -> Vec<String> {
        dotted.split('.').map(str::to_owned).collect()
    }

    #[test]
    fn features_are_called_by_the_path_and_never_like_one_of_the_core() {
        for (service, feature) in [
            ("customers", "customers"),
            ("checkout.sessions", "checkout-sessions"),
            ("test_helpers.test_clocks", "test-helpers-test-clocks"),
            ("client", "client-service"),
            ("default", "default-service"),
            ("full", "full-service"),
            ("aws_lc_rs", "aws-lc-rs-service"),
            ("billing.client", "billing-client"),
        ] {
            assert_eq!(feature_name(&path(service)), feature);
        }
    }

    #[test]
    fn accessors_leave_the_methods_of_the_client_alone() {
        for (service, accessor) in [
            ("customers", "customers"),
            ("type", "type_"),
            ("new", "new_service"),
            ("builder", "builder_service"),
            ("apps.new", "new"),
        ] {
            assert_eq!(accessor_name(&path(service)), accessor);
        }
    }
}
