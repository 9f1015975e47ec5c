//! Stage 6: the files of the generated crate against what is on the disk.
//!
//! The only stage that touches the disk, and it touches nothing outside the folder it is given, whatever names it is
//! handed. Files that are equal are not written, so that a build does not start over; what the crate does not hold under
//! `src` any more is removed. What a file says is decided elsewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::diagnostic::{is_invisible, quoted};

#[cfg(test)]
mod tests;

/// The folder that belongs to the generator: what it does not know there, it removes.
const OWNED: &str = "src";
/// How many names are shown of each kind of change.
const SHOWN: usize = 3;

/// What differs between the disk and the files, by name relative to the root, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Not on the disk yet.
    pub added: Vec<String>,
    /// On the disk with another content.
    pub stale: Vec<String>,
    /// On the disk, under `src`, and no longer part of the crate.
    pub orphan: Vec<String>,
}

impl Changes {
    /// Whether the disk holds exactly the files.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.stale.is_empty() && self.orphan.is_empty()
    }
}

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = [
            ("added", &self.added),
            ("stale", &self.stale),
            ("orphan", &self.orphan),
        ];
        let mut separator = "";
        for (kind, names) in kinds.into_iter().filter(|(_, names)| !names.is_empty()) {
            let first: Vec<_> = names.iter().take(SHOWN).map(|name| quoted(name)).collect();
            write!(f, "{separator}{} {kind} ({}", names.len(), first.join(", "))?;
            match names.len().saturating_sub(SHOWN) {
                0 => f.write_str(")")?,
                rest => write!(f, " and {rest} more)")?,
            }
            separator = ", ";
        }
        if separator.is_empty() {
            f.write_str("nothing to change")
        } else {
            Ok(())
        }
    }
}

/// Compares the whole tree and changes nothing. Names are relative, with `/`.
///
/// # Errors
///
/// A name that would leave the root, a symbolic link in the way, or a disk that cannot be read.
pub fn compare(root: &Path, files: &BTreeMap<String, String>) -> io::Result<Changes> {
    check_names(files)?;
    let mut changes = Changes::default();
    for (name, content) in files {
        let path = place(root, name)?;
        match fs::symlink_metadata(&path) {
            Ok(found) if found.is_file() => {
                if fs::read(&path).map_err(|error| at(&path, &error))? != content.as_bytes() {
                    changes.stale.push(name.clone());
                }
            }
            // A folder of this name holds orphans only, since no file is another one's folder.
            Ok(_) => changes.added.push(name.clone()),
            Err(error) if is_absent(&error) => changes.added.push(name.clone()),
            Err(error) => return Err(at(&path, &error)),
        }
    }
    let found = list(root)?;
    changes.orphan = found
        .into_iter()
        .filter(|name| !files.contains_key(name))
        .collect();
    Ok(changes)
}

/// Brings the disk up to the files, by what [`compare`] found.
///
/// Each file is replaced as a whole or not at all, so that an interrupted run leaves no half-written one.
///
/// # Errors
///
/// As for [`compare`], or a disk that cannot be written.
pub fn apply(root: &Path, files: &BTreeMap<String, String>, changes: &Changes) -> io::Result<()> {
    check_names(files)?;
    // First, so that a file can take the place of a folder and the other way round.
    for name in &changes.orphan {
        remove(root, name)?;
    }
    for name in changes.added.iter().chain(&changes.stale) {
        let content = files
            .get(name)
            .ok_or_else(|| refused(name, "is not among the files to write"))?;
        replace(&place(root, name)?, content)?;
    }
    Ok(())
}

/// Refuses names that could reach outside the root, or that no disk keeps apart.
fn check_names(files: &BTreeMap<String, String>) -> io::Result<()> {
    let mut folded = BTreeSet::new();
    for name in files.keys() {
        check_name(name)?;
        if !folded.insert(name.to_lowercase()) {
            return Err(refused(name, "differs from another file by case only"));
        }
        let mut folder = name.as_str();
        while let Some((parent, _)) = folder.rsplit_once('/') {
            if files.contains_key(parent) {
                return Err(refused(name, "lies in a folder that is a file as well"));
            }
            folder = parent;
        }
    }
    Ok(())
}

