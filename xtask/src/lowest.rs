//! `cargo xtask lowest`: builds the published crates with the lowest version of each dependency that their manifests allow,
//! which some app has locked. The lock file of this repository has the newest, and would never tell that a bound is too low.
//!
//! It works on copies of the manifests under `target`, without what only tests need; the sources stay where they are. What
//! lies below a direct dependency is as new as ever: how low that may be is the dependency's to say.

mod manifest;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::audit::floors;
use crate::audit::lock;
use crate::outcome::{Failure, Outcome};
use crate::terminal::{progress, say};
use crate::test::in_ci;
use crate::workspace::{CORE, GENERATED, Workspace, cannot};

const FOLDER: &str = "target/lowest";

/// Cargo's word for it. The resolver asks for nothing else of a nightly toolchain, so that `RUSTC_BOOTSTRAP` will do.
const RESOLVED: [&str; 2] = ["-Z", "direct-minimal-versions"];

/// What cargo says where there is no network.
const NO_NETWORK: [&str; 3] = [
    "spurious network error",
    "failed to download from",
    "download of config.json failed",
];

/// Features of what is below rustls: no version of ours depends on them, and C takes long to compile.
const BELOW: [&str; 2] = ["aws-lc-rs", "ring"];

/// Resolves, then builds; or says that it could not, which in CI is a failure.
pub(crate) fn run(workspace: &Workspace) -> Outcome {
    match resolve(workspace)? {
        Ok(folder) => build(workspace, &folder),
        Err(reason) if in_ci() => Err(Failure::CouldNotRun(reason)),
        Err(reason) => {
            say(&format!("SKIPPED  lowest versions: {reason}"));
            Ok(())
        }
    }
}

/// The folder with the manifests and a lock file of the lowest versions; or why there is none.
pub(crate) fn resolve(workspace: &Workspace) -> Result<Result<PathBuf, String>, Failure> {
    let folder = workspace.path(FOLDER);
    write(
        &folder,
        "Cargo.toml",
        &manifest::of_workspace(&workspace.read("Cargo.toml")?),
    )?;
    for name in [CORE, GENERATED] {
        let file = format!("{name}/Cargo.toml");
        let text = manifest::of_package(&workspace.read(&file)?, &workspace.path(name));
        write(&folder, &file, &text)?;
    }
    // That of another day; that there is none the first time is no failure.
    fs::remove_file(folder.join("Cargo.lock")).unwrap_or_default();
    progress("resolving to the lowest versions …");
    let fetched = cargo(&folder)
        .arg("fetch")
        .args(RESOLVED)
        .env("RUSTC_BOOTSTRAP", "1")
        .output();
    let fetched = fetched.map_err(|error| does_not_start(&error))?;
    if fetched.status.success() {
        return Ok(Ok(folder));
    }
    let complaint = String::from_utf8_lossy(&fetched.stderr);
    if NO_NETWORK.iter().any(|it| complaint.contains(it)) {
        let reason = "they are asked of the registry, and there is no network".to_owned();
        return Ok(Err(reason));
    }
    Err(Failure::Found(format!(
        "the lowest versions do not go together: raise the lower bound of the one that is named\n{}",
        complaint.trim_end()
    )))
}

/// Looks at the versions, and compiles with them.
pub(crate) fn build(workspace: &Workspace, folder: &Path) -> Outcome {
    let path = folder.join("Cargo.lock");
    let text = fs::read_to_string(&path).map_err(|error| cannot("read", &path, &error))?;
    let packages = lock::parse("the lock file of the lowest versions", &text)?;
    let below = floors::below(&packages);
    if !below.is_empty() {
        return Err(Failure::Found(below.join("\n")));
    }
    let features = manifest::features(&workspace.read(&format!("{CORE}/Cargo.toml"))?, &BELOW)?;
    let checked = cargo(folder)
        .args(["check", "--locked", "--quiet", "--package", GENERATED])
        .args(["--no-default-features", "--features", &features])
        .arg("--target-dir")
        .arg(folder.join("target"))
        .status();
    if !checked.map_err(|error| does_not_start(&error))?.success() {
        let what = "with the lowest versions it does not compile: raise the lower bound of what is named above";
        return Err(Failure::Found(what.to_owned()));
    }
    say(&format!(
        "the published crates build with the lowest versions they allow ({} packages, those below them included)",
        packages.len()
    ));
    Ok(())
}

fn cargo(folder: &Path) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.current_dir(folder);
    command
}

fn does_not_start(error: &std::io::Error) -> Failure {
    Failure::CouldNotRun(format!("cargo does not start: {error}"))
}

fn write(folder: &Path, file: &str, text: &str) -> Outcome {
    let path = folder.join(file);
    let parent = path.parent().unwrap_or(folder);
    fs::create_dir_all(parent).map_err(|error| cannot("create", parent, &error))?;
    fs::write(&path, text).map_err(|error| cannot("write", &path, &error))
}
