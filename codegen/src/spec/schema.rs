//! The rules for schemas that the grammar cannot state: references, types, and fields that must fit each other.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::Value;

use super::check::Check;
use super::grammar::SCHEMA;
use super::pattern::Pattern;
use crate::diagnostic::{Pointer, quoted};

/// The types of OpenAPI 3.0 (null is no type there, but the keyword `nullable`).
pub(super) const TYPES: &[&str] = &["array", "boolean", "integer", "number", "object", "string"];

/// What may stand beside a reference: OpenAPI 3.0 ignores all of it, and losing a text changes no type.
const HARMLESS_BESIDE_REF: &[&str] = &["$ref", "description", "title", "example", "deprecated"];

pub(super) fn check(check: &mut Check<'_>, value: &Value, at: &Pointer) {
    if let Some(target) = value.get("$ref") {
        return reference(check, value, target, at);
    }
    check.fields(&SCHEMA, value, at);
    if value.get("type").and_then(Value::as_str) == Some("array") && value.get("items").is_none() {
        check.wrong(at, "an array needs `items`", "say what it holds");
    }
    required(check, value, at);
    unreadable(check, value, at);
}

/// Constraints that the generated crate does not check.
fn unreadable(check: &mut Check<'_>, value: &Value, at: &Pointer) {
    let mut odd = |name: &str| {
        let message = "it is no rule that the generated crate checks";
        check.odd(
            &at.key(name),
            message,
            "leave it to Stripe, or teach codegen/src/model/rule.rs this kind",
        );
    };
    let pattern = value.get("pattern").and_then(Value::as_str);
    if pattern.is_some_and(|pattern| Pattern::parse(pattern).is_none()) {
        odd("pattern");
    }
    for name in [
        "multipleOf",
        "uniqueItems",
        "minProperties",
        "maxProperties",
        "not",
    ] {
        if value.get(name).is_some_and(|it| *it != Value::Bool(false)) {
            odd(name);
        }
    }
    for (bound, exclusive) in [
        ("minimum", "exclusiveMinimum"),
        ("maximum", "exclusiveMaximum"),
    ] {
        let is_exclusive = value.get(exclusive) == Some(&Value::Bool(true))
            && value.get("type") != Some(&Value::from("integer"));
        let is_whole =
            |bound: &Value| bound.is_i64() || bound.as_f64().is_some_and(|it| it.fract() == 0.0);
        if value
            .get(bound)
            .is_some_and(|it| is_exclusive || !is_whole(it))
        {
            odd(bound);
        }
    }
}

fn reference(check: &mut Check<'_>, value: &Value, target: &Value, at: &Pointer) {
    let place = at.key("$ref");
    if let Some(target) = check.text(target, &place) {
        match id(target) {
            Some(id)
                if check
                    .schemas
                    .is_some_and(|schemas| schemas.contains_key(id.as_ref())) => {}
            Some(id) => {
                let message = format!("there is no schema {}", quoted(&id));
                check.wrong(
                    &place,
                    message,
                    "add it to `components.schemas` or correct the name",
                );
            }
            None => {
                let message = format!(
                    "{} does not point to a schema of this document",
                    quoted(target)
                );
                check.wrong(&place, message, "write `#/components/schemas/NAME`");
            }
        }
    }
    let beside = value
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, _)| name.as_str());
    for name in beside.filter(|name| !HARMLESS_BESIDE_REF.contains(name) && !name.starts_with("x-"))
    {
        let message = format!(
            "{} beside `$ref` has no effect in OpenAPI 3.0",
            quoted(name)
        );
        check.odd(&at.key(name), message, "wrap the reference in `anyOf`");
    }
}

/// The name of the schema that a reference points to.
pub(super) fn id(reference: &str) -> Option<Cow<'_, str>> {
    let id = reference.strip_prefix("#/components/schemas/")?;
    if id.contains('/') {
        return None;
    }
    if id.contains('~') {
        return Some(Cow::Owned(id.replace("~1", "/").replace("~0", "~")));
    }
    Some(Cow::Borrowed(id))
}

/// Required properties exist and stand once.
fn required(check: &mut Check<'_>, value: &Value, at: &Pointer) {
    let Some(names) = value.get("required").and_then(Value::as_array) else {
        return;
    };
    // Beside anyOf and the like the properties may stand elsewhere.
    let properties = value.get("properties").and_then(Value::as_object);
    let mut seen = BTreeSet::new();
    for (index, name) in names.iter().enumerate() {
        let Some(name) = name.as_str() else { continue };
        let place = at.key("required").index(index);
        if !seen.insert(name) {
            check.odd(
                &place,
                format!("{} stands twice", quoted(name)),
                "remove one",
            );
        }
        if properties.is_some_and(|properties| !properties.contains_key(name)) {
            let help = "add the property or correct the name";
            check.odd(
                &place,
                format!("there is no property {}", quoted(name)),
                help,
            );
        }
    }
}
