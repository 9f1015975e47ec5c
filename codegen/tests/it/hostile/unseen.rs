//! Documents that nobody wrote reviewed data for: another version, only one of the two APIs, the style of years ago.

use serde_json::Value;

use super::{survives, unreviewed};
use crate::document::{committed, earlier, expect, for_another, generate, pinned_value};
use crate::inert::faults;

/// The operations that a document states.
fn operations(document: &Value) -> usize {
    let methods = |item: &Value| {
        ["get", "post", "delete"]
            .iter()
            .filter(|it| item.get(**it).is_some())
            .count()
    };
    document["paths"]
        .as_object()
        .unwrap()
        .values()
        .map(methods)
        .sum()
}

#[test]
fn another_version_gives_a_whole_crate() {
    let bytes = earlier();
    let generated = expect("earlier.json", &bytes, &for_another());
    let document: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(generated.operations.len(), operations(&document));
    assert_eq!(generated.api_version, "2026-04-22.dahlia");
    assert_eq!(faults(&generated), Vec::<String>::new());
    // Most of the document is the same, and what is the same is called the same.
    let same = generated
        .files
        .iter()
        .filter(|(path, text)| committed().files.get(*path) == Some(*text));
    assert!(same.count() * 10 > generated.files.len() * 9);
}

#[test]
fn without_reviewed_data_every_operation_still_has_a_name() {
    let generated = generate(pinned_value(), &unreviewed()).unwrap();
    assert!(generated.warnings.is_empty(), "{}", generated.warnings);
    let mut calls: Vec<&String> = generated.operations.iter().map(|it| &it.call).collect();
    calls.sort();
    calls.dedup();
    assert_eq!(calls.len(), operations(pinned_value()));
    let counted = calls
        .iter()
        .filter(|call| call.ends_with(|c: char| c.is_ascii_digit()));
    assert_eq!(counted.collect::<Vec<_>>(), Vec::<&&String>::new());
}

#[test]
fn without_v2_the_rest_stays_as_it_is() {
    let mut document = pinned_value().clone();
    document["paths"]
        .as_object_mut()
        .unwrap()
        .retain(|path, _| !path.starts_with("/v2/"));
    let generated = generate(&document, &for_another()).unwrap();
    assert_eq!(generated.operations.len(), operations(&document));
    assert_eq!(faults(&generated), Vec::<String>::new());
    let frame = [
        "Cargo.toml",
        "README.md",
        "src/client.rs",
        "src/lib.rs",
        "src/schema.rs",
        // It says which feature has the type of an object.
        "src/webhook.rs",
    ];
    let files = generated.files.iter();
    let files = files.filter(|(path, _)| !frame.contains(&path.as_str()) && !path.contains("/v2_"));
    let changed = files.filter(|(path, text)| committed().files.get(*path) != Some(*text));
    assert_eq!(
        changed.map(|(path, _)| path).collect::<Vec<_>>(),
        Vec::<&String>::new()
    );
}

/// No `x-` fields, references to parameters' schemas, nullable by `anyOf`, one page written as a schema of its own.
#[test]
fn a_document_in_the_style_of_years_ago_gives_a_crate() {
    let document = serde_yaml::from_str(include_str!("old_style.yaml")).unwrap();
    let generated = survives(&document).unwrap();
    let calls: Vec<&str> = generated
        .operations
        .iter()
        .map(|it| it.call.as_str())
        .collect();
    assert_eq!(
        calls,
        [
            "charges.list",
            "charges.create",
            "charges.retrieve",
            "coupons.delete"
        ]
    );
    let charges = &generated.operations[0];
    assert_eq!(
        (charges.result.as_str(), charges.paging.as_str()),
        ("List<Charge>", "list")
    );
    let charge = &generated.files["src/schema/charge.rs"];
    for field in [
        "pub balance: Option<Box<ChargeBalance>>",
        "pub created: Option<stripe_core::types::Timestamp>",
        "pub customer: Option<",
        "pub outcome: Option<Box<super::Outcome>>",
        "pub status: Option<ChargeStatus>",
    ] {
        assert!(charge.contains(field), "{field}\n{charge}");
    }
}
