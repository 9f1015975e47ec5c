//! The vendored OpenAPI document and the reviewed list beside it, read without the generator: what the generator got
//! wrong must not be wrong here in the same way.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde_json::{Map, Value};

/// A path in the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    root.unwrap().join(path)
}

/// A text file of the repository.
pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(repository(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The document.
pub(crate) fn document() -> &'static Value {
    static DOCUMENT: LazyLock<Value> =
        LazyLock::new(|| serde_json::from_str(&read("spec/openapi.json")).unwrap());
    &DOCUMENT
}

/// The component schemas by their ids.
pub(crate) fn schemas() -> &'static Map<String, Value> {
    document()["components"]["schemas"].as_object().unwrap()
}

/// The fields that Debug may show although they are free strings.
pub(crate) fn safe_fields() -> BTreeSet<String> {
    let text = read("spec/safe-fields.yaml");
    let lists = text
        .lines()
        .filter_map(|line| line.trim().strip_prefix("fields: ["));
    let names = lists.flat_map(|list| list.trim_end_matches(']').split(','));
    names.map(|name| name.trim().to_owned()).collect()
}
