//! One quirk of Stripe's document per folder of `codegen/tests/golden`: a document small enough to read in a review, and
//! everything that is generated from it but the frame of the crate.
//!
//! After a change of the generator, `UPDATE_GOLDEN=1 cargo test -p codegen golden` writes what is generated now; the
//! review is in the diff.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

mod case;
mod compile;

pub(crate) use case::{Case, cases};

/// The one case that shows the frame as well.
const WHOLE: &str = "whole_crate";
/// Files that are as good as the same for every document.
const FRAME: [&str; 5] = [
    "client.rs",
    "expansions.txt",
    "lib.rs",
    "schema.rs",
    "version.rs",
];

#[test]
fn every_case_generates_what_its_folder_says() {
    let update = asked_to_update();
    let wrong: Vec<String> = cases()
        .iter()
        .flat_map(|case| check(case, update))
        .collect();
    assert!(
        wrong.is_empty(),
        "{}\nif this is what you want, run UPDATE_GOLDEN=1 cargo test -p codegen golden",
        wrong.join("\n")
    );
}

#[expect(
    clippy::disallowed_methods,
    reason = "asks the developer, not for the output"
)]
fn asked_to_update() -> bool {
    std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1")
}

/// What differs between a folder and what is generated from it.
fn check(case: &Case, update: bool) -> Vec<String> {
    let actual = outcome(case);
    if update {
        rewrite(&case.folder, &actual);
    }
    let expected = case::expected(&case.folder);
    let paths = actual
        .keys()
        .chain(expected.keys().filter(|it| !actual.contains_key(*it)));
    let differing = paths.filter(|path| actual.get(*path) != expected.get(*path));
    differing
        .map(|path| {
            let line = first_difference(expected.get(path), actual.get(path));
            format!("{}/{path}: {line}", case.name)
        })
        .collect()
}

/// What is to stand in the folder beside its input.
fn outcome(case: &Case) -> BTreeMap<String, String> {
    let generated = match case.generate() {
        Ok(generated) => generated,
        Err(error) => return BTreeMap::from([("expected.err".to_owned(), format!("{error}\n"))]),
    };
    let sources = generated
        .files
        .iter()
        .filter_map(|(path, text)| Some((path.strip_prefix("src/")?, text)));
    let mut files: BTreeMap<String, String> = sources
        .filter(|(path, text)| case.name == WHOLE || tells_something(path, text))
        .map(|(path, text)| (format!("expected/{path}"), text.clone()))
        .collect();
    if generated.names.lines().any(|line| !line.starts_with('#')) {
        files.insert("expected/names.txt".to_owned(), generated.names);
    }
    if !generated.warnings.is_empty() {
        files.insert(
            "expected.warn".to_owned(),
            format!("{}\n", generated.warnings),
        );
    }
    files
}

/// Whether a file says anything of the document that its path does not.
fn tells_something(path: &str, text: &str) -> bool {
    !FRAME.contains(&path) && (path != "id.rs" || text.contains("pub type "))
}

fn first_difference(expected: Option<&String>, actual: Option<&String>) -> String {
    let (Some(expected), Some(actual)) = (expected, actual) else {
        let which = if actual.is_some() {
            "not there"
        } else {
            "not generated"
        };
        return which.to_owned();
    };
    let mut numbered = expected.lines().zip(actual.lines()).zip(1..);
    match numbered.find(|((one, other), _)| one != other) {
        Some(((one, other), number)) => {
            format!("line {number}\n  expected {one}\n  got      {other}")
        }
        None => "one is longer".to_owned(),
    }
}

fn rewrite(folder: &Path, files: &BTreeMap<String, String>) {
    for path in case::expected(folder).keys() {
        fs::remove_file(folder.join(path)).unwrap();
    }
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

#[test]
fn documents_are_small_enough_to_read() {
    let cases = cases();
    assert!(cases.len() > 30, "{}", cases.len());
    for case in cases {
        let lines = case.document().lines().count();
        assert!(lines <= 80, "{}: {lines} lines", case.name);
    }
}
