//! What the stage promises about whole documents, good, odd and hostile.

use std::path::Path;

use openapiv3::{AdditionalProperties, ReferenceOr, Schema, SchemaKind, Type};
use serde_json::{Value, json};

use super::{Document, parse};

mod alias;
mod mutation;
mod text;

const EVERY_FIELD: &str = include_str!("tests/every_field.json");
const MISTAKES: &str = include_str!("tests/mistakes.yaml");

fn every_field() -> Value {
    serde_json::from_str(EVERY_FIELD).unwrap()
}

fn parse_value(document: &Value) -> Result<Document, super::Diagnostics> {
    parse("api.json", document.to_string().as_bytes())
}

fn pinned() -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/openapi.json");
    std::fs::read(path).unwrap()
}

/// A small document with one schema and one path.
fn small() -> Value {
    json!({
        "openapi": "3.0.0",
        "info": {"title": "t", "version": "1"},
        "paths": {"/v1/a": {"get": {"operationId": "GetA", "responses": {"200": {"description": "ok"}}}}},
        "components": {"schemas": {"a": {"type": "object", "properties": {"b": {"type": "string"}}}}}
    })
}

/// The small document with one value put at a place.
fn small_with(place: &str, value: Value) -> Value {
    let mut document = small();
    put(&mut document, place, value);
    document
}

fn put(document: &mut Value, place: &str, value: Value) {
    let (parent, key) = place.rsplit_once('/').unwrap();
    let key = key.replace("~1", "/").replace("~0", "~");
    match document.pointer_mut(parent).unwrap() {
        Value::Array(elements) => elements[key.parse::<usize>().unwrap()] = value,
        Value::Object(members) => drop(members.insert(key, value)),
        other => panic!("{other}"),
    }
}

#[test]
fn the_pinned_document_loads_without_a_word() {
    let document = parse("openapi.json", &pinned()).unwrap();
    assert_eq!(document.warnings.to_string(), "");
    assert_eq!(document.operations().count(), 619);
    assert_eq!(document.schemas().count(), 1_578);
    let order: Vec<_> = document
        .operations()
        .map(|it| (it.path, it.method))
        .collect();
    assert!(order.is_sorted());
}

#[test]
fn every_field_of_the_grammar_converts() {
    let document = parse("api.json", EVERY_FIELD.as_bytes()).unwrap();
    let warnings = document.warnings.to_string();
    let about_rules = |line: &str| {
        line.contains("no rule that the generated crate checks") || line.starts_with("  ")
    };
    assert!(warnings.lines().all(about_rules), "{warnings}");
    let again = serde_json::to_value(&document.api).unwrap();
    for place in [
        "/components/schemas/thing/properties/id",
        "/info",
        "/security",
        "/components/securitySchemes",
    ] {
        assert_eq!(
            again.pointer(place),
            every_field().pointer(place),
            "{place}"
        );
    }
}

#[test]
fn each_mistake_is_told_with_its_place() {
    let table: Vec<(String, Value, String)> = serde_yaml::from_str(MISTAKES).unwrap();
    assert!(table.len() > 40);
    for (place, value, expected) in table {
        let text = parse_value(&small_with(&place, value))
            .unwrap_err()
            .to_string();
        assert!(text.contains(&expected), "{text}\n  expected {expected}");
    }
}

#[test]
fn what_is_only_odd_is_a_warning() {
    let table = [
        (
            "/components/schemas/a",
            json!({"type": "string", "pattern": "a|b"}),
            "a/pattern: warning: it is no rule that the generated crate checks",
        ),
        (
            "/components/schemas/a",
            json!({"type": "number", "maximum": 1, "exclusiveMaximum": true}),
            "a/maximum: warning: it is no rule",
        ),
        (
            "/components/schemas/a",
            json!({"prefixItems": []}),
            "a/prefixItems: warning: a schema has no field `prefixItems`",
        ),
        (
            "/components/schemas/a",
            json!({"required": ["c"], "properties": {}}),
            "a/required/0: warning: there is no property `c`",
        ),
        (
            "/components/schemas/b",
            json!({"$ref": "#/components/schemas/a", "nullable": true}),
            "b/nullable: warning: `nullable` beside `$ref` has no effect",
        ),
        (
            "/paths/~1v1~1a/query",
            json!({}),
            "/query: warning: a path item has no field `query`",
        ),
        (
            "/webhooks",
            json!({}),
            "#/webhooks: warning: a document has no field `webhooks`",
        ),
    ];
    for (place, value, expected) in table {
        let document = parse_value(&small_with(place, value)).unwrap();
        let text = document.warnings.to_string();
        assert!(
            text.contains(expected) && document.warnings.len() == 1,
            "{text}\n  expected {expected}"
        );
    }
}

