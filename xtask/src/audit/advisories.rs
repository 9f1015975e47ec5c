//! The gate on known vulnerabilities, and on packages that are unmaintained or unsound: cargo-audit over all lock files.
//!
//! The database is a folder that somebody names, else a copy of the live one, else there is none and the gate says so.
//! How old it is, is told: an old database finds nothing new.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Scene;
use super::program::{Said, must_find, plant, run};
use super::verdict::Verdict;
use crate::date::Day;
use crate::outcome::Failure;
use crate::terminal::note;
use crate::tools;
use crate::workspace::{LOCKED, LockedFolder, cannot};

/// A database that is older is good for little.
const OLD_DAYS: i64 = 90;

/// A version with known vulnerabilities, and one of them.
const PLANTED: (&str, &str) = (
    "version = 4\n\n[[package]]\nname = \"h2\"\nversion = \"0.3.22\"\n\
     source = \"registry+https://github.com/rust-lang/crates.io-index\"\n",
    "RUSTSEC-2024-0003",
);

/// Looks for advisories on anything that is locked.
pub(crate) fn gate(scene: &Scene<'_>) -> Result<Verdict, Failure> {
    let program = match tools::program(scene.workspace, tools::CARGO_AUDIT) {
        Ok(program) => program,
        Err(reason) => return Ok(Verdict::Skipped(reason)),
    };
    let database = match &scene.advisory_db {
        Some(folder) => folder.clone(),
        None => match fetch(scene, &program)? {
            Ok(folder) => folder,
            Err(reason) => return Ok(Verdict::Limited(reason)),
        },
    };
    let Some((count, newest)) = newest(&database.join("crates"))? else {
        let what = format!("{}: there is no advisory in it", database.display());
        return Err(Failure::CouldNotRun(what));
    };
    let planted = scene.scratch.join("vulnerable/Cargo.lock");
    plant(&scene.scratch, "vulnerable/Cargo.lock", PLANTED.0)?;
    must_find(&ask(&program, &database, &planted)?, PLANTED.1)?;

    let mut found = Vec::new();
    for lock in LOCKED.map(LockedFolder::lock) {
        let said = ask(&program, &database, &scene.workspace.path(&lock))?;
        if !said.is_content {
            found.push(format!("{lock}:\n{}", said.text.trim_end()));
        }
    }
    let age = scene.today.since(newest);
    if age > OLD_DAYS {
        note(&format!(
            "WARNING: the newest advisory is {age} days old; what was found since is not looked for"
        ));
    }
    let figure = format!(
        "{} lock files against {count} advisories, the newest {age} days old",
        LOCKED.len()
    );
    Ok(Verdict::of(found, figure))
}

fn ask(program: &Path, database: &Path, lock: &Path) -> Result<Said, Failure> {
    let mut command = Command::new(program);
    command
        // What is yanked has a gate of its own, which needs no network. Anything that is told is a refusal.
        .args([
            "audit",
            "--no-fetch",
            "--stale",
            "--no-yanked",
            "--deny",
            "warnings",
        ])
        .arg("--db")
        .arg(database)
        .arg("--file")
        .arg(lock);
    run(&mut command)
}

/// A copy of the live database under `target`; or why there is none.
fn fetch(scene: &Scene<'_>, program: &Path) -> Result<Result<PathBuf, String>, Failure> {
    let folder = scene.scratch.join("advisory-db");
    let mut command = Command::new(program);
    command
        .args(["audit", "--no-yanked", "--db"])
        .arg(&folder)
        .arg("--file")
        .arg(scene.workspace.path("Cargo.lock"));
    let said = run(&mut command)?;
    // What it found is asked for again below; here it counts that the database has come.
    if said.text.contains("Loaded ") {
        return Ok(Ok(folder));
    }
    let last = said.text.lines().rfind(|line| !line.trim().is_empty());
    Ok(Err(format!(
        "no advisory database was named (--advisory-db DIR, or ADVISORY_DB), and the live one cannot be had: {}",
        last.unwrap_or("no reason given").trim()
    )))
}

/// How many advisories there are, and the day of the newest.
fn newest(folder: &Path) -> Result<Option<(usize, Day)>, Failure> {
    let mut days = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let failed = |error| cannot("read", &folder, &error);
        for entry in fs::read_dir(&folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "md") {
                let text =
                    fs::read_to_string(&path).map_err(|error| cannot("read", &path, &error))?;
                days.extend(day(&text));
            }
        }
    }
    Ok(days.iter().max().map(|newest| (days.len(), *newest)))
}

/// The day of an advisory: the line `date = "2026-08-17"`.
fn day(text: &str) -> Option<Day> {
    let line = text.lines().find_map(|line| line.strip_prefix("date = \""));
    line.and_then(Day::parse)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn the_age_of_a_database_is_that_of_its_newest_advisory() {
        let scratch = Scratch::new("advisories");
        assert!(newest(&scratch.path("no-such-folder")).is_err());
        scratch.write(
            "crates/a/RUSTSEC-1.md",
            "```toml\n[advisory]\ndate = \"2024-01-17\"\n```\n",
        );
        scratch.write(
            "crates/b/RUSTSEC-2.md",
            "```toml\n[advisory]\ndate = \"2026-08-17\"\n```\n",
        );
        scratch.write("crates/b/README.txt", "date = \"2027-01-01\"\n");
        let (count, day) = newest(&scratch.path("crates")).unwrap().unwrap();
        assert_eq!((count, Some(day)), (2, Day::parse("2026-08-17")));
    }
}
