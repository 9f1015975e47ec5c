//! An independent walk through the raw JSON of two documents: every pointer under paths and schemas at which they differ,
//! and whether the report has it. It knows nothing of the model, and shares no code with the comparison.

use std::collections::{BTreeMap, BTreeSet};

use codegen::diff::{How, NOT_COMPARED, Report};
use serde_json::{Map, Value};

/// Something that differs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Difference {
    /// Where it is in the document.
    pub(super) pointer: String,
    /// `POST /v1/customers`, or the id of a schema.
    of: String,
    /// The properties that lead there.
    path: Vec<String>,
    /// The value that came or went, where it is one of a list.
    value: Option<String>,
    /// The key below the last property: `type`, `maxLength`, `description`.
    key: String,
}

/// Every difference under paths and schemas.
pub(super) fn differences(old: &Value, new: &Value) -> Vec<Difference> {
    let mut walk = Walk::default();
    let none = Map::new();
    let members = |value: &Value, at: &str| {
        value
            .pointer(at)
            .and_then(Value::as_object)
            .unwrap_or(&none)
            .clone()
    };
    let pairs = both(
        &members(old, "/components/schemas"),
        &members(new, "/components/schemas"),
    );
    for (id, (old, new)) in pairs {
        walk.of = id.clone();
        walk.value(&format!("/components/schemas/{id}"), &[], &old, &new);
    }
    for (path, (old, new)) in both(&members(old, "/paths"), &members(new, "/paths")) {
        let item = |value: &Value| value.as_object().cloned().unwrap_or_default();
        for (method, (old, new)) in both(&item(&old), &item(&new)) {
            walk.of = format!("{} {path}", method.to_uppercase());
            walk.value(
                &format!("/paths/{}/{method}", path.replace('/', "~1")),
                &[],
                &old,
                &new,
            );
        }
    }
    walk.found
}

/// The members of both, with null for what is missing.
fn both(old: &Map<String, Value>, new: &Map<String, Value>) -> BTreeMap<String, (Value, Value)> {
    let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let get = |map: &Map<String, Value>, key: &String| map.get(key).cloned().unwrap_or(Value::Null);
    keys.into_iter()
        .map(|key| (key.clone(), (get(old, key), get(new, key))))
        .collect()
}

#[derive(Default)]
struct Walk {
    of: String,
    found: Vec<Difference>,
}

impl Walk {
    fn note(&mut self, pointer: &str, path: &[String], value: Option<&str>) {
        let words: Vec<&str> = pointer.rsplit('/').collect();
        let list =
            value.is_some() && matches!(words[1], "enum" | "required" | "x-expandableFields");
        self.found.push(Difference {
            pointer: pointer.to_owned(),
            of: self.of.clone(),
            path: path.to_vec(),
            value: value.map(str::to_owned),
            key: words[usize::from(list)].to_owned(),
        });
    }

    fn value(&mut self, at: &str, path: &[String], old: &Value, new: &Value) {
        match (old, new) {
            _ if old == new => {}
            (Value::Object(old), Value::Object(new)) => self.members(at, path, old, new),
            (Value::Array(old), Value::Array(new)) => self.list(at, path, old, new),
            _ => self.note(at, path, None),
        }
    }

    fn members(
        &mut self,
        at: &str,
        path: &[String],
        old: &Map<String, Value>,
        new: &Map<String, Value>,
    ) {
        let properties = at.ends_with("/properties");
        for (key, (old, new)) in both(old, new) {
            let at = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
            if properties {
                self.value(&at, &[path, &[key]].concat(), &old, &new);
            } else {
                self.value(&at, path, &old, &new);
            }
        }
    }

    fn list(&mut self, at: &str, path: &[String], old: &[Value], new: &[Value]) {
        let texts = |list: &[Value]| {
            list.iter()
                .map(|it| it.as_str().map(str::to_owned))
                .collect::<Option<BTreeSet<_>>>()
        };
        if let (Some(old), Some(new)) = (texts(old), texts(new)) {
            for text in old.symmetric_difference(&new) {
                self.note(&format!("{at}/{text}"), path, Some(text));
            }
            return;
        }
        if at.ends_with("/parameters") {
            let named = |list: &[Value]| -> Map<String, Value> {
                list.iter()
                    .map(|it| (it["name"].as_str().unwrap().to_owned(), it.clone()))
                    .collect()
            };
            for (name, (old, new)) in both(&named(old), &named(new)) {
                self.value(
                    &format!("{at}/{name}"),
                    &[path, &[name]].concat(),
                    &old,
                    &new,
                );
            }
            return;
        }
        if old.len() != new.len() {
            return self.note(at, path, None);
        }
        for (index, (old, new)) in old.iter().zip(new).enumerate() {
            self.value(&format!("{at}/{index}"), path, old, new);
        }
    }
}

