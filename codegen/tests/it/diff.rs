//! What changed between two documents: on Stripe's own update, and on documents with one thing changed.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use codegen::diff::{Report, Verdict};
use codegen::{Named, Settings};
use serde_json::Value;

use crate::document::{earlier, for_another, pinned, pinned_value};

mod independent;
mod mutated;
mod rehearsal;
mod rows;
mod verdict;

use independent::{differences, ignored, is_reported};

fn compare(old: &[u8], new: &[u8]) -> Report {
    // As if no name had been given yet but those of the older document.
    let settings = Settings {
        names: String::new(),
        ..for_another()
    };
    let [old, new] =
        [("old.json", old), ("new.json", new)].map(|(name, bytes)| Named { name, bytes });
    codegen::compare(old, new, &settings).unwrap_or_else(|error| panic!("{error}"))
}

/// Stripe's update from the earlier document to the pinned one: once for all tests.
fn update() -> &'static Report {
    static REPORT: OnceLock<Report> = OnceLock::new();
    REPORT.get_or_init(|| compare(&earlier(), pinned()))
}

/// The differences that neither the report nor the list of ignored kinds has; and how many there are of each kind ignored.
fn unreported(
    old: &Value,
    new: &Value,
    report: &Report,
) -> (Vec<String>, BTreeMap<&'static str, usize>) {
    let mut missing = Vec::new();
    let mut counts = BTreeMap::new();
    for difference in differences(old, new) {
        match ignored(old, &difference) {
            Some(kind) => *counts.entry(kind).or_default() += 1,
            None if is_reported(report, &difference) => *counts.entry("reported").or_default() += 1,
            None => missing.push(difference.pointer),
        }
    }
    (missing, counts)
}

#[test]
fn the_report_on_an_update_has_every_difference() {
    let old: Value = serde_json::from_slice(&earlier()).unwrap();
    let (missing, counts) = unreported(&old, pinned_value(), update());
    println!("{counts:#?}");
    assert_eq!(missing, Vec::<String>::new());
    assert!(counts["reported"] > 200, "{counts:?}");
}

/// The report of the real update, as the three pages, for a person to look at: under the folder for build results.
#[test]
fn the_pages_of_an_update_are_whole() {
    let report = update();
    let pages = [
        ("md", report.markdown()),
        ("html", report.html()),
        ("json", report.json().unwrap()),
    ];
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    for (kind, page) in &pages {
        std::fs::write(folder.join(format!("spec-diff.{kind}")), page).unwrap();
        for change in &report.changes {
            let is_shown =
                |name: &String| page.contains(name) || page.contains(&name.replace('&', "&amp;"));
            let shown = is_shown(&change.name) || change.items.iter().any(is_shown);
            assert!(shown, "{kind}: {}", change.name);
        }
    }
    let again: Value = serde_json::from_str(&pages[2].1).unwrap();
    assert_eq!(
        again["changes"].as_array().unwrap().len(),
        report.changes.len()
    );
    // Nothing from the network.
    for foreign in ["src=", "href=", "@import", "url(", "fetch("] {
        assert!(!pages[1].1.contains(foreign), "{foreign}");
    }
}

#[test]
fn the_order_of_keys_and_the_format_do_not_matter() {
    let base = verdict::base();
    let yaml = serde_yaml::to_string(&base).unwrap();
    let report = compare(base.to_string().as_bytes(), yaml.as_bytes());
    assert_eq!((report.changes.len(), report.texts), (0, 0));
    let shuffled = crate::determinism::shuffled(pinned_value(), 5);
    let report = compare(&earlier(), shuffled.as_bytes());
    assert_eq!(report.json().unwrap(), update().json().unwrap());
}

#[test]
fn the_verdict_on_an_update_agrees_with_the_public_items() {
    verdict::agree(update());
    assert_eq!(update().verdict, Verdict::Major);
    // What leaves the crate is explained by what leaves the document.
    let items = update()
        .changes
        .iter()
        .filter(|change| change.what == codegen::diff::What::Item);
    assert_eq!(
        items.map(|change| &change.name).collect::<Vec<_>>(),
        Vec::<&String>::new()
    );
}
