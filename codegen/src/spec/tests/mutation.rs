//! One broken document for every place of a good one and every kind of value.

use serde_json::{Value, json};

use super::{every_field, parse_value, put};

/// Everything that can be wrong with one place, at every place: the answer is a document or complaints with a place,
/// never a panic, and never a complaint of the conversion, since that knows no place.
#[test]
fn whatever_stands_in_one_place_is_taken_or_located() {
    let good = every_field();
    let mut places = Vec::new();
    collect(&good, "", &mut places);
    let values = [
        json!(null),
        json!(true),
        json!(5),
        json!(-1),
        json!(1.5),
        json!(1e300),
        json!(u64::MAX),
        json!("x"),
        json!(""),
        json!([]),
        json!([null]),
        json!([{}]),
        json!(["a"]),
        json!({}),
        json!({"a": null}),
        json!({"a": {}}),
        json!({"$ref": 5}),
        json!({"$ref": "#/components/schemas/thing"}),
        json!({"type": "string"}),
    ];
    let mut refused = 0;
    for place in &places {
        for value in &values {
            let mut document = good.clone();
            put(&mut document, place, value.clone());
            refused += usize::from(is_refused_with_a_place(&document));
        }
        let mut document = good.clone();
        remove(&mut document, place);
        refused += usize::from(is_refused_with_a_place(&document));
    }
    assert!(
        places.len() > 300 && refused > 1_000,
        "{} {refused}",
        places.len()
    );
}

fn collect(value: &Value, at: &str, places: &mut Vec<String>) {
    if !at.is_empty() {
        places.push(at.to_owned());
    }
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                let key = key.replace('~', "~0").replace('/', "~1");
                collect(value, &format!("{at}/{key}"), places);
            }
        }
        Value::Array(elements) => {
            for (index, value) in elements.iter().enumerate() {
                collect(value, &format!("{at}/{index}"), places);
            }
        }
        _ => {}
    }
}

fn remove(document: &mut Value, place: &str) {
    let (parent, key) = place.rsplit_once('/').unwrap();
    match document.pointer_mut(parent).unwrap() {
        Value::Array(elements) => drop(elements.remove(key.parse().unwrap())),
        Value::Object(members) => drop(members.remove(&key.replace("~1", "/").replace("~0", "~"))),
        other => panic!("{other}"),
    }
}

fn is_refused_with_a_place(document: &Value) -> bool {
    let Err(diagnostics) = parse_value(document) else {
        return false;
    };
    let text = diagnostics.to_string();
    assert!(!text.contains("does not convert"), "{text}\n{document}");
    let is_located = |line: &str| {
        line.starts_with("api.json#/")
            || line.contains(" needs `")
            || line.contains("not an OpenAPI")
    };
    assert!(
        text.lines()
            .all(|line| is_located(line) || line.starts_with("...")),
        "{text}"
    );
    true
}
