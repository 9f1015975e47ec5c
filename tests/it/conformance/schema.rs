//! The document as the suite reads it: operations, and what a schema says. It shares no reading with the generator, and
//! none with the mock server.

use std::sync::LazyLock;

use serde_json::{Map, Value};

use super::expansion::{Expansion, expansions};
use crate::document::document;
use crate::sample::reference;

/// A schema of the document. Its address is its identity.
pub(crate) type Schema = &'static Value;

/// A parameter or a property.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member {
    pub(crate) name: &'static str,
    pub(crate) schema: Schema,
    pub(crate) is_required: bool,
}

/// An operation of the document.
#[derive(Debug)]
pub(crate) struct Operation {
    /// In capitals.
    pub(crate) method: String,
    pub(crate) path: &'static str,
    /// How many ids the path has.
    pub(crate) ids: usize,
    /// All parameters but those in the path: of a query or of a body, never of both.
    pub(crate) params: Vec<Member>,
    /// None, if the answer is no JSON.
    pub(crate) answer: Option<Schema>,
}

impl Operation {
    pub(crate) fn is_v2(&self) -> bool {
        self.path.starts_with("/v2/")
    }

    /// Whether `null` clears any optional parameter, at any depth.
    pub(crate) fn clears_by_null(&self) -> bool {
        self.is_v2() && self.method == "POST" && self.path.ends_with('}')
    }

    pub(crate) fn has_param(&self, name: &str) -> bool {
        self.params.iter().any(|param| param.name == name)
    }

    /// What can be expanded in the answer.
    pub(crate) fn expansions(&self) -> Vec<Expansion> {
        let answer = self.answer.filter(|_| self.has_param("expand"));
        answer.map(expansions).unwrap_or_default()
    }
}

/// All of them, in the order of the document.
pub(crate) fn operations() -> &'static [Operation] {
    static OPERATIONS: LazyLock<Vec<Operation>> = LazyLock::new(|| {
        let paths = document()["paths"].as_object().unwrap().iter();
        let all = paths.flat_map(|(path, item)| {
            let methods = item.as_object().unwrap().iter();
            methods.map(move |(method, raw)| operation(method, path, raw))
        });
        all.collect()
    });
    &OPERATIONS
}

fn operation(method: &str, path: &'static str, raw: Schema) -> Operation {
    let stated = list(raw, "parameters").iter();
    let query = stated.filter(|it| it["in"] == "query").map(|it| Member {
        name: it["name"].as_str().unwrap(),
        schema: &it["schema"],
        is_required: it["required"] == true,
    });
    let content = raw["requestBody"]["content"].as_object();
    let bodies = content.into_iter().flat_map(Map::values);
    let body = bodies.flat_map(|body| members(&body["schema"]));
    let answer = &raw["responses"]["200"]["content"]["application/json"]["schema"];
    Operation {
        method: method.to_uppercase(),
        path,
        ids: path.matches('{').count(),
        params: query.chain(body).collect(),
        answer: (!answer.is_null()).then_some(answer),
    }
}

/// An array in a schema, empty if there is none.
pub(crate) fn list(schema: Schema, name: &str) -> &'static [Value] {
    schema[name].as_array().map_or(&[], Vec::as_slice)
}

/// The properties of an object.
pub(crate) fn members(schema: Schema) -> impl Iterator<Item = Member> {
    let required = list(schema, "required");
    let properties = schema["properties"].as_object().into_iter().flatten();
    properties.map(|(name, schema)| Member {
        name,
        schema,
        is_required: required.iter().any(|it| it == name),
    })
}

/// The alternatives of a union, in the order of the document.
pub(crate) fn arms(schema: Schema) -> &'static [Value] {
    match list(schema, "anyOf") {
        [] => list(schema, "oneOf"),
        arms => arms,
    }
}

/// The schema itself, or the component that it refers to.
pub(crate) fn resolved(schema: Schema) -> Schema {
    match reference(schema) {
        Some(id) => component(id),
        None => schema,
    }
}

/// The component schema of this id.
pub(crate) fn component(id: &str) -> Schema {
    &document()["components"]["schemas"][id]
}

/// Whether an object or a value of this schema has no form that the document knows.
pub(crate) fn is_free(schema: Schema) -> bool {
    let is_shapeless =
        schema["type"].is_null() && schema["$ref"].is_null() && arms(schema).is_empty();
    let is_open = schema["type"] == "object"
        && schema["properties"].is_null()
        && !schema["additionalProperties"].is_object();
    is_shapeless || is_open
}

/// Whether a value may be one of this schema. The mock server has judged the whole answer; this tells the arms of unions
/// apart.
pub(crate) fn fits(schema: Schema, value: &Value) -> bool {
    let schema = resolved(schema);
    if value.is_null() {
        return schema["nullable"] == true;
    }
    let arms = arms(schema);
    if !arms.is_empty() {
        return arms.iter().any(|arm| fits(arm, value));
    }
    let values = list(schema, "enum");
    if !values.is_empty() && !values.contains(value) && schema["x-stripeBypassValidation"] != true {
        return false;
    }
    match (schema["type"].as_str(), value) {
        (None, _) | (Some("string"), Value::String(_)) | (Some("boolean"), Value::Bool(_)) => true,
        (Some("number"), Value::Number(_)) => true,
        (Some("integer"), Value::Number(number)) => number.is_i64(),
        (Some("array"), Value::Array(items)) => items.iter().all(|it| fits(&schema["items"], it)),
        (Some("object"), Value::Object(fields)) => fits_object(schema, fields),
        _ => false,
    }
}

fn fits_object(schema: Schema, fields: &Map<String, Value>) -> bool {
    if schema["properties"].is_null() {
        let inner = &schema["additionalProperties"];
        return !inner.is_object() || fields.values().all(|value| fits(inner, value));
    }
    let is_known = |name: &String| name == UNKNOWN || !schema["properties"][name].is_null();
    fields.keys().all(is_known)
        && members(schema).all(|member| match fields.get(member.name) {
            Some(value) => fits(member.schema, value),
            None => !member.is_required,
        })
}

/// The name of the member that the mock server adds to every object when asked to.
pub(crate) const UNKNOWN: &str = "mock_unknown_member";
