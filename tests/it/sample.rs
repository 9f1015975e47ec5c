//! Example JSON for component schemas, made from the document alone.
//!
//! Every string says what it is: what Debug may show starts with `shown`, everything else with `canary`.

mod apart;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use crate::document::{safe_fields, schemas};

/// Only strings that Debug must hide contain this.
pub(crate) const CANARY: &str = "canary";

/// How far into optional objects a full example goes. Every schema is the root of an example of its own.
const DEPTH: usize = 6;

/// How far the deepest example goes, where types contain themselves: JSON readers stop at 128 levels.
const DEEPEST: usize = 60;

/// The error object is the core's own, and has a list of its own of what Debug may show.
const ERROR: &str = "api_errors";

const SHOWN_OF_ERRORS: [&str; 8] = [
    "advice_code",
    "charge",
    "code",
    "doc_url",
    "network_advice_code",
    "param",
    "payment_method_type",
    "type",
];

/// What is left out of an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Size {
    /// Nothing, down to a depth.
    Full,
    /// What is not required; what may be null is.
    Least,
    /// What is not on the longest way down.
    Deepest,
}

/// Makes examples.
pub(crate) struct Sampler {
    size: Size,
    /// Which arm of unions and which value of enumerations to take, counted round and round.
    turn: usize,
    count: usize,
    safe: BTreeSet<String>,
    heights: BTreeMap<String, usize>,
}

/// Where a value stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    field: &'a str,
    depth: usize,
    /// The component schema around it.
    schema: &'a str,
}

impl Sampler {
    pub(crate) fn new(size: Size, turn: usize) -> Self {
        let heights = if size == Size::Deepest {
            heights()
        } else {
            BTreeMap::new()
        };
        Self {
            size,
            turn,
            count: 0,
            safe: safe_fields(),
            heights,
        }
    }

    /// An example of a component schema.
    pub(crate) fn root(&mut self, id: &str) -> Value {
        let place = Place {
            field: "",
            depth: 0,
            schema: id,
        };
        self.value(&schemas()[id], place)
    }

    fn value(&mut self, schema: &Value, place: Place<'_>) -> Value {
        if let Some(id) = reference(schema) {
            let place = Place {
                schema: id,
                ..place
            };
            return self.value(&schemas()[id], place);
        }
        if let Some(arms) = arms(schema) {
            return self.arm(schema, arms, place);
        }
        if let Some(values) = schema["enum"].as_array() {
            return values[self.turn % values.len()].clone();
        }
        self.count += 1;
        match schema["type"].as_str() {
            Some("string") => self.text(schema, place),
            Some("integer") => json!(1_700_000_000 + self.count),
            Some("number") => json!(12.5),
            Some("boolean") => json!(self.turn % 2 == 0),
            Some("array") => self.array(&schema["items"], place),
            Some("object") => self.object(schema, place),
            other => panic!("a schema of type {other:?} at {}", place.field),
        }
    }

    /// An expandable field is an id or an object, in turn; any other union one of its arms.
    fn arm(&mut self, schema: &Value, arms: &[Value], place: Place<'_>) -> Value {
        if !is_expandable(schema) {
            return self.value(&arms[self.turn % arms.len()], place);
        }
        self.count += 1;
        let id = format!("shown_{}", self.count);
        match arms.iter().find_map(reference) {
            Some(object) if self.turn % 2 == 1 => {
                json!({"id": id, "object": object, "secret": format!("{CANARY}_{}", self.count)})
            }
            _ => json!(id),
        }
    }

    fn text(&self, schema: &Value, place: Place<'_>) -> Value {
        let free = match schema["format"].as_str() {
            Some("date-time") => return json!("2026-05-27T12:34:56.789Z"),
            Some("decimal") => return json!("0.000000000001"),
            Some("int64") => return json!("9007199254740993"),
            Some("currency") => return json!("xts"),
            None => self.count,
            Some(other) => panic!("format {other} at {}", place.field),
        };
        let is_shown = place.field == "id"
            || self.safe.contains(place.field)
            || self
                .safe
                .contains(&format!("{}.{}", place.schema, place.field))
            || (place.schema == ERROR && SHOWN_OF_ERRORS.contains(&place.field));
        json!(format!(
            "{}_{free}",
            if is_shown { "shown" } else { CANARY }
        ))
    }

