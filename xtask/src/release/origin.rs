//! Which commit a release is of: what cargo wrote into each crate has to be what the signature names, which in a release is
//! the commit of the tag. What is in that commit is for its readers.

use std::process::Command;

use serde_json::Value;

use super::archive::members;
use crate::outcome::Failure;
use crate::workspace::Workspace;

/// Where cargo writes the commit that a crate was packaged from.
const RECORD: &str = ".cargo_vcs_info.json";

/// What follows the commit where a rehearsal had changes on top of it. A release is never made of those.
const CHANGED: &str = "-changed";

/// The commit of the checkout, as a signature names it.
pub(crate) fn of_checkout(workspace: &Workspace) -> Result<String, Failure> {
    let commit = git(workspace, &["rev-parse", "HEAD"])?;
    let changes = git(workspace, &["status", "--porcelain"])?;
    let mark = if changes.is_empty() { "" } else { CHANGED };
    Ok(format!("{commit}{mark}"))
}

fn git(workspace: &Workspace, arguments: &[&str]) -> Result<String, Failure> {
    let output = Command::new("git")
        .args(arguments)
        .current_dir(workspace.root())
        .output()
        .map_err(|error| Failure::CouldNotRun(format!("git does not start: {error}")))?;
    if !output.status.success() {
        let what = "git knows no commit, and a release is of one: make it in a clone".to_owned();
        return Err(Failure::CouldNotRun(what));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    Ok(text.trim().to_owned())
}

/// The commit that the comment of a signature names.
pub(crate) fn named(comment: &str) -> Option<&str> {
    let mut fields = comment.split('\t');
    fields.find_map(|field| field.strip_prefix("commit:"))
}

/// Why a crate is not of a commit.
pub(crate) fn fault(name: &str, packed: &[u8], commit: &str) -> Option<String> {
    let record = match record(name, packed) {
        Ok(record) => record,
        Err(fault) => return Some(format!("{name}: {fault}")),
    };
    let (plain, may_be_changed) = match commit.strip_suffix(CHANGED) {
        Some(plain) => (plain, true),
        None => (commit, false),
    };
    let packaged_from = record.pointer("/git/sha1").and_then(Value::as_str);
    let is_changed = record.pointer("/git/dirty") == Some(&Value::Bool(true));
    if packaged_from != Some(plain) {
        let other = packaged_from.unwrap_or("no commit");
        return Some(format!(
            "{name}: it was packaged from {other}, and not from {plain}"
        ));
    }
    (is_changed && !may_be_changed)
        .then(|| format!("{name}: it was packaged from work that is not committed"))
}

fn record(name: &str, packed: &[u8]) -> Result<Value, String> {
    let path = format!("{}/{RECORD}", name.trim_end_matches(".crate"));
    let members = members(packed)?;
    let member = members.into_iter().find(|(other, _)| *other == path);
    let (_, bytes) = member.ok_or_else(|| format!("it has no {RECORD}"))?;
    serde_json::from_slice(&bytes).map_err(|error| format!("its {RECORD} is no JSON: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::archive::pack;

    #[test]
    fn p4_a_crate_is_of_the_commit_that_is_signed() {
        let fault = |record: &str, commit: &str| {
            let packed = pack(&[("a-1.0.0/.cargo_vcs_info.json", record)]);
            fault("a-1.0.0.crate", &packed, commit)
        };
        let clean = r#"{ "git": { "sha1": "1234" }, "path_in_vcs": "a" }"#;
        let dirty = r#"{ "git": { "sha1": "1234", "dirty": true } }"#;
        for (record, commit, expected) in [
            (clean, "1234", None),
            (clean, "1234-changed", None),
            (dirty, "1234-changed", None),
            (dirty, "1234", Some("not committed")),
            (
                clean,
                "12345",
                Some("packaged from 1234, and not from 12345"),
            ),
            (clean, "", Some("packaged from 1234")),
            ("{}", "1234", Some("packaged from no commit")),
            ("", "1234", Some("is no JSON")),
        ] {
            let fault = fault(record, commit);
            match expected {
                None => assert_eq!(fault, None, "{record} {commit}"),
                Some(text) => assert!(
                    fault.as_ref().is_some_and(|it| it.contains(text)),
                    "{fault:?}"
                ),
            }
        }
        let without = pack(&[("a-1.0.0/Cargo.toml", "")]);
        assert!(super::fault("a-1.0.0.crate", &without, "1234").is_some());
    }

    #[test]
    fn p4_a_signature_names_the_commit() {
        assert_eq!(
            named("timestamp:1\tversion:1.0.0\tcommit:12\tfile:x"),
            Some("12")
        );
        assert_eq!(named("version:1.0.0"), None);
    }
}
