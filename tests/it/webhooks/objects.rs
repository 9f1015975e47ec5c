//! The objects that events are about, each with the type that it is read as.

use std::collections::BTreeMap;
use std::fs;
use std::sync::LazyLock;

use stripe_generated::schema;
use stripe_generated::stripe_core::Attached;
use stripe_generated::webhook::{Error, Event};

use crate::document::{read, repository};

/// Reads the object of an event as one of the types, and writes it again.
pub(super) type Reader = fn(&Event) -> Result<String, Error>;

/// By the value of `object`.
pub(super) static OBJECTS: LazyLock<BTreeMap<&'static str, Reader>> =
    LazyLock::new(|| BTreeMap::from(include!("objects.in")));

const LIST: &str = "tests/it/webhooks/objects.in";

fn read_as<T: Attached + serde::Serialize>(event: &Event) -> Result<String, Error> {
    let object = event.object::<T>()?;
    Ok(serde_json::to_string(&object).unwrap())
}

/// The list as the generated crate has it: the rows of the table for snapshot events, which comes first.
fn list() -> String {
    let text = read("stripe-generated/src/webhook.rs");
    let (_, rows) = text.split_once("objects: &[\n").unwrap();
    let (rows, _) = rows.split_once("],\n").unwrap();
    let mut list = String::from("[\n");
    let texts: Vec<_> = rows.split('"').skip(1).step_by(2).collect();
    for row in texts.chunks(3) {
        let (tag, ty) = (row[0], row[1]);
        list.push_str(&format!(
            "    (\"{tag}\", read_as::<schema::{ty}> as Reader),\n"
        ));
    }
    list + "]\n"
}

/// `UPDATE_SCHEMAS=1 cargo test -p tests objects_of_events` writes the list anew.
#[test]
fn the_list_of_objects_of_events_is_complete() {
    let list = list();
    if std::env::var_os("UPDATE_SCHEMAS").is_some() {
        fs::write(repository(LIST), &list).unwrap();
    }
    assert!(
        read(LIST) == list,
        "{LIST} is not up to date: run this test with UPDATE_SCHEMAS=1"
    );
}
