//! `cargo xtask generate`: runs the generator and puts its output where it belongs, or compares (`--check`).
//!
//! Everything is computed before anything is written, so a command that could not run has changed nothing.
//! What the output looks like is decided in `codegen`, not here.

use std::fs;
use std::path::Path;

use codegen::Generated;
use codegen::write::{apply, compare};

use crate::cli;
use crate::committed::{CORE_BESIDE, Committed};
use crate::document::Document;
use crate::outcome::{Failure, Outcome};
use crate::terminal::{note, progress, say};
use crate::workspace::{
    CORE, GENERATED, GENERATED_MARK, Workspace, cannot, relative_path, resolve,
};

/// Runs the command.
pub(crate) fn run(workspace: &Workspace, options: &cli::Generate) -> Outcome {
    let document = Document::load(workspace, options.spec.as_deref())?;
    let elsewhere = target(workspace, options.out.as_deref())?;
    if elsewhere.is_none() && !document.pinned {
        return Err(Failure::CouldNotRun(format!(
            "{} is not the pinned document, so the committed crate is not made from it: say where to write with --out DIR",
            document.name
        )));
    }
    if elsewhere.is_none() && !options.only.is_empty() {
        return Err(Failure::CouldNotRun(
            "the committed crate has all services: say where to write some of them with --out DIR"
                .to_owned(),
        ));
    }
    progress(&format!("generating from {}", document.name));
    match elsewhere {
        None => committed(workspace, &document, options.check),
        Some(folder) => standalone(workspace, &document, folder, options),
    }
}

/// The folder to write to, if it is another one than the committed crate.
fn target<'path>(
    workspace: &Workspace,
    out: Option<&'path Path>,
) -> Result<Option<&'path Path>, Failure> {
    let Some(folder) = out else { return Ok(None) };
    let place = |path: &Path| resolve(path).map_err(|error| cannot("resolve", path, &error));
    if place(folder)? == place(&workspace.path(GENERATED))? {
        return Ok(None);
    }
    if is_foreign(folder) {
        return Err(Failure::CouldNotRun(format!(
            "{}: this folder holds something that `generate` did not write, and it would be overwritten: \
             name a new or empty folder with --out",
            folder.display()
        )));
    }
    Ok(Some(folder))
}

/// Whether a folder has content that is not an earlier output of this command.
fn is_foreign(folder: &Path) -> bool {
    let empty = match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(_) => !folder.exists(),
    };
    let library = fs::read_to_string(folder.join("src/lib.rs")).unwrap_or_default();
    !empty
        && !library
            .lines()
            .next()
            .is_some_and(|line| line.contains(GENERATED_MARK))
}

/// The committed crate, with what else is written beside it.
fn committed(workspace: &Workspace, document: &Document, check: bool) -> Outcome {
    let generated = document.generate(workspace, CORE_BESIDE, &[])?;
    let committed = Committed::new(workspace, &generated)?;
    let differences = committed.differences();
    if check {
        report(&generated);
        return verdict(&differences, "cargo xtask generate");
    }
    apply(
        &workspace.path(GENERATED),
        &generated.files,
        &committed.changes,
    )
    .map_err(|error| cannot("write", GENERATED, &error))?;
    for (path, _, text) in &committed.texts {
        workspace.write(path, text)?;
    }
    report(&generated);
    summary(&differences);
    Ok(())
}

/// A complete crate in another folder; the repository stays as it is.
fn standalone(
    workspace: &Workspace,
    document: &Document,
    folder: &Path,
    options: &cli::Generate,
) -> Outcome {
    let core = core_from(workspace, folder)?;
    let generated = document.generate(workspace, &core, &options.only)?;
    let changes =
        compare(folder, &generated.files).map_err(|error| cannot("compare", folder, &error))?;
    let differences: Vec<String> = if changes.is_empty() {
        Vec::new()
    } else {
        vec![changes.to_string().trim_end().to_owned()]
    };
    if options.check {
        report(&generated);
        return verdict(&differences, "the same command without --check");
    }
    fs::create_dir_all(folder).map_err(|error| cannot("create", folder, &error))?;
    apply(folder, &generated.files, &changes).map_err(|error| cannot("write", folder, &error))?;
    report(&generated);
    summary(&differences);
    Ok(())
}

