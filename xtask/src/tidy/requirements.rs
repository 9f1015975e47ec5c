//! That the requirements and their tests name each other: a test that a requirement rests on exists and runs, and an id at
//! the beginning of a test's name can be looked up. It reads names; whether a test proves anything is for reviews.

use std::collections::BTreeSet;

use super::tree::{File, Finding, Tree};
use super::workflows::all_jobs;
use crate::audit;

const DOCUMENT: &str = "docs/security/requirements.md";

/// The letters of ids that tests begin with. `v1` and `v2` are versions of the API.
const LETTERS: [char; 9] = ['b', 'd', 'e', 'k', 'p', 's', 't', 'u', 'w'];

/// The headings of the last column: it names tests, and where a requirement is about more than our own code, gates of the
/// audit (`audit/keys`) and jobs (`ci/fuzz`) as well.
const EVIDENCE: [&str; 2] = ["tests", "tests, gates, jobs"];

/// What is named and does not run, what says nothing of its tests, and ids that nothing describes.
pub(crate) fn are_proved(tree: &Tree) -> Vec<Finding> {
    let Some(document) = tree.files.iter().find(|file| file.path == DOCUMENT) else {
        let what = "it is gone: every requirement, and the tests that prove it".to_owned();
        return vec![Finding::whole(DOCUMENT, what)];
    };
    let rows = rows(document);
    let sources = sources(tree);
    let sources: Vec<_> = sources.map(|file| (file, tests(file))).collect();
    let there = There {
        tests: running(tree),
        gates: audit::gates().collect(),
        jobs: all_jobs(&tree.files).collect(),
    };
    let described: BTreeSet<&str> = rows.iter().map(|row| row.id).collect();
    let unproved = rows.iter().flat_map(|row| row.faults(document, &there));
    let unknown = sources.iter().flat_map(|(file, tests)| {
        let unknown = tests.iter().filter_map(|test| {
            let id = id(test.name).filter(|id| !described.contains(&**id))?;
            let what = format!("`{}`: {DOCUMENT} does not say what {id} is", test.name);
            Some(file.finding(test.line, what))
        });
        unknown.collect::<Vec<_>>()
    });
    unproved.chain(unknown).collect()
}

/// The names of all tests that run without being asked for.
pub(super) fn running(tree: &Tree) -> BTreeSet<&str> {
    let tests = sources(tree).flat_map(tests);
    tests.map(|test| test.name).collect()
}

fn sources(tree: &Tree) -> impl Iterator<Item = &File> {
    tree.files.iter().filter(|file| file.is_handwritten_rust())
}

/// What a requirement can rest on.
struct There<'a> {
    tests: BTreeSet<&'a str>,
    gates: BTreeSet<&'static str>,
    jobs: BTreeSet<String>,
}

impl There<'_> {
    /// Why a name is that of nothing.
    fn fault(&self, name: &str) -> Option<String> {
        let (is_there, what) = if let Some(gate) = name.strip_prefix("audit/") {
            (self.gates.contains(gate), "gate of the audit")
        } else if name.contains('/') {
            (self.jobs.contains(name), "job")
        } else {
            (self.tests.contains(name), "test, or it is ignored")
        };
        (!is_there).then(|| format!("`{name}`: there is no such {what}"))
    }
}

/// A line of a table.
struct Row<'a> {
    line: usize,
    id: &'a str,
    /// What it names, where its table has a column for that.
    names: Option<Vec<&'a str>>,
}

impl Row<'_> {
    fn faults(&self, document: &File, there: &There<'_>) -> Vec<Finding> {
        let Some(names) = &self.names else {
            return Vec::new();
        };
        if names.is_empty() {
            let what = format!(
                "`{}` names no test that fails when it does not hold",
                self.id
            );
            return vec![document.finding(self.line, what)];
        }
        let faults = names.iter().filter_map(|name| there.fault(name));
        faults
            .map(|what| document.finding(self.line, what))
            .collect()
    }
}

/// The lines of all tables, without those that head them.
fn rows(document: &File) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    let mut has_names = false;
    for (line, text) in document.lines() {
        let cells: Vec<&str> = text.split('|').map(str::trim).collect();
        let ["", id, .., last, ""] = cells[..] else {
            continue;
        };
        if last.starts_with("---") {
            continue;
        }
        // A table begins under a line that is none.
        let is_heading = line < 2 || !document.text.lines().nth(line - 2).is_some_and(is_row);
        if is_heading {
            has_names = EVIDENCE.contains(&last);
            continue;
        }
        let names = has_names.then(|| last.split('`').skip(1).step_by(2).collect());
        rows.push(Row { line, id, names });
    }
    rows
}

fn is_row(text: &str) -> bool {
    text.starts_with('|')
}

/// A test that runs without being asked for.
struct Test<'a> {
    line: usize,
    name: &'a str,
}

fn tests(file: &File) -> Vec<Test<'_>> {
    let (mut is_test, mut is_ignored) = (false, false);
    let mut tests = Vec::new();
    for (line, text) in file.lines() {
        let text = text.trim_start();
        is_test |= text.starts_with("#[test]") || text.starts_with("#[tokio::test");
        is_ignored |= text.starts_with("#[ignore");
        let Some(name) = function(text) else { continue };
        if is_test && !is_ignored {
            tests.push(Test { line, name });
        }
        (is_test, is_ignored) = (false, false);
    }
    tests
}

