//! The features of the generated crate: few enough for a registry, named after what is called, complete.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use codegen::{OperationSummary, Settings};

use crate::document::read;

/// What a registry takes.
const MOST: usize = 300;

/// What turns on no service of its own.
const TECHNICAL: [&str; 18] = [
    "aws-lc-rs",
    "axum",
    "blocking",
    "client",
    "default",
    "full",
    "http2",
    "jiff",
    "legacy",
    "native-roots",
    "platform-verifier",
    "ring",
    "rust_decimal",
    "serde",
    "testing",
    "tower",
    "tracing",
    "webhooks",
];

/// The features of the manifest, each with what it turns on.
pub(crate) fn features() -> BTreeMap<String, Vec<String>> {
    let manifest = read("stripe-generated/Cargo.toml");
    let (_, section) = manifest.split_once("\n[features]\n").unwrap();
    let section = section.split("\n[").next().unwrap();
    let mut features = BTreeMap::new();
    let mut name = "";
    for line in section.lines().filter(|line| !line.starts_with('#')) {
        let mut list = line;
        if let Some((start, rest)) = line.split_once(" = ") {
            (name, list) = (start, rest);
        }
        let parts = list.split('"').skip(1).step_by(2).map(str::to_owned);
        features
            .entry(name.to_owned())
            .or_insert_with(Vec::new)
            .extend(parts);
    }
    features.remove("");
    features
}

/// All operations as the generator names them.
fn operations() -> &'static [OperationSummary] {
    static OPERATIONS: LazyLock<Vec<OperationSummary>> = LazyLock::new(|| {
        let settings = Settings {
            overrides: read("spec/overrides.yaml"),
            rules: read("spec/rules.yaml"),
            safe_fields: read("spec/safe-fields.yaml"),
            features: read("spec/features.yaml"),
            thin_events: read("spec/thin-events.yaml"),
            names: read("spec/names.txt"),
            pinned: true,
            core_path: "../stripe-core".to_owned(),
            only: Vec::new(),
        };
        let generated = codegen::generate(
            "openapi.json",
            read("spec/openapi.json").as_bytes(),
            &settings,
        );
        generated.unwrap().operations
    });
    &OPERATIONS
}

#[test]
fn there_are_as_many_features_as_a_registry_takes() {
    let count = features().len();
    assert!((100..=MOST).contains(&count), "{count} features");
}

#[test]
fn every_operation_has_a_feature_that_exists() {
    let features = features();
    assert_eq!(operations().len(), 619);
    for operation in operations() {
        assert!(
            features.contains_key(&operation.feature),
            "{} of {}",
            operation.feature,
            operation.call
        );
        assert_eq!(
            operation.legacy,
            operation.feature == "legacy",
            "{}",
            operation.call
        );
    }
}

#[test]
fn a_feature_is_called_as_its_service_is() {
    for operation in operations().iter().filter(|operation| !operation.legacy) {
        let call = operation.call.replace(['.', '_'], "-");
        let service = format!("{}-", operation.feature);
        assert!(
            call.starts_with(&service),
            "{} is behind {}",
            operation.call,
            operation.feature
        );
    }
}

#[test]
fn full_is_every_service_and_nothing_is_left_over() {
    let features = features();
    let used: BTreeSet<_> = operations()
        .iter()
        .map(|operation| operation.feature.as_str())
        .collect();
    let services: BTreeSet<_> = used
        .into_iter()
        .filter(|feature| *feature != "legacy")
        .collect();
    let full: BTreeSet<_> = features["full"].iter().map(String::as_str).collect();
    assert_eq!(full, services);
    for (name, parts) in &features {
        let is_group = !parts.is_empty() && parts.iter().all(|part| features.contains_key(part));
        let known =
            is_group || services.contains(name.as_str()) || TECHNICAL.contains(&name.as_str());
        assert!(known, "{name} turns on {parts:?}");
    }
}

#[test]
fn a_group_has_the_services_that_its_name_begins() {
    for (name, parts) in features()
        .iter()
        .filter(|(name, _)| !TECHNICAL.contains(&name.as_str()))
    {
        // `shop` is a choice, every other group a name space; a nested service has the one around it with it.
        let is_known = |part: &&String| {
            part.starts_with(&format!("{name}-")) || name.starts_with(&format!("{part}-"))
        };
        let strangers = parts.iter().filter(|part| !is_known(part));
        let strangers: Vec<_> = strangers
            .filter(|part| *part != "client" && name != "shop")
            .collect();
        assert!(strangers.is_empty(), "{name} turns on {strangers:?}");
    }
}
