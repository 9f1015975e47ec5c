//! What operations take: every parameter that the document has, at any depth, is a field of a type that is sent.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::document::document;
use crate::generated::{Method, methods};

/// A type of parameters, read from its text.
#[derive(Debug, Default)]
struct Params {
    /// The arguments of `new`.
    required: BTreeSet<String>,
    /// The names at Stripe, and the names of the types that hold the values.
    fields: BTreeMap<String, String>,
}

/// The types of one file.
#[derive(Debug, Default)]
struct Types {
    params: BTreeMap<String, Params>,
    /// Values of several kinds, and the types that they may be.
    choices: BTreeMap<String, Vec<String>>,
}

impl Types {
    fn read(text: &str) -> Self {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut types = Self::default();
        for item in text
            .split("stripe_core::")
            .filter_map(|it| it.strip_prefix("params! { "))
        {
            // A type may name `stripe_core::types` inside: the item ends where the next one begins.
            let at = item.as_ptr() as usize - text.as_ptr() as usize;
            let (name, params) = params(whole(&text[at..]));
            types.params.insert(name, params);
        }
        for item in text.split("stripe_core::choice! { ").skip(1) {
            let at = item.as_ptr() as usize - text.as_ptr() as usize;
            let (head, arms) = whole(&text[at..]).split_once(" { ").unwrap();
            let arms = arms.split(", ").filter_map(|arm| arm.split_once('('));
            let name = head.trim_start_matches("pub enum ").to_owned();
            types
                .choices
                .insert(name, arms.map(|(_, ty)| innermost(ty)).collect());
        }
        types
    }

    /// The fields of a type, or of those that a value of several kinds may be.
    fn fields(&self, ty: &str) -> BTreeMap<&str, &str> {
        let arms = self
            .choices
            .get(ty)
            .into_iter()
            .flatten()
            .map(String::as_str);
        let params = arms.chain([ty]).filter_map(|ty| self.params.get(ty));
        let fields = params.flat_map(|params| &params.fields);
        fields
            .map(|(name, ty)| (name.as_str(), ty.as_str()))
            .collect()
    }
}

/// The text up to the brace that closes what was opened before it.
fn whole(text: &str) -> &str {
    let mut open = 1;
    let end = text.find(|c| {
        open += i32::from(c == '{') - i32::from(c == '}');
        open == 0
    });
    &text[..end.unwrap()]
}

/// `#[new(a: T)] pub struct Name { #[wire = "x"] pub field: T, … }`
fn params(item: &str) -> (String, Params) {
    let (head, body) = item.split_once("pub struct ").unwrap();
    let (name, body) = body.split_once(" {").unwrap();
    let required = head.split_once("#[new(").map_or("", |(_, list)| list);
    let required = required
        .split(',')
        .filter_map(|argument| argument.split_once(':'));
    let mut params = Params {
        required: required.map(|(name, _)| name.trim().to_owned()).collect(),
        fields: BTreeMap::new(),
    };
    let mut pieces = body.split(" pub ");
    let mut attributes = pieces.next().unwrap();
    for piece in pieces {
        let (field, rest) = piece.split_once(": ").unwrap();
        let (ty, next) = rest.split_once(" #[").unwrap_or((rest, ""));
        let wire = attributes
            .split_once("wire = \"")
            .and_then(|(_, rest)| rest.split_once('"'));
        let wire = wire.map_or(field, |(wire, _)| wire);
        if params.required.remove(field) {
            params.required.insert(wire.to_owned());
        }
        params.fields.insert(wire.to_owned(), innermost(ty));
        attributes = next;
    }
    (name.to_owned(), params)
}

/// `Item` of `Vec< stripe_core::types::Map<Item>, >`
fn innermost(ty: &str) -> String {
    let names = ty.split(|c: char| !c.is_alphanumeric() && c != '_');
    names
        .filter(|name| !name.is_empty())
        .next_back()
        .unwrap_or_default()
        .to_owned()
}

