//! `cargo xtask spec update`: another document is pinned and the crate generated from it, all at once or not at all.
//!
//! Everything is computed first. Where a document is from is in [`super::source`], how files are changed together in
//! [`super::transaction`], and what changed is told by `codegen`.

use std::fs;

use serde_json::Value;

use super::diff;
use super::source::{self, Fetched, UNKNOWN};
use super::transaction::{self, Files};
use crate::cli;
use crate::committed::{CORE_BESIDE, Committed};
use crate::document::Document;
use crate::outcome::{Failure, Outcome};
use crate::pin::Pin;
use crate::terminal::{note, progress, say};
use crate::workspace::{DOCUMENT, GENERATED, PIN, Workspace, cannot};

/// Runs the command.
pub(crate) fn run(workspace: &Workspace, options: &cli::SpecUpdate) -> Outcome {
    let pin = Pin::load(workspace)?;
    let old =
        fs::read(workspace.path(DOCUMENT)).map_err(|error| cannot("read", DOCUMENT, &error))?;
    let mismatches = pin.mismatches(&old);
    if !mismatches.is_empty() {
        return Err(Failure::CouldNotRun(Pin::explain(&mismatches)));
    }
    let fetched = source::fetch(&pin, options.from.as_deref(), options.commit.as_deref())?;
    if pin.is(&fetched.bytes) {
        say(&format!(
            "{} is pinned already: nothing to do",
            pin.api_version
        ));
        return Ok(());
    }
    let version = checked(&fetched, &pin, options.older)?;
    let new_pin = Pin::of(&fetched.bytes, &version, &fetched.source);
    progress(&format!("generating from {}", fetched.name));
    let report = diff::compare(workspace, (DOCUMENT, &old), (&fetched.name, &fetched.bytes))?;
    transaction::run(workspace.root(), &files(workspace, fetched, &new_pin)?)?;
    if new_pin.commit == UNKNOWN {
        note(&format!(
            "{PIN}: nobody said of which commit the document is. In a clone of {}, \
             `git log --all --find-object={}` tells; write it into the file.",
            new_pin.repository, new_pin.git_blob
        ));
    }
    say(report.markdown().trim_end());
    Ok(())
}

/// All files that the update changes.
fn files(workspace: &Workspace, fetched: Fetched, pin: &Pin) -> Result<Files, Failure> {
    let document = Document {
        name: fetched.name,
        bytes: fetched.bytes,
        pinned: true,
    };
    let generated = document.generate(workspace, CORE_BESIDE, &[])?;
    let committed = Committed::new(workspace, &generated)?;
    let mut files = Files::new();
    let changes = &committed.changes;
    for name in changes.added.iter().chain(&changes.stale) {
        let text = generated
            .files
            .get(name)
            .map(|text| text.clone().into_bytes());
        files.insert(format!("{GENERATED}/{name}"), text);
    }
    for name in &changes.orphan {
        files.insert(format!("{GENERATED}/{name}"), None);
    }
    let stale = committed.texts.into_iter().filter(|(_, same, _)| !same);
    files.extend(stale.map(|(path, _, text)| (path.to_owned(), Some(text.into_bytes()))));
    files.insert(DOCUMENT.to_owned(), Some(document.bytes));
    files.insert(PIN.to_owned(), Some(pin.text().into_bytes()));
    Ok(files)
}

