//! Everything in the repository that is written by `generate`, and whether it is up to date: the crate, the name table, the
//! lists of public items, the calls of the conformance suite, the feature table, the guide's table of permissions.
//!
//! It computes and compares; who writes, and how, is up to the command.

use codegen::Generated;
use codegen::write::{Changes, compare};

use crate::outcome::Failure;
use crate::readme::replace_region;
use crate::workspace::{
    CALLS, CORE_ITEMS, GENERATED, GENERATED_ITEMS, NAMES, README, RESTRICTED_KEYS, Workspace,
    cannot,
};
use crate::{permissions, public};

/// How stripe-core is named in the committed manifest, which stands beside it.
pub(crate) const CORE_BESIDE: &str = "../stripe-core";

/// What `generate` writes, and what of it differs from what is there.
#[derive(Debug)]
pub(crate) struct Committed {
    /// How the crate's folder differs.
    pub(crate) changes: Changes,
    /// The files outside that folder's generated part, by path, each with whether it is as it should be, and how it should be.
    pub(crate) texts: Vec<(&'static str, bool, String)>,
}

impl Committed {
    pub(crate) fn new(workspace: &Workspace, generated: &Generated) -> Result<Self, Failure> {
        let changes = compare(&workspace.path(GENERATED), &generated.files)
            .map_err(|error| cannot("compare", GENERATED, &error))?;
        let permissions = permissions::table(&generated.operations);
        let regions = [
            (README, "features", &generated.feature_table),
            (RESTRICTED_KEYS, "permissions", &permissions),
        ];
        let written = [
            (NAMES, generated.names.clone()),
            (CALLS, generated.calls.clone()),
            (GENERATED_ITEMS, generated.public_items.clone()),
            (CORE_ITEMS, public::of_core(workspace)?),
        ];
        let mut texts = Vec::new();
        for (path, region, content) in regions {
            let text = workspace.read(path)?;
            let new = replace_region(&text, region, content)
                .map_err(|complaint| Failure::CouldNotRun(format!("{path}: {complaint}")))?;
            texts.push((path, text == new, new));
        }
        for (path, text) in written {
            texts.push((path, workspace.read_or_empty(path)? == text, text));
        }
        Ok(Self { changes, texts })
    }

    /// What differs, a line each.
    pub(crate) fn differences(&self) -> Vec<String> {
        let mut differences = Vec::new();
        if !self.changes.is_empty() {
            differences.push(self.changes.to_string().trim_end().to_owned());
        }
        let stale = self.texts.iter().filter(|(_, same, _)| !same);
        differences.extend(stale.map(|(path, ..)| format!("{path}: stale")));
        differences
    }
}
