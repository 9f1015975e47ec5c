//! Which feature sets of the generated crate a test run checks: a sample, chosen by rule, so that it needs no upkeep.
//!
//! The full sweep over every single feature takes an hour, so it is done by hand when the rules for features change.

use crate::outcome::Failure;
use crate::workspace::GENERATED;

/// How many single features are checked.
const SINGLE: usize = 3;

/// The arguments for cargo, one set after the other: nothing, the default, some single features, all.
pub(crate) fn sample(manifest: &str) -> Result<Vec<String>, Failure> {
    let table: toml::Table = manifest
        .parse()
        .map_err(|error| broken(&format!("{error}")))?;
    let features = table.get("features").and_then(toml::Value::as_table);
    let features = features.ok_or_else(|| broken("there is no [features] table"))?;
    let names: Vec<&str> = features
        .keys()
        .map(String::as_str)
        .filter(|name| *name != "default")
        .collect();
    let mut sets = vec!["--no-default-features".to_owned(), String::new()];
    sets.extend(spread(&names).map(|name| format!("--no-default-features --features {name}")));
    sets.push("--all-features".to_owned());
    Ok(sets)
}

/// Names that lie evenly in the list: with three, those at a quarter, the middle, and three quarters.
fn spread<'name>(names: &[&'name str]) -> impl Iterator<Item = &'name str> {
    let places = (1..=SINGLE).map(|part| names.len() * part / (SINGLE + 1));
    places.filter_map(|place| names.get(place).copied())
}

fn broken(complaint: &str) -> Failure {
    Failure::CouldNotRun(format!(
        "{GENERATED}/Cargo.toml: {complaint}: run `cargo xtask generate`"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_has_nothing_the_default_three_and_all() {
        let names = ["a", "b", "c", "d", "e", "f", "g", "h"]
            .map(|name| format!("{name} = []\n"))
            .concat();
        let manifest = format!("[features]\ndefault = []\n{names}");
        let single = |name| format!("--no-default-features --features {name}");
        assert_eq!(
            sample(&manifest).unwrap(),
            [
                "--no-default-features".into(),
                String::new(),
                single("c"),
                single("e"),
                single("g"),
                "--all-features".into()
            ]
        );
    }

    #[test]
    fn a_manifest_without_features_is_named() {
        for manifest in ["[package]", "["] {
            let failure = sample(manifest).unwrap_err();
            assert!(
                failure
                    .message()
                    .starts_with("stripe-generated/Cargo.toml: "),
                "{}",
                failure.message()
            );
        }
    }
}
