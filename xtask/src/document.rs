//! Brings the OpenAPI document in: the pinned one, proved first, or another file, told apart from the pinned one.
//!
//! It does not look into the document. That is `codegen`'s work.

use std::fs;
use std::path::Path;

use codegen::Settings;

use crate::committed::CORE_BESIDE;
use crate::examples;
use crate::outcome::Failure;
use crate::pin::Pin;
use crate::workspace::{
    DOCUMENT, FEATURES, NAMES, OVERRIDES, RULES, SAFE_FIELDS, THIN_EVENTS, Workspace, cannot,
};

/// A document, and whether it is the one that the committed crate is generated from.
#[derive(Debug)]
pub(crate) struct Document {
    /// How to name it in messages.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) pinned: bool,
}

impl Document {
    /// Reads `file`, or without one the vendored document, which must match the pin.
    pub(crate) fn load(workspace: &Workspace, file: Option<&Path>) -> Result<Self, Failure> {
        let pin = Pin::load(workspace)?;
        match file {
            None => Self::vendored(workspace, &pin),
            Some(file) => {
                let bytes = fs::read(file).map_err(|error| cannot("read", file, &error))?;
                Ok(Self {
                    name: file.display().to_string(),
                    pinned: pin.is(&bytes),
                    bytes,
                })
            }
        }
    }

    fn vendored(workspace: &Workspace, pin: &Pin) -> Result<Self, Failure> {
        let bytes =
            fs::read(workspace.path(DOCUMENT)).map_err(|error| cannot("read", DOCUMENT, &error))?;
        let mismatches = pin.mismatches(&bytes);
        if !mismatches.is_empty() {
            return Err(Failure::CouldNotRun(Pin::explain(&mismatches)));
        }
        Ok(Self {
            name: DOCUMENT.to_owned(),
            bytes,
            pinned: true,
        })
    }

    /// Runs the generator over the document. `core_path` leads from the generated manifest to stripe-core; `only` names the
    /// services that are wanted, all if it is empty.
    pub(crate) fn generate(
        &self,
        workspace: &Workspace,
        core_path: &str,
        only: &[String],
    ) -> Result<codegen::Generated, Failure> {
        let settings = Settings {
            pinned: self.pinned,
            core_path: core_path.to_owned(),
            only: only.to_vec(),
            ..reviewed(workspace)?
        };
        let generated = codegen::generate(&self.name, &self.bytes, &settings);
        let mut generated = generated.map_err(|diagnostics| {
            Failure::CouldNotRun(diagnostics.to_string().trim_end().to_owned())
        })?;
        // The examples stay where they are: a crate that is written elsewhere has none.
        if core_path == CORE_BESIDE {
            let manifest = generated.files.entry("Cargo.toml".to_owned()).or_default();
            manifest.push_str(&examples::manifest(workspace)?);
        }
        Ok(generated)
    }
}

/// The reviewed data of the repository, which every reading of a document depends on.
pub(crate) fn reviewed(workspace: &Workspace) -> Result<Settings, Failure> {
    Ok(Settings {
        overrides: workspace.read(OVERRIDES)?,
        safe_fields: workspace.read(SAFE_FIELDS)?,
        rules: workspace.read(RULES)?,
        features: workspace.read(FEATURES)?,
        thin_events: workspace.read(THIN_EVENTS)?,
        // A missing table is an empty one: `generate` makes it, and `--check` notices its absence.
        names: workspace.read_or_empty(NAMES)?,
        ..Settings::default()
    })
}
