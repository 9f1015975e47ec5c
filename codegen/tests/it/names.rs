//! The public names of the committed crate: the table is complete, every name is one that Rust takes, and no two things
//! in one place have the same.

use std::collections::BTreeSet;

use codegen::Generated;
use quote::ToTokens;
use syn::{Fields, ImplItem, Item, ItemEnum, ItemStruct};

use crate::document::{committed, reviewed};
use crate::golden::cases;

/// The names that a module declares, and those inside each.
fn declared(text: &str) -> Vec<(String, Vec<String>)> {
    let file = syn::parse_file(text).unwrap();
    file.items.iter().filter_map(declaration).collect()
}

fn declaration(item: &Item) -> Option<(String, Vec<String>)> {
    Some(match item {
        Item::Mod(it) => (format!("mod {}", it.ident), Vec::new()),
        Item::Type(it) => (it.ident.to_string(), Vec::new()),
        Item::Struct(it) => (it.ident.to_string(), fields(it)),
        Item::Impl(it) if it.trait_.is_none() => {
            let methods = it.items.iter().filter_map(|member| match member {
                ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
                _ => None,
            });
            (
                format!("impl {}", it.self_ty.to_token_stream()),
                methods.collect(),
            )
        }
        Item::Macro(it) => in_macro(&it.mac)?,
        _ => return None,
    })
}

fn in_macro(mac: &syn::Macro) -> Option<(String, Vec<String>)> {
    if let Ok(it) = mac.parse_body::<ItemStruct>() {
        return Some((it.ident.to_string(), fields(&it)));
    }
    let it = mac.parse_body::<ItemEnum>().ok()?;
    Some((
        it.ident.to_string(),
        it.variants
            .iter()
            .map(|arm| arm.ident.to_string())
            .collect(),
    ))
}

fn fields(it: &ItemStruct) -> Vec<String> {
    match &it.fields {
        Fields::Named(fields) => fields
            .named
            .iter()
            .filter_map(|field| Some(field.ident.as_ref()?.to_string()))
            .collect(),
        _ => Vec::new(),
    }
}

/// What stands twice in a place.
fn twice(crate_: &Generated) -> Vec<String> {
    let mut found = Vec::new();
    let mut schemas = Vec::new();
    for (path, text) in crate_
        .files
        .iter()
        .filter(|(path, _)| path.ends_with(".rs"))
    {
        let all = declared(text);
        for (name, inside) in &all {
            found.extend(
                repeated(inside)
                    .into_iter()
                    .map(|it| format!("{path}: {name}: {it}")),
            );
        }
        let names: Vec<String> = all.into_iter().map(|(name, _)| name).collect();
        found.extend(
            repeated(&names)
                .into_iter()
                .map(|it| format!("{path}: {it}")),
        );
        if path.starts_with("src/schema/") {
            // All of these are re-exported side by side.
            schemas.extend(names);
        }
    }
    found.extend(
        repeated(&schemas)
            .into_iter()
            .map(|it| format!("src/schema.rs: {it}")),
    );
    found
}

fn repeated(names: &[String]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    names
        .iter()
        .filter(|name| !seen.insert(*name))
        .cloned()
        .collect()
}

#[test]
fn the_name_table_is_complete() {
    let before: BTreeSet<String> = reviewed().names.lines().map(str::to_owned).collect();
    let new: Vec<&str> = committed()
        .names
        .lines()
        .filter(|line| !before.contains(*line))
        .collect();
    assert_eq!(
        new,
        Vec::<&str>::new(),
        "run `cargo xtask generate` and commit spec/names.txt"
    );
    assert_eq!(reviewed().names, committed().names);
}

/// Names in the table may be of things that have left the document, but whatever is there is in the table.
#[test]
fn every_type_of_an_answer_is_in_the_name_table() {
    let lines = committed()
        .names
        .lines()
        .filter(|line| line.starts_with("schema "));
    let known: BTreeSet<&str> = lines
        .filter_map(|line| Some(line.rsplit_once(" -> ")?.1))
        .collect();
    let sources = committed()
        .files
        .iter()
        .filter(|(path, _)| path.starts_with("src/schema/"));
    let types: Vec<String> = sources
        .flat_map(|(_, text)| declared(text))
        .map(|(name, _)| name)
        .collect();
    assert!(types.len() > 1_500, "{}", types.len());
    let missing = types.iter().filter(|name| !known.contains(name.as_str()));
    assert_eq!(missing.collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn nothing_in_one_place_has_the_same_name() {
    assert_eq!(twice(committed()), Vec::<String>::new());
    for case in cases().iter().filter(|case| case.is_accepted()) {
        assert_eq!(
            twice(&case.generate().unwrap()),
            Vec::<String>::new(),
            "{}",
            case.name
        );
    }
}

/// Types are called in one style, whatever the document's is, and never by a number: such names say nothing.
#[test]
fn type_names_are_words() {
    let sources = committed()
        .files
        .iter()
        .filter(|(path, _)| path.ends_with(".rs"));
    let names = sources
        .flat_map(|(_, text)| declared(text))
        .map(|(name, _)| name);
    let names = names.filter(|name| !name.contains(' '));
    let odd = names.filter(|name| {
        let camel = name.starts_with(|c: char| c.is_ascii_uppercase()) && !name.contains('_');
        !camel || is_counted(name)
    });
    assert_eq!(odd.collect::<Vec<_>>(), Vec::<String>::new());
}

/// Whether a name ends in a number that no name of the document ends in.
fn is_counted(name: &str) -> bool {
    let digits = name.trim_end_matches(|c: char| c.is_ascii_digit());
    digits.len() < name.len()
        && committed()
            .names
            .lines()
            .any(|line| line.ends_with(&format!(" -> {digits}")))
}
