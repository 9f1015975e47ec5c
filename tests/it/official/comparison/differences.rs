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

/// What may differ, as it was reviewed.
pub(crate) fn reviewed() -> Vec<Value> {
    serde_json::from_str(&read(LIST)).unwrap()
}

/// The differences that no entry explains, and the entries that explain none.
pub(crate) fn unexplained(differences: Vec<Difference>, list: &[Value]) -> Vec<String> {
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn facts(pairs: &[(&str, &str)]) -> Facts {
        let pairs = pairs.iter();
        pairs
            .map(|(at, value)| ((*at).to_owned(), (*value).to_owned()))
            .collect()
    }

    fn found(official: &[(&str, &str)], ours: &[(&str, &str)], list: &[Value]) -> Vec<String> {
        let differences = between("charges.create", &facts(official), &facts(ours));
        unexplained(differences, list)
    }

    fn entry(official: &str, ours: Option<&str>) -> Value {
        json!({"call": "charges.*", "at": "form a", "official": official, "ours": ours, "reason": "It is."})
    }

    #[test]
    fn a_difference_that_is_not_listed_is_a_complaint() {
        let both = [("form a", "1"), ("form b", "2")];
        assert!(found(&both, &both, &[]).is_empty());
        // Another value, one that is missing, and one too many.
        for ours in [
            &[("form a", "2"), both[1]][..],
            &both[1..],
            &[both[0], both[1], ("form c", "")],
        ] {
            let complaints = found(&both, ours, &[]);
            assert_eq!(complaints.len(), 1);
            assert!(complaints[0].starts_with("not listed in"), "{complaints:?}");
        }
        let list = [entry("1", Some("2"))];
        assert!(found(&both, &[("form a", "2"), both[1]], &list).is_empty());
        // What is listed for one value is not listed for another.
        assert_eq!(found(&both, &[("form a", "3"), both[1]], &list).len(), 2);
    }

    #[test]
    fn an_entry_that_explains_nothing_is_a_complaint() {
        let both = [("form a", "1")];
        let complaints = found(&both, &both, &[entry("1", None)]);
        assert_eq!(complaints.len(), 1);
        assert!(
            complaints[0].starts_with("no longer applies"),
            "{complaints:?}"
        );
    }
}
