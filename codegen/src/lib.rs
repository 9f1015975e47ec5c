//! Turns Stripe's OpenAPI document into the source of `stripe-generated`.
//!
//! Six stages, each a function of the one before: `spec` (OpenAPI) → `model` (Stripe) → `plan` (Rust) → `emit` (tokens) →
//! `format` (text) → `write` (the tree). A stage imports only stages to its left; only [`write`] touches the disk.
//!
//! **Invariant:** nothing of the document is left out without being counted, and no input makes a stage panic.

use std::collections::BTreeMap;

pub mod diagnostic;
pub mod diff;
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
    /// `spec/rules.yaml`.
    pub rules: String,
    /// `spec/features.yaml`.
    pub features: String,
    /// `spec/thin-events.yaml`.
    pub thin_events: String,
    /// `spec/names.txt`.
    pub names: String,
    /// Whether this is the document that the reviewed data is about.
    pub pinned: bool,
    /// The path of `stripe-core`, relative to the generated crate.
    pub core_path: String,
    /// The services that are wanted, such as `customers` or `checkout.sessions`; all, if none is named.
    pub only: Vec<String>,
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
    /// The calls that the conformance suite makes, as the source of a list.
    pub calls: String,
    /// All operations, sorted by path and method.
    pub operations: Vec<OperationSummary>,
    /// Every public item of the crate, one a line, sorted.
    pub public_items: String,
    /// What was counted.
    pub report: String,
    /// What is odd without being wrong.
    pub warnings: Diagnostics,
    /// The API version of the document.
    pub api_version: String,
}

/// The parts of [`Settings`] that are read before any document is.
struct Reviewed {
    overrides: model::Overrides,
    thin: model::ThinEvents,
    beyond: model::Beyond,
    safe: plan::SafeFields,
    groups: plan::Groups,
}

impl Reviewed {
    fn parse(settings: &Settings) -> Result<Self, Diagnostics> {
        Ok(Self {
            overrides: model::Overrides::parse(&settings.overrides)?,
            thin: model::ThinEvents::parse(&settings.thin_events)?,
            beyond: model::Beyond::parse(&settings.rules)?,
            safe: plan::SafeFields::parse(&settings.safe_fields)?,
            groups: plan::Groups::parse(&settings.features)?,
        })
    }

    fn model(
        &self,
        document: &spec::Document,
        is_pinned: bool,
        diagnostics: &mut Diagnostics,
    ) -> model::Api {
        model::model(
            document,
            &self.overrides,
            &self.thin,
            &self.beyond,
            is_pinned,
            diagnostics,
        )
    }

    fn plan(
        &self,
        api: &model::Api,
        names: &mut plan::NameTable,
        only: &[String],
    ) -> Result<plan::Plan, Diagnostics> {
        plan::plan(api, &self.safe, &self.groups, names, only)
    }
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
    let reviewed = Reviewed::parse(settings)?;
    let mut names = plan::NameTable::parse(&settings.names);

    let document = spec::parse(file_name, document)?;
    let mut diagnostics = document.warnings.clone();
    let api = reviewed.model(&document, settings.pinned, &mut diagnostics);
    if diagnostics.is_fatal() {
        return Err(diagnostics);
    }
    let plan = reviewed.plan(&api, &mut names, &settings.only)?;
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
    files.insert(
        "src/expansions.txt".into(),
        plan.expansions
            .iter()
            .flat_map(|line| [line.as_str(), "\n"])
            .collect(),
    );
    files.insert("README.md".into(), emit::readme(&plan));
    Ok(Generated {
        report: report::report(&api, &plan, &files),
        names: names.text(),
        feature_table: emit::feature_table(&plan),
        calls: emit::calls(&plan),
        public_items: plan::public::text(&plan),
        operations: plan.operations,
        warnings: diagnostics,
        api_version: plan.version,
        files,
    })
}

/// A document by the name that the user calls it, and its bytes.
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    /// What the user calls it.
    pub name: &'a str,
    /// JSON or YAML.
    pub bytes: &'a [u8],
}

/// Compares two documents: what changed, and what that means for programs that use the generated crate.
///
/// # Errors
///
/// Everything that is wrong with either document or the reviewed data, each with its place.
pub fn compare(
    old: Named<'_>,
    new: Named<'_>,
    settings: &Settings,
) -> Result<diff::Report, Diagnostics> {
    let reviewed = Reviewed::parse(settings)?;
    let mut names = plan::NameTable::parse(&settings.names);
    let old = Planned::new(old, &reviewed, &mut names)?;
    // What the older document has keeps its names, as in an update.
    let mut names = plan::NameTable::parse(&names.text());
    let new = Planned::new(new, &reviewed, &mut names)?;
    Ok(diff::compare(&old.as_document(), &new.as_document()))
}

/// A document as far as its plan.
struct Planned {
    api: model::Api,
    components: Vec<model::Component>,
    plan: plan::Plan,
}

impl Planned {
    fn new(
        document: Named<'_>,
        reviewed: &Reviewed,
        names: &mut plan::NameTable,
    ) -> Result<Self, Diagnostics> {
        let document = spec::parse(document.name, document.bytes)?;
        let mut diagnostics = document.warnings.clone();
        let api = reviewed.model(&document, false, &mut diagnostics);
        let components = model::components(&document, &reviewed.overrides, &api, &mut diagnostics);
        if diagnostics.is_fatal() {
            return Err(diagnostics);
        }
        Ok(Self {
            plan: reviewed.plan(&api, names, &[])?,
            api,
            components,
        })
    }

    fn as_document(&self) -> diff::Document<'_> {
        diff::Document {
            api: &self.api,
            components: &self.components,
            plan: &self.plan,
        }
    }
}
