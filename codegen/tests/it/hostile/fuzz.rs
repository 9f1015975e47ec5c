//! Thousands of small documents that somebody broke: always an inert crate or a located error.

use serde_json::{Value, json};

use super::survives;
use crate::golden::{Case, cases};

const MUTATIONS: u64 = 2_000;

/// Text that has a meaning somewhere: to OpenAPI, to Stripe, to Rust.
const WORDS: &[&str] = &[
    "",
    "$ref",
    "#/components/schemas/thing",
    "object",
    "string",
    "array",
    "integer",
    "id",
    "type",
    "properties",
    "items",
    "anyOf",
    "enum",
    "deleted",
    "list",
    "search_result",
    "data",
    "has_more",
    "url",
    "next_page_url",
    "metadata",
    "expand",
    "unix-time",
    "decimal",
    "binary",
    "x-expansionResources",
    "x-expandableFields",
    "x-resourceId",
    "required",
    "nullable",
    "additionalProperties",
    "get",
    "post",
    "self",
    "extra",
    "\"]",
    "*/",
    "\u{202e}",
    "\u{0}",
    "../x",
    "{x}",
    "/v1/{thing}/{thing}",
    "v2.error.x",
    "thing",
    "Thing",
    "THING",
    "thing_",
    "🦀",
];

/// Numbers that look random and are the same in every run (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % sides.max(1)
    }

    fn word(&mut self) -> String {
        WORDS[self.roll(WORDS.len())].to_owned()
    }

    fn value(&mut self) -> Value {
        match self.roll(10) {
            0 => Value::Null,
            1 => json!(true),
            2 => json!(-1),
            3 => json!(1.5e300),
            4 => json!([]),
            5 => json!({}),
            6 => json!([self.word(), self.word()]),
            7 => json!({self.word(): self.word()}),
            8 => json!({"$ref": format!("#/components/schemas/{}", self.word())}),
            _ => json!(self.word()),
        }
    }
}

/// The places of all values in a document.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                places(
                    value,
                    &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")),
                    found,
                );
            }
        }
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                places(value, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// Whether a value is a schema, as far as that can be told without its place.
fn is_schema(value: &Value) -> bool {
    ["type", "anyOf", "$ref"].iter().any(|key| {
        value
            .get(*key)
            .is_some_and(|it| it.is_string() || it.is_array())
    }) && value.get("in").is_none()
}

fn pick<'v>(
    document: &'v Value,
    fits: &dyn Fn(&Value) -> bool,
    dice: &mut Dice,
) -> Option<(String, &'v Value)> {
    let mut all = Vec::new();
    places(document, "", &mut all);
    all.retain(|place| document.pointer(place).is_some_and(fits));
    let place = all.get(dice.roll(all.len()))?.clone();
    let value = document.pointer(&place)?;
    Some((place, value))
}

/// Changes one thing somewhere, as no sane author would.
fn break_something(document: &mut Value, dice: &mut Dice) {
    let (_, from) = pick(document, &|_| true, dice).unwrap();
    let (from, odd, word) = (from.clone(), dice.value(), dice.word());
    let (place, _) = pick(document, &|_| true, dice).unwrap();
    let choice = dice.roll(6);
    let target = document.pointer_mut(&place).unwrap();
    match (choice, &mut *target) {
        (0, Value::Object(members)) if !members.is_empty() => {
            let key = members
                .keys()
                .nth(dice.roll(members.len()))
                .unwrap()
                .clone();
            let value = members.remove(&key).unwrap();
            members.insert(word, value);
        }
        (0 | 1, Value::Object(members)) => drop(members.insert(word, odd)),
        (0 | 1, Value::Array(list)) if !list.is_empty() => drop(list.remove(dice.roll(list.len()))),
        (2, Value::Array(list)) => list.push(odd),
        (3, _) => *target = from,
        _ => *target = odd,
    }
}

/// Changes a schema into another one that the document might have had.
fn vary(document: &mut Value, dice: &mut Dice) {
    let Some((_, from)) = pick(document, &is_schema, dice) else {
        return;
    };
    let from = from.clone();
    let Some((place, _)) = pick(document, &is_schema, dice) else {
        return;
    };
    let (choice, word, other) = (dice.roll(9), dice.word(), dice.word());
    let target = document.pointer_mut(&place).unwrap();
    let old = target.clone();
    let properties = target.get_mut("properties").and_then(Value::as_object_mut);
    match (choice, properties) {
        (0, Some(properties)) => drop(properties.insert(word, from)),
        (1, Some(properties)) => {
            let key = properties.keys().nth(dice.roll(properties.len())).cloned();
            key.map(|key| properties.remove(&key));
        }
        (2, _) => *target = json!({"type": "array", "items": old}),
        (3, _) => *target = json!({"type": "object", "additionalProperties": old}),
        (4, _) => *target = json!({"anyOf": [old, from], "nullable": true}),
        (5, _) => *target = json!({"type": "string", "enum": [word, other]}),
        (6, _) => {
            *target = json!({"type": "object", "required": [word], "properties": {word: old, other: from}});
        }
        (7, _) => {
            *target = json!({"anyOf": [{"type": "string"}, old], "x-expansionResources": {"oneOf": [from]}});
        }
        _ => *target = from,
    }
}

#[test]
fn broken_documents_give_an_inert_crate_or_a_located_error() {
    let documents: Vec<Value> = cases().iter().map(Case::value).collect();
    let mut accepted = 0;
    let mut refused = 0;
    for seed in 1..=MUTATIONS {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mut document = documents[dice.roll(documents.len())].clone();
        for _ in 0..=dice.roll(5) {
            vary(&mut document, &mut dice);
        }
        if dice.roll(3) == 0 {
            break_something(&mut document, &mut dice);
        }
        match survives(&document) {
            Ok(_) => accepted += 1,
            Err(_) => refused += 1,
        }
    }
    // Both ways are taken, or the mutations are too wild or too tame.
    assert!(
        accepted > MUTATIONS / 5 && refused > MUTATIONS / 5,
        "{accepted} accepted, {refused} refused"
    );
}
