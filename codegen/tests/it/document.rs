//! The documents that the tests run the generator over, and what it makes of the pinned one. Nothing is asserted here.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use codegen::{Diagnostics, Generated, Settings};
use serde_json::Value;

/// A file or folder of the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

fn text(path: &str) -> String {
    fs::read_to_string(repository(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Stripe's document, as it is vendored.
pub(crate) fn pinned() -> &'static [u8] {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    BYTES.get_or_init(|| text("spec/openapi.json").into_bytes())
}

/// The same, to be read or changed as JSON.
pub(crate) fn pinned_value() -> &'static Value {
    static VALUE: OnceLock<Value> = OnceLock::new();
    VALUE.get_or_init(|| serde_json::from_slice(pinned()).unwrap())
}

/// An earlier version of it.
pub(crate) fn earlier() -> Vec<u8> {
    let path = repository("tests/fixtures/spec/openapi.2026-04-22.dahlia.json.gz");
    let mut bytes = Vec::new();
    let file = fs::File::open(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    flate2::read::GzDecoder::new(file)
        .read_to_end(&mut bytes)
        .unwrap();
    bytes
}

/// The reviewed data, for the document that it is about.
pub(crate) fn reviewed() -> Settings {
    Settings {
        overrides: text("spec/overrides.yaml"),
        rules: text("spec/rules.yaml"),
        safe_fields: text("spec/safe-fields.yaml"),
        features: text("spec/features.yaml"),
        thin_events: text("spec/thin-events.yaml"),
        names: text("spec/names.txt"),
        pinned: true,
        core_path: "../stripe-core".to_owned(),
        only: Vec::new(),
    }
}

/// The reviewed data, for any other document.
pub(crate) fn for_another() -> Settings {
    Settings {
        pinned: false,
        ..reviewed()
    }
}

/// What is generated from the pinned document: once for all tests.
pub(crate) fn committed() -> &'static Generated {
    static GENERATED: OnceLock<Generated> = OnceLock::new();
    GENERATED.get_or_init(|| expect("spec/openapi.json", pinned(), &reviewed()))
}

/// What is generated from a document that is known to be fine.
pub(crate) fn expect(name: &str, document: &[u8], settings: &Settings) -> Generated {
    codegen::generate(name, document, settings).unwrap_or_else(|error| panic!("{error}"))
}

/// What is generated from a value.
pub(crate) fn generate(document: &Value, settings: &Settings) -> Result<Generated, Diagnostics> {
    codegen::generate("api.json", document.to_string().as_bytes(), settings)
}

/// The ids of the schemas that a value refers to.
pub(crate) fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            let target = members.get("$ref").and_then(Value::as_str);
            found.extend(
                target
                    .and_then(|it| it.strip_prefix("#/components/schemas/"))
                    .map(str::to_owned),
            );
            members.values().for_each(|it| references(it, found));
        }
        Value::Array(list) => list.iter().for_each(|it| references(it, found)),
        _ => {}
    }
}
