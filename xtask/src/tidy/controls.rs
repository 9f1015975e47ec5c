//! That every control has what it rests on: code, tests that fail without it, and a job that runs them, all of which exist.
//! It reads names; whether a control is enough is for reviews.

use std::collections::BTreeSet;

use super::requirements::running;
use super::tree::{File, Finding, Tree};
use super::workflows::all_jobs;

const DOCUMENT: &str = "docs/security/controls.md";

/// The columns of its tables. The last three name things in backticks.
const COLUMNS: [&str; 5] = ["control", "what is done", "code", "tests", "CI job"];

/// Cells that are empty, and names of what is not there.
pub(crate) fn rest_on_something(tree: &Tree) -> Vec<Finding> {
    let Some(document) = tree.files.iter().find(|file| file.path == DOCUMENT) else {
        let what = "it is gone: every control, and what it rests on".to_owned();
        return vec![Finding::whole(DOCUMENT, what)];
    };
    let there = There {
        files: &tree.files,
        tests: running(tree),
        jobs: all_jobs(&tree.files).collect(),
    };
    let rows: Vec<_> = rows(document).collect();
    if rows.is_empty() {
        let what = format!("it has no table with the columns {}", COLUMNS.join(", "));
        return vec![Finding::whole(DOCUMENT, what)];
    }
    let faults = rows.iter().flat_map(|(line, cells)| {
        let faults = there.faults(cells);
        faults
            .into_iter()
            .map(|what| document.finding(*line, what))
            .collect::<Vec<_>>()
    });
    faults.collect()
}

/// The lines of the tables, each with its cells.
fn rows(document: &File) -> impl Iterator<Item = (usize, Vec<&str>)> {
    let tables = document.lines().filter(|(_, text)| text.starts_with('|'));
    let rows = tables.map(|(line, text)| {
        let text = text.trim().trim_matches('|');
        (line, text.split('|').map(str::trim).collect::<Vec<_>>())
    });
    rows.filter(|(_, cells)| *cells != COLUMNS && !cells.iter().all(|cell| *cell == "---"))
}

/// What can be named.
struct There<'a> {
    files: &'a [File],
    tests: BTreeSet<&'a str>,
    jobs: BTreeSet<String>,
}

impl There<'_> {
    fn faults(&self, cells: &[&str]) -> Vec<String> {
        let [control, what, code, tests, jobs] = cells[..] else {
            return vec![format!(
                "it has {} cells: {}",
                cells.len(),
                COLUMNS.join(", ")
            )];
        };
        let mut faults = Vec::new();
        for (column, cell) in COLUMNS.iter().zip([control, what]) {
            if cell.is_empty() {
                faults.push(format!("`{column}` is empty"));
            }
        }
        let has_file = |name: &str| {
            let folder = format!("{}/", name.trim_end_matches('/'));
            let mut files = self.files.iter();
            files.any(|file| file.path == name || file.path.starts_with(&folder))
        };
        faults.extend(unnamed(control, "code", code, "file", has_file));
        faults.extend(unnamed(control, "tests", tests, "test that runs", |name| {
            self.tests.contains(name)
        }));
        faults.extend(unnamed(control, "CI job", jobs, "job", |name| {
            self.jobs.contains(name)
        }));
        faults
    }
}

/// The faults of a cell that has to name something, and only what is there.
fn unnamed(
    control: &str,
    column: &str,
    cell: &str,
    kind: &str,
    is_there: impl Fn(&str) -> bool,
) -> Vec<String> {
    let mut names = cell.split('`').skip(1).step_by(2).peekable();
    if names.peek().is_none() {
        return vec![format!("`{column}` of {control} names nothing")];
    }
    let gone = names.filter(|name| !is_there(name));
    gone.map(|name| format!("`{name}`: there is no such {kind}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tree::file;

    fn findings(row: &str) -> Vec<String> {
        let text = format!(
            "# Controls\n\n| control | what is done | code | tests | CI job |\n\
             | --- | --- | --- | --- | --- |\n{row}\n"
        );
        let files = vec![
            file(DOCUMENT, &text),
            file("stripe-core/src/key/check.rs", "#[test]\nfn k2_a() {}\n"),
            file(".github/workflows/ci.yml", "jobs:\n  test:\n    steps:\n"),
        ];
        let tree = Tree {
            files,
            document_bytes: 0,
        };
        let found = rest_on_something(&tree);
        found.iter().map(Finding::to_string).collect()
    }

    #[test]
    fn u5_what_a_control_rests_on_exists() {
        for (row, fault) in [
            (
                "| Keys | They are checked. | `stripe-core/src/key/check.rs` | `k2_a` | `ci/test` |",
                None,
            ),
            (
                "| Keys | They are checked. | `stripe-core/src/key` | `k2_a` | `ci/test` |",
                None,
            ),
            (
                "| Keys | They are checked. | `stripe-core/src/ke` | `k2_a` | `ci/test` |",
                Some("no such file"),
            ),
            (
                "| Keys | They are checked. | `stripe-core/src/key` | `k2_b` | `ci/test` |",
                Some("no such test"),
            ),
            (
                "| Keys | They are checked. | `stripe-core/src/key` | `k2_a` | `ci/tests` |",
                Some("no such job"),
            ),
            (
                "| Keys | They are checked. | | `k2_a` | `ci/test` |",
                Some("`code` of Keys names nothing"),
            ),
            (
                "| Keys | They are checked. | `stripe-core/src/key` | none | `ci/test` |",
                Some("`tests` of Keys"),
            ),
            (
                "| Keys | | `stripe-core/src/key` | `k2_a` | `ci/test` |",
                Some("`what is done` is empty"),
            ),
            (
                "| Keys | They are checked. | `stripe-core/src/key` | `k2_a` |",
                Some("it has 4 cells"),
            ),
            ("", Some("it has no table")),
        ] {
            let found = findings(row);
            match fault {
                None => assert!(found.is_empty(), "{row}: {found:?}"),
                Some(fault) => {
                    assert_eq!(found.len(), 1, "{row}: {found:?}");
                    assert!(found[0].contains(fault), "{found:?}");
                }
            }
        }
    }
}
