//! Rules on what workflows fetch beside actions: images by digest, Python packages by checksum, programs of Rust by version
//! and lock file, no script that goes from the network straight into a shell.
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
}
