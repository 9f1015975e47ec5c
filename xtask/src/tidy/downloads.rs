//! Rules on what workflows fetch beside actions: images by digest, Python packages by checksum, programs of Rust by version
//! and lock file, no script that goes from the network straight into a shell.
//!
//! What cargo builds is what the lock file says, too.
//!
//! Actions are the business of `workflows`; what the audit installs is pinned in `.ci`.

use super::tree::{File, Finding};
use super::workflows::is_workflow;

/// How many lines a command may go on for.
const LINES: usize = 3;

/// What fetches, what has to stand with it, and what to do.
const PINNED: [(&str, &str, &str); 4] = [
    ("image: ", "@sha256:", "name the image by its digest"),
    (
        "pip install",
        "--require-hashes",
        "install by checksum, with `--require-hashes`",
    ),
    (
        "cargo install",
        "--locked",
        "install one version with `--version` and `--locked`",
    ),
    (
        "cargo install",
        "--version",
        "install one version with `--version` and `--locked`",
    ),
];

const SHELLS: [&str; 4] = ["| sh", "| bash", "| sudo sh", "| sudo bash"];

/// Whatever a workflow fetches is the same tomorrow.
pub(crate) fn are_pinned(file: &File) -> Vec<Finding> {
    if !is_workflow(file) {
        return Vec::new();
    }
    let lines: Vec<(usize, &str)> = file.lines().filter(|(_, line)| !is_comment(line)).collect();
    let commands = (0..lines.len()).filter_map(|start| {
        let end = lines.len().min(start + LINES);
        lines.get(start..end)
    });
    let findings = commands.filter_map(|command| {
        let (number, first) = command.first()?;
        let fault = fault(first, command)?;
        Some(file.finding(*number, fault))
    });
    findings.collect()
}

/// What of cargo resolves packages.
const RESOLVING: [&str; 10] = [
    "auditable",
    "build",
    "check",
    "clippy",
    "doc",
    "fetch",
    "metadata",
    "package",
    "publish",
    "test",
];

/// No command of cargo takes other versions than those of the lock file.
pub(crate) fn are_locked(file: &File) -> Vec<Finding> {
    if !is_workflow(file) {
        return Vec::new();
    }
    let lines = file.lines().filter(|(_, line)| !is_comment(line));
    let open = lines.filter(|(_, line)| {
        let mut commands = line.split("cargo ").skip(1);
        commands.any(|command| is_open(file, command))
    });
    open.map(|(number, _)| {
        file.finding(number, "say `--locked`: else cargo may take other versions")
    })
    .collect()
}

/// Whether a command resolves and says no `--locked`, nor names a variable of the workflow that does.
fn is_open(file: &File, command: &str) -> bool {
    let mut words = command.split_whitespace();
    let resolves = words.next().is_some_and(|first| RESOLVING.contains(&first));
    let is_locked = |word: &str| {
        let variable = word.strip_prefix('$');
        word == "--locked"
            || variable.is_some_and(|name| file.text.contains(&format!(" {name}: --locked ")))
    };
    resolves && !words.any(is_locked)
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with('#')
}

/// What is wrong with a command that begins on a line.
fn fault(first: &str, command: &[(usize, &str)]) -> Option<&'static str> {
    let has = |word: &str| command.iter().any(|(_, line)| line.contains(word));
    let mut unpinned = PINNED
        .iter()
        .filter(|(fetches, pin, _)| first.contains(fetches) && !has(pin));
    let piped =
        ["curl ", "wget "].iter().any(|it| first.contains(it)) && SHELLS.into_iter().any(has);
    let unpinned = unpinned.next().map(|(_, _, advice)| *advice);
    unpinned.or_else(|| piped.then_some("download it, compare its checksum, then run it"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tree::found;

    const WORKFLOW: &str = ".github/workflows/ci.yml";

    #[test]
    fn b5_what_is_fetched_is_pinned() {
        for (text, count) in [
            ("image: a/b@sha256:12 # v1\n", 0),
            ("image: a/b:latest\n", 1),
            (
                "run: >-\n  pip install --no-deps\n  --require-hashes -r x\n",
                0,
            ),
            ("run: pip install x\n", 1),
            ("run: pip install x\n\n\nrun: y\n  --require-hashes\n", 1),
            ("run: cargo install x --version 1.0.0 --locked\n", 0),
            ("run: cargo install x --locked\n", 1),
            ("run: cargo install x --version 1.0.0\n", 1),
            ("run: curl https://example.com/x | sh\n", 1),
            ("run: curl https://example.com/x -o x\n", 0),
            ("# pip install x\n", 0),
        ] {
            assert_eq!(found(are_pinned, WORKFLOW, text).len(), count, "{text}");
        }
        assert!(found(are_pinned, "README.md", "pip install x").is_empty());
    }

    #[test]
    fn b2_no_command_takes_other_versions_than_the_locked_ones() {
        for (text, count) in [
            ("run: cargo test --locked -p a\n", 0),
            ("run: cargo test -p a\n", 1),
            ("run: cargo fetch --locked && cargo fetch\n", 1),
            ("run: RUSTC_BOOTSTRAP=1 cargo build --bins\n", 1),
            (
                "env:\n  FUZZ: --locked --bins\nrun: cargo clippy $FUZZ -- -D warnings\n",
                0,
            ),
            ("env:\n  FUZZ: --bins\nrun: cargo clippy $FUZZ\n", 1),
            ("run: cargo fmt --all --check\nrun: cargo xtask audit\n", 0),
            ("# cargo test\n", 0),
        ] {
            assert_eq!(found(are_locked, WORKFLOW, text).len(), count, "{text}");
        }
    }
}