/// How a manifest in another folder names stripe-core.
///
/// A folder beside stripe-core would name it like the committed manifest does, and so be taken for a member of this
/// workspace; the same path in other words keeps the two apart.
fn core_from(workspace: &Workspace, folder: &Path) -> Result<String, Failure> {
    let core = relative_path(folder, &workspace.path(CORE))
        .map_err(|error| cannot("resolve", folder, &error))?;
    Ok(if core == CORE_BESIDE {
        format!("./{core}")
    } else {
        core
    })
}

fn report(generated: &Generated) {
    let warnings = generated.warnings.to_string();
    if !warnings.trim().is_empty() {
        note(warnings.trim_end());
    }
    say(generated.report.trim_end());
}

fn summary(differences: &[String]) {
    if differences.is_empty() {
        say("nothing to write: everything is up to date");
    } else {
        say(&format!("written:\n{}", differences.join("\n")));
    }
}

fn verdict(differences: &[String], fix: &str) -> Outcome {
    if differences.is_empty() {
        say("everything is up to date");
        return Ok(());
    }
    Err(Failure::Found(format!(
        "the generated files do not match the document and the generator:\n{}\nrun `{fix}` and commit what it writes",
        differences.join("\n")
    )))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::scratch::Scratch;

    /// Runs the command, expects that it could not run and changed nothing, and returns what it said.
    fn refused(scratch: &Scratch, spec: Option<PathBuf>, out: Option<PathBuf>) -> String {
        let before = scratch.content();
        let options = cli::Generate {
            spec,
            out,
            ..cli::Generate::default()
        };
        let failure = run(&scratch.workspace(), &options).unwrap_err();
        assert!(matches!(failure, Failure::CouldNotRun(_)), "{failure:?}");
        assert_eq!(scratch.content(), before);
        failure.message().to_owned()
    }

    #[test]
    fn a_document_that_does_not_match_its_pin_is_refused() {
        let scratch = Scratch::repository("mismatch", "{}");
        scratch.write("spec/openapi.json", "{ }");
        let message = refused(&scratch, None, None);
        assert!(message.contains("sha256: pinned 4413"), "{message}");
        assert!(message.contains("git checkout"), "{message}");
    }

    #[test]
    fn another_document_needs_another_folder() {
        let scratch = Scratch::repository("unpinned", "{}");
        scratch.write("other.json", "[]");
        let other = Some(scratch.path("other.json"));
        let committed = Some(scratch.path("stripe-generated"));
        for out in [None, committed] {
            let message = refused(&scratch, other.clone(), out);
            assert!(message.contains("--out DIR"), "{message}");
        }
    }

    #[test]
    fn a_missing_document_is_named() {
        let scratch = Scratch::repository("missing", "{}");
        let message = refused(&scratch, Some(scratch.path("nope.json")), None);
        assert!(message.contains("nope.json: cannot read it"), "{message}");
    }

    #[test]
    fn somebody_elses_folder_is_not_overwritten() {
        let scratch = Scratch::repository("foreign", "{}");
        scratch.write("app/src/lib.rs", "//! My app.\n");
        let message = refused(&scratch, None, Some(scratch.path("app")));
        assert!(message.contains("new or empty folder"), "{message}");
    }

    #[test]
    fn a_crate_beside_the_core_is_not_taken_for_the_committed_one() {
        let scratch = Scratch::new("beside");
        let workspace = scratch.workspace();
        for (folder, expected) in [
            ("beside", "./../stripe-core"),
            ("out/deep", "../../stripe-core"),
        ] {
            assert_eq!(
                core_from(&workspace, &scratch.path(folder)).unwrap(),
                expected
            );
        }
    }

    #[test]
    fn new_empty_and_earlier_output_folders_are_fine() {
        let scratch = Scratch::new("folders");
        scratch.write("earlier/src/lib.rs", &format!("// {GENERATED_MARK}\n"));
        scratch.write("foreign/file", "");
        fs::create_dir(scratch.path("empty")).unwrap();
        for (folder, foreign) in [
            ("new", false),
            ("empty", false),
            ("earlier", false),
            ("foreign", true),
        ] {
            assert_eq!(is_foreign(&scratch.path(folder)), foreign, "{folder}");
        }
    }
}
