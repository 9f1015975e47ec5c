//! Tests over the whole pinned document: whatever can be synthesised is what its schema says.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Fill, Style, add_unknown_members, answer, object};
use crate::conform;
use crate::document::Answer;
use crate::ledger::{Ledger, Use};
use crate::server::default_document;

const VARIANTS: usize = 20;

fn styles() -> impl Iterator<Item = Style> {
    (0..VARIANTS).flat_map(|variant| {
        [Fill::Everything, Fill::Required].map(|fill| Style {
            variant,
            fill,
            unknown_members: false,
        })
    })
}

#[test]
fn every_schema_is_synthesised_as_it_says() {
    let document = default_document().unwrap();
    assert_eq!(document.component_ids().count(), 1_578);
    for style in styles() {
        for id in document.component_ids() {
            let value = object(&document, id, style);
            let outcome = conform::properties(&document, document.component_node(id), &value);
            let name = document.component_name(id);
            assert!(
                outcome.is_ok(),
                "{name} {style:?}: {}",
                outcome.unwrap_err()
            );
        }
    }
}

#[test]
fn every_operation_is_answered_as_it_says() {
    let document = default_document().unwrap();
    assert_eq!(document.operations().len(), 619);
    for style in styles() {
        for operation in document.operations() {
            let Answer::Json(node) = operation.answer else {
                continue;
            };
            let value = answer(&document, node, style);
            let outcome = conform::properties(&document, node, &value);
            let name = &operation.pointer;
            assert!(
                outcome.is_ok(),
                "{name} {style:?}: {}",
                outcome.unwrap_err()
            );
        }
    }
}

#[test]
fn every_property_is_present_unless_its_object_would_hold_itself() {
    let document = default_document().unwrap();
    let mut absent = BTreeSet::new();
    for id in document.component_ids() {
        let value = object(&document, id, Style::default());
        for property in document.properties(document.component_node(id)) {
            if value.get(&property.name).is_none() {
                absent.insert(format!("{}.{}", document.component_name(id), property.name));
            }
        }
    }
    assert_eq!(absent, BTreeSet::new());
}

#[test]
fn no_answer_is_large() {
    let document = default_document().unwrap();
    for operation in document.operations() {
        if let Answer::Json(node) = operation.answer {
            let length = answer(&document, node, Style::default()).to_string().len();
            assert!(length < 100_000, "{} {length}", operation.pointer);
        }
    }
}

#[test]
fn unknown_members_are_the_only_thing_that_is_wrong_with_such_an_answer() {
    let document = default_document().unwrap();
    for operation in document.operations() {
        let Answer::Json(node) = operation.answer else {
            continue;
        };
        let mut value = answer(&document, node, Style::default());
        add_unknown_members(&document, node, &mut value);
        let complaint = conform::properties(&document, node, &value).unwrap_err();
        let why = "a property that the document does not name";
        assert!(
            complaint.to_string().ends_with(why),
            "{} {complaint}",
            operation.pointer
        );
    }
}

#[test]
fn every_property_that_can_be_returned_is_by_some_variant() {
    let document = default_document().unwrap();
    let ledger = Ledger::new(Arc::clone(&document));
    for variant in 0..VARIANTS {
        let style = Style {
            variant,
            ..Style::default()
        };
        for operation in document.operations() {
            if let Answer::Json(node) = operation.answer {
                let value = answer(&document, node, style);
                ledger.enter_answer(&conform::properties(&document, node, &value).unwrap());
            }
        }
    }
    // What is returned only where an id is expanded.
    let ids = document
        .node_ids()
        .filter(|id| document.node(*id).expandable);
    for component in ids
        .flat_map(|id| document.objects(id))
        .collect::<BTreeSet<_>>()
    {
        let value = object(&document, component, Style::default());
        let node = document.component_node(component);
        ledger.enter_answer(&conform::properties(&document, node, &value).unwrap());
    }
    let missing = ledger.missing();
    let properties = missing.iter().filter(|it| it.what == Use::Property);
    let properties: Vec<String> = properties.map(|it| it.pointer.clone()).collect();
    assert_eq!(properties, Vec::<String>::new());
}
