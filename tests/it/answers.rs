//! What operations answer with: every property that the document has is a field, of a type that says as much as the
//! document does. No enumeration, time, decimal or object degrades to a string or to bare JSON.

use std::path::Path;

use serde_json::Value;

use crate::document::{read, repository, schemas};
use crate::generated::types::{Types, innermost};
use crate::generated::without_comments;
use crate::sample::is_expandable;

/// What the fields of a type were found to be.
struct Check<'a> {
    types: &'a Types,
    complaints: Vec<String>,
    count: usize,
}

impl Check<'_> {
    /// The properties of an object against the fields of a type of this file.
    fn object(&mut self, schema: &Value, ty: &str, at: &str) {
        let Some(found) = self.types.structs.get(ty) else {
            self.complaints.push(format!("{at}: {ty} is no object"));
            return;
        };
        let required = schema["required"].as_array().into_iter().flatten();
        let required: Vec<_> = required.filter_map(Value::as_str).collect();
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let at = format!("{at}.{name}");
            let Some(ty) = found.fields.get(name) else {
                self.complaints.push(format!("{at} is missing"));
                continue;
            };
            self.count += 1;
            let is_optional = !required.contains(&name.as_str()) || property["nullable"] == true;
            match ty
                .strip_prefix("Option<")
                .and_then(|ty| ty.strip_suffix('>'))
            {
                Some(ty) if is_optional => self.value(property, ty, &at),
                None if !is_optional => self.value(property, ty, &at),
                _ => self
                    .complaints
                    .push(format!("{at}: {ty}, optional: {is_optional}")),
            }
        }
    }

    fn value(&mut self, schema: &Value, ty: &str, at: &str) {
        if let Some(wanted) = wanted(schema) {
            if !wanted.contains(&ty) {
                self.complaints
                    .push(format!("{at}: {ty}, not one of {wanted:?}"));
            }
        } else if is_expandable(schema) {
            self.wrapped(None, ty, &["stripe_core::Expandable<"], at);
        } else if schema["type"] == "array" {
            self.wrapped(Some(&schema["items"]), ty, &["Vec<"], at);
        } else if is_page(schema) {
            let items = &schema["properties"]["data"]["items"];
            self.wrapped(
                Some(items),
                ty,
                &["stripe_core::List<", "stripe_core::V2List<"],
                at,
            );
        } else if schema["properties"].is_object() {
            self.object(schema, &innermost(ty), at);
        } else if schema["additionalProperties"].is_object() {
            let values = &schema["additionalProperties"];
            self.wrapped(Some(values), ty, &["stripe_core::types::Map<"], at);
        } else if is_free(schema) {
            if ty != "String" && !ty.starts_with("crate::id::") {
                self.complaints
                    .push(format!("{at}: {ty} for a free string"));
            }
        } else if is_plain(ty) != (schema["type"] == "object") {
            // A union, an enumeration or another schema; only an object of which nothing is known is JSON.
            self.complaints.push(format!("{at}: {ty}"));
        }
    }

    /// A type around another.
    fn wrapped(&mut self, inner: Option<&Value>, ty: &str, outer: &[&str], at: &str) {
        let rest = outer
            .iter()
            .find_map(|outer| ty.strip_prefix(outer)?.strip_suffix('>'));
        match (rest, inner) {
            (None, _) => self.complaints.push(format!("{at}: {ty} is no {outer:?}")),
            (Some(ty), Some(inner)) => self.value(inner, ty, at),
            (Some(_), None) => {}
        }
    }
}

/// A type that says nothing.
fn is_plain(ty: &str) -> bool {
    matches!(
        ty,
        "String" | "i64" | "f64" | "bool" | "stripe_core::types::Json"
    )
}

/// A string of which the document says no more.
fn is_free(schema: &Value) -> bool {
    schema["type"] == "string" && schema["enum"].is_null() && schema["format"].is_null()
}

/// The types that a value without parts may have.
fn wanted(schema: &Value) -> Option<&'static [&'static str]> {
    let ty = schema["type"].as_str()?;
    let format = schema["format"].as_str();
    Some(match (ty, format, schema["enum"].is_array()) {
        ("string", _, true) => return None,
        ("string", Some("date-time"), _) => &["stripe_core::types::DateTime"],
        ("string", Some("decimal"), _) => &["stripe_core::types::Decimal"],
        ("string", Some("int64"), _) => &["stripe_core::types::Int64"],
        ("string", Some("currency"), _) => &["stripe_core::types::Currency"],
        ("integer", Some("unix-time"), _) => &["stripe_core::types::Timestamp"],
        ("integer", ..) => &["i64"],
        ("number", ..) => &["f64"],
        ("boolean", ..) => &["bool"],
        _ => return None,
    })
}

fn is_page(schema: &Value) -> bool {
    let has = |name: &str| schema["properties"][name].is_object();
    has("data") && (has("has_more") || has("next_page_url"))
}

#[test]
fn every_property_of_the_document_is_a_field_of_a_telling_type() {
    let mut complaints = Vec::new();
    let mut count = 0;
    for (id, schema) in schemas() {
        let file = format!("stripe-generated/src/schema/{}.rs", id.replace('.', "_"));
        if !Path::new(&repository(&file)).exists() || !schema["properties"].is_object() {
            continue;
        }
        let text = without_comments(&read(&file));
        let ty = text
            .split_once("pub struct ")
            .unwrap()
            .1
            .split(' ')
            .next()
            .unwrap();
        let types = Types::read(&text);
        let mut check = Check {
            types: &types,
            complaints: Vec::new(),
            count: 0,
        };
        check.object(schema, ty, id);
        complaints.append(&mut check.complaints);
        count += check.count;
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    assert!(count > 5_000, "{count} properties");
}
