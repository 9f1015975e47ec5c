//! The foreign packages that an app gets: how many, which must not be among them, and none twice. It asks cargo.
//!
//! The budget counts what a lock file of such an app has: every platform, build dependencies too, development ones not.
//! What is forbidden is looked for in what is built on this machine; `deny.toml` has the rules for all others.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use super::tree::Finding;
use crate::outcome::Failure;
use crate::workspace::{CORE, GENERATED, Workspace};

/// The most packages.
const MOST: usize = 90;

/// Of everything that the generated crate needs anywhere.
const EVERYWHERE: &str = "--package stripe-generated --edges normal,build --target all";

/// Of what an app with the default features is made of here.
const APP: &str = "--package stripe-generated --edges normal";

/// Of what the core is made of without its client.
const CORE_ALONE: &str = "--package stripe-core --no-default-features --edges normal";

/// A second TLS, and a second calendar.
const NOT_IN_AN_APP: [&str; 4] = ["chrono", "native-tls", "openssl", "openssl-sys"];

/// A runtime, the network and its cryptography.
const NOT_IN_THE_CORE_ALONE: [&str; 7] = [
    "aws-lc-rs",
    "http",
    "hyper",
    "mio",
    "ring",
    "rustls",
    "tokio",
];

/// Counts the packages behind the default features.
pub(crate) fn runtime_packages(
    workspace: &Workspace,
) -> Result<(String, Option<Finding>), Failure> {
    Ok(judge(&ask(workspace, EVERYWHERE)?))
}

/// What is there and must not be, or is there twice.
pub(crate) fn forbidden(workspace: &Workspace) -> Result<Vec<Finding>, Failure> {
    let app = ask(workspace, APP)?;
    let core = ask(workspace, CORE_ALONE)?;
    let mut findings = among(&app, &NOT_IN_AN_APP, "an app with the default features");
    findings.extend(among(
        &core,
        &NOT_IN_THE_CORE_ALONE,
        "the core without its client",
    ));
    findings.extend(twice(&app));
    Ok(findings)
}

/// What `cargo tree` lists: one package a line, `name version`.
fn ask(workspace: &Workspace, of: &str) -> Result<BTreeSet<String>, Failure> {
    let question = format!("tree --locked {of} --prefix none --no-dedupe --format {{p}} --quiet");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let answer = Command::new(cargo)
        .args(question.split(' '))
        .current_dir(workspace.root())
        .output();
    let answer = answer
        .map_err(|error| Failure::CouldNotRun(format!("`cargo tree` does not start: {error}")))?;
    if !answer.status.success() {
        let complaint = String::from_utf8_lossy(&answer.stderr);
        let complaint = complaint.trim_end();
        return Err(Failure::CouldNotRun(format!(
            "`cargo {question}` failed:\n{complaint}"
        )));
    }
    let packages = foreign_packages(&String::from_utf8_lossy(&answer.stdout));
    // An answer in another form would pass every rule.
    if packages.is_empty() {
        return Err(Failure::CouldNotRun(format!(
            "`cargo {question}` names no package"
        )));
    }
    Ok(packages)
}

fn name(package: &str) -> &str {
    package.split(' ').next().unwrap_or_default()
}

fn among(packages: &BTreeSet<String>, names: &[&str], of: &str) -> Vec<Finding> {
    let found = packages
        .iter()
        .filter(|package| names.contains(&name(package)));
    found
        .map(|package| Finding::whole("Cargo.lock", format!("{package} must not be part of {of}")))
        .collect()
}

fn twice(packages: &BTreeSet<String>) -> Vec<Finding> {
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in packages {
        versions.entry(name(package)).or_default().push(package);
    }
    let several = versions.into_values().filter(|copies| copies.len() > 1);
    several
        .map(|copies| {
            let what = format!("an app gets more than one copy: {}", copies.join(", "));
            Finding::whole("Cargo.lock", what)
        })
        .collect()
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

    fn packages(lines: &[&str]) -> BTreeSet<String> {
        lines.iter().map(|it| (*it).to_owned()).collect()
    }

    #[test]
    fn an_app_has_one_copy_of_each_package_and_one_tls() {
        let good = packages(&["http v1.5.0", "http-body v1.0.0", "ring v0.17.14"]);
        assert!(among(&good, &NOT_IN_AN_APP, "an app").is_empty() && twice(&good).is_empty());
        let bad = packages(&["http v0.2.0", "http v1.5.0", "openssl v0.10.0"]);
        let text =
            |findings: Vec<Finding>| findings.iter().map(Finding::to_string).collect::<String>();
        let found = text(among(&bad, &NOT_IN_AN_APP, "an app"));
        assert_eq!(
            found,
            "Cargo.lock:1: openssl v0.10.0 must not be part of an app"
        );
        assert!(text(twice(&bad)).ends_with("http v0.2.0, http v1.5.0"));
    }

    #[test]
    fn the_core_alone_has_no_network() {
        for package in [
            "tokio v1.54.1",
            "hyper v1.12.0",
            "mio v1.0.0",
            "ring v0.17.14",
        ] {
            let found = among(
                &packages(&["serde v1.0.0", package]),
                &NOT_IN_THE_CORE_ALONE,
                "it",
            );
            assert_eq!(found.len(), 1, "{package}");
        }
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
