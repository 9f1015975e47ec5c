//! The same document gives the same bytes: every time, under any name, in any order of its keys, in JSON and in YAML.

use codegen::Generated;
use serde_json::{Map, Value};

use crate::document::{committed, expect, pinned, pinned_value, reviewed};
use crate::golden::cases;

fn assert_same(one: &Generated, other: &Generated, what: &str) {
    let differs = |path: &&String| one.files.get(*path) != other.files.get(*path);
    let paths: Vec<&String> = one
        .files
        .keys()
        .chain(other.files.keys())
        .filter(differs)
        .collect();
    assert_eq!(paths, Vec::<&String>::new(), "{what}");
    assert_eq!(one.names, other.names, "{what}");
    assert_eq!(one.feature_table, other.feature_table, "{what}");
    assert_eq!(one.report, other.report, "{what}");
    assert_eq!(
        format!("{:?}", one.operations),
        format!("{:?}", other.operations),
        "{what}"
    );
}

/// The text of a value with the members of every object in another order: each object's own, and always the same.
pub(crate) fn shuffled(value: &Value, seed: u64) -> String {
    match value {
        Value::Object(members) => {
            let mut members: Vec<(&String, &Value)> = members.iter().collect();
            members.sort_by_key(|(key, _)| mixed(key, seed));
            let members = members.iter().map(|(key, value)| {
                format!(
                    "{}:{}",
                    Value::String((*key).clone()),
                    shuffled(value, seed.wrapping_add(1))
                )
            });
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Value::Array(list) => {
            let list = list
                .iter()
                .map(|value| shuffled(value, seed.wrapping_mul(31)));
            format!("[{}]", list.collect::<Vec<_>>().join(","))
        }
        scalar => scalar.to_string(),
    }
}

/// A number that says nothing of how the text sorts.
fn mixed(text: &str, seed: u64) -> u64 {
    let step = |hash: u64, byte: u64| {
        (hash ^ byte)
            .wrapping_mul(0x9e37_79b9_7f4a_7c15)
            .rotate_left(29)
    };
    text.bytes()
        .map(u64::from)
        .chain([seed, seed])
        .fold(0, step)
}

/// The shuffle is one: hardly anything is left where it was.
#[test]
fn shuffling_moves_keys_at_every_level() {
    let value: Value = serde_json::from_str(
        r#"{"a": {"b": 1, "c": 2, "d": {"e": 1, "f": 2}}, "g": [{"h": 1, "i": 2}]}"#,
    )
    .unwrap();
    let texts: std::collections::BTreeSet<String> =
        (0..200).map(|seed| shuffled(&value, seed)).collect();
    assert!(texts.len() > 20, "{}", texts.len());
    for text in texts {
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }
}

#[test]
fn a_second_run_under_another_name_gives_the_same() {
    let again = expect("/somewhere/else/spec3.sdk.json", pinned(), &reviewed());
    assert_same(committed(), &again, "the pinned document");
}

#[test]
fn the_order_of_keys_does_not_matter() {
    let text = shuffled(pinned_value(), 7);
    assert_ne!(text.as_bytes()[..100], pinned()[..100]);
    let other = expect("shuffled.json", text.as_bytes(), &reviewed());
    assert_same(committed(), &other, "the pinned document");
}

#[test]
fn the_order_of_keys_does_not_matter_for_any_quirk() {
    for case in cases().iter().filter(|case| case.is_accepted()) {
        let straight = case.generate().unwrap();
        for seed in 0..8 {
            let text = shuffled(&case.value(), seed);
            let other = expect("spec.yaml", text.as_bytes(), &case.settings);
            assert_same(&straight, &other, &format!("{}: {text}", case.name));
        }
    }
}

#[test]
fn the_format_of_the_file_does_not_matter() {
    let yaml = serde_yaml::to_string(pinned_value()).unwrap();
    let other = expect("openapi.yaml", yaml.as_bytes(), &reviewed());
    assert_same(committed(), &other, "the pinned document");
    for case in cases().iter().filter(|case| case.is_accepted()) {
        let one = serde_json::to_string_pretty(&case.value()).unwrap();
        let other = serde_yaml::to_string(&case.value()).unwrap();
        let [one, other] = [one, other].map(|text| expect("spec", text.as_bytes(), &case.settings));
        assert_same(&one, &other, &case.name);
    }
}

/// Text that one of the two formats might take for something else.
#[test]
fn text_that_looks_like_something_else_stays_text() {
    let case = cases()
        .into_iter()
        .find(|case| case.name == "open_enum")
        .unwrap();
    let odd = [
        "no",
        "on",
        "null",
        "~",
        "1.0",
        "0x1f",
        "1e3",
        "2024-06-20",
        "12:30:45",
        "#a",
        "a: b",
        "- a",
        "'a'",
        "\"a\"",
        "a\nb",
        "\t",
        "é\u{2028}",
    ];
    let mut document = case.value();
    document["components"]["schemas"]["colour"]["enum"] = odd.iter().copied().collect();
    for odd in odd {
        let properties = &mut document["components"]["schemas"]["thing"]["properties"];
        properties[odd] = Value::Object(Map::from_iter([("type".to_owned(), "string".into())]));
    }
    let yaml = serde_yaml::to_string(&document).unwrap();
    let [one, other] =
        [document.to_string(), yaml].map(|text| expect("spec", text.as_bytes(), &case.settings));
    assert_same(&one, &other, "odd texts");
}
