//! Schemas that are only other names for schemas, and never come to an end.
//!
//! A recursive object is fine, since each level is a value of its own. A chain of nothing but `$ref`, `anyOf`, `oneOf`
//! and `allOf` that leads back to its start describes no value at all, and every stage that follows it would hang.

use std::collections::BTreeMap;

use serde_json::Value;

use super::check::Check;
use super::schema::id;
use crate::diagnostic::{Pointer, quoted};

/// How much of a cycle is told.
const SHOWN: usize = 8;
/// How many cycles are told: a hostile document has as many as it likes, each as long as itself.
const MOST: usize = 50;

/// Complains about each cycle once, at its first member by name.
pub(super) fn cycles(check: &mut Check<'_>) {
    let schemas = check.schemas.into_iter().flatten();
    let graph: BTreeMap<&str, Vec<String>> = schemas
        .map(|(name, schema)| (name.as_str(), aliases(schema)))
        .collect();
    let mut found = Vec::new();
    let mut state: BTreeMap<&str, State> = BTreeMap::new();
    for start in graph.keys() {
        visit(start, &graph, &mut state, &mut found);
    }
    for cycle in found {
        report(check, &cycle);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    Done,
}

/// Depth first, with the path on the heap: a chain may be as long as the document.
fn visit<'g>(
    start: &'g str,
    graph: &'g BTreeMap<&'g str, Vec<String>>,
    state: &mut BTreeMap<&'g str, State>,
    found: &mut Vec<Vec<&'g str>>,
) {
    if state.contains_key(start) {
        return;
    }
    let edges = |name: &str| {
        graph
            .get(name)
            .map(|edges| edges.iter())
            .unwrap_or_default()
    };
    let mut path = vec![(start, edges(start))];
    state.insert(start, State::Open);
    while let Some((here, rest)) = path.last_mut() {
        let Some(next) = rest.next() else {
            state.insert(here, State::Done);
            path.pop();
            continue;
        };
        match state.get(next.as_str()) {
            Some(State::Done) => {}
            Some(State::Open) if found.len() == MOST => {}
            Some(State::Open) => {
                found.push(
                    path.iter()
                        .map(|(name, _)| *name)
                        .skip_while(|name| name != next)
                        .collect(),
                );
            }
            None => {
                state.insert(next, State::Open);
                path.push((next, edges(next)));
            }
        }
    }
}

fn report(check: &mut Check<'_>, cycle: &[&str]) {
    let Some(first) = cycle.iter().min() else {
        return;
    };
    let from_first = cycle.iter().cycle().skip_while(|name| name != &first);
    let mut names: Vec<String> = from_first
        .take(cycle.len().min(SHOWN))
        .map(|name| quoted(name))
        .collect();
    if cycle.len() > SHOWN {
        names.push("…".to_owned());
    }
    names.push(quoted(first));
    let at = Pointer::root().key("components").key("schemas").key(first);
    check.wrong(
        &at,
        format!(
            "the schema is only another name for itself: {}",
            names.join(" → ")
        ),
        "put an object in between",
    );
}

/// The schemas that this one stands for, through nested unions.
fn aliases(schema: &Value) -> Vec<String> {
    let mut names = Vec::new();
    let mut waiting = vec![schema];
    while let Some(schema) = waiting.pop() {
        if let Some(reference) = schema.get("$ref") {
            names.extend(
                reference
                    .as_str()
                    .and_then(id)
                    .map(std::borrow::Cow::into_owned),
            );
            continue;
        }
        for union in ["anyOf", "oneOf", "allOf"] {
            waiting.extend(
                schema
                    .get(union)
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten(),
            );
        }
    }
    names.sort();
    names.dedup();
    names
}
