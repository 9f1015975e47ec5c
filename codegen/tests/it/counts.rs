//! Nothing of the pinned document degrades: an independent walk over the raw document finds every list of values, time,
//! decimal, number in a string and object with properties again in the emitted types.

use serde_json::Value;

use crate::document::{committed, pinned_value};

mod compare;
mod emitted;

use compare::{Comparison, Side, texts};
use emitted::{Emitted, Type};

fn escaped(path: &str) -> String {
    path.replace('~', "~0").replace('/', "~1")
}

/// Compares all component schemas that have a type.
fn schemas(comparison: &mut Comparison<'_>) {
    let emitted = comparison.emitted;
    let side = Side {
        module: &emitted.schemas,
        answer: true,
    };
    for (id, name) in &emitted.of_schema {
        let ty = emitted::Ty {
            path: format!("super::{name}"),
            arguments: Vec::new(),
        };
        comparison.position(&format!("/components/schemas/{id}"), "", &ty, side);
    }
}

/// Compares what each operation answers with.
fn answers(comparison: &mut Comparison<'_>) {
    let emitted = comparison.emitted;
    for ((method, path), (file, ty)) in &emitted.answers {
        let side = Side {
            module: &emitted.services[file],
            answer: true,
        };
        let at = format!(
            "/paths/{}/{}/responses/200/content",
            escaped(path),
            method.to_lowercase()
        );
        let content = comparison
            .document
            .pointer(&at)
            .unwrap()
            .as_object()
            .unwrap();
        match content.keys().next().unwrap().as_str() {
            "application/json" => {
                comparison.position(&format!("{at}/application~1json/schema"), "", ty, side);
            }
            kind => {
                assert_eq!(ty.path, "stripe_core::types::Binary", "{at}");
                comparison
                    .seen
                    .insert(format!("{at}/{}/schema", escaped(kind)));
            }
        }
    }
}

/// Compares the parameters of each operation, of the query and of the body.
fn parameters(comparison: &mut Comparison<'_>) {
    let emitted = comparison.emitted;
    for operation in &committed().operations {
        let at = format!(
            "/paths/{}/{}",
            escaped(&operation.path),
            operation.method.to_lowercase()
        );
        let (file, _) = &emitted.answers[&(operation.method.clone(), operation.path.clone())];
        let side = Side {
            module: &emitted.services[file],
            answer: false,
        };
        let name = operation
            .params
            .as_ref()
            .map(|it| it.rsplit("::").next().unwrap());
        for (place, wire) in stated(comparison.document, &at) {
            let fields = name.and_then(|name| side.module.get(name));
            match fields {
                Some(Type::Struct(fields)) if fields.contains_key(&wire) => {
                    comparison.position(&place, &wire, &fields[&wire], side);
                }
                _ => comparison
                    .faults
                    .push(format!("{place}: there is no such parameter")),
            }
        }
    }
}

