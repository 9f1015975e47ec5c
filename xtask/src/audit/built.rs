//! The gate on code that runs while something is compiled, on the machine that compiles it: build scripts and proc macros.
//! Whatever has one was read by somebody, who said in a list what it does.
//!
//! A name stays reviewed when its version changes; versions are the business of `reviews.rs`.

use std::collections::BTreeSet;

use super::Scene;
use super::review::Reviewed;
use super::verdict::Verdict;
use crate::metadata::{self, Package};
use crate::outcome::Failure;
use crate::workspace::{LOCKED, LockedFolder};

const LIST: &str = ".ci/build-scripts.txt";

/// Compares what runs with what was reviewed.
pub(crate) fn gate(scene: &Scene<'_>) -> Result<Verdict, Failure> {
    let mut there = BTreeSet::new();
    for manifest in LOCKED.map(LockedFolder::manifest) {
        let packages = metadata::read(scene.workspace, &manifest)?;
        there.extend(packages.values().flat_map(runs));
    }
    let list = Reviewed::read(scene.workspace, LIST)?;
    let figure = format!(
        "{} build scripts and proc macros behind {} lock files, all in {LIST}",
        there.len(),
        LOCKED.len()
    );
    Ok(Verdict::of(list.differences(&there), figure))
}

/// What of a foreign package runs while something is compiled.
fn runs(package: &Package) -> Vec<String> {
    if package.source.is_none() {
        return Vec::new();
    }
    let kinds = [
        (package.has_build_script, "build script"),
        (package.is_proc_macro, "proc macro"),
    ];
    let kinds = kinds.into_iter().filter(|(has, _)| *has);
    kinds
        .map(|(_, kind)| format!("{} {kind}", package.name))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d6_what_runs_while_compiling_is_named() {
        let package = |source: Option<&str>, has_build_script, is_proc_macro| Package {
            name: "macros".to_owned(),
            source: source.map(str::to_owned),
            has_build_script,
            is_proc_macro,
            ..Package::default()
        };
        let foreign = Some("registry");
        assert!(runs(&package(foreign, false, false)).is_empty());
        assert!(
            runs(&package(None, true, true)).is_empty(),
            "ours are reviewed with the rest"
        );
        assert_eq!(
            runs(&package(foreign, true, true)),
            ["macros build script", "macros proc macro"]
        );
    }

    #[test]
    fn d6_a_new_one_is_found() {
        let list = Reviewed::parse(LIST, "ring build script # assembly\n").unwrap();
        let there = ["ring build script", "macros proc macro"].map(str::to_owned);
        let found = list.differences(&BTreeSet::from(there));
        assert!(
            found.len() == 1 && found[0].starts_with("macros proc macro: nobody"),
            "{found:?}"
        );
    }
}
