//! `cargo xtask spec diff OLD NEW`: what changed between two documents, as Markdown, HTML or JSON.
//!
//! Exit code 0: no program breaks, whatever was added. 1: some do. 2: a document could not be read. What changed, and
//! what that means, is `codegen`'s work.

use std::fs;
use std::path::{Path, PathBuf};

use codegen::Named;
use codegen::diff::{Report, Verdict};

use super::read;
use crate::cli::{self, Format};
use crate::document::reviewed;
use crate::outcome::{Failure, Outcome};
use crate::terminal::{progress, say};
use crate::workspace::{Workspace, cannot};

/// Where several pages go, unless somebody says.
const PAGES: &str = "target/spec-diff";

/// Runs the command.
pub(crate) fn run(workspace: &Workspace, options: &cli::SpecDiff) -> Outcome {
    let (old, new) = (read::document(&options.old)?, read::document(&options.new)?);
    let [from, to] = [&options.old, &options.new].map(|path| path.display().to_string());
    progress(&format!("comparing {from} with {to}"));
    let report = compare(workspace, (&from, &old), (&to, &new))?;
    match (options.format.as_slice(), &options.out) {
        ([only], None) => say(page(&report, *only)?.trim_end()),
        (formats, out) => {
            let folder = out.clone().unwrap_or_else(|| workspace.path(PAGES));
            for format in formats {
                say(&write(&report, *format, &folder)?.display().to_string());
            }
        }
    }
    if report.verdict == Verdict::Major {
        return Err(Failure::Found(format!(
            "{} changes break programs that use the crate: its next version is a breaking one",
            report.breaking
        )));
    }
    Ok(())
}

/// Compares two documents, each with its name, by the reviewed data of the repository.
pub(super) fn compare(
    workspace: &Workspace,
    (from, old): (&str, &[u8]),
    (to, new): (&str, &[u8]),
) -> Result<Report, Failure> {
    let settings = reviewed(workspace)?;
    let [old, new] = [(from, old), (to, new)].map(|(name, bytes)| Named { name, bytes });
    codegen::compare(old, new, &settings)
        .map_err(|diagnostics| Failure::CouldNotRun(diagnostics.to_string().trim_end().to_owned()))
}

fn page(report: &Report, format: Format) -> Result<String, Failure> {
    Ok(match format {
        Format::Markdown => report.markdown(),
        Format::Html => report.html(),
        Format::Json => report.json().map_err(|error| {
            Failure::CouldNotRun(format!("the report cannot be written as JSON: {error}"))
        })?,
    })
}

fn write(report: &Report, format: Format, folder: &Path) -> Result<PathBuf, Failure> {
    let file = folder.join(format!("spec-diff.{}", format.extension()));
    fs::create_dir_all(folder).map_err(|error| cannot("create", folder, &error))?;
    fs::write(&file, page(report, format)?).map_err(|error| cannot("write", &file, &error))?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;
    use crate::workspace::{FEATURES, OVERRIDES, RULES, SAFE_FIELDS, THIN_EVENTS};

    const DOCUMENT: &str = r#"{"openapi": "3.0.0", "info": {"title": "Stripe API", "version": "v"},
        "paths": {"/v1/things": {"get": {"parameters": [{"in": "query", "name": "size", "schema": {"type": "string"}}],
        "responses": {"200": {"description": "ok", "content": {"application/json": {"schema": {"type": "object"}}}}}}}},
        "components": {"schemas": {}}}"#;

    fn scratch(name: &str) -> Scratch {
        let scratch = Scratch::repository(name, DOCUMENT);
        for file in [OVERRIDES, SAFE_FIELDS, FEATURES, RULES, THIN_EVENTS] {
            scratch.write(file, "");
        }
        scratch.write("old.json", DOCUMENT);
        scratch.write("new.json", &DOCUMENT.replace("size", "weight"));
        scratch
    }

    fn options(scratch: &Scratch, old: &str, new: &str, format: &[Format]) -> cli::SpecDiff {
        cli::SpecDiff {
            old: scratch.path(old),
            new: scratch.path(new),
            format: format.to_vec(),
            out: Some(scratch.path("pages")),
        }
    }

    #[test]
    fn what_breaks_is_a_finding_and_what_cannot_be_read_is_not() {
        let scratch = scratch("spec-diff");
        for (old, new, expected) in [
            ("old.json", "old.json", None),
            ("old.json", "new.json", Some("Found")),
            ("old.json", "none.json", Some("CouldNotRun")),
        ] {
            let outcome = run(
                &scratch.workspace(),
                &options(&scratch, old, new, &[Format::Json]),
            );
            let failure = outcome.err().map(|it| format!("{it:?}"));
            let kind = failure
                .as_ref()
                .map(|it| it.split('(').next().unwrap_or_default());
            assert_eq!(kind, expected, "{new}: {failure:?}");
        }
    }

    #[test]
    fn each_format_gets_a_page_of_its_own() {
        let scratch = scratch("spec-diff-pages");
        let formats = [Format::Markdown, Format::Html, Format::Json];
        run(
            &scratch.workspace(),
            &options(&scratch, "old.json", "new.json", &formats),
        )
        .unwrap_err();
        for (name, start) in [
            ("md", "## Stripe API"),
            ("html", "<!doctype html>"),
            ("json", "{"),
        ] {
            let text =
                fs::read_to_string(scratch.path(&format!("pages/spec-diff.{name}"))).unwrap();
            assert!(text.starts_with(start) && text.contains("weight"), "{text}");
        }
    }
}
