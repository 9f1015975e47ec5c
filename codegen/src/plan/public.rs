//! The public items of the crate, one line each: what programs can name, and what would break them if it changed.
//!
//! Not documentation: no texts, no limits, and types by their last name only.

use std::collections::BTreeMap;

use super::Plan;
use super::item::{
    Accessor, Choice, ChoiceArm, Enum, File, Item, Method, Object, Param, Params, Service, Set, Ty,
    Union,
};

/// Public items by path, such as `schema::Customer.email`, each with what follows the path: `: Option<String>`.
pub(crate) type Public = BTreeMap<String, String>;

/// All public items of a crate.
pub(crate) fn items(plan: &Plan) -> Public {
    let mut found = Public::new();
    for name in plan.services.keys() {
        found.insert(format!("feature {name}"), String::new());
    }
    for (name, _) in &plan.groups {
        found.insert(format!("feature {name}"), " (group)".to_owned());
    }
    for file in &plan.files {
        let module = module(file);
        for item in &file.items {
            add(&module, item, &mut found);
        }
    }
    found
}

/// The same as text, one a line, for a file that is compared line by line.
pub(crate) fn text(plan: &Plan) -> String {
    let mut text = String::from(
        "# Every public item of stripe-generated, one a line; written by `cargo xtask generate`.\n",
    );
    for (path, rest) in items(plan) {
        text.extend([path.as_str(), &rest, "\n"]);
    }
    text
}

/// The module whose items a file holds; those of all schemas are re-exported side by side.
pub(crate) fn module(file: &File) -> String {
    let path = file.path.trim_start_matches("src/").trim_end_matches(".rs");
    match path {
        "lib" | "client" => String::new(),
        path if path.starts_with("schema/") => "schema".to_owned(),
        path => path.replace('/', "::"),
    }
}

/// The path of something in a module.
pub(crate) fn within(module: &str, name: &str) -> String {
    if module.is_empty() {
        name.to_owned()
    } else {
        format!("{module}::{name}")
    }
}

fn add(module: &str, item: &Item, found: &mut Public) {
    let mut put = |path: String, rest: String| drop(found.insert(path, rest));
    let path = |name: &str| within(module, name);
    match item {
        Item::Alias { name, ty, .. } => put(path(name), format!(" = {}", spelled(ty))),
        Item::Use(what) => put(
            path(what.trim_start_matches("crate::")),
            " (use)".to_owned(),
        ),
        Item::Id { name, .. } => put(path(name), " (id)".to_owned()),
        Item::ErrorCodes(codes) => {
            for (name, text) in codes {
                put(path(name), format!(" = {text:?}"));
            }
        }
        Item::Object(it) => object(&path(&it.name), it, &mut put),
        Item::Params(it) => params(&path(&it.name), it, &mut put),
        Item::Enum(it) => values(&path(&it.name), it, &mut put),
        Item::Union(it) => union(&path(&it.name), it, &mut put),
        Item::Either(it) | Item::Choice(it) => choices(&path(&it.name), it, &mut put),
        Item::Service(it) => service(&path(&it.name), it, &mut put),
        Item::Client(accessors) => {
            for accessor in accessors {
                put(format!("Client::{}", accessor.name), leads(accessor));
            }
        }
        Item::Mod { .. }
        | Item::Gated { .. }
        | Item::Kinds(_)
        | Item::Expand { .. }
        | Item::Attached { .. }
        | Item::Catalog(_)
        | Item::Version(_) => {}
    }
}

fn object(path: &str, it: &Object, put: &mut impl FnMut(String, String)) {
    put(path.to_owned(), " (object)".to_owned());
    for field in &it.fields {
        put(
            format!("{path}.{}", field.name),
            format!(": {}", spelled(&field.ty)),
        );
    }
}

fn union(path: &str, it: &Union, put: &mut impl FnMut(String, String)) {
    put(path.to_owned(), " (union)".to_owned());
    for (arm, ty, tag) in &it.arms {
        put(
            format!("{path}::{arm}"),
            format!("({}) = {tag:?}", spelled(ty)),
        );
    }
}

fn choices(path: &str, it: &Choice, put: &mut impl FnMut(String, String)) {
    put(path.to_owned(), " (choice)".to_owned());
    for (arm, of) in &it.arms {
        put(format!("{path}::{arm}"), choice(of));
    }
}

fn service(path: &str, it: &Service, put: &mut impl FnMut(String, String)) {
    put(path.to_owned(), " (service)".to_owned());
    for accessor in &it.accessors {
        put(format!("{path}::{}", accessor.name), leads(accessor));
    }
    for method in &it.methods {
        put(format!("{path}::{}", method.name), call(method));
    }
}

fn params(path: &str, it: &Params, put: &mut impl FnMut(String, String)) {
    let arguments = it
        .required
        .iter()
        .map(|(name, ty)| format!("{name}: {}", spelled(ty)));
    let arguments = arguments.collect::<Vec<_>>().join(", ");
    put(path.to_owned(), " (params)".to_owned());
    put(format!("{path}::new"), format!("({arguments})"));
    for Param { name, set, ty, .. } in &it.fields {
        put(format!("{path}.{name}"), format!(": {}", spelled(ty)));
        if let Set::Clear(_, clear) = set {
            put(format!("{path}.{clear}"), "()".to_owned());
        }
    }
}

/// A constant whose text is its own name says it once.
fn values(path: &str, it: &Enum, put: &mut impl FnMut(String, String)) {
    put(path.to_owned(), " (values)".to_owned());
    for (constant, text) in &it.values {
        let rest = if constant.to_ascii_lowercase() == *text {
            String::new()
        } else {
            format!(" = {text:?}")
        };
        put(format!("{path}::{constant}"), rest);
    }
}

fn choice(arm: &ChoiceArm) -> String {
    match arm {
        ChoiceArm::Type(ty) => format!("({})", spelled(ty)),
        ChoiceArm::Text(text) => format!(" = {text:?}"),
    }
}

fn leads(accessor: &Accessor) -> String {
    let module = accessor.module.trim_start_matches("crate::");
    format!("() -> {}", within(module, &accessor.ty))
}

fn call(method: &Method) -> String {
    let ids = method.ids.iter().map(|id| format!("{id}: &str"));
    let params = method
        .params
        .iter()
        .map(|ty| format!("params: {}", spelled(ty)));
    let arguments: Vec<String> = ids.chain(params).collect();
    format!("({}) -> {}", arguments.join(", "), spelled(&method.result))
}

/// A type as users read it: without the paths.
pub(crate) fn spelled(ty: &Ty) -> String {
    match ty {
        Ty::Str => "&str".into(),
        Ty::Strs => "&[&str]".into(),
        Ty::Path(path, arguments) => {
            let name = path.rsplit("::").next().unwrap_or(path);
            let inner: Vec<String> = arguments.iter().map(spelled).collect();
            if inner.is_empty() {
                name.to_owned()
            } else {
                format!("{name}<{}>", inner.join(", "))
            }
        }
    }
}