/// The name of the function that a line opens.
fn function(text: &str) -> Option<&str> {
    let text = text.strip_prefix("async ").unwrap_or(text);
    let rest = text.strip_prefix("fn ")?;
    rest.split('(').next()
}

/// The id that the name of a test begins with: `k5_…` is of K-5, `row_21_…` of row 21.
fn id(name: &str) -> Option<String> {
    if let Some(rest) = name.strip_prefix("row_") {
        let (number, _) = rest.split_once('_')?;
        return is_number(number).then(|| format!("Row {number}"));
    }
    let (first, _) = name.split_once('_')?;
    let letter = first.chars().next().filter(|it| LETTERS.contains(it))?;
    let number = first.get(1..).filter(|it| is_number(it))?;
    Some(format!("{}-{number}", letter.to_ascii_uppercase()))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tree::file;

    const HEADING: &str = "# All\n\n| id | what holds | tests |\n| --- | --- | --- |\n";

    fn findings(document: &str, source: &str) -> Vec<String> {
        let files = vec![
            file(DOCUMENT, document),
            file("stripe-core/src/a.rs", source),
            file("codegen/tests/golden/a.rs", "#[test]\nfn k9_output() {}\n"),
        ];
        let tree = Tree {
            files,
            document_bytes: 0,
        };
        are_proved(&tree).iter().map(Finding::to_string).collect()
    }

    fn document(rows: &str) -> String {
        format!("{HEADING}{rows}\n")
    }

    #[test]
    fn a_test_that_is_named_has_to_run() {
        let document = document("| K-1 | Keys. | `k1_it_holds` `forms_too` |");
        let both = "#[test]\nfn k1_it_holds() {}\n#[tokio::test]\nasync fn forms_too() {}\n";
        assert!(findings(&document, both).is_empty());
        for not_running in [
            "#[test]\nfn k1_it_holds() {}\nfn forms_too() {}\n",
            "#[test]\nfn k1_it_holds() {}\n#[test]\n#[ignore = \"slow\"]\nfn forms_too() {}\n",
            "#[test]\nfn k1_it_holds() {}\n// fn forms_too() {}\n",
            "#[test]\nfn k1_it_holds() {}\n#[test]\nfn forms_too_late() {}\n",
        ] {
            let found = findings(&document, not_running);
            let expected =
                format!("{DOCUMENT}:5: `forms_too`: there is no such test, or it is ignored");
            assert_eq!(found, [expected], "{not_running}");
        }
    }

    #[test]
    fn u5_gates_and_jobs_that_are_named_exist() {
        for (name, gone) in [
            ("audit/keys", None),
            ("audit/locks", Some("gate of the audit")),
            ("ci/test", None),
            ("ci/tests", Some("job")),
        ] {
            let heading = HEADING.replace("tests", "tests, gates, jobs");
            let text = format!("{heading}| K-1 | Keys. | `{name}` |\n");
            let files = vec![
                file(DOCUMENT, &text),
                file(".github/workflows/ci.yml", "jobs:\n  test:\n"),
            ];
            let tree = Tree {
                files,
                document_bytes: 0,
            };
            let found: Vec<_> = are_proved(&tree).iter().map(Finding::to_string).collect();
            let expected =
                gone.map(|what| format!("{DOCUMENT}:5: `{name}`: there is no such {what}"));
            assert_eq!(found, Vec::from_iter(expected));
        }
    }

    #[test]
    fn an_id_that_a_test_begins_with_has_to_be_described() {
        let document = document("| K-1 | Keys. | `a` |\n| Row 21 | Charges. | `a` |");
        for (name, unknown) in [
            ("k1_x", None),
            ("row_21_x", None),
            ("k2_x", Some("K-2")),
            ("t10_x", Some("T-10")),
            ("row_2_x", Some("Row 2")),
            ("row_22_and_21_x", Some("Row 22")),
            ("v2_lists_go_on", None),
            ("keys_go", None),
            ("t_x", None),
            ("row_of_tests", None),
        ] {
            let found = findings(
                &document,
                &format!("#[test]\nfn a() {{}}\n#[test]\nfn {name}() {{}}\n"),
            );
            let expected = unknown.map(|id| {
                format!("stripe-core/src/a.rs:4: `{name}`: {DOCUMENT} does not say what {id} is")
            });
            assert_eq!(found, Vec::from_iter(expected));
        }
    }

    #[test]
    fn a_requirement_names_a_test_unless_its_table_has_no_place_for_one() {
        let found = findings(&document("| K-1 | Keys. | none yet |"), "");
        let expected =
            format!("{DOCUMENT}:5: `K-1` names no test that fails when it does not hold");
        assert_eq!(found, [expected]);
        let two = document("| K-1 | Keys. | `a` |")
            + "\nMore.\n\n| id | what holds |\n| --- | --- |\n| W-1 | x |\n";
        assert!(findings(&two, "#[test]\nfn a() {}\n#[test]\nfn w1_x() {}\n").is_empty());
    }

    #[test]
    fn a_document_that_is_gone_is_a_finding() {
        let tree = Tree {
            files: Vec::new(),
            document_bytes: 0,
        };
        assert_eq!(are_proved(&tree).len(), 1);
    }
}
