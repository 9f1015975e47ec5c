//! Services: the file of each, with its handle, its calls and the types of their parameters.

use std::collections::BTreeMap;

use super::feature::LEGACY;
use super::item::{File, Item, Method, Service, Ty};
use super::name::{camel, snake};
use super::params::{self, Wanted};
use super::schema::{Answers, SchemaNames};
use super::scope::{NameTable, Scope};
use super::tree::{Node, Tree, about, accessor_name};
use super::types::{At, Module, plain};
use super::{Context, safe::SafeFields};
use crate::model::{Body, CallPath, Host, Operation, Type};

/// The file of a service or name space.
pub(crate) fn file(
    tree: &Tree<'_>,
    node: &Node<'_>,
    context: &Context<'_>,
    table: &mut NameTable,
) -> File {
    let answered = answered(node, context.names);
    let mut scope = scope(node, &answered, context);
    let path = |id: &str| context.names.path("crate::schema", id);
    let mut module = Module {
        identity: format!("params {}", plain(&node.path.join("."))),
        scope: &mut scope,
        table,
        schema: &path,
        shared: BTreeMap::new(),
        values: BTreeMap::new(),
        items: Vec::new(),
    };
    let params = params::declare(&mut module, &wanted(node));
    let methods = methods(&mut module, tree, node, context.safe);
    module.items.sort_by(|(a, _), (b, _)| a.cmp(b));
    let nested = module.items.into_iter().map(|(_, item)| item);

    let children = node.children.iter();
    let mut items: Vec<Item> = children
        .filter_map(|child| child_module(tree, node, child))
        .collect();
    items.extend(
        answered
            .into_iter()
            .map(|(_, module)| Item::Use(format!("crate::schema::{module}::*"))),
    );
    items.push(handle(tree, node, methods));
    items.extend(params.into_iter().chain(nested));
    File {
        path: format!("src/{}.rs", node.module.join("/")),
        source: source(node),
        docs: service_docs(node),
        items,
    }
}

/// The operations that take parameters.
fn taking<'n, 'a>(
    node: &'n Node<'a>,
) -> impl Iterator<Item = &'n (&'a CallPath, &'a Operation)> + use<'n, 'a> {
    let operations = node.operations.iter();
    operations.filter(|(_, operation)| !operation.params.fields.is_empty())
}

/// The names that nested types of the service may not have: those of its handle, its parameters and the types that its
/// module re-exports.
fn scope(node: &Node<'_>, answered: &[(String, String)], context: &Context<'_>) -> Scope {
    let mut scope = Scope::with(&[&node.handle]);
    for (schema, _) in answered {
        for name in context.types_of.get(schema).into_iter().flatten() {
            scope.see(name);
        }
    }
    for (call, _) in taking(node) {
        scope.reserve(&camel(&call.method));
    }
    scope
}

fn wanted<'a>(node: &Node<'a>) -> Vec<Wanted<'a>> {
    let service = node.path.join(".");
    let wanted = taking(node).map(|(call, operation)| Wanted {
        method: &call.method,
        params: &operation.params,
        docs: format!(
            "What `{service}.{}` takes: `{}`.",
            call.method,
            endpoint(operation)
        ),
    });
    wanted.collect()
}

fn handle(tree: &Tree<'_>, node: &Node<'_>, methods: Vec<Method>) -> Item {
    let own = tree.feature(&node.path);
    let accessors = node.children.iter();
    Item::Service(Service {
        name: node.handle.clone(),
        docs: service_docs(node),
        accessors: accessors
            .filter_map(|child| tree.accessor(child, own.as_ref()))
            .collect(),
        methods,
    })
}

fn child_module(tree: &Tree<'_>, node: &Node<'_>, child: &[String]) -> Option<Item> {
    let features = tree.features(child, tree.feature(&node.path).as_ref());
    Some(Item::Mod {
        name: tree.nodes.get(child)?.module.last()?.clone(),
        features,
    })
}

fn source(node: &Node<'_>) -> String {
    if node.operations.is_empty() {
        return format!("the paths of `{}`", node.path.join("."));
    }
    about(node)
        .trim_end_matches('.')
        .replace("The calls", "the calls")
}

