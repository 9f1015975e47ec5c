//! What operations take: every parameter that the document has, at any depth, is a field of a type that is sent.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::document::document;
use crate::generated::types::{Types, innermost};
use crate::generated::{Method, methods};

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

/// Where a parameter stands: the types of its file, the type that holds it, and its name.
struct Place<'a> {
    types: &'a Types,
    ty: &'a str,
    name: &'a str,
    text: String,
}

/// Walks the parameters of a type and those of the document side by side, with what the document says of each.
fn walk(
    types: &Types,
    ty: &str,
    documented: &BTreeMap<&str, (bool, &Value)>,
    at: &str,
    visit: &mut dyn FnMut(&Place<'_>, bool, &Value),
) {
    let fields = types.fields(ty);
    for (name, (is_required, schema)) in documented {
        let text = format!("{at}.{name}");
        let inner = fields.get(name).map(|ty| innermost(ty));
        let inner = inner.unwrap_or_else(|| panic!("{text} is missing"));
        visit(
            &Place {
                types,
                ty,
                name,
                text: text.clone(),
            },
            *is_required,
            schema,
        );
        // A filter on a time or a number is a type of the core, tested there.
        for object in objects(schema)
            .into_iter()
            .filter(|_| inner != "RangeQuery")
        {
            let properties = properties(object).into_iter().collect();
            walk(types, &inner, &properties, &text, visit);
        }
    }
}

/// The same for a method, and all that it takes.
fn walk_all(method: &Method, visit: &mut dyn FnMut(&Place<'_>, bool, &Value)) {
    let documented = documented(operation(method));
    match method.arguments.iter().find(|(name, _)| name == "params") {
        Some((_, ty)) => walk(&method.types, ty, &documented, &method.place, visit),
        None => assert!(
            documented.is_empty(),
            "{} takes no parameters",
            method.place
        ),
    }
}

#[test]
fn every_parameter_of_the_document_at_any_depth_can_be_set() {
    let mut count = 0;
    for method in methods() {
        walk_all(method, &mut |_, _, _| count += 1);
    }
    assert!(count > 10_000, "{count} parameters");
}

/// Stripe's mark of a parameter that an empty value clears.
fn takes_empty(schema: &Value) -> bool {
    let arms = schema["anyOf"].as_array().into_iter().flatten();
    let values = |schema: &Value| {
        schema["enum"]
            .as_array()
            .is_some_and(|values| values.iter().any(|it| it == ""))
    };
    values(schema) || arms.into_iter().any(values)
}

#[test]
fn what_the_document_lets_be_cleared_can_be_cleared() {
    let (mut complaints, mut count) = (Vec::new(), 0);
    for method in methods() {
        let is_v2_update = method.place.ends_with(": update") && method.path.starts_with("/v2/");
        walk_all(method, &mut |place, is_required, schema| {
            if takes_empty(schema) || (is_v2_update && !is_required) {
                count += 1;
                if !place.types.is_clearable(place.ty, place.name) {
                    complaints.push(place.text.clone());
                }
            }
        });
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    assert!(count > 1_500, "{count} parameters");
}

#[test]
fn an_operation_takes_nothing_that_the_document_has_not() {
    for method in methods() {
        let documented: BTreeSet<_> = documented(operation(method)).into_keys().collect();
        let types = &method.types;
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
        let types = &method.types;
        for (_, ty) in method.arguments.iter().filter(|(name, _)| name == "params") {
            let documented = documented(operation(method)).into_iter();
            let required: BTreeSet<_> = documented
                .filter(|(_, (required, _))| *required)
                .map(|(name, _)| name.to_owned())
                .collect();
            assert_eq!(types.structs[ty].required, required, "{}", method.place);
            count += required.len();
        }
    }
    assert!(count > 200, "{count} required parameters");
}