/// The kind under which a difference is ignored, in the words of [`NOT_COMPARED`].
pub(super) fn ignored(old: &Value, difference: &Difference) -> Option<&'static str> {
    let within = |names: &[&str]| {
        difference
            .pointer
            .split('/')
            .any(|word| names.contains(&word))
            && !difference
                .path
                .iter()
                .any(|it| names.contains(&it.as_str()))
    };
    let kind = match difference.key.as_str() {
        "description" | "title" | "summary" => "description, summary, title",
        "style" | "explode" => "encoding, style, explode",
        "nullable" if can_be_cleared_anyhow(old, difference) => {
            "nullable, where a parameter can be cleared anyhow"
        }
        _ if difference.of.contains(' ') && difference.path == ["expand"] => "expand",
        "operationId" | "tags" => "operationId, tags",
        "pattern" => "pattern",
        "x-stripeBypassValidation" => "x-stripeBypassValidation",
        "x-expandableFields" => "x-expandableFields",
        _ if within(&["x-expandableFields"]) => "x-expandableFields",
        _ if within(&["encoding"]) => "encoding, style, explode",
        _ if difference.of.contains(' ') && frame(difference) => "the frame of a page",
        _ => return None,
    };
    Some(
        NOT_COMPARED
            .iter()
            .find(|(name, _)| *name == kind)
            .unwrap_or_else(|| panic!("{kind}"))
            .0,
    )
}

/// Whether a parameter has an empty value beside others, or is one of an update of v2.
fn can_be_cleared_anyhow(old: &Value, difference: &Difference) -> bool {
    let (schema, _) = difference.pointer.rsplit_once('/').unwrap();
    let arms = old.pointer(schema).and_then(|it| it["anyOf"].as_array());
    let empty = arms.is_some_and(|arms| {
        arms.iter()
            .any(|arm| arm["enum"] == serde_json::json!([""]))
    });
    let updates = difference.of.starts_with("POST /v2/") && difference.of.ends_with('}');
    difference.pointer.contains("/requestBody/") && (empty || updates)
}

fn frame(difference: &Difference) -> bool {
    let names = [
        "has_more",
        "url",
        "object",
        "next_page_url",
        "previous_page_url",
        "next_page",
        "total_count",
    ];
    difference.pointer.contains("/responses/")
        && difference
            .path
            .first()
            .is_some_and(|it| names.contains(&it.as_str()))
}

/// Whether the report has a difference: a change at its place, or of all that it is part of.
pub(super) fn is_reported(report: &Report, difference: &Difference) -> bool {
    report.changes.iter().any(|change| {
        let mut places = change
            .places
            .iter()
            .filter(|place| place.of == difference.of);
        places.any(|place| {
            let path = difference.path.join(".");
            let exact = place.path == path && speaks_of(change, difference);
            let whole = matches!(
                change.how,
                How::Added | How::Removed | How::Renamed | How::Retyped
            );
            let around = place.path.is_empty()
                || path.starts_with(&format!("{}.", place.path))
                || place.path == path;
            // A value is a change of one value, and stands for nothing else.
            let of_all = whole
                && around
                && !matches!(
                    change.what,
                    codegen::diff::What::Value | codegen::diff::What::Event
                );
            exact || of_all
        })
    }) || difference.key == "required" && is_required_reported(report, difference)
}

/// Whether a change at the place of a difference is about what differs.
fn speaks_of(change: &codegen::diff::Change, difference: &Difference) -> bool {
    match (difference.key.as_str(), &difference.value) {
        ("enum", Some(value)) if value.is_empty() => {
            matches!(
                change.how,
                How::MadeNullable | How::MadeNotNullable | How::Retyped
            )
        }
        ("enum", Some(value)) => change.name == *value,
        ("maxLength", _) => change.what == codegen::diff::What::Limit,
        ("deprecated", _) => matches!(change.how, How::Deprecated | How::Undeprecated),
        ("nullable", _) => matches!(
            change.how,
            How::MadeNullable | How::MadeNotNullable | How::Retyped
        ),
        _ => true,
    }
}

/// The list of required names stands beside the properties, not at the one that it is about.
fn is_required_reported(report: &Report, difference: &Difference) -> bool {
    let Some(name) = &difference.value else {
        return false;
    };
    let path = [difference.path.as_slice(), std::slice::from_ref(name)]
        .concat()
        .join(".");
    report.changes.iter().any(|change| {
        let here = change
            .places
            .iter()
            .any(|place| place.of == difference.of && place.path == path);
        here && matches!(
            change.how,
            How::MadeRequired | How::MadeOptional | How::Added | How::Removed | How::Renamed
        )
    })
}
