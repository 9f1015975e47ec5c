//! `cargo xtask audit`: everything that is checked about what we build on, and about what we might give away.
//!
//! This file runs the gates and tells how they went; each gate has a file of its own. All of them run, whatever the
//! first ones find. A gate that asks a foreign program shows it a planted fault first: a check that cannot fail proves
//! nothing. What is checked about our own code line by line is `tidy`'s business and clippy's.

mod advisories;
mod bans;
mod built;
pub(crate) mod floors;
mod index;
mod keys;
pub(crate) mod lock;
mod material;
mod patterns;
mod program;
mod published;
mod review;
mod reviews;
mod size;
mod verdict;
mod workflows;

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use crate::cli;
use crate::date::Day;
use crate::metadata;
use crate::outcome::{Failure, Outcome};
use crate::terminal::{progress, say};
use crate::test::in_ci;
use crate::workspace::{GENERATED, LOCKED, Workspace};

use index::Index;
use lock::Locked;
use published::Known;
use review::Reviewed;
use verdict::Verdict;

/// Versions that are wanted although they are young.
const YOUNG: &str = ".ci/young-packages.txt";

/// What the gates look at.
pub(crate) struct Scene<'a> {
    workspace: &'a Workspace,
    /// The advisory database, if somebody named one.
    advisory_db: Option<PathBuf>,
    /// Where faults are planted.
    scratch: PathBuf,
    today: Day,
}

type Gate = fn(&Scene<'_>) -> Result<Verdict, Failure>;

/// The gates, the quick ones first.
const GATES: [(&str, Gate); 14] = [
    ("sources", |scene| {
        let packages = scene.locked()?;
        let figure = format!(
            "{} packages of {} lock files, all from one registry",
            packages.len(),
            LOCKED.len()
        );
        Ok(Verdict::of(lock::from_elsewhere(&packages), figure))
    }),
    ("yanked", |scene| Ok(published::yanked(&scene.known()?))),
    ("cool-down", |scene| {
        let wanted = Reviewed::read(scene.workspace, YOUNG)?;
        Ok(published::cool_down(&scene.known()?, scene.today, &wanted))
    }),
    ("floors", floors::gate),
    ("oldest compiler", compilers),
    ("packages", size::gate),
    ("build scripts", built::gate),
    ("bill of materials", material::gate),
    ("advisories", advisories::gate),
    ("bans, licences", bans::gate),
    ("reviews", reviews::gate),
    ("keys", keys::gate),
    ("workflows", workflows::gate),
    ("patterns", patterns::gate),
];

/// The names of the gates.
pub(crate) fn gates() -> impl Iterator<Item = &'static str> {
    GATES.into_iter().map(|(name, _)| name)
}

/// Runs every gate, then says how each went.
pub(crate) fn run(workspace: &Workspace, options: &cli::Audit) -> Outcome {
    let scene = Scene {
        workspace,
        advisory_db: options.advisory_db.clone(),
        scratch: workspace.path("target/audit"),
        today: Day::today(),
    };
    scene.refresh_index();
    let (mut found, mut broken) = (Vec::new(), Vec::new());
    for (name, gate) in GATES {
        progress(&format!("{name} …"));
        let started = Instant::now();
        let (line, is_failure) = match gate(&scene) {
            Ok(verdict) => account(name, &verdict, in_ci()),
            Err(failure) => {
                broken.push(name);
                (format!("BROKEN   {name}: {}", failure.message()), false)
            }
        };
        say(&format!(
            "{line} ({:.1} s)",
            started.elapsed().as_secs_f64()
        ));
        if is_failure {
            found.push(name);
        }
    }
    conclude(&found, &broken)
}

/// What was found comes first: it can be mended. A gate that is broken has not looked.
fn conclude(found: &[&str], broken: &[&str]) -> Outcome {
    let mut told = Vec::new();
    if !found.is_empty() {
        told.push(format!(
            "{}: mend what stands above, or, where the list of a gate allows it, add an exception with its reason",
            found.join(", ")
        ));
    }
    if !broken.is_empty() {
        told.push(format!("{}: could not run", broken.join(", ")));
    }
    let told = told.join("\n");
    match (found, broken) {
        ([], []) => Ok(()),
        ([], _) => Err(Failure::CouldNotRun(told)),
        _ => Err(Failure::Found(told)),
    }
}

