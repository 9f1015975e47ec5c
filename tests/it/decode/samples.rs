//! Every type against examples that are made from the document alone: read, printed, written, and nothing lost.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;

use serde_json::{Map, Value};
use stripe_generated::schema;
use stripe_generated::stripe_core::ApiError;
use stripe_generated::stripe_core::decode::{Decode, Error};
use stripe_generated::types::Deleted;

use super::on_a_small_stack;
use crate::document::{read, repository, schemas};
use crate::sample::{CANARY, Sampler, Size};
use crate::traits::{Everywhere, Stored};

/// What has a field that no type has: it stands only where an id can be expanded, which is kept as JSON.
const UNNAMED: &str = "deleted_application";

/// Reads JSON as one of the types.
pub(super) type Reader = fn(&[u8]) -> Result<Outcome, Error>;

/// What came of reading an example.
pub(super) struct Outcome {
    shown: String,
    pub(super) json: String,
}

/// Every schema that has a file of its own, and the type in it.
const SCHEMAS: &[(&str, Reader)] = &include!("../schemas.in");

const LIST: &str = "tests/it/schemas.in";

fn read_as<T: Decode + Everywhere + Stored>(json: &[u8]) -> Result<Outcome, Error> {
    let value = T::decode(json)?;
    let copy = value.clone();
    drop(value);
    Ok(Outcome {
        shown: format!("{copy:?}"),
        // What is nested too deeply is kept, and not written: then this is no JSON, and whoever reads it fails.
        json: serde_json::to_string(&copy).unwrap_or_default(),
    })
}

/// The types by the schema that they are read from, with those that stand in the core.
pub(super) fn readers() -> BTreeMap<&'static str, Reader> {
    let mut readers: BTreeMap<_, _> = SCHEMAS.iter().copied().collect();
    readers.insert("api_errors", read_as::<ApiError>);
    for id in schemas().keys().filter(|id| id.starts_with("deleted_")) {
        readers.entry(id).or_insert(read_as::<Deleted>);
    }
    readers
}

/// Without what is null, which is the same as absent.
pub(crate) fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let set = fields.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(
                set.map(|(name, value)| (name, without_nulls(value)))
                    .collect::<Map<_, _>>(),
            )
        }
        Value::Array(items) => items.into_iter().map(without_nulls).collect(),
        other => other,
    }
}

/// What is wrong with how a type treats an example.
fn complaint(sample: Value, reader: Reader) -> Option<String> {
    let text = sample.to_string();
    let read = on_a_small_stack(move || reader(text.as_bytes()));
    let outcome = match read {
        Ok(outcome) => outcome,
        Err(error) => return Some(error.to_string()),
    };
    if let Some(at) = outcome.shown.find(CANARY) {
        return Some(format!(
            "Debug shows `{}`",
            &outcome.shown[at.saturating_sub(60)..at]
        ));
    }
    if let Some(names) = unknown_fields(&outcome.shown) {
        return Some(format!("no fields for {names}"));
    }
    let written: Value = serde_json::from_str(&outcome.json).unwrap();
    let (sample, written) = (without_nulls(sample), without_nulls(written));
    (sample != written).then(|| format!("written as {written}, was {sample}"))
}

/// The names under `extra` in what Debug shows, but for the objects that come with an error, which are kept there.
fn unknown_fields(shown: &str) -> Option<&str> {
    let attached = ["payment_intent", "payment_method", "setup_intent", "source"];
    let lists = shown.split("extra: {").skip(1);
    let mut lists = lists.filter_map(|rest| rest.split('}').next());
    lists.find(|list| {
        let mut names = list.split(", ").map(|name| name.trim_matches('"'));
        !names.all(|name| attached.contains(&name))
    })
}

fn check_all(size: Size, turns: std::ops::Range<usize>) {
    let mut complaints = String::new();
    for turn in turns {
        let mut sampler = Sampler::new(size, turn);
        for (id, reader) in readers().into_iter().filter(|(id, _)| *id != UNNAMED) {
            if let Some(complaint) = complaint(sampler.root(id), reader) {
                writeln!(complaints, "{id}, turn {turn}: {complaint}").unwrap();
            }
        }
    }
    assert!(complaints.is_empty(), "{complaints}");
}

#[test]
fn every_schema_with_all_its_fields_is_read_hidden_and_written_back() {
    check_all(Size::Full, 0..4);
}

#[test]
fn every_schema_with_its_required_fields_alone_is_read() {
    check_all(Size::Least, 0..1);
}

#[test]
fn every_schema_is_read_as_deep_as_it_goes() {
    check_all(Size::Deepest, 0..2);
}

/// The list of types as the generated crate has them: a file for each schema, whose first item is its type.
fn list() -> String {
    let ids: BTreeMap<_, _> = schemas()
        .keys()
        .map(|id| (id.replace('.', "_"), id))
        .collect();
    let mut lines = BTreeSet::new();
    for entry in fs::read_dir(repository("stripe-generated/src/schema")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let id = ids[name.trim_end_matches(".rs")];
        let text = read(&format!("stripe-generated/src/schema/{name}"));
        let mut items = text
            .lines()
            .filter_map(|line| line.strip_prefix("    pub "));
        let ty = items.next().unwrap().split(' ').nth(1).unwrap();
        lines.insert(format!("    (\"{id}\", read_as::<schema::{ty}>),\n"));
    }
    let lines: String = lines.into_iter().collect();
    format!("[\n{lines}]\n")
}

/// `UPDATE_SCHEMAS=1 cargo test -p tests schemas` writes the list anew.
#[test]
fn the_list_of_schemas_is_complete() {
    let list = list();
    if std::env::var_os("UPDATE_SCHEMAS").is_some() {
        fs::write(repository(LIST), &list).unwrap();
    }
    assert!(
        read(LIST) == list,
        "{LIST} is not up to date: run this test with UPDATE_SCHEMAS=1"
    );
}

/// Schemas that stand in no list: errors of version 2, which are codes here, and the arms of unions that are told apart by
/// nothing, which are merged into one type where they stand.
#[test]
fn every_schema_is_a_type_or_part_of_one() {
    let mut merged = BTreeSet::from(["error".to_owned()]);
    let mut rest: Vec<&Value> = schemas().values().collect();
    while let Some(schema) = rest.pop() {
        let arms = schema["anyOf"].as_array().into_iter().flatten();
        let arms: Vec<_> = arms
            .filter_map(crate::sample::reference)
            .map(str::to_owned)
            .collect();
        if arms.len() > 1 {
            merged.extend(arms);
        }
        match schema {
            Value::Object(fields) => rest.extend(fields.values()),
            Value::Array(items) => rest.extend(items),
            _ => {}
        }
    }
    let readers = readers();
    let untyped = schemas()
        .keys()
        .filter(|id| !readers.contains_key(id.as_str()));
    let unknown: Vec<_> = untyped
        .filter(|id| !id.starts_with("v2.error") && !merged.contains(*id))
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}
