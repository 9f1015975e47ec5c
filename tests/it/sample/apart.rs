//! The lists in an object that are there only when asked for with `expand`, and whose items can be had by themselves as well.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{arms, contains, reference};
use crate::document::{document, schemas};

/// The addresses of the schemas of their items.
pub(super) fn items() -> BTreeSet<usize> {
    let retrieved = retrieved();
    let mut found = BTreeSet::new();
    for schema in schemas().values() {
        collect(schema, &retrieved, &mut found);
    }
    found
}

fn collect(schema: &'static Value, retrieved: &BTreeSet<&str>, found: &mut BTreeSet<usize>) {
    let properties = schema["properties"].as_object().into_iter().flatten();
    for (name, property) in properties {
        let inside = &property["properties"];
        let is_list = inside["has_more"].is_object() && inside["url"].is_object();
        let items = &inside["data"]["items"];
        let mut objects = objects(items).into_iter();
        if is_list
            && !contains(&schema["required"], name)
            && objects.any(|object| retrieved.contains(object))
        {
            found.insert(std::ptr::from_ref(items).addr());
        }
        collect(property, retrieved, found);
    }
}

/// What is answered where a path ends with an id.
fn retrieved() -> BTreeSet<&'static str> {
    let paths = document()["paths"].as_object().into_iter().flatten();
    let by_id = paths.filter(|(path, _)| path.ends_with('}'));
    let answers = by_id
        .map(|(_, item)| &item["get"]["responses"]["200"]["content"]["application/json"]["schema"]);
    answers.flat_map(objects).collect()
}

fn objects(schema: &'static Value) -> Vec<&'static str> {
    let kinds = arms(schema).into_iter().flatten().chain([schema]);
    kinds.filter_map(reference).collect()
}
