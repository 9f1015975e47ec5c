//! Every call of the crate as an expression, for the conformance suite: which accessors lead to the method, and what it
//! takes. What stands in the method is not here.

use super::item::{File, Item, Method};
use super::tree::{Node, Tree, accessor_name};

/// One method that makes a request.
#[derive(Debug)]
pub(crate) struct Call {
    /// `POST`.
    pub(crate) method: String,
    /// The path, with its parameters in braces.
    pub(crate) path: String,
    /// The accessors from the client on, and the method at the end.
    pub(crate) chain: Vec<String>,
    pub(crate) ids: Vec<String>,
    pub(crate) takes_params: bool,
}

/// All of them, sorted by path and method.
pub(super) fn all(tree: &Tree<'_>, files: &[File]) -> Vec<Call> {
    let mut calls: Vec<Call> = tree
        .nodes
        .values()
        .flat_map(|node| of_service(node, files))
        .collect();
    calls.sort_by(|a, b| (&a.path, &a.method, &a.chain).cmp(&(&b.path, &b.method, &b.chain)));
    calls
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
    let mut chain: Vec<String> = prefixes.map(accessor_name).collect();
    chain.push(method.name.clone());
    let verb = method.endpoint.split(' ').next().unwrap_or_default();
    Call {
        method: verb.to_owned(),
        path: method.path.clone(),
        chain,
        ids: method.ids.clone(),
        takes_params: method.params.is_some(),
    }
}
