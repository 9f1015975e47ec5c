//! Puts the files of a release into a folder. It decides nothing about what is in a crate: cargo does, and `content`
//! refuses what must not be there.

use std::fmt::Write;
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

use super::signature::SecretKey;
use super::{SIGNATURE, SUMS, content, moment, origin};
use crate::outcome::{Failure, Outcome};
use crate::pin::sha256;
use crate::sbom::{self, PUBLISHED};
use crate::workspace::{Workspace, cannot};

/// One time that a release is put together.
pub(crate) struct Pass<'a> {
    /// Where its files go; what was there is removed.
    pub(crate) folder: &'a Path,
    /// Where cargo works.
    pub(crate) target: &'a Path,
    /// A rehearsal may be of work that is not committed.
    pub(crate) may_be_uncommitted: bool,
    /// Whether what was packaged is compiled, as its users will.
    pub(crate) is_built: bool,
}

/// Packages, describes, sums up and signs.
pub(crate) fn assemble(workspace: &Workspace, key: Option<&SecretKey>, pass: &Pass<'_>) -> Outcome {
    match fs::remove_dir_all(pass.folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(cannot("empty", pass.folder, &error));
        }
        _ => {}
    }
    fs::create_dir_all(pass.folder).map_err(|error| cannot("create", pass.folder, &error))?;
    package(workspace, pass)?;
    let commit = origin::of_checkout(workspace)?;
    let mut files = Vec::new();
    for bill in sbom::all(workspace)? {
        let name = bill.file.replace(".cdx.json", ".crate");
        let path = pass.target.join("package").join(&name);
        let bytes = fs::read(&path).map_err(|error| cannot("read", &path, &error))?;
        content::check(&name, &bytes)?;
        if let Some(fault) = origin::fault(&name, &bytes, &commit) {
            return Err(Failure::Found(fault));
        }
        files.push((name, bytes));
        files.push((bill.file, bill.text.into_bytes()));
    }
    files.sort();
    let sums = sums(&files);
    if let Some(key) = key {
        let signature = key.sign(sums.as_bytes(), &comment(workspace, &commit)?);
        files.push((SIGNATURE.to_owned(), signature.into_bytes()));
    }
    files.push((SUMS.to_owned(), sums.into_bytes()));
    for (name, bytes) in files {
        let path = pass.folder.join(name);
        fs::write(&path, bytes).map_err(|error| cannot("write", &path, &error))?;
    }
    Ok(())
}

fn package(workspace: &Workspace, pass: &Pass<'_>) -> Outcome {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .args(["package", "--quiet", "--locked"])
        .args(PUBLISHED.iter().flat_map(|name| ["--package", name]))
        .arg("--target-dir")
        .arg(pass.target)
        .current_dir(workspace.root());
    if pass.may_be_uncommitted {
        command.arg("--allow-dirty");
    }
    if !pass.is_built {
        command.arg("--no-verify");
    }
    let status = command.status().map_err(|error| {
        Failure::CouldNotRun(format!("`cargo package` does not start: {error}"))
    })?;
    if status.success() {
        return Ok(());
    }
    let what = "`cargo package` failed: mend what it says above".to_owned();
    Err(Failure::Found(what))
}

/// A line for each file, as `sha256sum` writes it.
fn sums(files: &[(String, Vec<u8>)]) -> String {
    files.iter().fold(String::new(), |mut text, (name, bytes)| {
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "{}  {name}", sha256(bytes));
        text
    })
}

/// What is signed with the checksums: which release they are of, of which commit, and when that was made.
fn comment(workspace: &Workspace, commit: &str) -> Result<String, Failure> {
    let manifest = workspace.read("Cargo.toml")?;
    let version = manifest
        .lines()
        .find_map(|line| line.strip_prefix("version = \""));
    let version = version
        .map(|rest| rest.trim_end_matches('"'))
        .unwrap_or_default();
    Ok(format!(
        "timestamp:{}\tversion:{version}\tcommit:{commit}\tfile:{SUMS}",
        moment(workspace)?
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_written_as_sha256sum_does() {
        let files = [
            ("a".to_owned(), b"abc".to_vec()),
            ("b".to_owned(), Vec::new()),
        ];
        assert_eq!(
            sums(&files),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a\n\
             e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  b\n"
        );
    }
}