fn check_name(name: &str) -> io::Result<()> {
    let is_bad_segment =
        |segment: &str| matches!(segment, "" | "." | "..") || segment.ends_with([' ', '.']);
    if name.split('/').any(is_bad_segment) {
        return Err(refused(
            name,
            "has an empty segment or one that ends in a dot or blank",
        ));
    }
    // A colon names a drive or a stream on Windows.
    if name
        .chars()
        .any(|c| is_invisible(c) || matches!(c, '\\' | ':'))
    {
        return Err(refused(name, "holds a character that no file name should"));
    }
    Ok(())
}

fn refused(name: &str, why: &str) -> io::Error {
    io::Error::new(
        ErrorKind::InvalidInput,
        format!("the file {} is refused: it {why}", quoted(name)),
    )
}

fn at(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// Nothing there, or a file where a folder should be: that one is an orphan and goes first.
fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// The path of a name, if no symbolic link on the way leads elsewhere. The root itself may be one.
fn place(root: &Path, name: &str) -> io::Result<PathBuf> {
    check_name(name)?;
    let mut path = root.to_owned();
    for segment in name.split('/') {
        path.push(segment);
        refuse_link(&path)?;
    }
    Ok(path)
}

fn refuse_link(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_symlink() => {
            let message = format!(
                "{}: is a symbolic link, and the generator follows none: remove it",
                path.display()
            );
            Err(io::Error::new(ErrorKind::InvalidInput, message))
        }
        _ => Ok(()),
    }
}

/// The names of all files in the owned folder.
fn list(root: &Path) -> io::Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    let mut waiting = vec![OWNED.to_owned()];
    while let Some(folder) = waiting.pop() {
        let path = root.join(&folder);
        refuse_link(&path)?;
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if is_absent(&error) => continue,
            Err(error) => return Err(at(&path, &error)),
        };
        for entry in entries {
            let entry = entry.map_err(|error| at(&path, &error))?;
            refuse_link(&entry.path())?;
            let Ok(name) = entry.file_name().into_string() else {
                let message = format!(
                    "{}: the name is not UTF-8: remove it",
                    entry.path().display()
                );
                return Err(io::Error::new(ErrorKind::InvalidInput, message));
            };
            let name = format!("{folder}/{name}");
            if entry
                .file_type()
                .map_err(|error| at(&path, &error))?
                .is_dir()
            {
                waiting.push(name);
            } else {
                names.insert(name);
            }
        }
    }
    Ok(names)
}

/// Removes an orphan and the folders that it leaves empty.
fn remove(root: &Path, name: &str) -> io::Result<()> {
    if !name
        .strip_prefix(OWNED)
        .is_some_and(|rest| rest.starts_with('/'))
    {
        return Err(refused(name, "does not belong to the generator"));
    }
    let path = owned_place(root, name)?;
    fs::remove_file(&path).map_err(|error| at(&path, &error))?;
    let owned = root.join(OWNED);
    for folder in path
        .ancestors()
        .skip(1)
        .take_while(|folder| *folder != owned)
    {
        match fs::remove_dir(folder) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::DirectoryNotEmpty => break,
            Err(error) => return Err(at(folder, &error)),
        }
    }
    Ok(())
}

/// The path of a name found on the disk: it may hold odd characters, but no step upwards.
fn owned_place(root: &Path, name: &str) -> io::Result<PathBuf> {
    let mut path = root.to_owned();
    for segment in name.split('/') {
        if matches!(segment, "" | "." | "..") {
            return Err(refused(name, "has an empty segment or dots"));
        }
        path.push(segment);
        refuse_link(&path)?;
    }
    Ok(path)
}

fn replace(path: &Path, content: &str) -> io::Result<()> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(refused(&path.display().to_string(), "has no folder"));
    };
    fs::create_dir_all(folder).map_err(|error| at(folder, &error))?;
    let mut hidden = std::ffi::OsString::from(".");
    hidden.push(name);
    hidden.push(".new");
    let draft = folder.join(hidden);
    let written = write_new(&draft, content).and_then(|()| fs::rename(&draft, path));
    written.map_err(|error| {
        // The first error is the one to tell.
        drop(fs::remove_file(&draft));
        at(path, &error)
    })
}

/// Writes a file that is not there yet, so that nothing is written through a link; one left by an interrupted run goes.
fn write_new(path: &Path, content: &str) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(content.as_bytes())
}
