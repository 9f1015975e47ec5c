//! Stage 3: every decision about the Rust crate — files, modules, names, types, features, order — made and written down.
//!
//! **Invariant:** each decision is a function of the identity of what is decided on: never of who refers to it, and never
//! of the order in the document. Names once given stay (see [`scope`]).

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostics;
use crate::model::{Api, Operation};

pub(crate) mod call;
mod check;
mod event;
mod expansion;
mod feature;
pub(crate) mod group;
pub(crate) mod item;
mod name;
mod only;
mod params;
pub(crate) mod public;
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
pub(crate) use name::camel;
pub(crate) use safe::SafeFields;
pub(crate) use scope::NameTable;
pub use summary::OperationSummary;

use feature::Closures;
use only::Only;
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
    /// All methods that make a request, of which an operation may have several.
    pub(crate) calls: Vec<call::Call>,
    /// Whether it is only a part of the API.
    pub(crate) trimmed: bool,
    /// What can be expanded, a line for each operation and schema.
    pub(crate) expansions: Vec<String>,
}

/// What planning a file needs to know of the rest.
pub(crate) struct Context<'a> {
    pub(crate) names: &'a SchemaNames,
    pub(crate) safe: &'a SafeFields,
    /// The types that the module of a schema declares.
    pub(crate) types_of: BTreeMap<String, Vec<String>>,
}

/// Plans the crate for an API, or for the services named.
///
/// # Errors
///
/// A name that no service has.
pub(crate) fn plan(
    api: &Api,
    safe: &SafeFields,
    groups: &Groups,
    table: &mut NameTable,
    services: &[String],
) -> Result<Plan, Diagnostics> {
    let mut tree = Tree::new(api, table);
    let all = tree.services();
    let closures = Closures::new(api, &all, |operation: &Operation| {
        tree.features_of(operation)
    });
    let only = Only::find(services, &tree, groups)?;
    tree.keep(&only);
    let services = tree.services();
    // What several documents have in common is called alike in all of them: names are given to all schemas, also to those
    // that are left out.
    let mut types = Scope::default();
    let names = SchemaNames::new(api, &mut types, table);
    let needed = Needed::new(api, &closures, &only, &services);
    let mut files = schema_files(api, &needed, &names, safe, &mut types, table);
    let context = Context {
        names: &names,
        safe,
        types_of: types_of(&files),
    };
    for node in tree.nodes.values() {
        files.push(service::file(&tree, node, &context, table));
    }
    files.push(schema_root(&needed, &names));
    let used = (!only.is_all()).then(|| used_ids(&files));
    files.push(ids(api, &names, used.as_ref()));
    files.extend(error_codes(api));
    files.extend(event::files(api, &names, &needed, table));
    files.push(client(&tree));
    files.push(version(api));
    files.push(root(api, &tree));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Plan {
        version: api.version.clone(),
        groups: group::all(groups, &tree, &services, !only.is_all()),
        operations: summary::all(api, &tree, &files),
        calls: call::all(&tree, &files),
        trimmed: !only.is_all(),
        expansions: expansion::lines(api),
        services,
        files,
    })
}

/// The schemas that the crate has, each with the features of which any turns it on.
struct Needed(BTreeMap<String, Vec<String>>);

impl Needed {
    /// The features that turn a schema on; none at all, if it is not there.
    fn of(&self, id: &str) -> Option<&[String]> {
        self.0.get(id).map(Vec::as_slice)
    }

    fn new(
        api: &Api,
        closures: &Closures<'_>,
        only: &Only,
        services: &BTreeMap<String, Option<String>>,
    ) -> Self {
        let features = |id: &str| {
            let mut features = closures.of(id);
            features.retain(|it| only.is_all() || services.contains_key(it));
            features
        };
        let all = api
            .schemas
            .iter()
            .map(|it| (it.id.clone(), features(&it.id)));
        Self(
            all.filter(|(_, features)| only.is_all() || !features.is_empty())
                .collect(),
        )
    }
}

fn schema_files(
    api: &Api,
    needed: &Needed,
    names: &SchemaNames,
    safe: &SafeFields,
    types: &mut Scope,
    table: &mut NameTable,
) -> Vec<File> {
    let schemas = api
        .schemas
        .iter()
        .filter(|it| needed.0.contains_key(&it.id));
    schemas
        .map(|it| schema::file(it, names, safe, types, table))
        .collect()
}

/// The types that each schema's file declares.
fn types_of(files: &[File]) -> BTreeMap<String, Vec<String>> {
    let declared = |file: &File| {
        file.items
            .iter()
            .filter_map(type_name)
            .map(str::to_owned)
            .collect()
    };
    let all = files.iter();
    all.map(|file| (file.source.trim_matches('`').to_owned(), declared(file)))
        .collect()
}

/// The types of ids that anything in these files has.
fn used_ids(files: &[File]) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for item in files.iter().flat_map(|file| &file.items) {
        if let Item::Expand { object, .. } = item {
            used.insert(format!("{object}Id"));
        }
        for ty in item.types() {
            ty.walk(&mut |path| {
                used.extend(path.strip_prefix("crate::id::").map(str::to_owned));
            });
        }
    }
    used
}

/// The name of the type that an item declares.
pub(crate) fn type_name(item: &Item) -> Option<&str> {
    Some(match item {
        Item::Object(it) => &it.name,
        Item::Params(it) => &it.name,
        Item::Alias { name, .. } => name,
        Item::Enum(it) => &it.name,
        Item::Union(it) => &it.name,
        Item::Either(it) | Item::Choice(it) => &it.name,
        _ => return None,
    })
}

/// The modules of all schemas; those that the same features need stand together.
fn schema_root(needed: &Needed, names: &SchemaNames) -> File {
    let mut by_features: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
    for (id, features) in &needed.0 {
        let modules = by_features.entry(features.clone()).or_default();
        modules.push(names.module(id).to_owned());
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

/// The types of ids: of all schemas that have one, or of those that are used.
fn ids(api: &Api, names: &SchemaNames, used: Option<&BTreeSet<String>>) -> File {
    let is_used = |kind: &str| used.is_none_or(|used| used.contains(&format!("{kind}Id")));
    let schemas: Vec<(&str, &str)> = api
        .schemas
        .iter()
        .filter(|schema| schema.has_id)
        .map(|schema| (schema.id.as_str(), names.ty(&schema.id)))
        .filter(|(_, kind)| is_used(kind))
        .collect();
    let kinds = Item::Kinds(schemas.iter().map(|(_, kind)| (*kind).to_owned()).collect());
    let ids = schemas.into_iter().map(|(id, kind)| Item::Id {
        name: format!("{kind}Id"),
        kind: kind.to_owned(),
        what: id.to_owned(),
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
    if event::are_known(api) {
        items.push(plain("event_type", None));
        items.push(plain("webhook", Some("webhooks")));
    }
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
