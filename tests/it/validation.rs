//! The checks before sending against the document: every constraint that the mock server reads from the raw document is
//! found on both sides by the client, or there is a reason why not; and over random parameters the two agree.

mod agreement;
mod boundary;
mod client;
mod constants;
mod expansion;
mod guide;

use std::path::Path;
use std::sync::LazyLock;

use mock_server::{Document, Operation, Probe};
use serde_json::{Map, Value};

use crate::conformance::call::{CALLS, Call};
use crate::document::repository;

/// The document as the mock server reads it.
fn document() -> &'static Document {
    static DOCUMENT: LazyLock<Document> = LazyLock::new(|| {
        let file = repository("spec/openapi.json");
        Document::load(Path::new(&file)).unwrap()
    });
    &DOCUMENT
}

/// Each operation with one of the calls that make it.
fn operations() -> impl Iterator<Item = (&'static Operation, &'static Call)> {
    document().operations().iter().map(|operation| {
        let mut calls = CALLS.iter();
        let is_it =
            |call: &&Call| call.method == operation.method() && call.path == operation.path();
        (operation, calls.find(is_it).unwrap())
    })
}

/// The least that a request holds, with this value where a probe is; none, if there is no place for it.
fn put(operation: &Operation, probe: &Probe, value: Option<&Value>) -> Option<Map<String, Value>> {
    let mut params = document().least(operation);
    document().put(&mut params, probe, value).then_some(params)
}
