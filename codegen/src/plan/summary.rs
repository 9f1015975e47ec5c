//! Every operation in one line, for `cargo xtask ops`.

use serde::Serialize;

use super::item::{File, Item, Method};
use super::public::spelled;
use super::service::{endpoint, permission};
use super::tree::{Tree, service_path};
use crate::model::{Api, Body, Operation, Page, Type};

/// What a user may want to know of an operation.
#[derive(Clone, Debug, Serialize)]
pub struct OperationSummary {
    /// The HTTP method, in upper case.
    pub method: String,
    /// The path, with its parameters in braces.
    pub path: String,
    /// Where it is called: `customers.tax_ids.create`.
    pub call: String,
    /// All places where it is called; the official SDKs have some operations twice.
    pub calls: Vec<String>,
    /// The feature that turns it on.
    pub feature: String,
    /// The type of its parameters, if it takes any.
    pub params: Option<String>,
    /// The type that it answers with.
    pub result: String,
    /// `api`, `files`, `connect` or `meter_events`.
    pub host: String,
    /// `form`, `json`, `multipart` or `none`.
    pub body: String,
    /// `list`, `search`, `v2` or `none`.
    pub paging: String,
    /// Whether the official SDKs lack it.
    pub legacy: bool,
    /// The permission of a restricted key that it likely needs.
    pub permission: String,
}

pub(super) fn all(api: &Api, tree: &Tree<'_>, files: &[File]) -> Vec<OperationSummary> {
    api.operations
        .iter()
        .filter_map(|operation| one(operation, tree, files))
        .collect()
}

fn one(operation: &Operation, tree: &Tree<'_>, files: &[File]) -> Option<OperationSummary> {
    let first = operation.calls.first()?;
    let service = service_path(operation, first);
    let node = tree.nodes.get(&service)?;
    let file = format!("src/{}.rs", node.module.join("/"));
    let method = files
        .iter()
        .find(|it| it.path == file)
        .and_then(|file| method(file, &endpoint(operation)))?;
    let prefix = if operation.legacy { "legacy." } else { "" };
    let module = node.module.join("::");
    Some(OperationSummary {
        method: operation.method.to_uppercase(),
        path: operation.path.clone(),
        call: format!("{prefix}{first}"),
        calls: operation
            .calls
            .iter()
            .map(|call| format!("{prefix}{call}"))
            .collect(),
        feature: tree.feature(&service)?,
        params: method
            .params
            .as_ref()
            .map(|ty| format!("{module}::{}", spelled(ty))),
        result: spelled(&method.result),
        host: host(method).to_owned(),
        body: body(operation).to_owned(),
        paging: paging(&operation.result).to_owned(),
        legacy: operation.legacy,
        permission: permission(tree, node, operation),
    })
}

fn method<'a>(file: &'a File, endpoint: &str) -> Option<&'a Method> {
    let services = file.items.iter().filter_map(|item| match item {
        Item::Service(service) => Some(&service.methods),
        _ => None,
    });
    // The last one takes the parameters, where there is one that does not.
    services
        .flatten()
        .rfind(|method| method.endpoint == endpoint)
}

fn host(method: &Method) -> &'static str {
    match method.host {
        Some("Files") => "files",
        Some("MeterEvents") => "meter_events",
        Some("Connect") => "connect",
        _ => "api",
    }
}

const fn body(operation: &Operation) -> &'static str {
    match (operation.method.as_bytes(), operation.body) {
        (b"post", Body::Form | Body::None) => "form",
        (b"post", Body::Json) => "json",
        (b"post", Body::Multipart) => "multipart",
        _ => "none",
    }
}

const fn paging(result: &Type) -> &'static str {
    match result {
        Type::Page(Page::List, _) => "list",
        Type::Page(Page::Search, _) => "search",
        Type::Page(Page::V2, _) => "v2",
        _ => "none",
    }
}
