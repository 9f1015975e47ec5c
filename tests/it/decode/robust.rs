//! Every type against what Stripe may send tomorrow, and what nobody should send: read, or refused at the right place.
//!
//! The changes are made to the fields of one object. Objects in it are roots of their own elsewhere in the list.

mod faults;
mod growth;
mod nesting;

use serde_json::Value;
use stripe_generated::stripe_core::decode::Error;

use super::on_a_stack_of;
use super::samples::{Outcome, Reader, readers, without_nulls};
use crate::document::schemas;
use crate::sample::{Sampler, Size};

/// What the list of vulnerability classes asks for.
const STACK: usize = 256 * 1024;

/// An object of each schema that has properties, and how it is read.
fn objects(size: Size) -> Vec<(&'static str, Value, Reader)> {
    let mut sampler = Sampler::new(size, 0);
    let objects = readers().into_iter().filter_map(|(id, reader)| {
        schemas()[id]["properties"].as_object()?;
        Some((id, sampler.root(id), reader))
    });
    let objects: Vec<_> = objects.collect();
    assert!(objects.len() > 1_000, "{}", objects.len());
    objects
}

/// Reads on a small stack.
fn read(reader: Reader, json: &Value) -> Result<Outcome, Error> {
    let text = json.to_string();
    on_a_stack_of(STACK, move || reader(text.as_bytes()))
}

/// What is wrong if a type does not keep all of an object.
fn loss(reader: Reader, json: Value) -> Option<String> {
    match read(reader, &json) {
        Ok(outcome) => {
            let written: Value = serde_json::from_str(&outcome.json).unwrap();
            let (json, written) = (without_nulls(json), without_nulls(written));
            (json != written).then(|| format!("{json} became {written}"))
        }
        Err(error) => Some(error.to_string()),
    }
}

fn property<'a>(id: &str, name: &str) -> &'a Value {
    &schemas()[id]["properties"][name]
}

fn is_required(id: &str, name: &str) -> bool {
    let required = schemas()[id]["required"].as_array();
    let is_listed = required.is_some_and(|list| list.iter().any(|it| it == name));
    is_listed && property(id, name)["nullable"] != true
}