    fn array(&mut self, items: &Value, place: Place<'_>) -> Value {
        let count = match self.size {
            Size::Full if place.depth <= 1 => 2,
            Size::Full | Size::Deepest => 1,
            Size::Least => 0,
        };
        (0..count).map(|_| self.value(items, place)).collect()
    }

    fn object(&mut self, schema: &Value, place: Place<'_>) -> Value {
        let mut object = Map::new();
        let inside = |field| Place {
            field,
            depth: place.depth + 1,
            ..place
        };
        let deepest = self.deepest(schema);
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let is_required = contains(&schema["required"], name);
            let is_null = is_required && property["nullable"] == true && self.size == Size::Least;
            if is_null {
                object.insert(name.clone(), Value::Null);
            } else if is_required || self.is_wanted(name, property, place.depth, deepest.as_deref())
            {
                let value = self.value(property, inside(name));
                object.insert(name.clone(), value);
            }
        }
        match &schema["additionalProperties"] {
            Value::Object(values) if self.size != Size::Least => {
                let values = Value::Object(values.clone());
                // No field of its own: what stands under a name that is data is never on the list of safe fields.
                object.insert(format!("{CANARY}_key"), self.value(&values, inside("")));
            }
            Value::Null if schema["properties"].is_null() => {
                object.insert(
                    "free".to_owned(),
                    json!([format!("{CANARY}_free"), 1, null, {"a": 1.5}]),
                );
            }
            _ => {}
        }
        Value::Object(object)
    }

    fn is_wanted(&self, name: &str, property: &Value, depth: usize, deepest: Option<&str>) -> bool {
        match self.size {
            Size::Least => false,
            Size::Full => depth <= DEPTH,
            Size::Deepest => {
                let is_leaf = height(property, &self.heights) == 0;
                is_leaf || (deepest == Some(name) && depth <= DEEPEST)
            }
        }
    }

    /// The property with the most levels below it.
    fn deepest(&self, schema: &Value) -> Option<String> {
        let properties = schema["properties"].as_object().into_iter().flatten();
        let heights = properties.map(|(name, property)| (height(property, &self.heights), name));
        heights
            .max_by_key(|(height, _)| *height)
            .map(|(_, name)| name.clone())
    }
}

/// The id of the schema that `$ref` names.
pub(crate) fn reference(schema: &Value) -> Option<&str> {
    schema["$ref"]
        .as_str()?
        .strip_prefix("#/components/schemas/")
}

fn arms(schema: &Value) -> Option<&Vec<Value>> {
    schema["anyOf"]
        .as_array()
        .or_else(|| schema["oneOf"].as_array())
}

/// An id that can be expanded to an object, or an item of a list that has to be asked for: kept as JSON.
pub(crate) fn is_expandable(schema: &Value) -> bool {
    static APART: LazyLock<BTreeSet<usize>> = LazyLock::new(apart::items);
    schema.get("x-expansionResources").is_some()
        || APART.contains(&std::ptr::from_ref(schema).addr())
}

fn contains(list: &Value, name: &str) -> bool {
    list.as_array()
        .is_some_and(|list| list.iter().any(|item| item == name))
}

/// How many schemas stand one in another below each schema, at most; a way that comes back to where it was ends there.
fn heights() -> BTreeMap<String, usize> {
    let mut heights = BTreeMap::new();
    // Each round sees one level more. There is no way longer than this: the ones that go round stop growing it.
    for _ in 0..40 {
        let next = schemas().iter().map(|(id, schema)| {
            let below = parts(schema).into_iter().map(|part| height(part, &heights));
            (id.clone(), below.max().unwrap_or(0))
        });
        heights = next.collect();
    }
    heights
}

/// The levels of typed objects below a value.
fn height(schema: &Value, heights: &BTreeMap<String, usize>) -> usize {
    match reference(schema) {
        // The objects that come with an error are kept as JSON.
        Some(ERROR) => 1,
        Some(id) => 1 + heights.get(id).copied().unwrap_or(0),
        None => parts(schema)
            .into_iter()
            .map(|part| height(part, heights))
            .max()
            .unwrap_or(0),
    }
}

/// The schemas that stand in this one.
fn parts(schema: &Value) -> Vec<&Value> {
    if is_expandable(schema) {
        return Vec::new();
    }
    let properties = schema["properties"]
        .as_object()
        .into_iter()
        .flat_map(Map::values);
    let arms = arms(schema).into_iter().flatten();
    let single = [&schema["items"], &schema["additionalProperties"]]
        .into_iter()
        .filter(|it| it.is_object());
    properties.chain(arms).chain(single).collect()
}