fn service_docs(node: &Node<'_>) -> Vec<String> {
    let words = (1..=node.path.len()).filter_map(|length| node.path.get(..length));
    let call = words
        .map(|path| format!("{}()", accessor_name(path)))
        .collect::<Vec<_>>()
        .join(".");
    if node.operations.is_empty() {
        return vec![format!(" More services: `client.{call}`.")];
    }
    vec![format!(
        " {} Call them through `client.{call}`.",
        about(node)
    )]
}

/// The schemas that the service answers with, and their modules, for re-export.
fn answered(node: &Node<'_>, names: &SchemaNames) -> Vec<(String, String)> {
    let mut found = BTreeMap::new();
    for (_, operation) in &node.operations {
        operation.result.walk(&mut |ty| {
            if let Type::Schema(id) = ty {
                found.insert(id.clone(), names.module(id).to_owned());
            }
        });
    }
    found.into_iter().collect()
}

fn methods(
    module: &mut Module<'_>,
    tree: &Tree<'_>,
    node: &Node<'_>,
    safe: &SafeFields,
) -> Vec<Method> {
    let mut scope = Scope::default();
    node.children
        .iter()
        .filter_map(|child| child.last())
        .for_each(|child| scope.reserve(&snake(child)));
    let mut methods = Vec::new();
    for (call, operation) in &node.operations {
        let path = [call.method.clone(), "result".into()];
        let at = At {
            path: &path,
            docs: "What the call answers with.",
            prefix: "",
        };
        let mut arguments = Scope::with(&["params"]);
        let mut method = Method {
            name: scope.take(&[snake(&call.method)]),
            docs: operation.docs.clone(),
            endpoint: endpoint(operation),
            permission: permission(tree, node, operation),
            deprecated: operation.deprecated,
            ids: operation
                .ids
                .iter()
                .map(|id| arguments.take(&[snake(id)]))
                .collect(),
            params: None,
            result: module.ty(&Answers { safe, schema: "" }, &operation.result, at),
            constructor: constructor(operation),
            path: operation.path.clone(),
            host: host(operation.host),
        };
        let bare = format!("bare {}.{}", node.path.join("."), call.method);
        let takes = !operation.params.fields.is_empty();
        if !takes {
            module.table.remember(&bare, NO_PARAMETERS);
        } else if module.table.remembers(&bare, NO_PARAMETERS) {
            // Programs call it without parameters: those that Stripe added later come by a method beside it.
            methods.push(method.clone());
            method.name = scope.take(&[format!("{}_with", call.method)]);
        }
        method.params = takes.then(|| Ty::path(camel(&call.method)));
        methods.push(method);
    }
    methods
}

/// What the name table says of a call that had no parameters when it was first generated.
const NO_PARAMETERS: &str = "no parameters";

pub(crate) fn endpoint(operation: &Operation) -> String {
    format!("{} {}", operation.method.to_uppercase(), operation.path)
}

/// The permission of a restricted key is by resource, which the outermost service is named after; the document has no
/// data about permissions.
pub(crate) fn permission(tree: &Tree<'_>, node: &Node<'_>, operation: &Operation) -> String {
    let resource = match node.path.split_first() {
        Some((first, rest)) if first == LEGACY => rest.first().cloned().unwrap_or_default(),
        _ => tree.outermost(&node.path).join(" "),
    };
    let resource = resource.replace('_', " ");
    let access = if operation.method == "get" {
        "read"
    } else {
        "write"
    };
    format!("{resource}: {access}")
}

const fn constructor(operation: &Operation) -> &'static str {
    match (operation.method.as_bytes(), operation.body) {
        (b"get", _) => "get",
        (b"delete", _) => "delete",
        (_, Body::Json) => "post_json",
        (_, Body::Multipart) => "post_multipart",
        (_, Body::Form | Body::None) => "post_form",
    }
}

/// The variant of the core's `Host`, where it is not the usual one.
const fn host(host: Host) -> Option<&'static str> {
    match host {
        Host::Api => None,
        Host::Files => Some("Files"),
        Host::Connect => Some("Connect"),
        Host::MeterEvents => Some("MeterEvents"),
    }
}
