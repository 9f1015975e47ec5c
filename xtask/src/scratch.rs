//! A folder for one test, laid out as a small repository and gone when the test is over. Not for anything but tests.

use std::fs;
use std::path::{Path, PathBuf};
use std::process;

use crate::pin::{git_blob, sha256};
use crate::workspace::{DOCUMENT, PIN, README, RESTRICTED_KEYS, Workspace};

/// The folder.
#[derive(Debug)]
pub(crate) struct Scratch {
    root: PathBuf,
}

impl Scratch {
    /// An empty folder; the name tells the tests of one process apart.
    pub(crate) fn new(name: &str) -> Self {
        let root = std::env::temp_dir().join(format!("xtask-{}-{name}", process::id()));
        fs::create_dir_all(&root).unwrap();
        Self { root }
    }

    /// A repository whose pinned document has this text.
    pub(crate) fn repository(name: &str, document: &str) -> Self {
        let scratch = Self::new(name);
        let bytes = document.as_bytes();
        let pin = format!(
            "api_version = \"v\"\nrepository = \"r\"\npath = \"p\"\ncommit = \"c\"\n\
             bytes = {}\nsha256 = \"{}\"\ngit_blob = \"{}\"\n",
            bytes.len(),
            sha256(bytes),
            git_blob(bytes)
        );
        scratch.write(DOCUMENT, document);
        scratch.write(PIN, &pin);
        scratch.write(README, "<!-- features:start -->\n<!-- features:end -->\n");
        let permissions = "<!-- permissions:start -->\n<!-- permissions:end -->\n";
        scratch.write(RESTRICTED_KEYS, permissions);
        scratch
    }

    pub(crate) fn workspace(&self) -> Workspace {
        Workspace::at(&self.root)
    }

    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    pub(crate) fn write(&self, relative: &str, text: &str) {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().unwrap_or_else(|| Path::new(""))).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Every file with its text, to compare before and after.
    pub(crate) fn content(&self) -> Vec<(PathBuf, String)> {
        let mut content = Vec::new();
        let mut folders = vec![self.root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    content.push((path.clone(), fs::read_to_string(&path).unwrap()));
                }
            }
        }
        content.sort();
        content
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A folder that stays behind is litter, not a failed test.
        fs::remove_dir_all(&self.root).unwrap_or_default();
    }
}
