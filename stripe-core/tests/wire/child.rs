//! Tests that need an environment of their own: they run in a process of their own, since threads share it.

use std::process::{Command, Stdio};

/// Runs one test of this binary, which is ignored otherwise; whether it passed.
pub(crate) fn run(test: &str, environment: &[(&str, &str)]) -> bool {
    let mut command = Command::new(std::env::current_exe().unwrap());
    for name in ["HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"] {
        command.env_remove(name);
    }
    let output = command
        .args(["--exact", "--include-ignored", test])
        .envs(environment.iter().copied())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("running 1 test\n"), "{test}: {said}");
    output.status.success()
}
