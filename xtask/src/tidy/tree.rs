//! The files that tidy looks at, and what a rule says about one. It knows where things stand, and no rule.

use std::fmt;
use std::fs;
use std::path::Path;

use crate::outcome::Failure;
use crate::workspace::{DOCUMENT, Workspace, cannot};

/// A text file of the repository.
#[derive(Debug)]
pub(crate) struct File {
    /// Relative to the repository, with forward slashes.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// Something that breaks a rule.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    path: String,
    line: usize,
    what: String,
}

/// Every text file of the repository, in the order of their paths.
#[derive(Debug)]
pub(crate) struct Tree {
    pub(crate) files: Vec<File>,
    /// The size of the vendored document, which budgets are measured against.
    pub(crate) document_bytes: u64,
}

impl File {
    /// A file whose text people wrote, in Rust; not the pieces of code that only rules are tried on.
    pub(crate) fn is_handwritten_rust(&self) -> bool {
        self.is_rust()
            && !self.is_generated()
            && !self.path.contains("/golden/")
            && !self.path.starts_with(".ci/semgrep/")
    }

    pub(crate) fn is_rust(&self) -> bool {
        Path::new(&self.path)
            .extension()
            .is_some_and(|it| it == "rs")
    }

    /// A source file that `cargo xtask generate` writes.
    pub(crate) fn is_generated(&self) -> bool {
        self.path.starts_with("stripe-generated/src/")
    }

    /// A finding on a line, counted from 1.
    pub(crate) fn finding(&self, line: usize, what: impl Into<String>) -> Finding {
        Finding {
            path: self.path.clone(),
            line,
            what: what.into(),
        }
    }

    /// The lines with their numbers, counted from 1.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .zip(1..)
            .map(|(text, number)| (number, text))
    }
}

impl Finding {
    /// A finding about the repository as a whole.
    pub(crate) fn whole(path: &str, what: String) -> Self {
        Self {
            path: path.to_owned(),
            line: 1,
            what,
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.what)
    }
}

impl Tree {
    /// Reads the repository, but for build output, git's own files, and the vendored document.
    pub(crate) fn read(workspace: &Workspace) -> Result<Self, Failure> {
        let mut files = Vec::new();
        collect(workspace, "", &mut files)?;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let document = fs::metadata(workspace.path(DOCUMENT));
        let document_bytes = document
            .map_err(|error| cannot("read", DOCUMENT, &error))?
            .len();
        Ok(Self {
            files,
            document_bytes,
        })
    }
}

/// Adds the text files below a folder, given by its path inside the repository ("" or with a slash at its end).
fn collect(workspace: &Workspace, folder: &str, files: &mut Vec<File>) -> Result<(), Failure> {
    let failed = |error| cannot("read", folder, &error);
    for entry in fs::read_dir(workspace.path(folder)).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let path = format!("{folder}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().map_err(failed)?;
        if kind.is_dir() && !is_skipped(&path) {
            collect(workspace, &format!("{path}/"), files)?;
        // In a second working tree, `.git` is a file that holds a path.
        } else if kind.is_file() && path != DOCUMENT && path != ".git" {
            let bytes = fs::read(entry.path()).map_err(|error| cannot("read", &path, &error))?;
            // What is not text has no lines to check.
            files.extend(
                String::from_utf8(bytes)
                    .ok()
                    .map(|text| File { path, text }),
            );
        }
    }
    Ok(())
}

fn is_skipped(folder: &str) -> bool {
    matches!(folder.rsplit('/').next(), Some(".git" | "target")) || folder == "out"
}

/// A file made up by a test.
#[cfg(test)]
pub(crate) fn file(path: &str, text: &str) -> File {
    File {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}

/// What a rule says about a made-up file, as text.
#[cfg(test)]
pub(crate) fn found(rule: super::Rule, path: &str, text: &str) -> Vec<String> {
    rule(&file(path, text))
        .iter()
        .map(Finding::to_string)
        .collect()
}