#[test]
fn endless_names_are_refused_where_they_become_code() {
    let long = "x".repeat(10_001);
    let mut documents = vec![
        small_with("/components/schemas/a", json!({"enum": [long]})),
        small_with(
            "/components/schemas/a",
            json!({"properties": {long.as_str(): {}}}),
        ),
        small_with(&format!("/components/schemas/{long}"), json!({})),
        small_with("/paths/~1v1~1a/get/operationId", json!(long)),
        small_with(&format!("/paths/~1{long}"), json!({})),
    ];
    for document in &documents {
        let text = parse_value(document).unwrap_err().to_string();
        assert!(
            text.contains(" bytes long (names and values are limited to 10000 bytes"),
            "{text}"
        );
        assert!(text.len() < 1_000);
    }
    documents.clear();
    let text = "x".repeat(1_000_000);
    assert!(
        parse_value(&small_with(
            "/components/schemas/a/description",
            json!(text)
        ))
        .is_ok()
    );
}

#[test]
fn references_resolve_through_aliases_and_boxes() {
    let document = parse("api.json", EVERY_FIELD.as_bytes()).unwrap();
    let thing = document.schema("thing").unwrap();
    assert!(std::ptr::eq(thing, document.schema("alias").unwrap()));
    assert!(document.schema("none").is_none());
    let SchemaKind::Type(Type::Object(object)) = &thing.schema_kind else {
        panic!("{thing:?}");
    };
    assert!(std::ptr::eq(
        thing,
        document.resolve(&object.properties["parent"]).unwrap()
    ));
    assert_eq!(
        object.additional_properties,
        Some(AdditionalProperties::Any(false))
    );
    let foreign: ReferenceOr<Schema> = ReferenceOr::ref_("#/components/schemas/none");
    assert!(document.resolve(&foreign).is_none());
}

#[test]
fn operations_come_with_their_place_and_the_parameters_of_their_path() {
    let document = parse("api.json", EVERY_FIELD.as_bytes()).unwrap();
    let told: Vec<String> = document
        .operations()
        .map(|it| format!("{} {} {}", it.method, it.pointer, it.parameters().count()))
        .collect();
    assert_eq!(told[0], "get /paths/~1v1~1things/get 3");
    assert_eq!(told[1], "delete /paths/~1v1~1things~1{thing}/delete 1");
    assert_eq!(told.len(), 8);
}

/// The typed structures leave out what is empty; of everything else nothing may get lost on the way.
#[test]
fn the_conversion_loses_nothing_of_the_pinned_document() {
    let bytes = pinned();
    let raw: Value = serde_json::from_slice(&bytes).unwrap();
    let typed = serde_json::to_value(parse("api", &bytes).unwrap().api).unwrap();
    let mut lost = Vec::new();
    losses(&raw, Some(&typed), "", &mut lost);
    assert_eq!(lost, Vec::<String>::new());
}

fn losses(raw: &Value, typed: Option<&Value>, at: &str, lost: &mut Vec<String>) {
    match (raw, typed) {
        (Value::Object(raw), _) => {
            for (key, value) in raw {
                let typed = typed.and_then(|typed| typed.get(key));
                losses(value, typed, &format!("{at}/{key}"), lost);
            }
        }
        (Value::Array(raw), _) => {
            for (index, value) in raw.iter().enumerate() {
                let typed = typed.and_then(|typed| typed.get(index));
                losses(value, typed, &format!("{at}/{index}"), lost);
            }
        }
        (Value::Bool(false), None) => {}
        _ if typed == Some(raw) => {}
        _ => lost.push(at.to_owned()),
    }
}
