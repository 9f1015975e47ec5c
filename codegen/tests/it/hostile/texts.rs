//! Text that wants to be code, a path or an attack on the reader, in every place where a document has text.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde_json::{Map, Value};

use super::survives;

const PLACES: &str = include_str!("places.yaml");

/// Nothing here may change what the output does.
const TEXTS: &[&str] = &[
    "\"",
    "'",
    "\\",
    "\\\"",
    "*/",
    "/*",
    "//",
    "///",
    "\"]",
    "\")] fn f() {} #[doc = (\"",
    "#![allow(unsafe_code)]",
    "#![doc = include_str!(\"/etc/passwd\")]",
    "\"; fn f() {} //",
    "r#\"",
    "\"#",
    "}",
    "{}",
    "${HOME}",
    "{{x}}",
    "$crate",
    "`",
    "```\nfn main() { panic!() }\n```",
    "    indented code",
    "<script>alert(1)</script>",
    "<!-- -->",
    "[x](javascript:alert(1))",
    "[`crate`]",
    "![x](https://example.com/x.png)",
    "a\nb",
    "a\r\nb",
    "a\rb",
    "\n",
    "\t",
    " ",
    "",
    "_",
    "__",
    "-",
    ".",
    "..",
    "../../etc/x",
    "/etc/x",
    "C:\\x",
    "a/b",
    "con",
    "nul",
    "a\u{0}b",
    "\u{1b}[31m",
    "\u{85}",
    "\u{2028}",
    "\u{2029}",
    "\u{202e}drow\u{202c}",
    "\u{2066}x\u{2069}",
    "\u{61c}",
    "\u{200b}",
    "\u{feff}",
    "\u{fffd}",
    "😀",
    "👩‍👩‍👧",
    "é",
    "e\u{301}",
    "ß",
    "İ",
    "日本",
    "self",
    "Self",
    "crate",
    "super",
    "type",
    "async",
    "gen",
    "union",
    "macro_rules",
    "r#type",
    "'static",
    "_0",
    "3d",
    "u8",
    "String",
    "Option",
    "From",
    "FnMut",
    "Client",
    "Request",
    "Params",
    "Other",
    "KNOWN",
    "kind",
    "std",
    "core",
    "stripe_core",
    "schema",
    "client",
    "version",
    "id",
    "ids",
    "lib",
    "mod",
    "main",
    "build",
    "extra",
    "new",
    "with",
    "clone",
    "node",
    "shape",
    "fields",
    "params",
    "send",
    "list",
    "create",
    "legacy",
    "full",
    "default",
    "serde",
    "ring",
    "key = \"value\"",
    "[features]",
    "%2e%2e",
    "%s%n",
    "A -> B",
    "schema x -> Y",
];

/// The words between marks, each once.
fn places() -> Vec<&'static str> {
    let marked = PLACES.split('§').skip(1).step_by(2);
    marked.collect::<BTreeSet<_>>().into_iter().collect()
}

/// The document with text put in the place of marks.
fn marked(text: &dyn Fn(&str) -> String) -> Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    let mut document = replace(
        DOCUMENT.get_or_init(|| serde_yaml::from_str(PLACES).unwrap()),
        text,
    );
    escape_references(&mut document);
    document
}

fn replace(value: &Value, text: &dyn Fn(&str) -> String) -> Value {
    match value {
        Value::String(string) => Value::String(unmarked(string, text)),
        Value::Array(list) => list.iter().map(|it| replace(it, text)).collect(),
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(key, it)| (unmarked(key, text), replace(it, text)));
            Value::Object(members.collect::<Map<_, _>>())
        }
        scalar => scalar.clone(),
    }
}

fn unmarked(string: &str, text: &dyn Fn(&str) -> String) -> String {
    let parts = string.split('§').enumerate();
    parts
        .map(|(index, part)| {
            if index % 2 == 1 {
                text(part)
            } else {
                part.to_owned()
            }
        })
        .collect()
}

/// References are written with escapes, as the document has to.
fn at(places: &[&str], text: &str) -> Value {
    marked(&|mark| if places.contains(&mark) { text } else { mark }.to_owned())
}

fn escape_references(value: &mut Value) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(target)) = members.get_mut("$ref") {
                if let Some(id) = target.strip_prefix("#/components/schemas/") {
                    *target = format!(
                        "#/components/schemas/{}",
                        id.replace('~', "~0").replace('/', "~1")
                    );
                }
            }
            members.values_mut().for_each(escape_references);
        }
        Value::Array(list) => list.iter_mut().for_each(escape_references),
        _ => {}
    }
}

/// Places that may not hold the same text, since they stand beside each other. All others are in no row.
const BESIDE: [&[&str]; 4] = [
    &["schema", "union", "target", "list", "error"],
    &[
        "required_field",
        "list_field",
        "choice_field",
        "cleared_field",
        "own_field",
        "query",
    ],
    &["property", "object", "map"],
    &[
        "operation",
        "second_operation",
        "",
        "",
        "segment",
        "parameter",
    ],
];

/// Places that can all hold the same text at once, in groups.
fn groups() -> Vec<Vec<&'static str>> {
    let column = |place: &str| {
        let found = BESIDE
            .iter()
            .find_map(|row| row.iter().position(|it| *it == place));
        found.unwrap_or(0)
    };
    let all = places();
    let group = |index| {
        all.iter()
            .copied()
            .filter(|it| column(it) == index)
            .collect()
    };
    (0..6).map(group).collect()
}

/// Documents with hostile texts side by side in all places, for the compiler to see.
pub(crate) fn mixed() -> Vec<Value> {
    let places = places();
    let text_at = |document: usize, place: &str| {
        let index = places.iter().position(|it| *it == place).unwrap_or(0);
        TEXTS[(index + document * 17) % TEXTS.len()]
    };
    let is_path = |place: &str| matches!(place, "segment" | "parameter");
    let documents = (0..TEXTS.len() / 8).map(|document| {
        marked(&|place| {
            if is_path(place) {
                place
            } else {
                text_at(document, place)
            }
            .to_owned()
        })
    });
    documents.collect()
}

/// In how many of the places the text is accepted.
fn accepted(places: &[&str], text: &str) -> usize {
    if survives(&at(places, text)).is_ok() {
        return places.len();
    }
    match places {
        [_] => 0,
        several => several.iter().map(|place| accepted(&[place], text)).sum(),
    }
}

#[test]
fn hostile_text_is_inert_in_every_place() {
    let groups = groups();
    let all = groups.iter().map(Vec::len).sum::<usize>() * TEXTS.len();
    assert!(all > 6_000, "{all}");
    let sum: usize = groups
        .iter()
        .flat_map(|places| TEXTS.iter().map(|text| accepted(places, text)))
        .sum();
    // Most text is legal in most places: were it all refused, nothing would have been tested.
    assert!(sum * 20 > all * 19, "{sum} of {all}");
}

#[test]
fn hostile_texts_side_by_side_are_inert() {
    for document in mixed() {
        assert!(survives(&document).is_ok(), "{document}");
    }
}

#[test]
fn endless_text_is_refused_where_it_becomes_code() {
    for (place, short, long) in [
        ("schema", true, false),
        ("property", true, false),
        ("value", true, false),
        ("segment", false, false),
        ("description", true, true),
    ] {
        for (text, expected) in [("long ".repeat(1_900), short), ("x".repeat(1 << 20), long)] {
            assert_eq!(accepted(&[place], &text) == 1, expected, "{place}");
        }
    }
}
