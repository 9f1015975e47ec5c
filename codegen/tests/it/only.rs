//! Crates of some services: no more than these need, called as in the whole crate.

use std::collections::BTreeSet;

use codegen::{Generated, Settings};

use crate::document::{committed, pinned, reviewed};
use crate::inert::faults;

fn only(services: &[&str]) -> Result<Generated, codegen::Diagnostics> {
    let settings = Settings {
        only: services.iter().map(|it| (*it).to_owned()).collect(),
        ..reviewed()
    };
    codegen::generate("spec/openapi.json", pinned(), &settings)
}

/// The names that are given to things.
fn names(of: &Generated) -> Vec<&str> {
    let lines = of.names.lines();
    lines
        .filter(|line| !line.starts_with("feature of "))
        .collect()
}

#[test]
fn two_services_are_small_and_called_as_in_the_whole() {
    let part = only(&["customers", "payment_intents"]).unwrap();
    let whole = committed();
    assert!(
        part.files.len() * 5 < whole.files.len(),
        "{}",
        part.files.len()
    );
    let features: BTreeSet<&str> = part
        .operations
        .iter()
        .map(|it| it.feature.as_str())
        .collect();
    assert_eq!(features, BTreeSet::from(["customers", "payment-intents"]));
    let expected = whole
        .operations
        .iter()
        .filter(|it| features.contains(it.feature.as_str()));
    assert_eq!(
        part.operations
            .iter()
            .map(|it| &it.call)
            .collect::<Vec<_>>(),
        expected.map(|it| &it.call).collect::<Vec<_>>()
    );
    let frame = [
        "Cargo.toml",
        "README.md",
        "src/client.rs",
        "src/id.rs",
        "src/lib.rs",
        "src/schema.rs",
        "src/webhook.rs",
    ];
    let services = ["src/customer.rs", "src/payment_intent.rs"];
    for (path, text) in part
        .files
        .iter()
        .filter(|(path, _)| !frame.contains(&path.as_str()))
    {
        if services.contains(&path.as_str()) {
            continue;
        }
        assert_eq!(Some(text), whole.files.get(path), "{path}");
    }
    // But for the hints which feature to turn on, which are among those that are there.
    assert_eq!(names(&part), names(whole));
    assert_eq!(faults(&part), Vec::<String>::new());
}

#[test]
fn every_type_that_is_named_is_there() {
    let part = only(&["customers.tax_ids", "checkout-sessions"]).unwrap();
    // A nested service has the one around it with it.
    assert!(part.files.contains_key("src/customer.rs"));
    let declared: BTreeSet<&str> = part
        .public_items
        .lines()
        .filter_map(|line| line.split_once(" (")?.0.rsplit("::").next())
        .collect();
    let mut missing = BTreeSet::new();
    for text in part.files.values() {
        for start in ["super::", "crate::schema::", "crate::id::"] {
            for rest in text.split(start).skip(1) {
                let name: &str = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap();
                if name.starts_with(|c: char| c.is_ascii_uppercase()) && !declared.contains(name) {
                    missing.insert(format!("{start}{name}"));
                }
            }
        }
    }
    assert_eq!(missing, BTreeSet::new());
    let manifest = &part.files["Cargo.toml"];
    let default = manifest
        .split("default = [")
        .nth(1)
        .unwrap()
        .split(']')
        .next()
        .unwrap();
    for feature in [
        "checkout-sessions",
        "customers",
        "customers-tax-ids",
        "ring",
    ] {
        assert!(default.contains(&format!("\"{feature}\"")), "{default}");
    }
}

#[test]
fn a_group_stands_for_its_services() {
    let part = only(&["shop"]).unwrap();
    let features: BTreeSet<&str> = part
        .operations
        .iter()
        .map(|it| it.feature.as_str())
        .collect();
    assert!(
        features.contains("refunds") && features.contains("customers-tax-ids"),
        "{features:?}"
    );
    assert!(!features.contains("payouts"));
}

#[test]
fn a_service_that_is_not_there_is_named_with_those_alike() {
    let told = only(&["customers", "payment_intent", "nothing"])
        .unwrap_err()
        .to_string();
    assert!(
        told.contains("there is no service payment_intent"),
        "{told}"
    );
    assert!(told.contains("payment-intents"), "{told}");
    assert!(told.contains("there is no service nothing"), "{told}");
}
