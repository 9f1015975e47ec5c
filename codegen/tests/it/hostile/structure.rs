//! Documents of a wrong or monstrous shape: references in circles, nothing where something should be, growth without end.

use serde_json::{Value, json};

use super::survives;

/// A document with these component schemas, whose one operation takes and answers with `a`.
fn document(schemas: &Value) -> Value {
    let takes = json!({"type": "object", "properties": {"a": to("a")}});
    json!({
        "openapi": "3.0.0",
        "info": {"title": "t", "version": "v"},
        "paths": {"/v1/things": {"post": {
            "operationId": "PostThings",
            "requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": takes}}},
            "responses": {"200": {"description": "ok", "content": {"application/json": {"schema": to("a")}}}},
        }}},
        "components": {"schemas": schemas},
    })
}

fn to(id: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{id}")})
}

fn object(properties: &Value) -> Value {
    json!({"type": "object", "properties": properties})
}

#[test]
fn references_in_circles_come_to_an_end() {
    let table = [
        json!({"a": object(&json!({"a": to("a")}))}),
        json!({"a": {"type": "object", "required": ["a"], "properties": {"a": to("a")}}}),
        json!({"a": object(&json!({"b": to("b")})), "b": object(&json!({"a": to("a")}))}),
        json!({"a": {"type": "array", "items": to("a")}}),
        json!({"a": {"type": "object", "additionalProperties": to("a")}}),
        json!({"a": object(&json!({"b": {"anyOf": [to("a"), to("b")]}})), "b": object(&json!({"b": {"anyOf": [to("a"), to("b")]}}))}),
        json!({"a": object(&json!({"x": {"type": "array", "items": {"anyOf": [to("a"), {"type": "array", "items": to("a")}]}}}))}),
    ];
    for schemas in table {
        assert!(survives(&document(&schemas)).is_ok(), "{schemas}");
    }
}

#[test]
fn an_alias_that_leads_to_itself_is_told() {
    let table = [
        json!({"a": to("a")}),
        json!({"a": to("b"), "b": to("a")}),
        json!({"a": {"anyOf": [to("a")]}}),
        json!({"a": {"anyOf": [to("a"), {"type": "string"}]}}),
        json!({"a": {"anyOf": [to("a"), to("b")]}, "b": object(&json!({"c": {"type": "string"}}))}),
        json!({"a": {"oneOf": [to("a"), to("b")]}, "b": {"oneOf": [to("a"), to("b")]}}),
        json!({"a": {"allOf": [to("a")]}}),
        json!({"a": {"allOf": [to("a"), object(&json!({"c": {"type": "string"}}))]}}),
        json!({"a": {"allOf": [to("b"), to("b")]}, "b": {"allOf": [to("a"), to("a")]}}),
    ];
    for schemas in table {
        let text = survives(&document(&schemas)).unwrap_err().to_string();
        assert!(text.contains("only another name for itself"), "{text}");
    }
}

/// Written out in place, this is more than fits into any memory.
#[test]
fn what_would_grow_without_end_is_told() {
    let holder = |held: Vec<usize>| {
        let parts = held.iter().enumerate();
        let parts = parts.map(|(part, id)| (format!("p{part}"), to(&format!("s{id}"))));
        object(&Value::Object(parts.collect()))
    };
    // Each holds the next one several times; each holds all of them.
    let ladder = |id: usize| holder(vec![(id + 1).min(29); 10]);
    let net = |_| holder((0..30).collect());
    for held in [&ladder as &dyn Fn(usize) -> Value, &net] {
        let mut schemas: serde_json::Map<String, Value> =
            (0..30).map(|id| (format!("s{id}"), held(id))).collect();
        schemas.insert("a".to_owned(), to("s0"));
        let document = document(&Value::Object(schemas));
        let text = survives(&document).map(drop).unwrap_err().to_string();
        assert!(
            text.contains("#/paths/~1v1~1things/post: with all that it refers to"),
            "{text}"
        );
    }
}

#[test]
fn requests_that_the_core_could_not_send_are_told() {
    let operation = "/paths/~1v1~1things/post";
    let body = format!("{operation}/requestBody/content/application~1x-www-form-urlencoded/schema");
    let table = [
        (
            format!("{operation}/servers"),
            json!([{"url": "https://files.stripe.com.example.com/"}]),
        ),
        (
            format!("{operation}/servers"),
            json!([{"url": "file:///etc/x"}]),
        ),
        (body.clone(), json!({"type": "string"})),
        (body, to("a")),
    ];
    for (place, value) in table {
        let mut document = document(&json!({"a": {"type": "array", "items": {"type": "string"}}}));
        let (parent, key) = place.rsplit_once('/').unwrap();
        document.pointer_mut(parent).unwrap()[key] = value.clone();
        let told = survives(&document)
            .map(drop)
            .expect_err(&format!("{place} {value}"))
            .to_string();
        assert!(
            told.starts_with(&format!("api.json#{operation}/")),
            "{told}"
        );
    }
}

#[test]
fn what_is_not_what_it_should_be_is_told_where_it_stands() {
    let table: Vec<(Value, String)> = serde_yaml::from_str(include_str!("mistakes.yaml")).unwrap();
    assert!(table.len() > 20);
    for (schema, expected) in table {
        let told = survives(&document(&json!({"a": schema.clone()}))).map(drop);
        let text = told.expect_err(&schema.to_string()).to_string();
        let expected = format!("api.json#/components/schemas/a{expected}");
        assert!(text.contains(&expected), "{text}\n  expected {expected}");
    }
}

#[test]
fn odd_but_legal_schemas_give_a_crate() {
    let table = [
        json!({}),
        json!({"type": "string", "enum": [null, "b", null]}),
        json!({"type": "string", "enum": [""]}),
        json!({"type": "string", "enum": ["", "b"]}),
        json!({"type": "integer", "enum": [1, 2]}),
        json!({"type": "boolean", "enum": [true]}),
        json!({"type": "number", "format": "double"}),
        json!({"type": "string", "format": "never seen"}),
        json!({"type": "string", "maxLength": u64::MAX}),
        json!({"type": "object", "additionalProperties": false}),
        json!({"type": "object", "additionalProperties": {}}),
        json!({"type": "object", "required": ["x"], "properties": {"id": {}}}),
        json!({"not": {"type": "string"}}),
        json!({"properties": {"b": {"type": "string"}}}),
        json!({"anyOf": [{"type": "string"}, {"type": "object", "properties": {"b": {}}}, {"type": "array", "items": {}}]}),
        json!({"allOf": [{"type": "string"}, {"type": "integer"}]}),
        json!({"x-expansionResources": {"oneOf": 5}, "anyOf": [{"type": "string"}]}),
        object(&json!({"b": {"x-expansionResources": [], "anyOf": [{"type": "string"}, to("a")]}})),
        json!({"x-resourceId": 5, "type": "object", "properties": {"id": {"type": "integer"}}}),
        json!({"type": "object", "properties": {"object": {"type": "string", "enum": ["list"]}, "data": {"type": "string"}}}),
        json!({"type": "object", "properties": {"next_page_url": {"type": "string"}}}),
        json!({"type": "object", "required": ["deleted"], "properties": {"deleted": {"type": "boolean", "enum": [true]}}}),
    ];
    for schema in table {
        let outcome = survives(&document(&json!({"a": schema.clone()})));
        assert!(outcome.is_ok(), "{schema}: {}", outcome.unwrap_err());
    }
}
