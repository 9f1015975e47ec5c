//! The calls of the pinned document are those of Stripe's official SDK, operation by operation, and nothing departs from
//! the rules without a reason.

use std::collections::{BTreeMap, BTreeSet};

use codegen::{OperationSummary, Settings};
use serde_json::Value;

use crate::document::{committed, expect, pinned, reviewed};

const OFFICIAL: &str = include_str!("../facts/official_calls.csv");

/// Calls by method and path.
type Calls = BTreeMap<(String, String), BTreeSet<String>>;

fn official() -> Calls {
    let mut lines = OFFICIAL.lines();
    assert_eq!(lines.next(), Some("method,path,call"));
    let mut calls = Calls::new();
    for line in lines {
        let [method, path, call] = line.split(',').collect::<Vec<_>>().try_into().unwrap();
        let known = calls
            .entry((method.to_owned(), path.to_owned()))
            .or_default();
        assert!(known.insert(call.to_owned()), "{line} stands twice");
    }
    calls
}

fn key(operation: &OperationSummary) -> (String, String) {
    (operation.method.clone(), operation.path.clone())
}

fn calls(operations: &[OperationSummary], legacy: bool) -> Calls {
    let those = operations.iter().filter(|it| it.legacy == legacy);
    those
        .map(|it| (key(it), it.calls.iter().cloned().collect()))
        .collect()
}

#[test]
fn every_official_call_is_ours_and_the_rest_is_legacy() {
    let operations = &committed().operations;
    assert_eq!(operations.len(), 619);
    let (ours, official) = (calls(operations, false), official());
    let differing = official
        .iter()
        .filter(|(key, calls)| ours.get(*key) != Some(*calls));
    assert_eq!(differing.collect::<Vec<_>>(), []);
    assert_eq!(ours.len(), official.len());
    assert_eq!(official.len(), 564);
    let legacy = calls(operations, true);
    assert_eq!(legacy.len(), 55);
    assert!(
        legacy
            .values()
            .flatten()
            .all(|call| call.starts_with("legacy."))
    );
}

#[test]
fn no_two_operations_have_one_call() {
    let operations = &committed().operations;
    let all: Vec<&String> = operations.iter().flat_map(|it| &it.calls).collect();
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
    assert!(
        operations
            .iter()
            .all(|it| it.calls.first() == Some(&it.call))
    );
}

/// A stated call that the rules give anyway would hide a mistake in the rules, or outlive its reason.
#[test]
fn every_stated_call_is_needed() {
    let stated: Value = serde_yaml::from_str(&reviewed().overrides).unwrap();
    let stated: Calls = stated["calls"]
        .as_array()
        .unwrap()
        .iter()
        .map(entry)
        .collect();
    assert!(!stated.is_empty());
    let mut overrides: Value = serde_yaml::from_str(&reviewed().overrides).unwrap();
    overrides["calls"] = Value::Array(Vec::new());
    let settings = Settings {
        overrides: overrides.to_string(),
        // They name calls as they are stated.
        rules: String::new(),
        names: String::new(),
        ..reviewed()
    };
    let by_rule = calls(
        &expect("spec/openapi.json", pinned(), &settings).operations,
        false,
    );
    let idle = stated
        .iter()
        .filter(|(key, calls)| by_rule.get(*key) == Some(*calls));
    assert_eq!(idle.collect::<Vec<_>>(), []);
}

fn entry(stated: &Value) -> ((String, String), BTreeSet<String>) {
    let text = |key: &str| stated[key].as_str().unwrap().to_owned();
    let calls = stated["call"].as_array().unwrap().iter();
    (
        (text("method"), text("path")),
        calls.map(|it| it.as_str().unwrap().to_owned()).collect(),
    )
}

/// A reason is a sentence, not a word; the generator itself refuses none at all.
#[test]
fn every_departure_has_a_reason_that_a_stranger_understands() {
    let reviewed = reviewed();
    for file in [
        &reviewed.overrides,
        &reviewed.safe_fields,
        &reviewed.features,
    ] {
        let mut reasons = Vec::new();
        collect_reasons(&serde_yaml::from_str(file).unwrap(), &mut reasons);
        assert!(!reasons.is_empty());
        for reason in reasons {
            let words = reason.split(' ').count();
            assert!(reason.ends_with('.') && words > 1, "{reason}");
        }
    }
}

fn collect_reasons(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            found.extend(
                members
                    .get("reason")
                    .and_then(Value::as_str)
                    .map(str::to_owned),
            );
            members.values().for_each(|it| collect_reasons(it, found));
        }
        Value::Array(list) => list.iter().for_each(|it| collect_reasons(it, found)),
        _ => {}
    }
}
