//! Every operation with everything that it takes: the requests are made from the raw document, by a reading of it that
//! the mock does not share. None is refused, none is answered wrongly, and in the end the ledger misses nothing.

use mock_server::{MockServer, Use};
use serde_json::{Map, Value, json};

use crate::client::{Answer, FORM, JSON, call, get};

/// What goes into one request.
#[derive(Clone, Copy)]
struct Wish {
    /// Which arm and which value, everywhere.
    variant: usize,
    only_required: bool,
    /// The level of an update of v2 whose optional members are null. What the document calls nullable is null anyway.
    nulls: Option<usize>,
    is_update: bool,
}

/// More levels than any update has.
const DEEPEST: usize = 8;

fn document() -> Value {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../spec/openapi.json");
    serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
}

fn list<'a>(schema: &'a Value, name: &str) -> &'a [Value] {
    schema[name].as_array().map_or(&[], Vec::as_slice)
}

fn nth<T>(list: &[T], variant: usize) -> Option<&T> {
    list.get(variant.checked_rem(list.len())?)
}

/// How many variants it takes until every arm and every value below was sent.
fn variants(schema: &Value) -> usize {
    let own = list(schema, "enum").len().max(list(schema, "anyOf").len());
    let inner = match schema {
        Value::Object(members) => members.values().map(variants).max(),
        Value::Array(items) => items.iter().map(variants).max(),
        _ => None,
    };
    // A union is passed once for every arm, and whatever is in the arm needs its own turns there.
    let arms = list(schema, "anyOf").len().max(1);
    own.max(inner.unwrap_or(1) * arms)
}

fn value(schema: &Value, name: &str, wish: Wish) -> Value {
    if let Some(listed) = nth(list(schema, "enum"), wish.variant) {
        return listed.clone();
    }
    let arms = list(schema, "anyOf");
    if let Some(arm) = nth(arms, wish.variant) {
        let inner = Wish {
            variant: wish.variant / arms.len(),
            ..wish
        };
        return value(arm, name, inner);
    }
    match (schema["type"].as_str().unwrap(), schema["format"].as_str()) {
        ("array", _) => json!([member(&schema["items"], name, wish)]),
        ("object", _) => object(schema, wish),
        ("integer", _) => json!(5),
        ("number", _) => json!(2.5),
        ("boolean", _) => json!(wish.variant % 2 == 0),
        (_, Some("currency")) => json!("eur"),
        (_, Some("decimal")) => json!("1.25"),
        (_, Some("date-time")) => json!("2025-01-31T12:00:00Z"),
        _ if schema["nullable"] == true && wish.nulls.is_some() => Value::Null,
        _ => {
            let most = schema["maxLength"].as_u64().unwrap_or(9);
            json!(
                "some text"
                    .chars()
                    .take(usize::try_from(most).unwrap())
                    .collect::<String>()
            )
        }
    }
}

fn object(schema: &Value, wish: Wish) -> Value {
    let Some(properties) = schema["properties"].as_object() else {
        let inner = &schema["additionalProperties"];
        return if inner.is_object() {
            json!({"key": member(inner, "key", wish)})
        } else {
            json!({})
        };
    };
    let required = list(schema, "required");
    let inner = Wish {
        nulls: wish.nulls.map(|level| level.wrapping_sub(1)),
        ..wish
    };
    let mut members = Map::new();
    for (name, schema) in properties {
        let is_required = required.iter().any(|it| it == name);
        if !is_required && (wish.only_required || name == "expand") {
            continue;
        }
        let null = !is_required && wish.is_update && wish.nulls == Some(0);
        members.insert(
            name.clone(),
            if null {
                Value::Null
            } else {
                member(schema, name, inner)
            },
        );
    }
    Value::Object(members)
}

/// A form cannot say that an object is there and empty: one without required members gets the first that it may have.
fn member(schema: &Value, name: &str, wish: Wish) -> Value {
    let value = value(schema, name, wish);
    let first = schema["properties"]
        .as_object()
        .and_then(|it| it.iter().next());
    match first.filter(|_| value == json!({})) {
        Some((name, schema)) => json!({ name: member(schema, name, wish) }),
        None => value,
    }
}

/// Bracket notation, with what is empty left out.
fn form(name: &str, value: &Value, pairs: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                let name = if name.is_empty() {
                    key.clone()
                } else {
                    format!("{name}[{key}]")
                };
                form(&name, value, pairs);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                form(&format!("{name}[{index}]"), item, pairs);
            }
        }
        Value::String(text) => pairs.push(format!(
            "{name}={}",
            text.replace('+', "%2B").replace(' ', "%20")
        )),
        other => pairs.push(format!("{name}={other}")),
    }
}

fn encoded(value: &Value) -> String {
    let mut pairs = Vec::new();
    form("", value, &mut pairs);
    pairs.join("&")
}

fn multipart(value: &Value, expand: Option<String>) -> String {
    let mut pairs = Vec::from_iter(expand);
    form("", value, &mut pairs);
    let part = |pair: &String| {
        let (name, text) = pair.split_once('=').unwrap();
        let file = if name == "file" {
            "; filename=\"a\""
        } else {
            ""
        };
        format!("--B\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{text}\r\n")
    };
    pairs.iter().map(part).collect::<String>() + "--B--\r\n"
}

