//! The folders of `codegen/tests/golden`, read.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::{Diagnostics, Generated, Settings};
use serde_json::Value;

/// One folder: a document and the reviewed data that goes with it.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) folder: PathBuf,
    file: &'static str,
    text: String,
    pub(crate) settings: Settings,
}

/// All cases, by name.
pub(crate) fn cases() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let entries = fs::read_dir(root).unwrap().map(Result::unwrap);
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    folders.sort();
    folders.into_iter().map(Case::read).collect()
}

impl Case {
    fn read(folder: PathBuf) -> Self {
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let found = ["spec.json", "spec.yaml"]
            .into_iter()
            .find_map(|file| Some((file, fs::read_to_string(folder.join(file)).ok()?)));
        let (file, text) = found.unwrap_or_else(|| panic!("{name} has no spec.json or spec.yaml"));
        let beside = |file: &str| fs::read_to_string(folder.join(file)).unwrap_or_default();
        let settings = Settings {
            overrides: beside("overrides.yaml"),
            rules: beside("rules.yaml"),
            safe_fields: beside("safe-fields.yaml"),
            features: String::new(),
            thin_events: beside("thin-events.yaml"),
            names: beside("names.txt"),
            pinned: false,
            core_path: "../stripe-core".to_owned(),
            only: Vec::new(),
        };
        Self {
            name,
            folder,
            file,
            text,
            settings,
        }
    }

    pub(crate) fn document(&self) -> &str {
        &self.text
    }

    /// The document as JSON, to be changed.
    pub(crate) fn value(&self) -> Value {
        serde_yaml::from_str(&self.text).unwrap()
    }

    pub(crate) fn generate(&self) -> Result<Generated, Diagnostics> {
        codegen::generate(self.file, self.text.as_bytes(), &self.settings)
    }

    /// Whether something is generated from it.
    pub(crate) fn is_accepted(&self) -> bool {
        !self.folder.join("expected.err").exists()
    }
}

/// What a folder says is to come out, by path relative to it.
pub(crate) fn expected(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for file in ["expected.err", "expected.warn"] {
        files.extend(
            fs::read_to_string(folder.join(file))
                .ok()
                .map(|text| (file.to_owned(), text)),
        );
    }
    read(folder, "expected", &mut files);
    files
}

fn read(folder: &Path, below: &str, files: &mut BTreeMap<String, String>) {
    let Ok(entries) = fs::read_dir(folder.join(below)) else {
        return;
    };
    for entry in entries.map(Result::unwrap) {
        let path = format!("{below}/{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            read(folder, &path, files);
        } else {
            let text = fs::read_to_string(entry.path()).unwrap();
            files.insert(path, text);
        }
    }
}