/// The places of an operation's parameters, with their names.
fn stated(document: &Value, at: &str) -> Vec<(String, String)> {
    let operation = document.pointer(at).unwrap();
    let query = operation
        .get("parameters")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .enumerate();
    let query = query.filter(|(_, it)| it["in"] == "query");
    let query = query.map(|(index, it)| {
        (
            format!("{at}/parameters/{index}/schema"),
            it["name"].as_str().unwrap().to_owned(),
        )
    });
    let content = operation
        .pointer("/requestBody/content")
        .and_then(Value::as_object)
        .into_iter()
        .flatten();
    let body = content.flat_map(|(kind, media)| {
        let at = format!(
            "{at}/requestBody/content/{}/schema/properties",
            escaped(kind)
        );
        let properties = media
            .pointer("/schema/properties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten();
        properties.map(move |(wire, _)| (format!("{at}/{}", escaped(wire)), wire.clone()))
    });
    query
        .chain(body)
        .filter(|(_, wire)| wire != "expand")
        .collect()
}

/// The places of everything that a plain string or raw JSON would lose.
fn precious(value: &Value, at: &str, found: &mut Vec<String>) {
    let format = value.get("format").and_then(Value::as_str);
    let typed = value.get("type").is_some_and(Value::is_string);
    let timed = format.is_some_and(|it| {
        [
            "unix-time",
            "date-time",
            "decimal",
            "int64",
            "currency",
            "binary",
        ]
        .contains(&it)
    });
    let shaped = value
        .get("properties")
        .is_some_and(|it| it.as_object().is_some_and(|it| !it.is_empty()));
    if typed && (timed || shaped || !texts(value).is_empty()) {
        found.push(at.to_owned());
    }
    match value {
        Value::Object(members) => members
            .iter()
            .for_each(|(key, it)| precious(it, &format!("{at}/{}", escaped(key)), found)),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .for_each(|(index, it)| precious(it, &format!("{at}/{index}"), found)),
        _ => {}
    }
}

/// What the core reads by hand: errors, what is left of deleted objects, the tags of pages.
fn is_the_cores(at: &str) -> bool {
    let schema = at
        .strip_prefix("/components/schemas/")
        .map(|it| it.split('/').next().unwrap());
    let by_hand = |id: &str| {
        id == "error"
            || ["api_errors", "deleted_", "v2.error"]
                .iter()
                .any(|it| id.starts_with(it))
    };
    schema.is_some_and(by_hand) || at.ends_with("/properties/object")
}

/// The whole of a request, whose properties are compared one by one.
fn is_a_body(at: &str) -> bool {
    at.contains("/requestBody/content/") && at.ends_with("/schema")
}

fn comparison(emitted: &Emitted) -> Comparison<'_> {
    let mut comparison = Comparison::new(pinned_value(), emitted);
    schemas(&mut comparison);
    answers(&mut comparison);
    parameters(&mut comparison);
    comparison
}

#[test]
fn every_position_has_the_type_that_the_document_gives_it() {
    let emitted = Emitted::read(&committed().files, &committed().names);
    let comparison = comparison(&emitted);
    assert!(comparison.seen.len() > 20_000, "{}", comparison.seen.len());
    let faults = &comparison.faults;
    assert!(
        faults.is_empty(),
        "{} faults\n{}",
        faults.len(),
        faults[..faults.len().min(60)].join("\n")
    );
}

#[test]
fn nothing_precious_was_left_out_of_the_comparison() {
    let emitted = Emitted::read(&committed().files, &committed().names);
    let comparison = comparison(&emitted);
    let mut all = Vec::new();
    precious(pinned_value(), "", &mut all);
    assert!(all.len() > 9_000, "{}", all.len());
    all.retain(|at| !is_the_cores(at) && !is_a_body(at));
    let missed: Vec<&String> = all
        .iter()
        .filter(|at| !comparison.seen.contains(*at))
        .collect();
    assert!(
        missed.is_empty(),
        "{} of {}: {:#?}",
        missed.len(),
        all.len(),
        &missed[..missed.len().min(60)]
    );
}

