//! Things added to small documents, each at the start, in the middle and at the end of what is there; and many things
//! added to the pinned one.

use serde_json::{Map, Value, json};

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

/// Adds to every so many component schemas, and adds some.
fn grow_schemas(schemas: &mut Map<String, Value>, new: &mut dyn FnMut() -> (String, Value)) {
    let objects = schemas.values_mut();
    let objects = objects.filter_map(|it| it.get_mut("properties")?.as_object_mut());
    let objects = objects.filter(|it| !it.is_empty() && !it.contains_key("has_more"));
    for properties in objects.step_by(23) {
        properties.extend([new()]);
    }
    for id in ["aaa", "customer.new_part", "v2.core.new", "zzz"] {
        let object = json!({"type": "object", "properties": {"part": new().1}});
        schemas.insert(id.to_owned(), object);
    }
}

/// The parameters in the body of a path's POST.
fn body(item: &mut Value) -> Option<&mut Map<String, Value>> {
    let content = item.get_mut("post")?.pointer_mut("/requestBody/content")?;
    let media = content.as_object_mut()?.values_mut().next()?;
    media.pointer_mut("/schema/properties")?.as_object_mut()
}

/// Adds to every so many operations, and adds some.
fn grow_paths(paths: &mut Map<String, Value>, new: &mut dyn FnMut() -> (String, Value)) {
    for properties in paths.values_mut().filter_map(body).step_by(11) {
        properties.extend([new()]);
    }
    let members = paths.keys().filter(|path| path.ends_with('}')).step_by(17);
    let verbs = members.map(|path| format!("{path}/renovate"));
    let verbs: Vec<String> = verbs.chain(["/v1/renovations".to_owned()]).collect();
    for path in verbs {
        let item = json!({"post": operation(&path, "customer")});
        paths.insert(path, item);
        new();
    }
}

/// Every so many schemas and operations of the pinned document get something new; so many additions were made.
fn grow(document: &mut Value) -> usize {
    let kinds = rows("kinds");
    let names = ["aaa", "metadata_new", "zzz"];
    let mut count = 0;
    let mut new = || {
        count += 1;
        (
            names[count % names.len()].to_owned(),
            kinds[count % kinds.len()].clone(),
        )
    };
    let schemas = document["components"]["schemas"].as_object_mut().unwrap();
    grow_schemas(schemas, &mut new);
    grow_paths(document["paths"].as_object_mut().unwrap(), &mut new);
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