/// The API version of a document that may be pinned.
fn checked(fetched: &Fetched, pin: &Pin, older: bool) -> Result<String, Failure> {
    let refused = |why: String| Failure::CouldNotRun(format!("{}: {why}", fetched.name));
    let document: Value = serde_json::from_slice(&fetched.bytes)
        .map_err(|error| refused(format!("it is not JSON, as Stripe publishes it: {error}")))?;
    let word = |pointer: &str| {
        document
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    for (pointer, is_fine, what) in [
        (
            "/openapi",
            word("/openapi").starts_with("3.0."),
            "an OpenAPI document of version 3.0",
        ),
        (
            "/info/title",
            word("/info/title") == "Stripe API",
            "titled \"Stripe API\"",
        ),
        (
            "/servers/0/url",
            word("/servers/0/url") == "https://api.stripe.com/",
            "for https://api.stripe.com/",
        ),
    ] {
        if !is_fine {
            return Err(refused(format!(
                "it is not {what} (`{pointer}` is {:?}): name Stripe's public document, latest/openapi.spec3.json",
                word(pointer)
            )));
        }
    }
    let version = word("/info/version");
    let (new, pinned) = (date(version), date(&pin.api_version));
    let new = new.ok_or_else(|| {
        refused(format!(
            "its version {version:?} does not start with a date"
        ))
    })?;
    // A version is published more than once: texts are corrected, and what was forgotten is added.
    if !older && pinned.is_some_and(|pinned| new < pinned) {
        return Err(refused(format!(
            "its version {version} is older than the pinned {}: say --older if that is what you want",
            pin.api_version
        )));
    }
    Ok(version.to_owned())
}

/// `2026-05-27` of `2026-05-27.dahlia`; such dates sort as text.
fn date(version: &str) -> Option<&str> {
    let date = version.get(..10)?;
    let fits = date.bytes().enumerate().all(|(index, byte)| match index {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    fits.then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;
    use crate::workspace::{FEATURES, OVERRIDES, RULES, SAFE_FIELDS, THIN_EVENTS};

    fn document(version: &str, parameter: &str) -> String {
        format!(
            r#"{{"openapi": "3.0.0", "info": {{"title": "Stripe API", "version": "{version}"}},
            "servers": [{{"url": "https://api.stripe.com/"}}], "paths": {{"/v1/things": {{"get": {{
            "parameters": [{{"in": "query", "name": "{parameter}", "schema": {{"type": "string"}}}}],
            "responses": {{"200": {{"description": "ok", "content": {{"application/json": {{
            "schema": {{"type": "object"}}}}}}}}}}}}}}}}, "components": {{"schemas": {{}}}}}}"#
        )
    }

    fn scratch(name: &str) -> Scratch {
        let text = document("2026-02-03.dahlia", "size");
        let scratch = Scratch::repository(name, &text);
        let pin = fs::read_to_string(scratch.path(PIN)).unwrap();
        scratch.write(
            PIN,
            &pin.replace("api_version = \"v\"", "api_version = \"2026-02-03.dahlia\""),
        );
        for file in [OVERRIDES, SAFE_FIELDS, FEATURES, RULES, THIN_EVENTS] {
            scratch.write(file, "");
        }
        scratch.write("stripe-core/src/lib.rs", "pub mod a {}\n");
        scratch
    }

    fn update(scratch: &Scratch, text: &str, older: bool) -> Outcome {
        scratch.write("target/given.json", text);
        let options = cli::SpecUpdate {
            from: Some(scratch.path("target/given.json").display().to_string()),
            commit: Some("c".repeat(40)),
            older,
        };
        run(&scratch.workspace(), &options)
    }

    #[test]
    fn a_newer_document_is_pinned_and_generated_from() {
        let scratch = scratch("update");
        let text = document("2026-02-04.dahlia", "weight");
        update(&scratch, &text, false).unwrap();
        let read = |path: &str| fs::read_to_string(scratch.path(path)).unwrap();
        assert_eq!(read(DOCUMENT), text);
        let pin = Pin::load(&scratch.workspace()).unwrap();
        assert_eq!(pin.mismatches(text.as_bytes()), Vec::<String>::new());
        assert_eq!(
            (pin.api_version.as_str(), pin.commit),
            ("2026-02-04.dahlia", "c".repeat(40))
        );
        assert!(read("stripe-generated/src/thing.rs").contains("weight"));
        assert!(read("stripe-generated/public-items.txt").contains("thing::Retrieve.weight"));
        assert!(read("stripe-core/public-items.txt").contains("a (mod)"));
        // The same again is nothing new.
        let before = scratch.content();
        update(&scratch, &text, false).unwrap();
        assert_eq!(scratch.content(), before);
    }

    #[test]
    fn what_is_not_a_newer_document_of_stripe_changes_nothing() {
        let good = document("2026-02-04.dahlia", "weight");
        let other = |from: &str, to: &str| good.replace(from, to);
        for (name, text, expected) in [
            ("yaml", "openapi: 3.0.0".to_owned(), "not JSON"),
            (
                "cut",
                good.get(..good.len() - 9).unwrap().to_owned(),
                "not JSON",
            ),
            ("version", other("3.0.0", "3.1.0"), "version 3.0"),
            ("title", other("Stripe API", "Strype API"), "Stripe API"),
            (
                "server",
                other("api.stripe.com", "api.example.com"),
                "api.stripe.com",
            ),
            ("date", other("2026-02-04", "tomorrow"), "date"),
            ("older", document("2026-02-02.dahlia", "weight"), "--older"),
            ("method", other("\"get\"", "\"patch\""), "patch"),
        ] {
            let scratch = scratch(&format!("update-{name}"));
            scratch.write("target/given.json", &text);
            let before = scratch.content();
            let failure = update(&scratch, &text, false).unwrap_err();
            assert!(
                matches!(&failure, Failure::CouldNotRun(it) if it.contains(expected)),
                "{name}: {failure:?}"
            );
            assert_eq!(scratch.content(), before, "{name}");
        }
    }

    #[test]
    fn an_older_document_is_taken_when_told() {
        let scratch = scratch("update-back");
        update(&scratch, &document("2026-02-02.dahlia", "weight"), true).unwrap();
        assert_eq!(
            Pin::load(&scratch.workspace()).unwrap().api_version,
            "2026-02-02.dahlia"
        );
    }

    #[test]
    fn a_tree_that_does_not_match_its_pin_is_not_built_upon() {
        let scratch = scratch("update-mismatch");
        scratch.write(DOCUMENT, "{}");
        let failure = update(&scratch, &document("2026-02-04.dahlia", "a"), false).unwrap_err();
        assert!(
            failure.message().contains("git checkout"),
            "{}",
            failure.message()
        );
    }
}
