//! What a later version of the API adds: fields, values, kinds of objects, and nothing where something was.

use std::fmt::Write;

use serde_json::{Value, json};

use super::{is_required, loss, objects, property, readers, schemas};
use crate::sample::{Size, is_expandable, reference};

/// Changes every object, reads it, and lists what was lost. `change` says whether there was anything to change.
fn keep_all(least: usize, change: impl Fn(&str, &mut Value) -> bool) {
    let (mut changed, mut complaints) = (0, String::new());
    for (id, mut object, reader) in objects(Size::Full) {
        if !change(id, &mut object) {
            continue;
        }
        changed += 1;
        if let Some(loss) = loss(reader, object) {
            writeln!(complaints, "{id}: {loss}").unwrap();
        }
    }
    assert!(changed >= least, "{changed}");
    assert!(complaints.is_empty(), "{complaints}");
}

fn names(object: &Value) -> Vec<String> {
    object.as_object().unwrap().keys().cloned().collect()
}

#[test]
fn an_unknown_field_is_kept_by_every_type() {
    keep_all(1_000, |_, object| {
        object["a_new_field"] = json!({"a": [1, null, {"b": "c"}]});
        object["zz_new_field"] = json!(null);
        true
    });
}

/// In one field or a list of them. The field `object` is not one that grows.
#[test]
fn an_unknown_value_of_an_enumeration_is_kept_by_every_type() {
    keep_all(300, |id, object| {
        let mut found = false;
        for name in names(object).iter().filter(|name| *name != "object") {
            let schema = property(id, name);
            if is_open(schema) {
                object[name] = json!("a_new_value");
                found = true;
            } else if is_open(&schema["items"]) {
                object[name] = json!(["a_new_value", "another"]);
                found = true;
            }
        }
        found
    });
}

fn is_open(schema: &Value) -> bool {
    schema["type"] == "string" && schema["enum"].is_array()
}

/// Where objects of several kinds may stand: in a field, in a list, or as an answer.
#[test]
fn an_unknown_member_of_a_union_is_kept_by_every_type() {
    let new = json!({"id": "new_1", "object": "a_new_kind", "size": 1});
    keep_all(3, |id, object| {
        let mut found = false;
        for name in names(object) {
            let schema = property(id, &name);
            if is_union(schema) {
                object[&name] = new.clone();
                found = true;
            } else if is_of_kinds(&schema["properties"]["data"]["items"]) {
                object[&name]["data"] = json!([new, new]);
                found = true;
            }
        }
        found
    });
    // What is left of a deleted object is one type, of whatever kind that was.
    let answers = readers()
        .into_iter()
        .filter(|(id, _)| is_union(&schemas()[*id]) && !id.starts_with("deleted_"));
    let mut count = 0;
    for (id, reader) in answers {
        assert_eq!(loss(reader, new.clone()), None, "{id}");
        count += 1;
    }
    assert!(count > 1, "{count}");
}

fn is_union(schema: &Value) -> bool {
    is_of_kinds(schema) && !is_expandable(schema)
}

/// Kinds that are told apart by `object`; what is told apart by nothing is one type with all fields.
fn is_of_kinds(schema: &Value) -> bool {
    let arms = schema["anyOf"].as_array().into_iter().flatten();
    let tagged = arms.filter(|arm| {
        let target = reference(arm).map(|id| property(id, "object"));
        target.is_some_and(|object| object["enum"].is_array())
    });
    tagged.count() > 1
}

#[test]
fn null_is_taken_wherever_nothing_may_stand() {
    keep_all(900, |id, object| {
        let mut found = false;
        for name in names(object) {
            if !is_required(id, &name) {
                object[&name] = Value::Null;
                found = true;
            }
        }
        found
    });
}
