//! Tests that need an environment of their own, which threads share: such a test runs itself again in a process of its own,
//! and there takes the child's part.

use std::process::{Command, Stdio};

use stripe_core::Error;

const MARK: &str = "the child says: ";
const IS_CHILD: &str = "IS_THE_CHILD_OF_A_TEST";

/// Whether the child's part is to be taken.
pub(crate) fn is_child() -> bool {
    std::env::var_os(IS_CHILD).is_some()
}

/// What a variable of the child's environment says.
pub(crate) fn variable(name: &str) -> String {
    std::env::var(name).unwrap()
}

/// Tells the parent how the child's call went: `ok`, or the kind of the error.
#[expect(clippy::print_stdout, reason = "this is how the parent is told")]
pub(crate) fn tell<T>(result: Result<T, Error>) {
    let outcome = result.map_or_else(|error| format!("{:?}", error.kind()), |_| "ok".to_owned());
    println!("{MARK}{outcome}");
}

/// Runs a test of this binary in a child with these variables. What the child told, which it has to.
pub(crate) fn run(test: &str, environment: &[(&str, &str)]) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    for name in ["HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"] {
        command.env_remove(name);
    }
    let output = command
        .args(["--exact", "--nocapture", test])
        .env(IS_CHILD, "1")
        .envs(environment.iter().copied())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{test}: {said}");
    let told = said
        .split_once(MARK)
        .and_then(|(_, told)| told.lines().next());
    told.unwrap_or_else(|| panic!("{test} told nothing: {said}"))
        .to_owned()
}
