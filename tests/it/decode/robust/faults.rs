//! What does not fit any version: refused by every type, with the place and without the value.

use std::fmt::Write;

use serde_json::{Value, json};

use super::{is_required, objects, property, read};
use crate::sample::{CANARY, Size, is_expandable, reference};

/// Makes each change to an object and reads it. `change` gives the object without what it should have, or with what it
/// should not have, in this field.
fn refuse_all(change: impl Fn(&str, &str, &Value) -> Option<Value>) {
    let (mut changed, mut complaints) = (0, String::new());
    for (id, object, reader) in objects(Size::Least)
        .into_iter()
        .filter(|it| is_strict(it.0))
    {
        let properties = super::schemas()[id]["properties"].as_object().unwrap();
        for name in properties.keys() {
            let Some(wrong) = change(id, name, &object) else {
                continue;
            };
            changed += 1;
            let complaint = match read(reader, &wrong) {
                Ok(_) => "is read".to_owned(),
                Err(error) if error.path() != name => format!("is said to be at {}", error.path()),
                Err(error) if error.type_name().is_empty() => "is in no type".to_owned(),
                Err(error) if format!("{error} {error:?}").contains(CANARY) => {
                    "shows a value".to_owned()
                }
                Err(_) => continue,
            };
            writeln!(complaints, "{id}.{name} {complaint}").unwrap();
        }
    }
    assert!(changed > 1_000, "{changed}");
    assert!(complaints.is_empty(), "{complaints}");
}

/// The error object is read as far as it can be, whatever came with it; and what is left of a deleted object is one type
/// for all, which asks for its id alone.
fn is_strict(id: &str) -> bool {
    id != "api_errors" && !id.starts_with("deleted_")
}

#[test]
fn a_missing_field_is_named_by_every_type() {
    refuse_all(|id, name, object| {
        if !is_required(id, name) {
            return None;
        }
        let mut wrong = object.clone();
        wrong.as_object_mut().unwrap().remove(name);
        Some(wrong)
    });
}

#[test]
fn a_value_of_another_type_is_located_by_every_type() {
    refuse_all(|id, name, object| {
        let mut wrong = object.clone();
        wrong[name] = another_type(property(id, name))?;
        Some(wrong)
    });
}

/// JSON that cannot be what the schema asks for. Unions keep whatever they do not know.
fn another_type(schema: &Value) -> Option<Value> {
    if is_expandable(schema) {
        return Some(json!([CANARY]));
    }
    match schema["type"].as_str() {
        Some("string") => Some(json!([CANARY])),
        Some("integer" | "number" | "boolean") => Some(json!(CANARY)),
        Some("array") => Some(json!({CANARY: CANARY})),
        // JSON without a type of its own may be anything.
        Some("object") if schema["properties"].is_object() => Some(json!(CANARY)),
        None if reference(schema).is_some() => Some(json!([CANARY])),
        _ => None,
    }
}