/// The comparison sees what it is there for.
#[test]
fn a_type_that_lost_something_is_found() {
    let table = [
        (
            "src/schema/charge.rs",
            "pub created: stripe_core::types::Timestamp",
            "pub created: i64",
        ),
        (
            "src/schema/charge.rs",
            "pub status: ChargeStatus",
            "pub status: String",
        ),
        ("src/schema/charge.rs", "SUCCEEDED = \"succeeded\",", ""),
        ("src/schema/charge.rs", "pub amount: i64,", ""),
        (
            "src/schema/charge.rs",
            "pub customer: Option<stripe_core::Expandable<crate::id::CustomerId>>",
            "pub customer: Option<String>",
        ),
        (
            "src/schema/price.rs",
            "pub unit_amount_decimal: Option<stripe_core::types::Decimal>",
            "pub unit_amount_decimal: Option<String>",
        ),
        (
            "src/schema/charge.rs",
            "pub outcome: Option<Box<super::ChargeOutcome>>",
            "pub outcome: Option<stripe_core::types::Json>",
        ),
        (
            "src/payment_intent.rs",
            "pub currency: stripe_core::types::Currency",
            "pub currency: String",
        ),
        (
            "src/payment_intent.rs",
            "pub capture_method: CaptureMethod",
            "pub capture_method: String",
        ),
    ];
    let whole = Emitted::read(&committed().files, &committed().names);
    for (file, good, bad) in table {
        let text = &committed().files[file];
        assert!(text.contains(good), "{file} has no {good}");
        let mut emitted = whole.clone();
        emitted.add(file, &text.replace(good, bad));
        assert!(!comparison(&emitted).faults.is_empty(), "{file}: {bad}");
    }
}

/// A required field that is optional would be a burden; an optional one that is required would fail the decode.
#[test]
fn a_field_is_optional_exactly_where_the_document_says_so() {
    let emitted = Emitted::read(&committed().files, &committed().names);
    let schemas = pinned_value()["components"]["schemas"].as_object().unwrap();
    let mut compared = 0;
    for (id, name) in &emitted.of_schema {
        let (Some(Type::Struct(fields)), Some(properties)) = (
            emitted.schemas.get(name),
            schemas[id]["properties"].as_object(),
        ) else {
            continue;
        };
        let required: Vec<&str> = schemas[id]["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        for (wire, property) in properties {
            let always = required.contains(&wire.as_str()) && property["nullable"] != true;
            assert_eq!(
                fields[wire].name() != "Option",
                always,
                "{id}.{wire}: {property}"
            );
            compared += 1;
        }
    }
    assert!(compared > 6_000, "{compared}");
}

/// The numbers in a line of the report that holds this text.
fn reported(text: &str) -> Vec<usize> {
    let line = committed()
        .report
        .lines()
        .find(|line| line.contains(text))
        .unwrap_or_else(|| panic!("no line with {text}"));
    line.split(|c: char| !c.is_ascii_digit())
        .filter_map(|digits| digits.parse().ok())
        .collect()
}

#[test]
fn the_report_accounts_for_every_schema_and_operation() {
    let document = pinned_value();
    let schemas = document["components"]["schemas"].as_object().unwrap().len();
    let items = document["paths"].as_object().unwrap().values();
    let operations: usize = items
        .map(|item| {
            ["get", "post", "delete"]
                .iter()
                .filter(|it| item.get(**it).is_some())
                .count()
        })
        .sum();
    assert_eq!((operations, schemas), (619, 1_578));
    assert_eq!(reported(" operations of API version ")[0], operations);
    let [total, parts @ ..] = &reported(" schemas: ")[..] else {
        panic!("no numbers")
    };
    assert_eq!((*total, parts.iter().sum()), (schemas, schemas));
    let files = committed()
        .files
        .keys()
        .filter(|path| path.starts_with("src/schema/"));
    assert_eq!(parts[0], files.count());
    let size: usize = committed().files.values().map(String::len).sum();
    assert_eq!(reported(" files, ")[..2], [committed().files.len(), size]);
}

/// Whether a position is left to the caller is a decision for each reason: a new one has to be looked at.
#[test]
fn raw_json_stands_only_where_the_document_says_nothing() {
    let lines = committed()
        .report
        .lines()
        .filter_map(|line| line.strip_prefix("raw JSON: "));
    let reasons: Vec<&str> = lines
        .map(|line| line.split_once('(').unwrap().1.trim_end_matches(')'))
        .collect();
    let expected = [
        "an object without known properties",
        "behind an expandable field, decoded when asked for",
        "objects attached to an error, decoded when asked for",
        "the unknown arm of a union",
        "the unknown arm of a value of several kinds",
    ];
    assert_eq!(reasons, expected);
}
