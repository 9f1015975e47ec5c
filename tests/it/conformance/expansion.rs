//! What `expand` can name in an answer, and which objects then stand there.

use serde_json::Value;

use super::schema::{Schema, arms, list, resolved};
use crate::sample::{is_expandable, reference};

/// Stripe's limit.
const DEEPEST: usize = 4;

/// A path for `expand`, and the position that it leads to.
#[derive(Clone, Debug)]
pub(crate) struct Expansion {
    pub(crate) path: String,
    pub(crate) position: Schema,
}

/// All paths in an answer that do not lead through another expanded object.
pub(crate) fn expansions(answer: Schema) -> Vec<Expansion> {
    let mut found = Vec::new();
    collect(answer, "", DEEPEST, &mut found);
    found
}

fn collect(schema: Schema, before: &str, levels: usize, found: &mut Vec<Expansion>) {
    let schema = resolved(schema);
    for arm in arms(schema) {
        collect(arm, before, levels, found);
    }
    let names = list(schema, "x-expandableFields").iter();
    for name in names.filter_map(Value::as_str).filter(|_| levels > 0) {
        let property = &schema["properties"][name];
        let position = match property["type"] == "array" {
            true => &property["items"],
            false => property,
        };
        let path = format!("{before}{name}");
        let count = found.len();
        if !is_expandable(position) {
            collect(position, &format!("{path}."), levels - 1, found);
        }
        // What holds nothing to expand is named itself.
        if found.len() == count && !found.iter().any(|it| it.path == path) {
            found.push(Expansion { path, position });
        }
    }
}

/// The ids of the component schemas whose objects may stand at an expandable position.
pub(crate) fn targets(position: Schema) -> Vec<&'static str> {
    let mut ids = Vec::new();
    let kinds = match arms(position) {
        [] => std::slice::from_ref(position),
        arms => arms,
    };
    for arm in kinds {
        let Some(id) = reference(arm) else { continue };
        match arms(resolved(arm)) {
            [] => ids.push(id),
            inner => ids.extend(inner.iter().filter_map(reference)),
        }
    }
    ids
}
