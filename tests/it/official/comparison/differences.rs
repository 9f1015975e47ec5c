//! What differs between two requests, and the list of what may differ: each entry with its reason, and each in use.

use std::collections::BTreeSet;

use serde_json::Value;

use super::facts::Facts;
use crate::document::read;

const LIST: &str = "tests/it/official/differences.json";

/// A fact that is not the same in both requests of a call.
#[derive(Debug)]
pub(crate) struct Difference {
    call: String,
    at: String,
    official: Option<String>,
    ours: Option<String>,
}

/// Every fact of one request that the other has not, or has otherwise.
pub(crate) fn between(call: &str, official: &Facts, ours: &Facts) -> Vec<Difference> {
    let places: BTreeSet<_> = official.keys().chain(ours.keys()).collect();
    let differing = places
        .into_iter()
        .filter(|at| official.get(*at) != ours.get(*at));
    differing
        .map(|at| Difference {
            call: call.to_owned(),
            at: at.clone(),
            official: official.get(at).cloned(),
            ours: ours.get(at).cloned(),
        })
        .collect()
}

/// The differences that no entry explains, and the entries that explain none.
pub(crate) fn unexplained(differences: Vec<Difference>) -> Vec<String> {
    let list: Value = serde_json::from_str(&read(LIST)).unwrap();
    let list = list.as_array().unwrap();
    let mut used = BTreeSet::new();
    let mut complaints = Vec::new();
    for difference in differences {
        match list.iter().position(|entry| explains(entry, &difference)) {
            Some(entry) => {
                used.insert(entry);
            }
            None => complaints.push(format!("not listed in {LIST}: {difference:?}")),
        }
    }
    let idle = list
        .iter()
        .enumerate()
        .filter(|(number, _)| !used.contains(number));
    complaints.extend(idle.map(|(_, entry)| format!("no longer applies: {entry}")));
    complaints
}

/// An entry names the call and what each SDK sends; a `*` at the end stands for anything, and null for nothing.
fn explains(entry: &Value, difference: &Difference) -> bool {
    let is = |key: &str, value: Option<&str>| match &entry[key] {
        Value::String(text) => value.is_some_and(|value| match text.strip_suffix('*') {
            Some(start) => value.starts_with(start),
            None => value == text,
        }),
        _ => value.is_none(),
    };
    assert!(
        entry["reason"].as_str().is_some_and(|it| it.ends_with('.')),
        "{entry} has no reason"
    );
    is("call", Some(&difference.call))
        && is("at", Some(&difference.at))
        && is("official", difference.official.as_deref())
        && is("ours", difference.ours.as_deref())
}
