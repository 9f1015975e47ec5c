//! The gate on licences, banned packages, several versions of one, and sources: cargo-deny, by the rules of `deny.toml`.
//!
//! Advisories are not asked of it: one reader of the database is enough, and the other one reads lock files.

use std::path::Path;
use std::process::Command;

use super::Scene;
use super::program::{Said, complaint, must_find, plant, run};
use super::verdict::Verdict;
use crate::outcome::Failure;
use crate::tools;
use crate::workspace::{LOCKED, LockedFolder};

const RULES: &str = "deny.toml";

/// A package with everything that must not pass: it depends on one that is banned by name, and one under the GPL.
const PLANTED: [(&str, &str); 6] = [
    (
        "Cargo.toml",
        "[package]\nname = \"planted\"\nversion = \"0.0.0\"\nedition = \"2024\"\nlicense = \"MIT\"\npublish = false\n\n\
         [dependencies]\ncopyleft = { path = \"copyleft\" }\nopenssl = { path = \"openssl\" }\n\n[workspace]\n",
    ),
    ("src/lib.rs", ""),
    (
        "copyleft/Cargo.toml",
        "[package]\nname = \"copyleft\"\nversion = \"0.0.0\"\nedition = \"2024\"\nlicense = \"GPL-3.0-only\"\n",
    ),
    ("copyleft/src/lib.rs", ""),
    (
        "openssl/Cargo.toml",
        "[package]\nname = \"openssl\"\nversion = \"0.0.0\"\nedition = \"2024\"\nlicense = \"MIT\"\n",
    ),
    ("openssl/src/lib.rs", ""),
];

/// Asks cargo-deny about everything that has a lock file.
pub(crate) fn gate(scene: &Scene<'_>) -> Result<Verdict, Failure> {
    let program = match tools::program(scene.workspace, tools::CARGO_DENY) {
        Ok(program) => program,
        Err(reason) => return Ok(Verdict::Skipped(reason)),
    };
    let folder = scene.scratch.join("banned");
    for (file, text) in PLANTED {
        plant(&folder, file, text)?;
    }
    let ask = |manifest: &Path, checks: &[&str]| ask(scene, &program, manifest, checks);
    let planted = folder.join("Cargo.toml");
    must_find(&ask(&planted, &["licenses"])?, "GPL-3.0-only")?;
    must_find(
        &ask(&planted, &["bans"])?,
        "crate 'openssl = 0.0.0' is explicitly banned",
    )?;
    let mut found = Vec::new();
    for manifest in LOCKED.map(LockedFolder::manifest) {
        let path = scene.workspace.path(&manifest);
        let said = ask(&path, &["bans", "licenses", "sources"])?;
        found.extend(complaint(&said).map(|what| format!("{manifest}:\n{what}")));
    }
    let figure = format!("{} lock files by the rules of {RULES}", LOCKED.len());
    Ok(Verdict::of(found, figure))
}

fn ask(
    scene: &Scene<'_>,
    program: &Path,
    manifest: &Path,
    checks: &[&str],
) -> Result<Said, Failure> {
    let mut command = Command::new(program);
    command
        // Not what it warns of: the rules are for all lock files, and each lacks some of what they are about.
        .args(["--offline", "--all-features", "--log-level", "error"])
        .arg("--manifest-path")
        .arg(manifest)
        .arg("--config")
        .arg(scene.workspace.path(RULES))
        .arg("check")
        .args(checks);
    run(&mut command)
}