/// A property that can be expanded, if the answer has one.
fn expandable(document: &Value, answer: &Value) -> Option<String> {
    if let Some(reference) = answer["$ref"].as_str() {
        return expandable(document, document.pointer(&reference[1..]).unwrap());
    }
    let own = list(answer, "x-expandableFields")
        .first()
        .and_then(Value::as_str);
    let mut arms = list(answer, "anyOf").iter();
    own.map(str::to_owned)
        .or_else(|| arms.find_map(|arm| expandable(document, arm)))
}

/// An operation of the raw document.
struct Operation<'a> {
    document: &'a Value,
    method: String,
    path: &'a str,
    raw: &'a Value,
}

impl Operation<'_> {
    fn parameters(&self, place: &str) -> impl Iterator<Item = (&str, &Value)> {
        let all = list(self.raw, "parameters")
            .iter()
            .filter(move |it| it["in"] == place);
        all.map(|it| (it["name"].as_str().unwrap(), it))
    }

    fn query(&self, wish: Wish) -> Value {
        let mut members = Map::new();
        // Each page is before one item or after one.
        let cursors = ["starting_after", "ending_before"];
        let skipped = cursors[wish.variant % 2];
        for (name, parameter) in self.parameters("query") {
            let is_optional = parameter["required"] != true;
            if is_optional && (wish.only_required || name == skipped || name == "expand") {
                continue;
            }
            members.insert(name.to_owned(), value(&parameter["schema"], name, wish));
        }
        Value::Object(members)
    }

    fn takes_expand(&self) -> bool {
        let content = self.raw["requestBody"]["content"].as_object();
        let mut bodies = content.into_iter().flat_map(|it| it.values());
        self.parameters("query").any(|(name, _)| name == "expand")
            || bodies.any(|it| it["schema"]["properties"]["expand"].is_object())
    }

    fn send(&self, server: &MockServer, wish: Wish) -> Answer {
        let path = self
            .parameters("path")
            .fold(self.path.to_owned(), |path, (name, _)| {
                path.replace(&format!("{{{name}}}"), "some_id")
            });
        let answer = &self.raw["responses"]["200"]["content"]["application/json"]["schema"];
        let expand = expandable(self.document, answer);
        let expand = expand.filter(|_| !wish.only_required && self.takes_expand());
        let expand = expand.map(|it| format!("expand[0]={it}"));
        let content = self.raw["requestBody"]["content"].as_object();
        let (media, schema) = content.map_or((JSON, &Value::Null), |it| {
            let (media, schema) = it.iter().next().unwrap();
            (media.as_str(), &schema["schema"])
        });
        let mut query = encoded(&self.query(wish));
        let in_query = self.method != "POST";
        if let Some(expand) = expand.as_ref().filter(|_| in_query) {
            query = if query.is_empty() {
                expand.clone()
            } else {
                format!("{query}&{expand}")
            };
        }
        let request = call(server, &self.method, &format!("{path}?{query}"));
        let fill = if wish.only_required {
            "required"
        } else {
            "everything"
        };
        let request = request
            .header("Mock-Variant", &(wish.variant % 7).to_string())
            .header("Mock-Fill", fill);
        if schema.is_null() {
            return request.send();
        }
        let body = value(schema, "", wish);
        let mut text = encoded(&body);
        if let Some(expand) = expand.as_ref().filter(|_| !in_query) {
            text = if text.is_empty() {
                expand.clone()
            } else {
                format!("{text}&{expand}")
            };
        }
        match media {
            JSON => request.body(JSON, body.to_string()).send(),
            FORM => request.body(FORM, text).send(),
            _ => request
                .body("multipart/form-data; boundary=B", multipart(&body, expand))
                .send(),
        }
    }
}

fn run(server: &MockServer, operation: &Operation<'_>, wish: Wish) {
    let answer = operation.send(server, wish);
    let Wish {
        variant,
        only_required,
        ..
    } = wish;
    let text = String::from_utf8_lossy(&answer.body);
    let place = format!(
        "{} {} {variant} {only_required}",
        operation.method, operation.path
    );
    assert_eq!(answer.status, 200, "{place}: {text}");
}

#[test]
fn every_operation_is_called_in_every_way_and_the_ledger_misses_no_request() {
    let document = document();
    let server = MockServer::builder().items(2).start().unwrap();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, raw) in item.as_object().unwrap() {
            let (method, document) = (method.to_uppercase(), &document);
            let operation = Operation {
                document,
                method,
                path,
                raw,
            };
            let wish = |variant, only_required, nulls| Wish {
                variant,
                only_required,
                nulls,
                is_update: path.starts_with("/v2") && path.ends_with('}'),
            };
            run(&server, &operation, wish(0, true, None));
            let parameters = variants(&raw["parameters"]);
            for variant in 0..variants(&raw["requestBody"]).max(parameters).max(2) {
                run(&server, &operation, wish(variant, false, None));
            }
            if path.starts_with("/v2") && operation.method == "POST" {
                for level in 0..DEEPEST {
                    run(&server, &operation, wish(0, false, Some(level)));
                }
            }
        }
    }
    let missing = server.ledger().missing();
    let sent: Vec<String> = missing
        .iter()
        .filter(|it| it.what != Use::Property)
        .map(ToString::to_string)
        .collect();
    assert_eq!(sent, Vec::<String>::new());
    let counts = get(&server, "/_mock/ledger").ok()["counts"].clone();
    assert_eq!(counts["operation"], json!({"used": 619, "total": 619}));
}
