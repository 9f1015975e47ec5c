//! What the stage promises about schemas that are only names for others.

use openapiv3::{SchemaKind, Type};
use serde_json::json;

use super::{parse_value, small_with};

#[test]
fn aliases_that_lead_back_are_refused_and_recursive_objects_are_not() {
    let to = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let refused = [
        (
            json!({"a": to("a")}),
            "schemas/a: the schema is only another name for itself: `a` → `a`",
        ),
        (json!({"a": to("b"), "b": to("a")}), "`a` → `b` → `a`"),
        (
            json!({"c": to("b"), "b": {"anyOf": [{"type": "string"}, to("c")]}}),
            "`b` → `c` → `b`",
        ),
        (
            json!({"a": {"anyOf": [{"oneOf": [{"allOf": [to("a")]}]}]}}),
            "`a` → `a`",
        ),
        (
            json!({"a": {"type": "object", "properties": {}, "allOf": [to("a")]}}),
            "`a` → `a`",
        ),
    ];
    for (schemas, expected) in refused {
        let text = parse_value(&small_with("/components/schemas", schemas))
            .unwrap_err()
            .to_string();
        assert!(text.contains(expected), "{text}\n  expected {expected}");
        assert_eq!(text.lines().count(), 1, "{text}");
    }
    let fine = [
        json!({"a": {"type": "object", "properties": {"next": to("a")}}}),
        json!({"a": {"anyOf": [{"type": "array", "items": to("a")}, {"type": "string"}]}}),
        json!({"a": to("b"), "b": to("c"), "c": {}, "d": {"anyOf": [to("a"), to("b"), to("c")]}}),
    ];
    for schemas in fine {
        assert!(parse_value(&small_with("/components/schemas", schemas)).is_ok());
    }
}

#[test]
fn long_alias_chains_and_dense_cycles_take_no_time() {
    let to = |name: usize| json!({"$ref": format!("#/components/schemas/s{name}")});
    let mut chain = json!({"a": {}});
    for index in 0..20_000 {
        chain[format!("s{index}")] = to(index + 1);
    }
    chain["s20000"] = json!({"type": "string"});
    let document = parse_value(&small_with("/components/schemas", chain.clone())).unwrap();
    assert!(matches!(
        &document.schema("s0").unwrap().schema_kind,
        SchemaKind::Type(Type::String(_))
    ));
    for index in 1..=20_000 {
        chain[format!("s{index}")] = json!({"anyOf": [to((index + 1) % 20_001), to(0)]});
    }
    let text = parse_value(&small_with("/components/schemas", chain))
        .unwrap_err()
        .to_string();
    assert!(
        text.contains("only another name for itself") && text.len() < 100_000,
        "{text}"
    );
}
