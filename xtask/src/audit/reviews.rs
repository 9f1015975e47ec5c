//! The gate on versions that nobody has looked at: cargo-vet, by the files in `supply-chain`, over every lock file.
//!
//! An exemption says that a version was there before anybody reviewed it. It is not a review, and is not counted as one.
//! All lock files share one store, so that a review counts everywhere; which exemptions are still needed is therefore
//! asked here, of all of them, and not of cargo-vet, which knows one workspace at a time.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use super::Scene;
use super::lock::{self, Locked};
use super::program::{Said, complaint, must_find, plant, run};
use super::verdict::Verdict;
use crate::outcome::Failure;
use crate::tools;
use crate::workspace::{LOCKED, LockedFolder};

/// Cargo-vet's own place.
const STORE: &str = "supply-chain";

const CONFIGURATION: &str = "supply-chain/config.toml";

const EXEMPTION: &str = "[[exemptions.";

/// Asks cargo-vet about every version in every lock file.
pub(crate) fn gate(scene: &Scene<'_>) -> Result<Verdict, Failure> {
    let program = match tools::program(scene.workspace, tools::CARGO_VET) {
        Ok(program) => program,
        Err(reason) => return Ok(Verdict::Skipped(reason)),
    };
    let configuration = scene.workspace.read(CONFIGURATION)?;
    let exempted: BTreeSet<String> = parts(&configuration).filter_map(version).collect();
    let mut found = unneeded(&exempted, &scene.locked()?);
    let mut counts = Vec::new();
    for folder in LOCKED {
        let locked = versions(&lock::read(scene.workspace, folder)?);
        prove(scene, &program, folder, (&configuration, &locked))?;
        let said = ask(scene, &program, folder, &scene.workspace.path(STORE))?;
        found.extend(complaint(&said).map(|what| advice(folder, &what)));
        let count = locked.intersection(&exempted).count();
        counts.push(format!(
            "{count} of the {} in {}",
            locked.len(),
            folder.lock()
        ));
    }
    let figure = format!(
        "every version is listed; {} of them are exempted, which nobody has reviewed: {}",
        exempted.len(),
        counts.join(", ")
    );
    Ok(Verdict::of(found, figure))
}

/// Shows cargo-vet the same store without one exemption: that version is not vetted.
fn prove(
    scene: &Scene<'_>,
    program: &Path,
    folder: LockedFolder,
    (configuration, locked): (&str, &BTreeSet<String>),
) -> Result<(), Failure> {
    let Some((planted, missing)) = without_one(configuration, locked) else {
        let what = format!(
            "{CONFIGURATION}: nothing of {} is exempted, so that no exemption can be taken out to see that it counts",
            folder.lock()
        );
        return Err(Failure::CouldNotRun(what));
    };
    for file in ["audits.toml", "imports.lock"] {
        let text = scene.workspace.read(&format!("{STORE}/{file}"))?;
        plant(&scene.scratch, &format!("unvetted/{file}"), &text)?;
    }
    plant(&scene.scratch, "unvetted/config.toml", &planted)?;
    let said = ask(scene, program, folder, &scene.scratch.join("unvetted"))?;
    must_find(&said, &missing)
}

fn advice(folder: LockedFolder, what: &str) -> String {
    format!(
        "{}:\n{what}\nread it, and run `cargo vet certify --manifest-path {} --store-path {STORE}`; \
         or `add-exemption` instead of `certify`, if nobody can",
        folder.lock(),
        folder.manifest()
    )
}

/// Exemptions of what no lock file has any more.
fn unneeded(exempted: &BTreeSet<String>, locked: &[Locked]) -> Vec<String> {
    let locked = versions(locked);
    let gone = exempted.difference(&locked);
    gone.map(|it| format!("{it}: it is in no lock file; take its exemption out of {CONFIGURATION}"))
        .collect()
}

/// As cargo-vet writes them: `bytes:1.0.0`.
fn versions(locked: &[Locked]) -> BTreeSet<String> {
    let versions = locked
        .iter()
        .map(|it| format!("{}:{}", it.name, it.version));
    versions.collect()
}

/// The exemptions, each from its name on.
fn parts(configuration: &str) -> impl Iterator<Item = &str> {
    configuration.split(EXEMPTION).skip(1)
}

/// What an exemption is for.
fn version(part: &str) -> Option<String> {
    let (name, rest) = part.split_once("]]")?;
    let rest = rest.trim_start().strip_prefix("version = \"")?;
    let (version, _) = rest.split_once('"')?;
    Some(format!("{name}:{version}"))
}

/// The configuration without the first exemption for something that is locked, and what that was.
fn without_one(configuration: &str, locked: &BTreeSet<String>) -> Option<(String, String)> {
    let of_locked = |part: &str| version(part).filter(|it| locked.contains(it));
    let missing = parts(configuration).find_map(of_locked)?;
    let (head, _) = configuration.split_once(EXEMPTION)?;
    let kept = parts(configuration).filter(|part| version(part).as_ref() != Some(&missing));
    let kept = kept.map(|part| format!("{EXEMPTION}{part}"));
    Some((format!("{head}{}", kept.collect::<String>()), missing))
}

fn ask(
    scene: &Scene<'_>,
    program: &Path,
    folder: LockedFolder,
    store: &Path,
) -> Result<Said, Failure> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command
        .current_dir(scene.workspace.root())
        .env("CARGO", cargo)
        .args(["vet", "--locked", "--frozen", "--manifest-path"])
        .arg(folder.manifest())
        .arg("--store-path")
        .arg(store);
    run(&mut command)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "[cargo-vet]\nversion = \"0.10\"\n\n[[exemptions.a]]\nversion = \"1\"\n\n\
        [[exemptions.a]]\nversion = \"2\"\n\n[[exemptions.b]]\nversion = \"2\"\n";

    fn set(versions: &[&str]) -> BTreeSet<String> {
        versions.iter().map(|it| (*it).to_owned()).collect()
    }

    #[test]
    fn d4_one_exemption_of_what_is_locked_can_be_taken_out() {
        let (planted, missing) = without_one(TEXT, &set(&["a:2", "b:2"])).unwrap();
        assert_eq!(missing, "a:2");
        let left: BTreeSet<String> = parts(&planted).filter_map(version).collect();
        assert_eq!(left, set(&["a:1", "b:2"]));
        assert!(planted.starts_with("[cargo-vet]\nversion = \"0.10\"\n\n[["));
        for (text, locked) in [(TEXT, "c:1"), ("[cargo-vet]\n", "a:1")] {
            assert_eq!(without_one(text, &set(&[locked])), None);
        }
    }

    #[test]
    fn d4_an_exemption_that_no_lock_file_needs_is_found() {
        let locked = |name: &str, version: &str| Locked {
            name: name.to_owned(),
            version: version.to_owned(),
            source: "registry+a".to_owned(),
        };
        let exempted = parts(TEXT).filter_map(version).collect();
        let all = [locked("a", "1"), locked("a", "2"), locked("b", "2")];
        assert!(unneeded(&exempted, &all).is_empty());
        let [found] = &unneeded(&exempted, &all[1..])[..] else {
            panic!("one is not needed");
        };
        assert!(found.starts_with("a:1: it is in no lock file"), "{found}");
    }
}
