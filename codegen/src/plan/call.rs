//! Every call of the crate as an expression, for the conformance suite: which accessors lead to the method, and what it
//! takes. What stands in the method is not here.

use super::item::{File, Item, Method};
use super::service::endpoint;
use super::tree::{Node, Tree, accessor_name};
use crate::model::{Operation, Type};

/// One method that makes a request.
#[derive(Debug)]
pub(crate) struct Call {
    /// `POST`.
    pub(crate) method: String,
    /// The path, with its parameters in braces.
    pub(crate) path: String,
    /// The accessors from the client on.
    pub(crate) service: Vec<String>,
    pub(crate) name: String,
    pub(crate) ids: Vec<String>,
    pub(crate) takes_params: bool,
    /// Whether the answer is a document, and no JSON.
    pub(crate) gives_bytes: bool,
}

/// All of them, sorted by path and method.
pub(super) fn all(tree: &Tree<'_>, files: &[File]) -> Vec<Call> {
    let mut calls: Vec<Call> = tree
        .nodes
        .values()
        .flat_map(|node| of_service(node, files))
        .collect();
    calls.sort_by(|a, b| key(a).cmp(&key(b)));
    calls
}

fn key(call: &Call) -> (&str, &str, &[String], &str) {
    (&call.path, &call.method, &call.service, &call.name)
}

fn of_service(node: &Node<'_>, files: &[File]) -> Vec<Call> {
    let path = format!("src/{}.rs", node.module.join("/"));
    let file = files.iter().find(|file| file.path == path);
    let services = file
        .into_iter()
        .flat_map(|file| &file.items)
        .filter_map(|item| match item {
            Item::Service(service) => Some(service),
            _ => None,
        });
    services
        .flat_map(|service| &service.methods)
        .map(|method| call(node, method))
        .collect()
}

fn call(node: &Node<'_>, method: &Method) -> Call {
    let prefixes = (1..=node.path.len()).filter_map(|length| node.path.get(..length));
    let answers =
        |(_, it): &(_, &Operation)| endpoint(it) == method.endpoint && it.result == Type::Binary;
    let verb = method.endpoint.split(' ').next().unwrap_or_default();
    Call {
        method: verb.to_owned(),
        path: method.path.clone(),
        service: prefixes.map(accessor_name).collect(),
        name: method.name.clone(),
        ids: method.ids.clone(),
        takes_params: method.params.is_some(),
        gives_bytes: node.operations.iter().any(answers),
    }
}
