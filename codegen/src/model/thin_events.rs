//! The events of v2, which the document does not name: reviewed data.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::diagnostic::{Diagnostics, Pointer};

/// `spec/thin-events.yaml` as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Written {
    events: Vec<Group>,
}

/// Events that refer to an object of one kind, or to none.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    related_object: Option<String>,
    source: String,
    types: Vec<String>,
}

/// The types of thin events, each with the value of `object` in the object that it refers to.
#[derive(Debug, Default)]
pub(crate) struct ThinEvents(pub(super) BTreeMap<String, Option<String>>);

impl ThinEvents {
    /// Reads the file.
    ///
    /// # Errors
    ///
    /// If it is not YAML of the known form, a group does not say where it is known from, or a type stands there twice.
    pub(crate) fn parse(text: &str) -> Result<Self, Diagnostics> {
        let mut diagnostics = Diagnostics::new("spec/thin-events.yaml");
        let written = serde_yaml::from_str::<Option<Written>>(text).map_err(|error| {
            let help = "mend the file; its form is described at its top";
            diagnostics.error(&Pointer::root(), error.to_string(), help);
            diagnostics.clone()
        })?;
        let mut all = BTreeMap::new();
        for (index, group) in written.unwrap_or_default().events.into_iter().enumerate() {
            let at = Pointer::root().key("events").index(index);
            if group.source.trim().is_empty() {
                let help = "say where these types are known from";
                diagnostics.error(&at, "no source is given", help);
            }
            for ty in group.types {
                if let Some(twice) = all.insert(ty, group.related_object.clone()) {
                    let message = format!("a type of these stands here twice ({twice:?})");
                    diagnostics.error(&at, message, "keep one of the two");
                }
            }
        }
        if diagnostics.is_fatal() {
            return Err(diagnostics);
        }
        Ok(Self(all))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_well_formed_is_told_with_its_place() {
        for (text, expected) in [
            (
                "events: [{related_object: a, source: ' ', types: [b]}]",
                "spec/thin-events.yaml#/events/0: no source",
            ),
            (
                "events: [{source: x, types: [b, b]}]",
                "#/events/0: a type of these stands here twice",
            ),
            ("events: [{source: x}]", "missing field `types`"),
            ("event: []", "unknown field `event`"),
        ] {
            let told = ThinEvents::parse(text).unwrap_err().to_string();
            assert!(told.contains(expected), "{told}");
        }
        assert!(ThinEvents::parse("").unwrap().0.is_empty());
    }
}