/// What an operation takes in its query and its body, and whether it has to be given. `expand` is a method of requests.
fn documented(operation: &Value) -> BTreeMap<&str, (bool, &Value)> {
    let query = operation["parameters"].as_array().into_iter().flatten();
    let query = query.filter(|it| it["in"] == "query");
    let query = query.map(|it| {
        (
            it["name"].as_str().unwrap(),
            (it["required"] == true, &it["schema"]),
        )
    });
    let contents = operation["requestBody"]["content"]
        .as_object()
        .into_iter()
        .flatten();
    let body = contents.flat_map(|(_, content)| properties(&content["schema"]));
    query
        .chain(body)
        .filter(|(name, _)| *name != "expand")
        .collect()
}

fn properties(schema: &Value) -> Vec<(&str, (bool, &Value))> {
    let required = schema["required"].as_array();
    let is_required = |name: &str| required.is_some_and(|names| names.iter().any(|it| it == name));
    let properties = schema["properties"].as_object().into_iter().flatten();
    properties
        .map(|(name, schema)| (name.as_str(), (is_required(name), schema)))
        .collect()
}

/// The objects that a value may be, whether by itself, in a list, under a name, or as one of several kinds.
fn objects(schema: &Value) -> Vec<&Value> {
    let arms = schema["anyOf"].as_array().into_iter().flatten();
    let inner = [&schema["items"], &schema["additionalProperties"]]
        .into_iter()
        .filter(|it| it.is_object());
    let mut all: Vec<_> = arms.chain(inner).flat_map(objects).collect();
    if schema["properties"].is_object() {
        all.push(schema);
    }
    all
}

fn operation<'a>(method: &Method) -> &'a Value {
    let verb = method.constructor.split('_').next().unwrap();
    &document()["paths"][&method.path][verb]
}

/// Walks the parameters of a type and those of the document side by side; gives how many it saw.
fn compare(
    types: &Types,
    ty: &str,
    documented: &BTreeMap<&str, (bool, &Value)>,
    at: &str,
) -> usize {
    let fields = types.fields(ty);
    let mut count = 0;
    for (name, (_, schema)) in documented {
        let place = format!("{at}.{name}");
        let inner = fields
            .get(name)
            .unwrap_or_else(|| panic!("{place} is missing"));
        count += 1;
        // A filter on a time or a number is a type of the core, tested there.
        for object in objects(schema)
            .into_iter()
            .filter(|_| *inner != "RangeQuery")
        {
            count += compare(
                types,
                inner,
                &properties(object).into_iter().collect(),
                &place,
            );
        }
    }
    count
}

#[test]
fn every_parameter_of_the_document_at_any_depth_can_be_set() {
    let mut count = 0;
    for method in methods() {
        let documented = documented(operation(&method));
        match method.arguments.iter().find(|(name, _)| name == "params") {
            Some((_, ty)) => {
                count += compare(&Types::read(&method.file), ty, &documented, &method.place)
            }
            None => assert!(
                documented.is_empty(),
                "{} takes no parameters",
                method.place
            ),
        }
    }
    assert!(count > 10_000, "{count} parameters");
}

#[test]
fn an_operation_takes_nothing_that_the_document_has_not() {
    for method in methods() {
        let documented: BTreeSet<_> = documented(operation(&method)).into_keys().collect();
        let types = Types::read(&method.file);
        for (_, ty) in method.arguments.iter().filter(|(name, _)| name == "params") {
            let fields: BTreeSet<_> = types.fields(ty).into_keys().collect();
            assert_eq!(fields, documented, "{}", method.place);
        }
    }
}

#[test]
fn what_has_to_be_given_is_an_argument_of_new() {
    let mut count = 0;
    for method in methods() {
        let types = Types::read(&method.file);
        for (_, ty) in method.arguments.iter().filter(|(name, _)| name == "params") {
            let documented = documented(operation(&method)).into_iter();
            let required: BTreeSet<_> = documented
                .filter(|(_, (required, _))| *required)
                .map(|(name, _)| name.to_owned())
                .collect();
            assert_eq!(types.params[ty].required, required, "{}", method.place);
            count += required.len();
        }
    }
    assert!(count > 200, "{count} required parameters");
}
