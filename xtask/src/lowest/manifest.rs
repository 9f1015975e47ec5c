//! The manifests that `cargo xtask lowest` builds by: those of the repository, without what only this repository needs.
//!
//! They are cut as text, table by table, so that every line that counts is the one that is published.

use std::path::Path;

use crate::outcome::Failure;
use crate::workspace::{CORE, GENERATED};

/// The workspace with the two published crates alone, and cargo's usual profiles.
pub(crate) fn of_workspace(text: &str) -> String {
    let kept = tables(text).into_iter().filter(|it| !is_of(it, "profile"));
    let lines = kept.flat_map(str::lines).filter(|line| {
        let names_members =
            line.starts_with("members = ") || line.starts_with("default-members = ");
        !names_members
    });
    let text: String = lines.map(|line| format!("{line}\n")).collect();
    let members = format!("[workspace]\nmembers = [\"{CORE}\", \"{GENERATED}\"]\n");
    text.replacen("[workspace]\n", &members, 1)
}

/// A published crate as an app gets it, its sources read from where they are.
pub(crate) fn of_package(text: &str, folder: &Path) -> String {
    let is_ours = |it: &&str| {
        ["dev-dependencies", "example"]
            .iter()
            .any(|name| is_of(it, name))
    };
    let kept: String = tables(text).into_iter().filter(|it| !is_ours(it)).collect();
    // A literal string: a path on Windows is full of what TOML would read as escapes.
    let library = folder.join("src/lib.rs");
    format!("{kept}\n[lib]\npath = '{}'\n", library.display())
}

/// The names of all features, but for some, as cargo takes them.
pub(crate) fn features(text: &str, without: &[&str]) -> Result<String, Failure> {
    let table: toml::Table = text
        .parse()
        .map_err(|error| Failure::CouldNotRun(format!("{CORE}/Cargo.toml: {error}")))?;
    let features = table.get("features").and_then(toml::Value::as_table);
    let names = features.into_iter().flat_map(toml::Table::keys);
    let names = names.filter(|name| *name != "default" && !without.contains(&name.as_str()));
    Ok(names.cloned().collect::<Vec<_>>().join(","))
}

/// A manifest in pieces: what is before the first table, then each with the line that opens it.
fn tables(text: &str) -> Vec<&str> {
    let opens = text.match_indices("\n[").map(|(at, _)| at + 1);
    let starts: Vec<usize> = [0].into_iter().chain(opens).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let pieces = starts.iter().zip(ends);
    pieces
        .filter_map(|(start, end)| text.get(*start..end))
        .collect()
}

/// Whether a piece is the table of a name, or one below it.
fn is_of(table: &str, name: &str) -> bool {
    let name_of = table.trim_start_matches('[');
    let is_table = table.starts_with('[');
    is_table
        && name_of
            .strip_prefix(name)
            .is_some_and(|rest| rest.starts_with([']', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d8_what_only_this_repository_needs_is_left_out() {
        let text = "[package]\nname = \"a\"\n\n# Why.\n[dependencies]\nb = \"1\"\n\n[dev-dependencies]\nc = \"1\"\n\n\
            [dev-dependencies.d]\nversion = \"1\"\n\n[[example]]\nname = \"e\"\n\n[lints]\nworkspace = true\n";
        assert_eq!(
            of_package(text, Path::new("a")),
            "[package]\nname = \"a\"\n\n# Why.\n[dependencies]\nb = \"1\"\n\n[lints]\nworkspace = true\n\n\
             [lib]\npath = 'a/src/lib.rs'\n"
        );
    }

    #[test]
    fn d8_the_bounds_of_the_workspace_are_kept() {
        let text = "[workspace]\nresolver = \"3\"\nmembers = [\"a\", \"b\"]\ndefault-members = [\"a\"]\n\n\
            [workspace.dependencies]\nb = \"1.2\"\n\n[profile.dev]\ndebug = 1\n\n[profile.dev.package]\nx.opt-level = 2\n";
        assert_eq!(
            of_workspace(text),
            "[workspace]\nmembers = [\"stripe-core\", \"stripe-generated\"]\nresolver = \"3\"\n\n\
             [workspace.dependencies]\nb = \"1.2\"\n\n"
        );
    }

    #[test]
    fn d8_all_features_are_built_but_for_some() {
        let text = "[features]\ndefault = []\na = []\nring = []\nb = [\"a\"]\n";
        assert_eq!(features(text, &["ring"]).unwrap(), "a,b");
        assert!(features("[", &[]).is_err());
    }
}
