//! Rules on files as wholes: how they open, how long they are, what they are called. Not on the code inside.

use super::tree::{File, Finding};

/// The longest hand-written file. A longer one has two ideas in it.
const LONGEST_FILE: usize = 400;

/// File names that say nothing about what is inside.
const VAGUE_NAMES: [&str; 8] = [
    "common", "helper", "helpers", "misc", "shared", "stuff", "util", "utils",
];

/// Every module says first what it is, and what it is not.
pub(crate) fn opens_with_module_docs(file: &File) -> Vec<Finding> {
    let opening = file.text.lines().next().unwrap_or_default();
    let documented = opening.starts_with("//!") || opening.starts_with("#![doc = include_str!(");
    if !file.is_handwritten_rust() || documented {
        return Vec::new();
    }
    vec![file.finding(
        1,
        "open with `//!`: what this module is, and what it is not",
    )]
}

/// A file fits into a head.
pub(crate) fn is_short(file: &File) -> Vec<Finding> {
    let lines = file.text.lines().count();
    if !file.is_handwritten_rust() || lines <= LONGEST_FILE {
        return Vec::new();
    }
    let what = format!("{lines} lines, {LONGEST_FILE} are the limit: split it by idea");
    vec![file.finding(1, what)]
}

/// `foo.rs` and `foo/`, so that a tab's title tells which module it is.
pub(crate) fn is_not_mod_rs(file: &File) -> Vec<Finding> {
    if !file.path.ends_with("/mod.rs") {
        return Vec::new();
    }
    vec![file.finding(
        1,
        "name the file after its module: foo.rs beside foo/, not foo/mod.rs",
    )]
}

/// A name says what is inside.
pub(crate) fn has_a_telling_name(file: &File) -> Vec<Finding> {
    if !file.is_handwritten_rust() {
        return Vec::new();
    }
    let parts = file
        .path
        .split('/')
        .map(|part| part.strip_suffix(".rs").unwrap_or(part));
    let vague = parts.filter(|part| VAGUE_NAMES.contains(part));
    vague
        .map(|part| file.finding(1, format!("`{part}` names no idea: say what is inside")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tree::found;

    #[test]
    fn module_docs_come_first() {
        for (path, text, count) in [
            ("xtask/src/a.rs", "//! What it is.\n", 0),
            (
                "stripe-core/src/lib.rs",
                "#![doc = include_str!(\"../README.md\")]\n",
                0,
            ),
            ("xtask/src/a.rs", "use std::fs;\n//! Late.\n", 1),
            ("xtask/src/a.rs", "", 1),
            ("stripe-generated/examples/a.rs", "fn main() {}\n", 1),
            ("stripe-generated/src/a.rs", "// generated\n", 0),
            ("codegen/tests/golden/case/expected/a.rs", "struct A;\n", 0),
            ("README.md", "text\n", 0),
        ] {
            assert_eq!(
                found(opens_with_module_docs, path, text).len(),
                count,
                "{path}: {text}"
            );
        }
    }

    #[test]
    fn long_files_are_reported_with_their_length() {
        let lines = |count| "\n".repeat(count);
        assert!(found(is_short, "xtask/src/a.rs", &lines(400)).is_empty());
        assert!(found(is_short, "stripe-generated/src/a.rs", &lines(401)).is_empty());
        let [finding] = &found(is_short, "xtask/src/a.rs", &lines(401))[..] else {
            panic!("one finding")
        };
        assert!(
            finding.starts_with("xtask/src/a.rs:1: 401 lines"),
            "{finding}"
        );
    }

    #[test]
    fn mod_rs_is_refused_everywhere() {
        assert_eq!(
            found(is_not_mod_rs, "stripe-generated/src/a/mod.rs", "").len(),
            1
        );
        assert_eq!(found(is_not_mod_rs, "codegen/src/model.rs", "").len(), 0);
    }

    #[test]
    fn vague_names_are_refused() {
        for (path, count) in [
            ("codegen/src/plan/utils.rs", 1),
            ("tests/common/server.rs", 1),
            ("codegen/src/plan/name.rs", 0),
            ("stripe-generated/src/misc.rs", 0),
        ] {
            assert_eq!(found(has_a_telling_name, path, "").len(), count, "{path}");
        }
    }
}
