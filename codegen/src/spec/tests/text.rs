//! What the stage promises about the text of a document: JSON, YAML, and what is neither.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{parse, parse_value, pinned, small_with};

/// What is no document, and how the complaint about it begins.
const NOT_DOCUMENTS: &[(&[u8], &str)] = &[
    (b"", "api: the file is empty"),
    (b" \n\t", "api: the file is empty"),
    (
        b"{",
        "api: not readable as JSON: EOF while parsing an object at line 1 column 1 (the file is cut short",
    ),
    (
        b"{\"openapi\": \"3.0.0\", \"paths\": {\"/a\": {\"get\": {",
        "api#/paths/~1a/get: not readable as JSON: EOF while parsing",
    ),
    (
        b"{\"a\": [1, 2, x]}",
        "api#/a/2: not readable as JSON: expected value at line 1 column 14",
    ),
    (
        b"{\"a\": 1, \"a\": 2}",
        "not readable as JSON: the key `a` stands twice at line 1 column",
    ),
    (
        b"{} {}",
        "api: not readable as JSON: trailing characters at line 1 column 4",
    ),
    (
        b"{\"a\": \"\xff\"}",
        "api#/a: not readable as JSON: invalid unicode",
    ),
    (b"[]", "api: the document is an array, not an object"),
    (
        b"just some text",
        "api: the document is a string, not an object",
    ),
    (
        b"<html><body>Not found</body></html>",
        "api: the document is a string, not an object",
    ),
    (
        b"{}",
        "api: this is not an OpenAPI document: `openapi` is missing",
    ),
    (
        b"{\"swagger\": \"2.0\"}",
        "api#/swagger: this is a Swagger document",
    ),
    (b"\x00\x01\x02", "api: the file is binary"),
    (
        b"a: 1\na: 2\n",
        "not readable as YAML: the key `a` stands twice",
    ),
    (b"a: [1, 2", "not readable as YAML: "),
    (
        b"a: !secret x\n",
        "api#/a: not readable as YAML: a: tags such as `!name` are not supported",
    ),
    (b"a: 1\n---\nb: 2\n", "not readable as YAML: "),
];

#[test]
fn what_is_not_a_document_gets_one_clear_line() {
    for (bytes, expected) in NOT_DOCUMENTS {
        let text = parse("api", bytes).unwrap_err().to_string();
        assert!(
            text.starts_with(expected) || text.contains(expected),
            "{text}\n  expected {expected}"
        );
        assert_eq!(text.lines().count(), 1, "{text}");
    }
}

#[test]
fn yaml_keys_are_strings_or_whole_numbers() {
    let table = [
        ("? [a]\n: 1\n", "expected a key that is a string"),
        ("true: 1\n", "expected a key that is a string"),
        ("~: 1\n", "expected a key that is a string"),
        ("1.5: 1\n", "expected a key that is a string"),
        (
            "a: &x {b: 1}\nc: {<<: *x}\n",
            "merge keys (`<<`) are not supported",
        ),
        ("a: .nan\n", "a number must be finite"),
    ];
    for (text, expected) in table {
        let error = parse("api", text.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}\n  expected {expected}");
    }
    let text = "openapi: 3.0.0\ninfo: {title: t, version: 2026-05-27}\ncomponents: {schemas: {}}\n\
                paths: {/v1/a: {get: {responses: {200: {description: ok}}}}}\n";
    let document = parse("api", text.as_bytes()).unwrap();
    assert_eq!(document.version, "2026-05-27");
    assert_eq!(document.operations().count(), 1);
}

#[test]
fn alias_bombs_are_refused_before_they_fill_the_memory() {
    let mut wide = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let list = vec![format!("*a{}", level - 1); 10].join(", ");
        writeln!(wide, "a{level}: &a{level} [{list}]").unwrap();
    }
    let long = format!(
        "a: &a {}\nb: [{}]\n",
        "x".repeat(1 << 20),
        vec!["*a"; 10_000].join(", ")
    );
    let selfish = "a: &a [*a]\n".to_owned();
    for bomb in [wide, long, selfish] {
        let text = parse("api", bomb.as_bytes()).unwrap_err().to_string();
        assert!(text.contains("not readable as YAML"), "{text}");
    }
    let honest = "openapi: 3.0.0\ninfo: &info {title: t, version: v}\npaths: {}\ncomponents: {schemas: {}}\nx-info: *info\n";
    assert!(parse("api", honest.as_bytes()).is_ok());
}

#[test]
fn nesting_is_bounded_in_both_formats() {
    let json = format!("{}{}", "{\"a\":".repeat(100_000), "}".repeat(100_000));
    assert!(
        parse("api", json.as_bytes())
            .unwrap_err()
            .to_string()
            .contains("nesting is limited")
    );
    let yaml = format!("a: {}{}", "[".repeat(20_000), "]".repeat(20_000));
    assert!(parse("api", yaml.as_bytes()).is_err());
    let nested = |depth: usize| {
        let mut schema = json!({"type": "string"});
        for _ in 1..depth {
            schema = json!({"type": "array", "items": schema});
        }
        small_with("/components/schemas/a", schema)
    };
    assert!(parse_value(&nested(64)).is_ok());
    let text = parse_value(&nested(65)).unwrap_err().to_string();
    assert!(
        text.contains("schemas are nested more than 64 deep"),
        "{text}"
    );
}

#[test]
fn format_and_key_order_do_not_matter() {
    let json = pinned();
    let document = parse("api", &json).unwrap();
    let reversed = reversed(&serde_json::from_slice(&json).unwrap());
    assert_eq!(document, parse("api", reversed.as_bytes()).unwrap());
    let value: Value = serde_json::from_slice(&json).unwrap();
    let yaml = serde_yaml::to_string(&value).unwrap();
    let from_yaml = parse("api", yaml.as_bytes()).unwrap();
    // Equality of the typed structures ignores order, so what they print is compared too.
    assert_eq!(format!("{document:?}"), format!("{from_yaml:?}"));
    let with_bom = [b"\xef\xbb\xbf".as_slice(), &json].concat();
    assert_eq!(document, parse("api", &with_bom).unwrap());
}

/// The value as JSON with the keys of every object backwards.
fn reversed(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let members = members
                .iter()
                .rev()
                .map(|(key, value)| format!("{}:{}", json!(key), reversed(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Value::Array(elements) => format!(
            "[{}]",
            elements.iter().map(reversed).collect::<Vec<_>>().join(",")
        ),
        scalar => scalar.to_string(),
    }
}
