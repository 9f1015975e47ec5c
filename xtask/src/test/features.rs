//! Which feature sets a test run checks, chosen by rule, so that the choice needs no upkeep: of the generated crate a
//! sample, of the core every feature alone.
//!
//! The full sweep over every feature of the generated crate takes an hour, so it is done by hand when the rules for features
//! change.

use crate::outcome::Failure;
use crate::workspace::{CORE, GENERATED};

/// How many single features are checked.
const SINGLE: usize = 3;

/// The arguments for cargo, one set after the other: nothing, the default, some single features, all.
pub(crate) fn sample(manifest: &str) -> Result<Vec<String>, Failure> {
    let names = names(manifest)
        .map_err(|complaint| broken(GENERATED, &complaint, "run `cargo xtask generate`"))?;
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
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

/// The arguments for cargo, one set for each feature of the core: none may need another that it does not turn on.
pub(crate) fn each(manifest: &str) -> Result<Vec<String>, Failure> {
    let names = names(manifest).map_err(|complaint| broken(CORE, &complaint, "mend it"))?;
    Ok(names
        .iter()
        .map(|name| format!("--no-default-features --features {name}"))
        .collect())
}

fn names(manifest: &str) -> Result<Vec<String>, String> {
    let table: toml::Table = manifest.parse().map_err(|error| format!("{error}"))?;
    let features = table.get("features").and_then(toml::Value::as_table);
    let features = features.ok_or("there is no [features] table")?;
    let names = features.keys().filter(|name| *name != "default");
    Ok(names.cloned().collect())
}

fn broken(package: &str, complaint: &str, advice: &str) -> Failure {
    Failure::CouldNotRun(format!("{package}/Cargo.toml: {complaint}: {advice}"))
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
    fn every_feature_of_the_core_is_checked_alone() {
        let sets = each("[features]\ndefault = []\na = []\nb = [\"a\"]\n").unwrap();
        let alone = |name| format!("--no-default-features --features {name}");
        assert_eq!(sets, [alone("a"), alone("b")]);
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
