//! That the repository has what the OpenSSF Scorecard looks for, so that taking it out is noticed here and not by a score.
//!
//! It looks for marks in files. The rules on what a workflow must not do are those of `workflows` and `downloads`; whether
//! what is there is any good has gates and tests of its own.

use super::tree::{File, Finding, Tree};

const CI: &str = ".github/workflows/ci.yml";
const SECURITY: &str = ".github/workflows/security.yml";
const RELEASE: &str = ".github/workflows/release.yml";
const FUZZ: &str = ".github/workflows/fuzz.yml";
const TARGETS: &str = "tests/fuzz/fuzz_targets/";

/// A check by the Scorecard's name, a file that it rests on, and what has to stand in it.
const LOOKED_FOR: [(&str, &str, &str); 20] = [
    ("CI-Tests", CI, "  pull_request:"),
    ("CI-Tests", CI, "cargo test --locked"),
    (
        "Dependency-Update-Tool",
        ".github/dependabot.yml",
        "package-ecosystem: github-actions",
    ),
    ("License", "LICENSE-APACHE", "Apache License"),
    (
        "License",
        "LICENSE-MIT",
        "Permission is hereby granted, free of charge",
    ),
    ("Packaging", RELEASE, "cargo publish --locked"),
    ("SAST", SECURITY, "github/codeql-action/analyze@"),
    ("SAST", SECURITY, "language: [actions, rust]"),
    ("SBOM", RELEASE, "run: cargo xtask release"),
    ("Scorecard", SECURITY, "ossf/scorecard-action@"),
    (
        "Security-Policy",
        "SECURITY.md",
        "## Report a vulnerability",
    ),
    ("Security-Policy", "SECURITY.md", "## Supported versions"),
    ("Security-Policy", "SECURITY.md", "Privately, through"),
    (
        "Security-Policy",
        "SECURITY.md",
        "| somebody answers | within",
    ),
    ("Security-Policy", "SECURITY.md", "the RustSec database"),
    ("Signed-Releases", RELEASE, "minisign -S"),
    (
        "Signed-Releases",
        RELEASE,
        "actions/attest-build-provenance@",
    ),
    ("Vulnerabilities", SECURITY, "    - cron:"),
    ("Vulnerabilities", SECURITY, "cargo xtask audit"),
    (
        "Vulnerabilities",
        SECURITY,
        "cargo-audit audit --deny warnings bin",
    ),
];

/// What is looked for and is not there.
pub(crate) fn finds_all(tree: &Tree) -> Vec<Finding> {
    let missing = LOOKED_FOR.iter().filter(|(_, path, mark)| {
        let file = tree.files.iter().find(|file| file.path == *path);
        !file.is_some_and(|file| says(file, mark))
    });
    let missing = missing.map(|(check, path, mark)| {
        let what = format!(
            "the Scorecard's {check} rests on `{}`, which is not here",
            mark.trim()
        );
        Finding::whole(path, what)
    });
    missing.chain(unfuzzed(tree)).collect()
}

/// A comment does nothing.
fn says(file: &File, mark: &str) -> bool {
    file.lines()
        .any(|(_, line)| line.contains(mark) && !line.trim_start().starts_with("# "))
}

/// Fuzzing: there are targets, and the weekly run knows each.
fn unfuzzed(tree: &Tree) -> Vec<Finding> {
    let names = tree
        .files
        .iter()
        .filter_map(|file| file.path.strip_prefix(TARGETS)?.strip_suffix(".rs"));
    let names: Vec<&str> = names.collect();
    let matrix = tree.files.iter().find(|file| file.path == FUZZ);
    let matrix = matrix.and_then(|file| file.text.split("target: [").nth(1)?.split(']').next());
    let run: Vec<&str> = matrix.unwrap_or_default().split(", ").collect();
    if names.is_empty() {
        return vec![Finding::whole(
            TARGETS,
            "the Scorecard's Fuzzing rests on targets, and there is none".to_owned(),
        )];
    }
    let forgotten = names.into_iter().filter(|name| !run.contains(name));
    forgotten
        .map(|name| {
            Finding::whole(
                FUZZ,
                format!("`{name}`: add it to the targets of the weekly run"),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tree::file;

    /// The files that everything rests on, without one line of one of them.
    fn findings(without: Option<(&str, &str)>, matrix: &str) -> Vec<String> {
        let mut files = vec![
            file(FUZZ, &format!("        target: [{matrix}]\n")),
            file("tests/fuzz/fuzz_targets/answers.rs", ""),
            file("tests/fuzz/fuzz_targets/paths.rs", ""),
        ];
        for (_, path, mark) in LOOKED_FOR {
            let comment = if Some((path, mark)) == without {
                "# "
            } else {
                ""
            };
            files.push(file(path, &format!("{comment}{mark}\n")));
        }
        // One file for each path.
        let mut whole: Vec<File> = Vec::new();
        for next in files {
            match whole.iter_mut().find(|file| file.path == next.path) {
                Some(file) => file.text.push_str(&next.text),
                None => whole.push(next),
            }
        }
        let tree = Tree {
            files: whole,
            document_bytes: 0,
        };
        finds_all(&tree).iter().map(Finding::to_string).collect()
    }

    #[test]
    fn b5_whatever_the_scorecard_looks_for_is_missed() {
        assert!(findings(None, "answers, paths").is_empty());
        for (check, path, mark) in LOOKED_FOR {
            let found = findings(Some((path, mark)), "answers, paths");
            assert_eq!(found.len(), 1, "{check}: {mark}: {found:?}");
            assert!(
                found[0].starts_with(path) && found[0].contains(check),
                "{found:?}"
            );
        }
    }

    #[test]
    fn s5_every_target_is_in_the_weekly_run() {
        let found = findings(None, "answers");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("`paths`"), "{found:?}");
        let nothing = Tree {
            files: Vec::new(),
            document_bytes: 0,
        };
        let found = finds_all(&nothing);
        assert_eq!(found.len(), LOOKED_FOR.len() + 1, "{found:?}");
    }
}
