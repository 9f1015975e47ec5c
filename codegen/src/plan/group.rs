//! Groups of features: one per name space by rule, and those that are reviewed data.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::feature::FULL;
use super::tree::{Tree, feature_name};
use crate::diagnostic::{Diagnostics, Pointer};

/// The part of `spec/features.yaml` that is data.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Groups {
    groups: BTreeMap<String, Group>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    reason: String,
    features: Vec<String>,
}

impl Groups {
    /// Reads the file.
    ///
    /// # Errors
    ///
    /// If it is not YAML of the known form, or a group has no reason.
    pub(crate) fn parse(text: &str) -> Result<Self, Diagnostics> {
        let mut diagnostics = Diagnostics::new("spec/features.yaml");
        let groups = serde_yaml::from_str::<Option<Self>>(text).map_err(|error| {
            diagnostics.error(
                &Pointer::root(),
                error.to_string(),
                "mend the file; its form is described at its top",
            );
            diagnostics.clone()
        })?;
        let groups = groups.unwrap_or_default();
        for (name, _) in groups
            .groups
            .iter()
            .filter(|(_, group)| group.reason.trim().is_empty())
        {
            let at = Pointer::root().key("groups").key(name);
            diagnostics.error(
                &at,
                "no reason is given",
                "say who needs these features together",
            );
        }
        if diagnostics.is_fatal() {
            Err(diagnostics)
        } else {
            Ok(groups)
        }
    }
}

impl Groups {
    /// The features of a group.
    pub(super) fn members(&self, name: &str) -> Vec<String> {
        self.groups
            .get(name)
            .map(|group| group.features.clone())
            .unwrap_or_default()
    }
}

/// What is on unless somebody says otherwise.
const DEFAULT: &str = "default";

/// What the core offers, by the same names, and what each turns on.
pub(crate) const CORE_FEATURES: &[(&str, &[&str])] = &[
    ("aws-lc-rs", &["client", "stripe-core/aws-lc-rs"]),
    ("axum", &["stripe-core/axum", "webhooks"]),
    ("blocking", &["client", "stripe-core/blocking"]),
    ("client", &["stripe-core/client"]),
    ("http2", &["stripe-core/http2"]),
    ("jiff", &["stripe-core/jiff"]),
    ("native-roots", &["client", "stripe-core/native-roots"]),
    (
        "platform-verifier",
        &["client", "stripe-core/platform-verifier"],
    ),
    ("ring", &["client", "stripe-core/ring"]),
    ("rust_decimal", &["stripe-core/rust_decimal"]),
    ("serde", &["stripe-core/serde"]),
    ("testing", &["stripe-core/testing"]),
    ("tower", &["stripe-core/tower"]),
    ("tracing", &["client", "stripe-core/tracing"]),
    ("webhooks", &["stripe-core/webhooks"]),
];

/// All groups with their features, sorted; a feature that the document does not have is left out of its group. A crate of
/// some services has all of them on.
pub(crate) fn all(
    groups: &Groups,
    tree: &Tree<'_>,
    services: &BTreeMap<String, Option<String>>,
    trimmed: bool,
) -> Vec<(String, Vec<String>)> {
    let mut all = name_spaces(tree, services);
    let spaces: Vec<String> = all.keys().cloned().collect();
    let known = |name: &String| {
        services.contains_key(name)
            || spaces.contains(name)
            || CORE_FEATURES.iter().any(|(core, _)| core == name)
    };
    for (name, group) in groups
        .groups
        .iter()
        .filter(|(name, _)| !services.contains_key(*name))
    {
        let members = all.entry(name.clone()).or_default();
        members.extend(group.features.iter().filter(|it| known(it)).cloned());
        if trimmed && name == DEFAULT {
            members.extend(services.keys().cloned());
        }
        members.sort();
        members.dedup();
    }
    all.retain(|_, members| !trimmed || !members.is_empty());
    all.insert(FULL.to_owned(), services.keys().cloned().collect());
    all.into_iter().collect()
}

/// One group per name space that has services, unless a service has that very feature.
fn name_spaces(
    tree: &Tree<'_>,
    services: &BTreeMap<String, Option<String>>,
) -> BTreeMap<String, Vec<String>> {
    let mut all = BTreeMap::new();
    for space in tree
        .nodes
        .values()
        .filter(|node| node.operations.is_empty())
    {
        let inside = tree
            .nodes
            .keys()
            .filter(|path| path.starts_with(&space.path));
        let mut members: Vec<String> = inside.filter_map(|path| tree.feature(path)).collect();
        members.retain(|feature| services.contains_key(feature));
        members.sort();
        members.dedup();
        let name = feature_name(&space.path);
        if !members.is_empty() && !services.contains_key(&name) {
            all.insert(name, members);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_without_a_reason_is_refused() {
        for (text, expected) in [
            (
                "groups: {shop: {reason: '', features: []}}",
                "spec/features.yaml#/groups/shop: no reason",
            ),
            ("groups: {shop: {features: []}}", "missing field `reason`"),
            ("shop: []", "unknown field `shop`"),
        ] {
            let told = Groups::parse(text).unwrap_err().to_string();
            assert!(told.contains(expected), "{told}");
        }
        assert!(Groups::parse("").unwrap().groups.is_empty());
    }
}
