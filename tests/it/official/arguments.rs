//! Arguments for every official call, made from the document alone, as JSON: the same for both SDKs.
//!
//! The first round sets every parameter of a call; what is nested below is set once for each service. Further rounds go
//! through what the first one left out: the other kinds of a value that has several, and the orders to clear.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::document::{document, read};

/// Every call of the official SDK, and the operation that it is.
pub(crate) const FACTS: &str = "codegen/tests/facts/official_calls.csv";

/// The most kinds that one value has, the order to clear among them.
const ROUNDS: usize = 5;

/// One call, as data.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) method: String,
    /// With parameters in braces.
    pub(crate) path: String,
    /// The accessors and the method of the official SDK, joined by dots.
    pub(crate) name: String,
    /// What stands for the parameters of the path, in order.
    pub(crate) ids: Vec<String>,
    pub(crate) params: Map<String, Value>,
    /// What is set beside the parameters, by the official SDK's names.
    pub(crate) options: Map<String, Value>,
}

/// All of them, in the order of the facts.
pub(crate) fn calls() -> Vec<Call> {
    let facts = read(FACTS);
    let mut sampler = Sampler::default();
    let mut calls = Vec::new();
    for line in facts.lines().skip(1) {
        let [method, path, name] = line.split(',').collect::<Vec<_>>().try_into().unwrap();
        let operation = &document()["paths"][path][method.to_lowercase()];
        for round in 0..ROUNDS {
            let Some(params) = sampler.params(operation, name, round) else {
                continue;
            };
            calls.push(Call {
                method: method.to_owned(),
                path: path.to_owned(),
                name: name.to_owned(),
                ids: ids(path),
                params,
                options: options(&format!("{name} {round}")),
            });
        }
    }
    calls
}

/// A coupon may be called what its owner likes; other ids are Stripe's.
fn ids(path: &str) -> Vec<String> {
    let names = path
        .split('/')
        .filter_map(|it| it.strip_prefix('{')?.strip_suffix('}'));
    let is_free = |name: &str| name == "coupon" || name == "promotion_code";
    names
        .map(|name| match is_free(name) {
            true => format!("25% off {name}"),
            false => format!("{name}_1"),
        })
        .collect()
}

/// A few calls of each kind have options of their own.
fn options(place: &str) -> Map<String, Value> {
    let options = match number(place) % 7 {
        1 => json!({"idempotency_key": format!("order-{}!", place.replace(' ', "_"))}),
        3 => json!({"stripe_account": "acct_1"}),
        4 => json!({"stripe_context": "acct_1/acct_2", "stripe_version": "2024-06-20"}),
        _ => json!({}),
    };
    options.as_object().unwrap().clone()
}

/// A number that depends on the place alone, so that a change of the document changes few calls (FNV-1a, folded).
fn number(place: &str) -> usize {
    let hash = place.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    let low = |bits: u32| u16::try_from(bits & 0xffff).unwrap();
    usize::from(low(hash >> 16) ^ low(hash))
}

/// Makes values, and remembers for which places it has.
#[derive(Default)]
struct Sampler {
    seen: BTreeSet<String>,
    /// How many places were seen for the first time.
    news: usize,
    round: usize,
    is_v2: bool,
    is_update: bool,
}

impl Sampler {
    /// The parameters of a call, or `None` if a further round would send nothing new.
    fn params(
        &mut self,
        operation: &Value,
        name: &str,
        round: usize,
    ) -> Option<Map<String, Value>> {
        let (service, verb) = name.rsplit_once('.').unwrap();
        self.round = round;
        self.is_v2 = name.starts_with("v2.");
        self.is_update = verb == "update";
        let news = self.news;
        let mut params = Map::new();
        for (parameter, required, schema) in documented(operation) {
            let before = self.news;
            let value = self.optional(schema, required, &format!("{service}.{parameter}"));
            if value.is_null() || value == "" {
                // Services share what is nested, but each operation has its own way to take an order to clear.
                self.leaf(&format!("{name} clears {parameter}"), Value::Null);
            }
            if required || round == 0 || self.news > before {
                params.insert(parameter.to_owned(), value);
            }
        }
        (round == 0 || self.news > news).then_some(params)
    }

    /// An update of version 2 clears what it is given null for.
    fn may_be_null(&self, required: bool) -> bool {
        self.is_v2 && self.is_update && !required
    }

    /// A value of one of the kinds that the schema allows, each in its round.
    fn optional(&mut self, schema: &Value, required: bool, at: &str) -> Value {
        let kinds = kinds(schema, self.may_be_null(required));
        let kind = self.round % kinds.len();
        let at = format!("{at}#{kind}");
        match kinds[kind] {
            Kind::Value(schema) => self.value(schema, &at),
            Kind::Empty => self.leaf(&at, json!("")),
            Kind::Null => self.leaf(&at, Value::Null),
        }
    }

