//! The additive-diff rule: what is added to the document adds lines to the output and deletes none, but for the few
//! exceptions that have a name.

use codegen::{Generated, Settings};
use serde_json::Value;

use crate::document::generate;

pub(crate) mod diff;
mod grown;
mod shrunk;

/// What a document becomes after another one, whose names are known.
fn after(old: &Generated, document: &Value, settings: &Settings) -> Generated {
    let settings = Settings {
        names: old.names.clone(),
        ..settings.clone()
    };
    generate(document, &settings).unwrap_or_else(|error| panic!("{error}"))
}

/// The deleted lines that nothing excuses, each with its file; and how many something does.
fn unexplained(old: &Generated, new: &Generated) -> (Vec<String>, usize) {
    let mut lines = Vec::new();
    let mut explained = 0;
    for (path, text) in old.files.iter().filter(|(path, _)| !is_closure(path)) {
        let text_now = new.files.get(path).map_or("", String::as_str);
        for line in diff::deleted(&with_whole_checks(text), &with_whole_checks(text_now)) {
            if is_excused(path, line.trim()) {
                explained += 1;
            } else {
                lines.push(format!("{path}: {line}"));
            }
        }
    }
    (lines, explained)
}

/// The text with each `#[check(…)]` on one line, and without doc lines that say nothing.
fn with_whole_checks(text: &str) -> String {
    let mut whole = String::new();
    let mut in_check = false;
    for line in text.lines().filter(|line| line.trim() != "///") {
        whole.push_str(if in_check { line.trim() } else { line });
        in_check |= line.trim() == "#[check(";
        in_check &= line.trim() != ")]";
        whole.push_str(if in_check { "" } else { "\n" });
    }
    whole
}

/// Whether a line is a rule that one operation has and others of its service have not, or its documentation.
fn is_rule(line: &str) -> bool {
    let (_, line) = line.split_once(": ").unwrap_or_default();
    ["#[check(", "/// Here `", "/// Is not `"]
        .iter()
        .any(|start| line.trim().starts_with(start))
}

/// The files that say which features there are, and what each turns on.
fn is_closure(path: &str) -> bool {
    matches!(path, "Cargo.toml" | "README.md" | "src/schema.rs")
}

fn is_excused(path: &str, line: &str) -> bool {
    let is_service = path.starts_with("src/") && !path.starts_with("src/schema/");
    // What leads to a name space is there if any service in it is.
    line.starts_with("#[cfg(")
        // The required parameters are the arguments of `new`.
        || line.starts_with("#[new(")
        // A union gets its second member: until then it was a field of the first.
        || line.contains("stripe_core::Expandable<crate::id::")
        // An empty type gets its first field.
        || line.ends_with(" {}")
        // A parameter that several operations share takes what any of them takes.
        || (is_service && (line.starts_with("#[set(") || line.starts_with("#[max = ")))
}
