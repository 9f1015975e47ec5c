//! Lists of exceptions that people reviewed: a line each, `word word … # reason`. An exception is data with a reason.
//!
//! It reads a list and compares it with what is there. What the words mean is up to the gate.

use std::collections::BTreeSet;

use crate::outcome::Failure;
use crate::workspace::Workspace;

/// What was reviewed: the words before each reason.
#[derive(Debug)]
pub(crate) struct Reviewed {
    path: &'static str,
    entries: BTreeSet<String>,
}

impl Reviewed {
    pub(crate) fn read(workspace: &Workspace, path: &'static str) -> Result<Self, Failure> {
        Self::parse(path, &workspace.read(path)?)
    }

    pub(crate) fn parse(path: &'static str, text: &str) -> Result<Self, Failure> {
        let mut entries = BTreeSet::new();
        for (line, number) in text.lines().zip(1..) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let Some((entry, reason)) = line.split_once(" # ") else {
                let what = format!("{path}:{number}: write ` # ` and the reason behind it");
                return Err(Failure::CouldNotRun(what));
            };
            if reason.trim().is_empty() || !entries.insert(entry.trim().to_owned()) {
                let what = format!("{path}:{number}: it has no reason, or stands there twice");
                return Err(Failure::CouldNotRun(what));
            }
        }
        Ok(Self { path, entries })
    }

    pub(crate) fn has(&self, entry: &str) -> bool {
        self.entries.contains(entry)
    }

    /// What is there and was not reviewed, and what was reviewed and is not there any more.
    pub(crate) fn differences(&self, there: &BTreeSet<String>) -> Vec<String> {
        let new = there.difference(&self.entries).map(|it| {
            format!(
                "{it}: nobody has reviewed it; read it, and add it to {}",
                self.path
            )
        });
        let gone = self.entries.difference(there);
        let gone = gone.map(|it| format!("{it}: it is gone; take it out of {}", self.path));
        new.chain(gone).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Reviewed, Failure> {
        Reviewed::parse("list.txt", text)
    }

    #[test]
    fn an_entry_needs_a_reason() {
        let list = parse("# a heading\n\nring build script # compiles assembly\n").unwrap();
        assert!(list.has("ring build script") && !list.has("ring"));
        for wrong in ["ring\n", "ring # \n", "ring # a\nring # b\n"] {
            let message = parse(wrong).unwrap_err().message().to_owned();
            assert!(message.starts_with("list.txt:"), "{message}");
        }
    }

    #[test]
    fn both_the_new_and_the_gone_are_told() {
        let list = parse("a # x\nb # y\n").unwrap();
        let there = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect();
        assert!(list.differences(&there(&["a", "b"])).is_empty());
        let told = list.differences(&there(&["b", "c"]));
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].starts_with("c: nobody"), "{told:?}");
        assert!(told[1].starts_with("a: it is gone"), "{told:?}");
    }
}
