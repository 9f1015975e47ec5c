//! A part of the API: some services, and those around them. What types they need is in [`super::feature`].

use std::collections::{BTreeMap, BTreeSet};

use super::Groups;
use super::tree::{Tree, feature_name};
use crate::diagnostic::{Diagnostics, Pointer};

/// The services that are wanted, by the accessors that lead to them; all of them, if none is named.
#[derive(Debug, Default)]
pub(crate) struct Only(Option<BTreeSet<Vec<String>>>);

impl Only {
    /// Finds services by name, spelled like the call or like the feature; a group stands for its members.
    ///
    /// # Errors
    ///
    /// A name that neither a service nor a group has.
    pub(super) fn find(
        names: &[String],
        tree: &Tree<'_>,
        groups: &Groups,
    ) -> Result<Self, Diagnostics> {
        if names.is_empty() {
            return Ok(Self(None));
        }
        let services = tree
            .nodes
            .values()
            .filter(|node| !node.operations.is_empty());
        let by_feature: BTreeMap<String, Vec<String>> = services
            .map(|node| (feature_name(&node.path), node.path.clone()))
            .collect();
        let mut diagnostics = Diagnostics::new("--only");
        let mut wanted = BTreeSet::new();
        for name in names {
            let feature = feature_name(&[name.trim().replace('.', "-")]);
            let members = groups.members(&feature);
            let features = if members.is_empty() {
                vec![feature]
            } else {
                members
            };
            let before = wanted.len();
            wanted.extend(features.iter().filter_map(|it| by_feature.get(it).cloned()));
            if wanted.len() == before && !features.iter().any(|it| by_feature.contains_key(it)) {
                unknown(name, by_feature.keys(), &mut diagnostics);
            }
        }
        let around: Vec<Vec<String>> = wanted.iter().flat_map(|path| tree.around(path)).collect();
        wanted.extend(around);
        if diagnostics.is_fatal() {
            Err(diagnostics)
        } else {
            Ok(Self(Some(wanted)))
        }
    }

    pub(crate) const fn is_all(&self) -> bool {
        self.0.is_none()
    }

    pub(super) fn services(&self) -> Option<&BTreeSet<Vec<String>>> {
        self.0.as_ref()
    }
}

fn unknown<'a>(name: &str, all: impl Iterator<Item = &'a String>, diagnostics: &mut Diagnostics) {
    let plain = name.replace(['_', '.'], "-");
    let alike = |feature: &&String| {
        let words: Vec<&str> = plain.split('-').collect();
        words
            .iter()
            .any(|word| word.len() > 3 && feature.contains(word.trim_end_matches('s')))
    };
    let near: Vec<&str> = all.filter(alike).take(5).map(String::as_str).collect();
    let help = if near.is_empty() {
        "`cargo xtask ops` lists all services".to_owned()
    } else {
        format!(
            "did you mean {}? `cargo xtask ops` lists all services",
            near.join(", ")
        )
    };
    diagnostics.error(
        &Pointer::root(),
        format!("there is no service {name}"),
        help,
    );
}
