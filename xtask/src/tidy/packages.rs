//! The budget of foreign packages that an app gets with the generated crate's default features. It asks cargo.
//!
//! It counts what a lock file of such an app has: every platform, build dependencies too, development ones not.

use std::collections::BTreeSet;
use std::process::Command;

use super::tree::Finding;
use crate::outcome::Failure;
use crate::workspace::{CORE, GENERATED, Workspace};

/// The most packages.
const MOST: usize = 90;

/// The question: one package a line, `name version`, of everything the generated crate needs.
const QUESTION: [&str; 14] = [
    "tree",
    "--locked",
    "--package",
    GENERATED,
    "--edges",
    "normal,build",
    "--target",
    "all",
    "--prefix",
    "none",
    "--no-dedupe",
    "--format",
    "{p}",
    "--quiet",
];

/// Counts the packages behind the default features.
pub(crate) fn runtime_packages(
    workspace: &Workspace,
) -> Result<(String, Option<Finding>), Failure> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let answer = Command::new(cargo)
        .args(QUESTION)
        .current_dir(workspace.root())
        .output();
    let answer = answer
        .map_err(|error| Failure::CouldNotRun(format!("`cargo tree` does not start: {error}")))?;
    if !answer.status.success() {
        let complaint = String::from_utf8_lossy(&answer.stderr)
            .trim_end()
            .to_owned();
        return Err(Failure::CouldNotRun(format!(
            "`cargo {}` failed:\n{complaint}",
            QUESTION.join(" ")
        )));
    }
    Ok(judge(&foreign_packages(&String::from_utf8_lossy(
        &answer.stdout,
    ))))
}

/// The packages that are not ours, each version once.
fn foreign_packages(tree: &str) -> BTreeSet<String> {
    let packages = tree.lines().filter_map(|line| {
        let mut words = line.split(' ');
        let (name, version) = (words.next()?, words.next()?);
        let ours = name == GENERATED || name == CORE;
        (!ours).then(|| format!("{name} {version}"))
    });
    packages.collect()
}

fn judge(packages: &BTreeSet<String>) -> (String, Option<Finding>) {
    let count = packages.len();
    let figure = format!("packages behind the default features: {count} (at most {MOST})");
    let list = || {
        packages
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(", ")
    };
    let over = count > MOST;
    let finding = over.then(|| Finding::whole("Cargo.lock", format!("{figure}: {}", list())));
    (figure, finding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_packages_are_counted_once_per_version() {
        let tree = "stripe-generated v0.1.0 (x)\nstripe-core v0.1.0 (y)\nhttp v1.5.0\nhttp v1.5.0\nhttp v0.2.0\n\n\
                    serde_derive v1.0.0 (proc-macro)\n";
        let packages = foreign_packages(tree);
        assert_eq!(packages.len(), 3, "{packages:?}");
    }

    #[test]
    fn one_package_too_many_is_a_finding() {
        let packages = |count: usize| (0..count).map(|number| format!("p{number} v1")).collect();
        assert!(judge(&packages(MOST)).1.is_none());
        let (figure, finding) = judge(&packages(MOST + 1));
        assert!(figure.contains("91"), "{figure}");
        assert!(finding.unwrap().to_string().contains("p90 v1"));
    }
}
