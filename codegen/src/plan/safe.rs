//! The reviewed list of free strings that Debug may show; everything not on it is hidden.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::diagnostic::{Diagnostics, Pointer};

/// `spec/safe-fields.yaml` as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Written {
    shown: Vec<Group>,
}

/// Fields that are shown for one reason.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    reason: String,
    fields: Vec<String>,
}

/// The fields that may be shown: `currency` in all schemas, `charge.failure_code` in one.
#[derive(Debug, Default)]
pub(crate) struct SafeFields(BTreeSet<String>);

impl SafeFields {
    /// Reads the list.
    ///
    /// # Errors
    ///
    /// If it is not YAML of the known form, or a group has no reason.
    pub(crate) fn parse(text: &str) -> Result<Self, Diagnostics> {
        let mut diagnostics = Diagnostics::new("spec/safe-fields.yaml");
        let written = serde_yaml::from_str::<Option<Written>>(text).map_err(|error| {
            diagnostics.error(
                &Pointer::root(),
                error.to_string(),
                "mend the file; its form is described at its top",
            );
            diagnostics.clone()
        })?;
        let groups = written.unwrap_or_default().shown;
        for (index, _) in groups
            .iter()
            .enumerate()
            .filter(|(_, group)| group.reason.trim().is_empty())
        {
            let at = Pointer::root().key("shown").index(index);
            diagnostics.error(
                &at,
                "no reason is given",
                "say why these fields hold no secret and nothing of a person",
            );
        }
        if diagnostics.is_fatal() {
            return Err(diagnostics);
        }
        Ok(Self(
            groups.into_iter().flat_map(|group| group.fields).collect(),
        ))
    }

    /// Whether the field is listed, for all schemas or for this one.
    pub(crate) fn is_safe(&self, schema: &str, wire: &str) -> bool {
        self.0.contains(wire) || self.0.contains(&format!("{schema}.{wire}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_listed_for_all_schemas_or_for_one() {
        let listed =
            SafeFields::parse("shown: [{reason: Public., fields: [code, a.b.note]}]").unwrap();
        for (schema, wire, expected) in [
            ("a.b", "code", true),
            ("c", "code", true),
            ("a.b", "note", true),
            ("a", "note", false),
            ("a", "b.note", true),
            ("", "note", false),
        ] {
            assert_eq!(listed.is_safe(schema, wire), expected, "{schema} {wire}");
        }
    }

    #[test]
    fn a_list_without_a_reason_is_refused() {
        for (text, expected) in [
            (
                "shown: [{reason: ' ', fields: [code]}]",
                "spec/safe-fields.yaml#/shown/0: no reason",
            ),
            ("shown: [{fields: [code]}]", "missing field `reason`"),
            ("show: []", "unknown field `show`"),
        ] {
            let told = SafeFields::parse(text).unwrap_err().to_string();
            assert!(told.contains(expected), "{told}");
        }
        assert!(!SafeFields::parse("").unwrap().is_safe("a", "code"));
    }
}