/// A line for a gate, and whether it fails the audit.
fn account(name: &str, verdict: &Verdict, in_ci: bool) -> (String, bool) {
    match verdict {
        Verdict::Passed(looked_at) => (format!("passed   {name}: {looked_at}"), false),
        Verdict::Found(found) => (format!("FOUND    {name}:\n  {}", found.join("\n  ")), true),
        Verdict::Skipped(reason) => (format!("SKIPPED  {name}: {reason}"), in_ci),
        Verdict::Limited(reason) => (format!("SKIPPED  {name}: {reason}"), false),
    }
}

/// What the published crates are made of compiles with the compiler that they promise.
fn compilers(scene: &Scene<'_>) -> Result<Verdict, Failure> {
    let packages = metadata::read(scene.workspace, "Cargo.toml")?;
    let behind = metadata::behind(&packages, GENERATED);
    let foreign = behind.iter().filter_map(|id| {
        let package = packages.get(*id)?;
        Some(Locked {
            name: package.name.clone(),
            version: package.version.clone(),
            source: package.source.clone()?,
        })
    });
    let known = look_up(foreign.collect());
    let manifest = scene.workspace.read("Cargo.toml")?;
    let oldest = manifest
        .lines()
        .find_map(|line| line.strip_prefix("rust-version = \""));
    let Some(oldest) = oldest.map(|rest| rest.trim_end_matches('"')) else {
        return Err(Failure::CouldNotRun(
            "Cargo.toml: it has no `rust-version`".to_owned(),
        ));
    };
    Ok(published::compilers(&known, oldest))
}

/// Asks the index about each.
fn look_up(packages: Vec<Locked>) -> Vec<Known> {
    let index = Index::of_cargo();
    let known = packages.into_iter().map(|package| {
        let entry = index.entry(&package);
        (package, entry)
    });
    known.collect()
}

impl<'a> Scene<'a> {
    /// Every foreign package of all lock files, once.
    fn locked(&self) -> Result<Vec<Locked>, Failure> {
        let mut packages = Vec::new();
        for locked in LOCKED {
            packages.extend(lock::read(self.workspace, locked)?);
        }
        packages.sort();
        packages.dedup();
        Ok(packages)
    }

    fn known(&self) -> Result<Vec<Known>, Failure> {
        Ok(look_up(self.locked()?))
    }

    /// Lets cargo bring its copy of the index up to date. Without a network the copy counts as it is.
    fn refresh_index(&self) {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        for locked in LOCKED {
            let refreshed = Command::new(&cargo)
                .args(["update", "--dry-run", "--quiet", "--manifest-path"])
                .arg(locked.manifest())
                .env("CARGO_NET_RETRY", "0")
                .current_dir(self.workspace.root())
                .output();
            if !refreshed.is_ok_and(|output| output.status.success()) {
                say(
                    "note: the index of the registry is as cargo last saw it, there is no network to ask again",
                );
                return;
            }
        }
    }

    #[cfg(test)]
    fn of_test(workspace: &'a Workspace) -> Self {
        Self {
            workspace,
            advisory_db: None,
            scratch: workspace.path("target/audit"),
            today: Day::today(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gate_that_is_broken_is_no_finding_and_no_success() {
        assert!(conclude(&[], &[]).is_ok());
        assert!(matches!(
            conclude(&[], &["a"]),
            Err(Failure::CouldNotRun(_))
        ));
        let both = conclude(&["a"], &["b"]).unwrap_err();
        assert!(matches!(&both, Failure::Found(_)) && both.message().ends_with("b: could not run"));
    }

    #[test]
    fn what_could_not_look_is_loud_and_fails_in_ci() {
        let reason = || "no pip".to_owned();
        for (verdict, in_ci, line, fails) in [
            (
                Verdict::Passed("2 files".to_owned()),
                true,
                "passed   a: 2 files",
                false,
            ),
            (
                Verdict::Found(vec!["x".to_owned()]),
                false,
                "FOUND    a:\n  x",
                true,
            ),
            (
                Verdict::Skipped(reason()),
                false,
                "SKIPPED  a: no pip",
                false,
            ),
            (Verdict::Skipped(reason()), true, "SKIPPED  a: no pip", true),
            (
                Verdict::Limited(reason()),
                true,
                "SKIPPED  a: no pip",
                false,
            ),
        ] {
            assert_eq!(account("a", &verdict, in_ci), (line.to_owned(), fails));
        }
    }
}
