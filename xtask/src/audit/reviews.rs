//! The gate on versions that nobody has looked at: cargo-vet, by the files in `supply-chain`.
//!
//! An exemption says that a version was there before anybody reviewed it. It is not a review, and is not counted as one.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::Scene;
use super::program::{Said, must_find, plant, run};
use super::verdict::Verdict;
use crate::outcome::Failure;
use crate::tools;
use crate::workspace::cannot;

/// Cargo-vet's own place.
const STORE: &str = "supply-chain";

const CONFIGURATION: &str = "config.toml";

const EXEMPTION: &str = "[[exemptions.";

/// Asks cargo-vet about every version in the lock file.
pub(crate) fn gate(scene: &Scene<'_>) -> Result<Verdict, Failure> {
    let program = match tools::program(scene.workspace, tools::CARGO_VET) {
        Ok(program) => program,
        Err(reason) => return Ok(Verdict::Skipped(reason)),
    };
    let store = scene.workspace.path(STORE);
    let configuration = scene.workspace.read(&format!("{STORE}/{CONFIGURATION}"))?;
    // The same files without one exemption: that version is not vetted.
    let (planted, name) = without_first(&configuration)?;
    for file in ["audits.toml", "imports.lock"] {
        let text =
            fs::read_to_string(store.join(file)).map_err(|error| cannot("read", file, &error))?;
        plant(&scene.scratch, &format!("unvetted/{file}"), &text)?;
    }
    plant(
        &scene.scratch,
        &format!("unvetted/{CONFIGURATION}"),
        &planted,
    )?;
    must_find(
        &ask(scene, &program, &scene.scratch.join("unvetted"))?,
        &name,
    )?;

    let said = ask(scene, &program, &store)?;
    let exempted = configuration.matches(EXEMPTION).count();
    let found = if said.is_content {
        Vec::new()
    } else {
        vec![format!(
            "{}\nread it, and run `cargo vet certify`; or `cargo vet add-exemption` if nobody can",
            said.text.trim_end()
        )]
    };
    Ok(Verdict::of(
        found,
        format!(
            "every version is listed; {exempted} of them are exempted, which nobody has reviewed"
        ),
    ))
}

/// The configuration without its first exemption, and the name of what that was for.
fn without_first(configuration: &str) -> Result<(String, String), Failure> {
    let mut parts = configuration.splitn(3, EXEMPTION);
    let (head, first, rest) = (parts.next(), parts.next(), parts.next());
    let (Some(head), Some(first)) = (head, first) else {
        let what = format!(
            "{STORE}/{CONFIGURATION}: it has no exemption, so that none can be taken out to see that it counts"
        );
        return Err(Failure::CouldNotRun(what));
    };
    let name = first.split(']').next().unwrap_or_default().to_owned();
    let rest = rest.map(|rest| format!("{EXEMPTION}{rest}"));
    Ok((format!("{head}{}", rest.unwrap_or_default()), name))
}

fn ask(scene: &Scene<'_>, program: &Path, store: &Path) -> Result<Said, Failure> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command
        .current_dir(scene.workspace.root())
        .env("CARGO", cargo)
        .args(["vet", "--locked", "--frozen", "--store-path"])
        .arg(store);
    run(&mut command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_exemption_can_be_taken_out() {
        let text = "[cargo-vet]\nversion = \"0.10\"\n\n[[exemptions.a]]\nversion = \"1\"\n\n[[exemptions.b]]\nversion = \"2\"\n";
        let (planted, name) = without_first(text).unwrap();
        assert_eq!(name, "a");
        assert_eq!(
            planted,
            "[cargo-vet]\nversion = \"0.10\"\n\n[[exemptions.b]]\nversion = \"2\"\n"
        );
        assert!(without_first(&planted).is_ok_and(|(_, name)| name == "b"));
        assert!(without_first("[cargo-vet]\n").is_err());
    }
}
