//! Stage 3: every decision about the Rust crate — files, modules, names, types, features, order — made and written down.
//!
//! **Invariant:** each decision is a function of the identity of what is decided on: never of who refers to it, and never
//! of the order in the document. Names once given stay (see [`scope`]).

use std::collections::BTreeMap;

use crate::model::{Api, Operation};

mod feature;
pub(crate) mod group;
pub(crate) mod item;
mod name;
mod params;
mod safe;
mod schema;
mod scope;
mod service;
mod summary;
mod tree;
mod types;
mod value_list;

pub(crate) use group::Groups;
pub(crate) use item::{File, Item};
pub(crate) use safe::SafeFields;
pub(crate) use scope::NameTable;
pub use summary::OperationSummary;

use feature::Closures;
use schema::SchemaNames;
use scope::Scope;
use tree::Tree;

/// The crate to emit.
pub(crate) struct Plan {
    pub(crate) version: String,
    pub(crate) files: Vec<File>,
    /// The feature of each service, and that of the service it is nested in.
    pub(crate) services: BTreeMap<String, Option<String>>,
    /// Groups of features, and what each turns on.
    pub(crate) groups: Vec<(String, Vec<String>)>,
    pub(crate) operations: Vec<OperationSummary>,
}

/// What planning a file needs to know of the rest.
pub(crate) struct Context<'a> {
    pub(crate) names: &'a SchemaNames,
    pub(crate) safe: &'a SafeFields,
    /// The types that the module of a schema declares.
    pub(crate) types_of: BTreeMap<String, Vec<String>>,
}

/// Plans the crate for an API.
pub(crate) fn plan(api: &Api, safe: &SafeFields, groups: &Groups, table: &mut NameTable) -> Plan {
    let tree = Tree::new(api, table);
    let services = tree.services();
    let closures = Closures::new(api, &services, |operation: &Operation| {
        tree.features_of(operation)
    });
    let mut types = Scope::default();
    let names = SchemaNames::new(api, &mut types, table);
    let mut files = Vec::new();
    let mut context = Context {
        names: &names,
        safe,
        types_of: BTreeMap::new(),
    };
    for schema in &api.schemas {
        let file = schema::file(schema, &names, safe, &mut types, table);
        context.types_of.insert(
            schema.id.clone(),
            file.items.iter().filter_map(type_name).collect(),
        );
        files.push(file);
    }
    for node in tree.nodes.values() {
        files.push(service::file(&tree, node, &context, table));
    }
    files.push(schema_root(api, &names, &closures));
    files.push(ids(api, &names));
    files.extend(error_codes(api));
    files.push(client(&tree));
    files.push(version(api));
    files.push(root(api, &tree));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Plan {
        version: api.version.clone(),
        groups: group::all(groups, &tree, &services),
        operations: summary::all(api, &tree, &files),
        services,
        files,
    }
}

fn type_name(item: &Item) -> Option<String> {
    Some(match item {
        Item::Object(it) => it.name.clone(),
        Item::Alias { name, .. } => name.clone(),
        Item::Enum(it) => it.name.clone(),
        Item::Union(it) => it.name.clone(),
        Item::Either(it) | Item::Choice(it) => it.name.clone(),
        _ => return None,
    })
}

/// The modules of all schemas; those that the same features need stand together.
fn schema_root(api: &Api, names: &SchemaNames, closures: &Closures<'_>) -> File {
    let mut by_features: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
    for schema in &api.schemas {
        by_features
            .entry(closures.of(&schema.id))
            .or_default()
            .push(names.module(&schema.id).to_owned());
    }
    let mut items: Vec<Item> = by_features
        .into_iter()
        .map(|(features, modules)| Item::Gated { features, modules })
        .collect();
    items.sort_by(|a, b| first_module(a).cmp(&first_module(b)));
    let docs = vec![
        " The objects that Stripe answers with, each with the types that only it has.".to_owned(),
    ];
    File {
        path: "src/schema.rs".into(),
        source: "all component schemas".into(),
        docs,
        items,
    }
}

fn first_module(item: &Item) -> Option<&String> {
    match item {
        Item::Gated { modules, .. } => modules.first(),
        _ => None,
    }
}

fn ids(api: &Api, names: &SchemaNames) -> File {
    let kinds = api
        .schemas
        .iter()
        .filter(|schema| schema.has_id)
        .map(|schema| names.ty(&schema.id).to_owned());
    let kinds = Item::Kinds(kinds.collect());
    let ids = api
        .schemas
        .iter()
        .filter(|schema| schema.has_id)
        .map(|schema| {
            let kind = names.ty(&schema.id).to_owned();
            Item::Id {
                name: format!("{kind}Id"),
                kind,
                what: schema.id.clone(),
            }
        });
    let docs = vec![
        " The ids of Stripe's objects, one type each. They are always here, whatever features are on: a field may hold"
            .to_owned(),
        " the id of an object whose own type is not compiled.".to_owned(),
    ];
    File {
        path: "src/id.rs".into(),
        source: "the schemas that have ids".into(),
        docs,
        items: std::iter::once(kinds).chain(ids).collect(),
    }
}

fn error_codes(api: &Api) -> Option<File> {
    if api.error_codes.is_empty() {
        return None;
    }
    let codes = Item::ErrorCodes(types::constants(&api.error_codes));
    let docs = vec![
        " The codes of v2 errors, to match [`Error::code`](crate::Error::code) on. Those of v1 are constants of".to_owned(),
        " [`ErrorCode`] itself.".to_owned(),
    ];
    Some(File {
        path: "src/error_code.rs".into(),
        source: "the schemas of errors".into(),
        docs,
        items: vec![Item::Use("stripe_core::ErrorCode".into()), codes],
    })
}

fn client(tree: &Tree<'_>) -> File {
    let roots = tree.nodes.keys().filter(|path| path.len() == 1);
    let items = vec![Item::Client(
        roots.filter_map(|path| tree.accessor(path, None)).collect(),
    )];
    let docs = vec![" The client, with an accessor for each service that is compiled.".to_owned()];
    File {
        path: "src/client.rs".into(),
        source: "all paths".into(),
        docs,
        items,
    }
}

fn version(api: &Api) -> File {
    let docs = vec![" The only file that holds the version of the API.".to_owned()];
    let items = vec![Item::Version(api.version.clone())];
    File {
        path: "src/version.rs".into(),
        source: "`info.version`".into(),
        docs,
        items,
    }
}

fn root(api: &Api, tree: &Tree<'_>) -> File {
    let plain = |name: &str, feature: Option<&str>| Item::Mod {
        name: name.into(),
        features: feature.into_iter().map(Into::into).collect(),
    };
    let mut items = vec![
        plain("client", Some("client")),
        plain("id", None),
        plain("schema", None),
        plain("version", None),
    ];
    items.extend((!api.error_codes.is_empty()).then(|| plain("error_code", None)));
    for node in tree.nodes.values().filter(|node| node.path.len() == 1) {
        let features = tree.features(&node.path, None);
        items.extend(node.module.first().map(|name| Item::Mod {
            name: name.clone(),
            features,
        }));
    }
    File {
        path: "src/lib.rs".into(),
        source: "the whole document".into(),
        docs: Vec::new(),
        items,
    }
}
