//! One thing changed in a small document: the verdict, and what is said of it.

use codegen::diff::{Change, Report, Verdict};
use codegen::{Named, Settings};
use serde_json::Value;

use super::rows::rows;

const CUSTOMER: &str = "/components/schemas/customer";

const BASE: &str = include_str!("base.yaml");

pub(super) fn base() -> Value {
    serde_yaml::from_str(BASE).unwrap()
}

/// The report on a change of the small document.
pub(super) fn report(old: &Value, new: &Value) -> Report {
    let texts = [old, new].map(Value::to_string);
    let [old, new] = [&texts[0], &texts[1]].map(|text| Named {
        name: "api.json",
        bytes: text.as_bytes(),
    });
    let settings = Settings {
        core_path: "../stripe-core".to_owned(),
        ..Settings::default()
    };
    codegen::compare(old, new, &settings).unwrap_or_else(|error| panic!("{error}"))
}

/// Sets what stands at a place, or removes it.
fn put(document: &mut Value, place: &str, value: Option<Value>) {
    let (parent, key) = place.rsplit_once('/').unwrap();
    let key = key.replace("~1", "/");
    let parent = document
        .pointer_mut(parent)
        .unwrap_or_else(|| panic!("{place}"));
    let members = parent.as_object_mut().unwrap();
    match value {
        Some(value) => drop(members.insert(key, value)),
        None => assert!(members.remove(&key).is_some(), "{place}"),
    }
}

#[test]
fn each_change_has_its_verdict_and_its_line() {
    let mut wrong = Vec::new();
    for (place, value, verdict, line) in rows() {
        let mut document = base();
        put(&mut document, &place, value);
        let report = report(&base(), &document);
        let page = report.markdown();
        if report.verdict != verdict || !page.contains(&line) {
            wrong.push(format!("{place}: not {verdict:?} with `{line}` in\n{page}"));
        }
        agree(&report);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The public items and the verdict say the same, but where what still compiles is refused when it is sent.
pub(super) fn agree(report: &Report) {
    let breaks = report.changes.iter().any(|change| change.breaking);
    assert_eq!(report.verdict == Verdict::Major, breaks);
    if report.public_items.removed > 0 {
        assert_eq!(report.verdict, Verdict::Major, "{}", report.markdown());
    }
    let is_sent = |change: &Change| change.places.iter().all(|place| place.of.contains(' '));
    if breaks && report.public_items.removed == 0 {
        let breaking = report.changes.iter().filter(|change| change.breaking);
        let odd: Vec<&Change> = breaking.filter(|change| !is_sent(change)).collect();
        assert!(odd.is_empty(), "{odd:?}");
    }
}

#[test]
fn every_breaking_change_has_a_note_and_says_what_it_touches() {
    for (place, value, ..) in rows() {
        let mut document = base();
        put(&mut document, &place, value);
        for change in report(&base(), &document).changes {
            assert_eq!(change.migration.is_some(), change.breaking, "{change:?}");
            assert!(!change.breaking || !change.items.is_empty(), "{change:?}");
        }
    }
}

#[test]
fn what_only_got_another_name_is_renamed() {
    let mut document = base();
    let properties = document
        .pointer_mut(&format!("{CUSTOMER}/properties"))
        .unwrap();
    let field = properties
        .as_object_mut()
        .unwrap()
        .remove("nickname")
        .unwrap();
    properties["alias"] = field;
    let text = document.to_string().replace(
        "#/components/schemas/address",
        "#/components/schemas/postal_address",
    );
    let mut document: Value = serde_json::from_str(&text).unwrap();
    let schemas = document
        .pointer_mut("/components/schemas")
        .unwrap()
        .as_object_mut()
        .unwrap();
    let address = schemas.remove("address").unwrap();
    schemas.insert("postal_address".to_owned(), address);
    let report = report(&base(), &document);
    let page = report.markdown();
    assert_eq!(report.verdict, Verdict::Major);
    for line in [
        "Rename the field from `nickname` to `alias` of `schema::Customer`",
        "Write `alias` where you wrote `nickname`.",
        "Rename the type from `address` to `postal_address`",
    ] {
        assert!(page.contains(line), "no `{line}` in {page}");
    }
    agree(&report);
}

#[test]
fn a_change_is_the_opposite_of_its_opposite() {
    for (place, value, ..) in rows() {
        let mut document = base();
        put(&mut document, &place, value);
        let (there, back) = (report(&base(), &document), report(&document, &base()));
        agree(&back);
        let places = |report: &Report| {
            let mut all: Vec<_> = report
                .changes
                .iter()
                .flat_map(|it| it.places.clone())
                .collect();
            all.sort();
            all
        };
        assert_eq!(places(&there), places(&back), "{place}");
    }
}

#[test]
fn a_document_is_the_same_as_itself() {
    let report = report(&base(), &base());
    assert_eq!(report.verdict, Verdict::None);
    assert!(report.changes.is_empty());
    assert_eq!(report.texts, 0);
    assert!(report.markdown().contains("nothing changed"));
}
