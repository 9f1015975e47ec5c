//! What the client lets be expanded is what the document says.

use serde_json::Map;

use super::client::{Asker, Verdict};
use super::{document, operations};
use crate::conformance::call::Options;
use crate::document::document as raw;
use crate::sample::reference;
use serde_json::Value;

/// The names that `x-expandableFields` has at a schema, and what is found there.
fn names(schema: &'static Value) -> Vec<(&'static str, &'static Value)> {
    if let Some(id) = reference(schema) {
        return names(&raw()["components"]["schemas"][id]);
    }
    let arms = schema["anyOf"].as_array().into_iter().flatten();
    let mut all: Vec<_> = arms.flat_map(names).collect();
    if schema["type"] == "array" {
        all.extend(names(&schema["items"]));
    }
    let listed = schema["x-expandableFields"]
        .as_array()
        .into_iter()
        .flatten();
    let listed = listed.filter_map(Value::as_str);
    all.extend(listed.map(|name| (name, &schema["properties"][name])));
    all
}

fn paths(schema: &'static Value, before: &str, deepest: usize, found: &mut Vec<String>) {
    for (name, schema) in names(schema) {
        let path = format!("{before}{name}");
        if deepest > 1 {
            paths(schema, &format!("{path}."), deepest - 1, found);
        }
        found.push(path);
    }
}

#[test]
fn whatever_the_document_says_can_be_expanded_is_let_through_and_nothing_beside_it() {
    let asker = Asker::new();
    let mut count = 0;
    for (operation, call) in operations().filter(|(it, _)| it.path().starts_with("/v1/")) {
        let answer = raw().pointer(operation.pointer()).unwrap();
        let answer = &answer["responses"]["200"]["content"]["application/json"]["schema"];
        let mut found = Vec::new();
        paths(answer, "", 3, &mut found);
        let params: Map<String, Value> = document().least(operation);
        let expand = |path: &str| Options {
            expand: Some(path.to_owned()),
            ..Options::default()
        };
        let is_refused = |path: &str| match asker.ask_with(call, &params, &expand(path)) {
            Verdict::Refused(all) => all.iter().any(|it| it.param() == "expand[0]"),
            _ => false,
        };
        found.sort();
        found.dedup();
        for path in &found {
            assert!(!is_refused(path), "{} {path}", call.name);
            count += 1;
        }
        if !answer.is_null() && answer != &serde_json::json!({}) {
            for path in ["nothing_of_this_name", "data.nothing_of_this_name"] {
                assert!(is_refused(path), "{} {path}", call.name);
            }
        }
    }
    assert!(count > 10_000, "{count}");
}
