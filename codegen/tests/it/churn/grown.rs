//! Things added to small documents, each at the start, in the middle and at the end of what is there; and many things
//! added to the pinned one.

use serde_json::{Value, json};

use super::{after, unexplained};
use crate::document::{committed, for_another, pinned_value};
use crate::golden::cases;

const ADDITIONS: &str = include_str!("additions.yaml");

/// The rows of a table.
fn rows(table: &str) -> Vec<Value> {
    let all: Value = serde_yaml::from_str(ADDITIONS).unwrap();
    all[table].as_array().unwrap().clone()
}

fn texts(value: &Value) -> Vec<&str> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it.as_str().unwrap())
        .collect()
}

fn put(document: &mut Value, place: &str, value: Value) {
    let (parent, key) = place.rsplit_once('/').unwrap();
    match document
        .pointer_mut(parent)
        .unwrap_or_else(|| panic!("nothing at {parent}"))
    {
        Value::Array(list) => list.push(value),
        Value::Object(members) => drop(members.insert(key.replace("~1", "/"), value)),
        other => panic!("{other}"),
    }
}

fn operation(path: &str, schema: &str) -> Value {
    let ids = path
        .split('{')
        .skip(1)
        .map(|rest| rest.split_once('}').unwrap().0);
    let parameters: Vec<Value> = ids
        .map(|id| json!({"in": "path", "name": id, "required": true, "schema": {"type": "string"}}))
        .collect();
    let page = json!({"type": "object", "properties": {
        "data": {"type": "array", "items": {"$ref": "#/components/schemas/customer"}},
        "has_more": {"type": "boolean"}, "object": {"type": "string", "enum": ["list"]}, "url": {"type": "string"},
    }});
    let one = json!({"$ref": format!("#/components/schemas/{schema}")});
    let content =
        json!({"application/json": {"schema": if schema == "a page" { page } else { one }}});
    json!({"parameters": parameters, "responses": {"200": {"description": "ok", "content": content}}})
}

/// What an addition does to a golden case: the lines it deletes for no reason that has a name, and the number of others.
    effect(name, change)
}
fn effect(name: &str, change: &dyn Fn(&mut Value)) -> (Vec<String>, usize) {
    let case = cases().into_iter().find(|case| case.name == name).unwrap();
    let old = case.generate().unwrap();
    let mut document = case.value();
    change(&mut document);
    let new = after(&old, &document, &case.settings);
    assert_ne!(old.files, new.files, "{name}: nothing was added");
    unexplained(&old, &new)
}

#[test]
fn adding_to_a_small_document_deletes_no_line() {
    let mut wrong = Vec::new();
    for row in rows("additions") {
        let (case, below) = (
            row["case"].as_str().unwrap(),
            row["below"].as_str().unwrap(),
        );
        for place in texts(&row["places"]) {
            for value in row["values"].as_array().unwrap() {
                let place = format!("{below}{place}");
                let (lines, excused) =
                    effect(case, &|document| put(document, &place, value.clone()));
                wrong.extend(
                    lines
                        .iter()
                        .map(|line| format!("{case}{place} {value}: {line}")),
                );
                // An exception is one where the table says so, and only there.
                assert_eq!(
                    excused > 0,
                    row.get("exception").is_some(),
                    "{case}{place} {value}"
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn adding_an_operation_deletes_no_line() {
    let mut wrong = Vec::new();
    for row in rows("operations") {
        let [path, method, schema, ..] = texts(&row)[..] else {
            panic!("{row}")
        };
        let (lines, excused) = effect("services", &|document| {
            let paths = document["paths"].as_object_mut().unwrap();
            let item = paths.entry(path).or_insert_with(|| json!({}));
            item[method] = operation(path, schema);
        });
        wrong.extend(lines.iter().map(|line| format!("{method} {path}: {line}")));
        assert_eq!(excused > 0, row.get(3).is_some(), "{method} {path}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every so many schemas and operations of the pinned document get something new; so many additions were made.
fn grow(document: &mut Value) -> usize {
    let kinds = &serde_yaml::from_str::<Value>(ADDITIONS).unwrap()["kinds"];
    let kinds = kinds.as_array().unwrap();
    let names = ["aaa", "metadata_new", "zzz"];
    let mut count = 0;
    let mut next = || {
        count += 1;
        (
            names[count % names.len()],
            kinds[count % kinds.len()].clone(),
        )
    };
    let schemas = document["components"]["schemas"].as_object_mut().unwrap();
    let objects = schemas
        .values_mut()
        .filter_map(|it| it.get_mut("properties")?.as_object_mut());
    for properties in objects
        .filter(|it| !it.is_empty() && !it.contains_key("has_more"))
        .step_by(23)
    {
        let (name, kind) = next();
        properties.insert(name.to_owned(), kind);
    }
    for id in ["aaa", "customer.new_part", "v2.core.new", "zzz"] {
        schemas.insert(
            id.to_owned(),
            json!({"type": "object", "properties": {"part": next().1}}),
        );
    }
    let paths = document["paths"].as_object_mut().unwrap();
    let bodies = paths.values_mut().filter_map(|it| {
        let content = it
            .get_mut("post")?
            .pointer_mut("/requestBody/content")?
            .as_object_mut()?;
        content
            .values_mut()
            .next()?
            .pointer_mut("/schema/properties")?
            .as_object_mut()
    });
    for properties in bodies.step_by(11) {
        let (name, kind) = next();
        properties.insert(name.to_owned(), kind);
    }
    let members: Vec<String> = paths
        .keys()
        .filter(|path| path.ends_with('}'))
        .step_by(17)
        .cloned()
        .collect();
    for path in members
        .iter()
        .map(|path| format!("{path}/renovate"))
        .chain(["/v1/renovations".to_owned()])
    {
        paths.insert(path.clone(), json!({"post": operation(&path, "customer")}));
        next();
    }
    count
}

#[test]
fn adding_to_the_pinned_document_deletes_no_line() {
    let mut document = pinned_value().clone();
    let count = grow(&mut document);
    assert!(count > 80, "{count}");
    let new = after(committed(), &document, &for_another());
    let (lines, excused) = unexplained(committed(), &new);
    assert!(lines.is_empty(), "{}", lines.join("\n"));
    assert!(excused < 10, "{excused}");
    // The other way round, what was added is deleted.
    assert!(unexplained(&new, committed()).0.len() > count);
}
