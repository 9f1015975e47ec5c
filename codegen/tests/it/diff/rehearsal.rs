//! Stripe's update from the earlier document to the pinned one, as it would be made: how many lines of the generated crate
//! change, and that each is there for something that the report names.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use codegen::{Generated, Settings};

use super::update;
use crate::churn::diff::deleted;
use crate::document::{earlier, expect, for_another, pinned};

/// As many lines of `stripe-generated` may change in this update.
const MOST: usize = 3_000;

/// The crate of the earlier document, and what it becomes.
fn crates() -> &'static (Generated, Generated) {
    static CRATES: OnceLock<(Generated, Generated)> = OnceLock::new();
    CRATES.get_or_init(|| {
        let settings = Settings {
            names: String::new(),
            ..for_another()
        };
        let old = expect("earlier.json", &earlier(), &settings);
        let settings = Settings {
            names: old.names.clone(),
            ..settings
        };
        let new = expect("pinned.json", pinned(), &settings);
        (old, new)
    })
}

/// The lines that come and go, by file.
fn changed() -> BTreeMap<&'static str, Vec<&'static str>> {
    let (old, new) = crates();
    let paths: BTreeSet<&String> = old.files.keys().chain(new.files.keys()).collect();
    let text =
        |of: &'static Generated, path: &String| of.files.get(path).map_or("", String::as_str);
    let lines = paths.into_iter().map(|path| {
        let (old, new) = (text(old, path), text(new, path));
        (
            path.as_str(),
            [deleted(old, new), deleted(new, old)].concat(),
        )
    });
    lines.filter(|(_, lines)| !lines.is_empty()).collect()
}

#[test]
fn an_update_changes_few_lines() {
    let changed = changed();
    let total: usize = changed.values().map(Vec::len).sum();
    let mut files: Vec<(usize, &str)> = changed
        .iter()
        .map(|(path, lines)| (lines.len(), *path))
        .collect();
    files.sort_by(|a, b| b.cmp(a));
    for (count, path) in &files {
        println!("{count:5} {path}");
    }
    println!("{total} lines in {} files", files.len());
    assert!(total <= MOST, "{total}");
}

/// Letters and digits only, in lower case: the same for a name at Stripe and in Rust.
fn bare(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_lowercase()
}

/// What a line declares: a field, a constant, a method, a type or a module.
fn declared(line: &str) -> Option<(&'static str, &str)> {
    let line = line.trim();
    let rest = line.strip_prefix("pub ").unwrap_or(line);
    for (kind, start) in [
        ("method", "fn "),
        ("type", "struct "),
        ("type", "enum "),
        ("type", "type "),
        ("module", "mod "),
    ] {
        if let Some(rest) = rest.strip_prefix(start) {
            let name = rest
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .next()?;
            return Some((kind, name));
        }
    }
    if let Some((name, value)) = line.split_once(" = \"") {
        return name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_')
            .then_some(("value", value.trim_end_matches(['"', ','])));
    }
    let (name, _) = rest.split_once(": ")?;
    let plain = name
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    (plain && line.starts_with("pub ")).then_some(("field", name))
}

/// The types that one crate declares, by path.
fn types(of: &'static Generated) -> BTreeSet<&'static str> {
    let lines = of.public_items.lines().filter(|line| line.ends_with(')'));
    lines
        .filter_map(|line| Some(line.split_once(" (")?.0))
        .collect()
}

/// The path of a type that a file declares.
fn within(path: &str, name: &str) -> String {
    let module = path.trim_start_matches("src/").trim_end_matches(".rs");
    if module.starts_with("schema/") {
        format!("schema::{name}")
    } else {
        format!("{}::{name}", module.replace('/', "::"))
    }
}

/// The type that a line of a file stands in.
fn around(of: &'static Generated, path: &str, line: &str) -> Vec<&'static str> {
    let mut name = "";
    let mut found = Vec::new();
    for it in of.files.get(path).map_or("", String::as_str).lines() {
        if let Some(("type", declared)) = declared(it) {
            name = declared;
        }
        if it == line {
            found.push(name);
        }
    }
    found
}

#[test]
fn every_line_that_declares_something_is_there_for_a_change() {
    let (old, new) = crates();
    let names: BTreeSet<String> = update()
        .changes
        .iter()
        .map(|change| bare(&change.name))
        .collect();
    let items: Vec<&str> = update()
        .changes
        .iter()
        .flat_map(|change| &change.items)
        .map(String::as_str)
        .collect();
    let owners: BTreeSet<&str> = items
        .iter()
        .filter_map(|it| it.split(['.', ':']).rev().nth(1))
        .collect();
    // The types that come or go as a whole: whatever they declare comes or goes with them.
    let whole: BTreeSet<&str> = types(old)
        .symmetric_difference(&types(new))
        .copied()
        .collect();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    let mut odd = Vec::new();
    for (path, lines) in changed() {
        let is_whole = |name: &str| whole.contains(within(path, name).as_str());
        for line in lines {
            let Some((kind, name)) = declared(line) else {
                continue;
            };
            *kinds.entry(kind).or_default() += 1;
            let mut places = [old, new].into_iter().flat_map(|it| around(it, path, line));
            let named = names.contains(&bare(name)) || items.iter().any(|it| it.ends_with(name));
            // An empty type that gets its first field is written anew.
            let opened = kind == "type" && owners.contains(name);
            if !named && !opened && !is_whole(name) && !places.any(is_whole) {
                odd.push(format!("{path}: {line}"));
            }
        }
    }
    println!("{kinds:?}");
    assert!(odd.is_empty(), "{}", odd.join("\n"));
    for kind in ["field", "value", "type"] {
        assert!(
            kinds.get(kind).is_some_and(|count| *count > 20),
            "{kinds:?}"
        );
    }
}
