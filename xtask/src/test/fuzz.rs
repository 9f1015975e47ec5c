//! A few seconds of every fuzz target under `tests/fuzz`. Longer runs are by hand, with cargo-fuzz.
//!
//! The stable compiler does: the instrumentation is LLVM's, and `RUSTC_BOOTSTRAP` lets it link the address sanitizer.

use std::fs;
use std::process::Command;

use crate::outcome::{Failure, Outcome};
use crate::workspace::{Workspace, cannot};

const PACKAGE: &str = "tests/fuzz";

const TARGETS: &str = "tests/fuzz/fuzz_targets";

/// What cargo-fuzz passes as well.
const FLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Zsanitizer=address";

/// For each target: the same start every time, an end by the clock, and no input that takes long or much memory.
const LIMITS: [&str; 5] = [
    "-seed=1",
    "-max_total_time=5",
    "-max_len=4096",
    "-timeout=20",
    "-rss_limit_mb=2048",
];

/// The name of this platform, if the targets can be built here; or why not.
pub(crate) fn platform() -> Result<String, String> {
    if !cfg!(target_os = "linux") {
        return Err("the address sanitizer is used on Linux alone".to_owned());
    }
    let compiler = Command::new("c++").arg("--version").output();
    if !compiler.is_ok_and(|output| output.status.success()) {
        return Err("libFuzzer is built with `c++`, which is not here".to_owned());
    }
    let output = Command::new("rustc").arg("-vV").output();
    let output = output.map_err(|error| format!("rustc does not start: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned)
        .ok_or_else(|| "`rustc -vV` names no host".to_owned())
}

/// Builds the targets and runs each.
pub(crate) fn run(
    workspace: &Workspace,
    platform: &str,
    succeed: impl Fn(&mut Command, &str) -> Outcome,
) -> Outcome {
    let folder = workspace.path("target/fuzz");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut build = Command::new(cargo);
    build
        .args(["build", "--locked", "--bins", "--target", platform])
        .arg("--manifest-path")
        .arg(workspace.path(PACKAGE).join("Cargo.toml"))
        .arg("--target-dir")
        .arg(&folder)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", FLAGS);
    succeed(&mut build, "cargo build of tests/fuzz")?;
    for target in targets(workspace)? {
        let grown = folder.join("corpus").join(&target);
        fs::create_dir_all(&grown).map_err(|error| cannot("create", "target/fuzz", &error))?;
        let mut fuzz = Command::new(folder.join(platform).join("debug").join(&target));
        fuzz.args(LIMITS)
            .arg(format!(
                "-artifact_prefix={}/",
                folder.join("corpus").display()
            ))
            .args([grown, workspace.path(PACKAGE).join("corpus").join(&target)]);
        succeed(&mut fuzz, &format!("fuzz target {target}"))?;
    }
    Ok(())
}

/// The names of the targets, in order.
fn targets(workspace: &Workspace) -> Result<Vec<String>, Failure> {
    let failed = |error| cannot("read", TARGETS, &error);
    let mut names = Vec::new();
    for entry in fs::read_dir(workspace.path(TARGETS)).map_err(failed)? {
        let name = entry.map_err(failed)?.file_name();
        let name = name.to_string_lossy();
        names.extend(name.strip_suffix(".rs").map(str::to_owned));
    }
    if names.is_empty() {
        let what =
            format!("{TARGETS}: there is no target: a step that runs nothing proves nothing");
        return Err(Failure::CouldNotRun(what));
    }
    names.sort();
    Ok(names)
}