    fn value(&mut self, schema: &Value, at: &str) -> Value {
        let values = schema["enum"].as_array().into_iter().flatten();
        let values: Vec<_> = values.filter(|it| *it != "").collect();
        let number = number(at);
        if !values.is_empty() {
            return self.leaf(at, values[number % values.len()].clone());
        }
        match schema["type"].as_str() {
            Some("string") => self.text(schema, at),
            Some("integer") if schema["format"] == "unix-time" => {
                self.leaf(at, json!(1_700_000_000 + number))
            }
            Some("integer") => self.leaf(at, json!(number)),
            Some("number") => self.leaf(at, json!(f64::from(u16::try_from(number).unwrap()) + 0.5)),
            Some("boolean") => self.leaf(at, json!(number % 2 == 0)),
            Some("array") => self.array(&schema["items"], at),
            Some("object") => self.object(schema, at),
            other => panic!("{at}: a parameter of type {other:?}"),
        }
    }

    fn leaf(&mut self, at: &str, value: Value) -> Value {
        self.news += usize::from(self.seen.insert(at.to_owned()));
        value
    }

    /// Some texts have characters that mean something to forms and JSON.
    fn text(&mut self, schema: &Value, at: &str) -> Value {
        let number = number(at);
        let text = match schema["format"].as_str() {
            Some("date-time") => "2026-05-27T12:34:56.789Z".to_owned(),
            Some("decimal") => format!("{number}.50"),
            Some("currency") => "usd".to_owned(),
            Some("binary") => {
                return self.leaf(at, json!({"name": "a b.png", "content": "\u{1}\r\n--x"}));
            }
            None if number % 4 == 0 => format!("{number} \u{e9}&[a]=+%\"~\n"),
            None => format!("t{number}"),
            Some(other) => panic!("{at}: format {other}"),
        };
        let most = schema["maxLength"].as_u64().unwrap_or(u64::MAX);
        let most = usize::try_from(most).unwrap();
        self.leaf(at, json!(text.chars().take(most).collect::<String>()))
    }

    /// Two items; of an object the second has what is required alone.
    fn array(&mut self, items: &Value, at: &str) -> Value {
        let is_text = items["type"] == "string" || items["type"] == "integer";
        let places = if is_text { [0, 1] } else { [0, 0] };
        let both = places.map(|index| self.optional(items, true, &format!("{at}[{index}]")));
        let both = both.into_iter().filter(|it| *it != json!({}));
        Value::Array(both.collect())
    }

    fn object(&mut self, schema: &Value, at: &str) -> Value {
        let mut object = Map::new();
        for (name, required, property) in properties(schema) {
            let before = self.news;
            let value = self.optional(property, required, &format!("{at}.{name}"));
            if required || self.news > before {
                object.insert(name.to_owned(), value);
            }
        }
        if schema["additionalProperties"].is_object() {
            let is_metadata = at.contains("metadata#");
            let value = self.optional(&schema["additionalProperties"], true, &format!("{at}{{}}"));
            object.insert("first key".to_owned(), value);
            if is_metadata && !self.is_v2 {
                object.insert("gone".to_owned(), json!(""));
            } else if is_metadata && self.is_update {
                object.insert("gone".to_owned(), Value::Null);
            }
        }
        Value::Object(object)
    }
}

/// One of the kinds of value that a parameter may have.
#[derive(Clone, Copy, PartialEq)]
enum Kind<'a> {
    Value(&'a Value),
    /// The empty text, by which version 1 clears.
    Empty,
    Null,
}

fn kinds(schema: &Value, may_be_null: bool) -> Vec<Kind<'_>> {
    let arms = schema["anyOf"].as_array();
    let arms = arms.map_or_else(|| vec![schema], |arms| arms.iter().collect());
    let values = |arm: &Value| arm["enum"].as_array().cloned().unwrap_or_default();
    let only_empty = |arm: &Value| values(arm) == [""];
    let takes_empty = arms.iter().any(|arm| values(arm).contains(&json!("")));
    let arms = arms.into_iter().filter(|arm| !only_empty(arm));
    let mut kinds: Vec<_> = arms.map(Kind::Value).collect();
    kinds.extend(takes_empty.then_some(Kind::Empty));
    kinds.extend(may_be_null.then_some(Kind::Null));
    kinds
}

/// What an operation takes in its query and its body: the name, whether it is required, and the schema.
fn documented(operation: &Value) -> Vec<(&str, bool, &Value)> {
    let query = operation["parameters"].as_array().into_iter().flatten();
    let query = query.filter(|it| it["in"] == "query").map(|it| {
        let name = it["name"].as_str().unwrap();
        (name, it["required"] == true, &it["schema"])
    });
    let contents = operation["requestBody"]["content"].as_object();
    let bodies = contents.into_iter().flat_map(Map::values);
    let bodies = bodies.flat_map(|content| properties(&content["schema"]));
    query.chain(bodies).collect()
}

fn properties(schema: &Value) -> Vec<(&str, bool, &Value)> {
    let required = schema["required"].as_array();
    let is_required = |name: &str| required.is_some_and(|names| names.iter().any(|it| it == name));
    let properties = schema["properties"].as_object().into_iter().flatten();
    properties
        .map(|(name, schema)| (name.as_str(), is_required(name), schema))
        .collect()
}
