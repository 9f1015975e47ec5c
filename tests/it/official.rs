//! Our requests against those of Stripe's official Python SDK: for the same arguments, both clients send the same.
//!
//! Every official call is made at least once, by both SDKs, against servers that record what arrives. What differs is
//! listed in `official/differences.json` with the reason; a difference that is not listed fails, and so does an entry that
//! no longer applies. Python drives its SDK from data, Rust is compiled: `official/calls.in` is the same data as code.
//!
//! `UPDATE_CALLS=1 cargo test -p tests official` writes the code anew. It is compiled with the feature `official` alone, so
//! that this works when it does not compile.

mod arguments;
#[cfg(feature = "official")]
mod comparison;
#[cfg(feature = "official")]
mod judge;
#[cfg(feature = "official")]
mod python;
mod source;
#[cfg(all(feature = "official", feature = "webhooks"))]
mod webhooks;

use std::collections::BTreeSet;

use crate::document::{read, repository};

const SOURCE: &str = "tests/it/official/calls.in";

#[test]
fn the_calls_are_those_of_the_document() {
    let calls = arguments::calls();
    let source = source::source(&calls);
    if std::env::var_os("UPDATE_CALLS").is_some() {
        std::fs::write(repository(SOURCE), &source).unwrap();
    }
    assert!(
        read(SOURCE) == source,
        "{SOURCE} is not up to date: run this test with UPDATE_CALLS=1"
    );
    let names: BTreeSet<_> = calls.iter().map(|call| &call.name).collect();
    assert_eq!(names.len(), 565);
}
