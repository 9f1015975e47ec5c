//! Turns Stripe's OpenAPI document into the source of `stripe-generated`.
//!
//! Six stages, each a function of the one before: `spec` (OpenAPI) → `model` (Stripe) → `plan` (Rust) → `emit` (tokens) →
//! `format` (text) → `write` (the tree). A stage imports only stages to its left; only [`write`] touches the disk.
//!
//! **Invariant:** nothing of the document is left out without being counted, and no input makes a stage panic.

use std::collections::BTreeMap;

pub mod diagnostic;
mod emit;
mod format;
mod model;
mod plan;
mod report;
pub mod spec;
pub mod write;

pub use diagnostic::Diagnostics;
pub use plan::OperationSummary;

/// What generation depends on besides the document: reviewed data, and where the crate will stand.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// `spec/overrides.yaml`.
    pub overrides: String,
    /// `spec/safe-fields.yaml`.
    pub safe_fields: String,
    /// `spec/features.yaml`.
    pub features: String,
    /// `spec/names.txt`.
    pub names: String,
    /// Whether this is the document that the reviewed data is about.
    pub pinned: bool,
    /// The path of `stripe-core`, relative to the generated crate.
    pub core_path: String,
}

/// The generated crate and what there is to say about it.
#[derive(Debug)]
pub struct Generated {
    /// The text of each file, by path relative to the crate.
    pub files: BTreeMap<String, String>,
    /// `spec/names.txt` with the names that are new.
    pub names: String,
    /// The features, as a Markdown table.
    pub feature_table: String,
    /// All operations, sorted by path and method.
    pub operations: Vec<OperationSummary>,
    /// What was counted.
    pub report: String,
    /// What is odd without being wrong.
    pub warnings: Diagnostics,
    /// The API version of the document.
    pub api_version: String,
}

/// Generates the crate from a document; `file_name` is what the user calls it.
///
/// # Errors
///
/// Everything that is wrong with the document or the reviewed data, each with its place.
pub fn generate(
    file_name: &str,
    document: &[u8],
    settings: &Settings,
) -> Result<Generated, Diagnostics> {
    let overrides = model::Overrides::parse(&settings.overrides)?;
    let safe = plan::SafeFields::parse(&settings.safe_fields)?;
    let groups = plan::Groups::parse(&settings.features)?;
    let mut names = plan::NameTable::parse(&settings.names);

    let document = spec::parse(file_name, document)?;
    let mut diagnostics = document.warnings.clone();
    let api = model::model(&document, &overrides, settings.pinned, &mut diagnostics);
    if diagnostics.is_fatal() {
        return Err(diagnostics);
    }
    let plan = plan::plan(&api, &safe, &groups, &mut names);
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for source in emit::emit(&plan) {
        let text = format::format(&source, &mut diagnostics);
        files.insert(source.path, text);
    }
    if diagnostics.is_fatal() {
        return Err(diagnostics);
    }
    files.insert(
        "Cargo.toml".into(),
        emit::manifest(&plan, &settings.core_path),
    );
    files.insert("README.md".into(), emit::readme(&plan));
    Ok(Generated {
        report: report::report(&api, &plan, &files),
        names: names.text(),
        feature_table: emit::feature_table(&plan),
        operations: plan.operations,
        warnings: diagnostics,
        api_version: plan.version,
        files,
    })
}
