//! `cargo xtask release`: everything that a release consists of, in one folder: the packaged crates, a bill of materials
//! for each, checksums of them all, and a signature over the checksums if there is a key here.
//!
//! It uploads nothing. What it makes depends on the commit and the key alone; the rehearsal makes it twice, in two
//! places, and compares the bytes. Whether a folder is a release that can be trusted is `verify`'s to say.

mod archive;
mod assemble;
mod content;
mod origin;
mod signature;
pub(crate) mod verify;

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::cli;
use crate::outcome::{Failure, Outcome};
use crate::terminal::{progress, say};
use crate::workspace::{Workspace, cannot};

use assemble::{Pass, assemble};
use signature::SecretKey;

/// Where releases are put together.
const FOLDER: &str = "target/dist";

/// The checksums, in the form that `sha256sum --check` reads.
const SUMS: &str = "SHA256SUMS";

/// Minisign's signature of them.
const SIGNATURE: &str = "SHA256SUMS.minisig";

/// Puts a release together; or rehearses it.
pub(crate) fn run(workspace: &Workspace, options: &cli::Release) -> Outcome {
    if options.dry_run {
        return rehearse(workspace);
    }
    let key = match &options.secret_key {
        Some(file) => Some(read_key(file)?),
        None => None,
    };
    let folder = workspace.path(FOLDER).join("release");
    let pass = Pass {
        folder: &folder,
        target: &workspace.path("target/package-release"),
        may_be_uncommitted: false,
        is_built: true,
    };
    assemble(workspace, key.as_ref(), &pass)?;
    tell(&folder, key.as_ref())
}

fn read_key(file: &Path) -> Result<SecretKey, Failure> {
    let text = fs::read_to_string(file).map_err(|error| cannot("read", file, &error))?;
    SecretKey::parse(&text)
        .map_err(|fault| Failure::CouldNotRun(format!("{}: {fault}", file.display())))
}

/// Makes it twice with a key for this once, compares, and verifies it as its user would.
fn rehearse(workspace: &Workspace) -> Outcome {
    let folder = workspace.path(FOLDER).join("rehearsal");
    let key = SecretKey::throw_away()?;
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::write(&path, text).map_err(|error| cannot("write", &path, &error))
    };
    fs::create_dir_all(&folder).map_err(|error| cannot("create", &folder, &error))?;
    write("throw-away.key", &key.text())?;
    write("throw-away.pub", &key.public().text())?;
    let places = ["first", "second"].map(|name| folder.join(name));
    for (place, is_built) in places.iter().zip([true, false]) {
        progress(&format!("packaging into {}", place.display()));
        let pass = Pass {
            folder: place,
            target: &place.with_extension("target"),
            may_be_uncommitted: true,
            is_built,
        };
        assemble(workspace, Some(&key), &pass)?;
    }
    let [first, second] = &places;
    let differences = differences(first, second)?;
    if !differences.is_empty() {
        return Err(Failure::Found(format!(
            "made twice, and not the same: {}",
            differences.join(", ")
        )));
    }
    let verified = verify::verify(first, &key.public().text())?;
    if !verified.faults.is_empty() {
        return Err(Failure::Found(verified.faults.join("\n")));
    }
    say("made twice, byte for byte the same; verified; nothing is uploaded");
    tell(first, Some(&key))
}

fn tell(folder: &Path, key: Option<&SecretKey>) -> Outcome {
    for (name, bytes) in files(folder)? {
        say(&format!("{:>9}  {name}", bytes.len()));
    }
    let next = key.map_or_else(
        || format!("not signed: minisign -S -m {}", folder.join(SUMS).display()),
        |key| {
            let (folder, key) = (folder.display(), key.public());
            format!(
                "cargo xtask verify-release {folder} --public-key {}",
                key.line()
            )
        },
    );
    say(&next);
    Ok(())
}

/// The seconds since 1970 that a release is dated with: what the builder asks for, else those of the commit.
pub(crate) fn moment(workspace: &Workspace) -> Result<u64, Failure> {
    if let Ok(text) = env::var("SOURCE_DATE_EPOCH") {
        return text.parse().map_err(|error| {
            Failure::CouldNotRun(format!("SOURCE_DATE_EPOCH: `{text}`: {error}"))
        });
    }
    let output = Command::new("git")
        .args(["log", "-1", "--format=%ct"])
        .current_dir(workspace.root())
        .output()
        .map_err(|error| Failure::CouldNotRun(format!("git does not start: {error}")))?;
    let text = String::from_utf8_lossy(&output.stdout);
    text.trim().parse().map_err(|error| {
        Failure::CouldNotRun(format!(
            "git knows no commit to date this by ({error}): set SOURCE_DATE_EPOCH"
        ))
    })
}

/// The files of a folder with their bytes, in the order of their names. A folder in it is none.
fn files(folder: &Path) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let failed = |error| cannot("read", folder, &error);
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let path = entry.path();
        let bytes = fs::read(&path).map_err(|error| cannot("read", &path, &error))?;
        files.push((entry.file_name().to_string_lossy().into_owned(), bytes));
    }
    files.sort();
    Ok(files)
}

fn differences(first: &Path, second: &Path) -> Result<Vec<String>, Failure> {
    let (first, second) = (files(first)?, files(second)?);
    let here = first.iter().filter(|file| !second.contains(file));
    let there = second.iter().filter(|file| !first.contains(file));
    let mut names: Vec<String> = here.chain(there).map(|(name, _)| name.clone()).collect();
    names.sort();
    names.dedup();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn p4_one_byte_makes_two_folders_different() {
        let scratch = Scratch::new("differences");
        for name in ["a/x", "b/x", "a/y", "b/y"] {
            scratch.write(name, "same");
        }
        let compare = || differences(&scratch.path("a"), &scratch.path("b")).unwrap();
        assert!(compare().is_empty());
        scratch.write("b/y", "sane");
        scratch.write("b/z", "more");
        assert_eq!(compare(), ["y", "z"]);
    }
}
