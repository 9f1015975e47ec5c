//! Where we depart from the document, as reviewed data: each departure has a reason, and one that applies to nothing
//! is reported.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::call_path::CallPath;
use crate::diagnostic::{Diagnostics, Pointer};

/// The file as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    calls: Vec<Call>,
    core_types: Vec<CoreType>,
    events: Vec<Event>,
    legacy: Vec<Legacy>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Call {
    method: String,
    path: String,
    call: Vec<String>,
    reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CoreType {
    schema: String,
    #[serde(rename = "type")]
    ty: String,
    reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Event {
    of: String,
    objects: Vec<String>,
    reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Legacy {
    reason: String,
    operations: Vec<Operation>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Operation {
    method: String,
    path: String,
}

/// An operation by method in lower case and path.
type Key = (String, String);

/// The departures, by what they depart from.
#[derive(Debug, Default)]
pub(crate) struct Overrides {
    calls: BTreeMap<Key, Vec<CallPath>>,
    legacy: BTreeSet<Key>,
    core_types: BTreeMap<String, String>,
    events: BTreeMap<String, Vec<String>>,
}

impl Overrides {
    /// Reads the file.
    ///
    /// # Errors
    ///
    /// If it is not YAML of the known form, or an entry has no reason or no well-formed call.
    pub(crate) fn parse(text: &str) -> Result<Self, Diagnostics> {
        let mut diagnostics = Diagnostics::new("spec/overrides.yaml");
        let help = "mend the file; its form is described at its top";
        let file: File = match serde_yaml::from_str::<Option<File>>(text) {
            Ok(file) => file.unwrap_or_default(),
            Err(error) => {
                diagnostics.error(&Pointer::root(), error.to_string(), help);
                return Err(diagnostics);
            }
        };
        let overrides = Self::from_file(file, &mut diagnostics);
        if diagnostics.is_fatal() {
            Err(diagnostics)
        } else {
            Ok(overrides)
        }
    }

    fn from_file(file: File, diagnostics: &mut Diagnostics) -> Self {
        let mut overrides = Self::default();
        for (index, call) in file.calls.into_iter().enumerate() {
            let at = Pointer::root().key("calls").index(index);
            reasoned(&at, &call.reason, diagnostics);
            let key = key(&call.method, &call.path);
            let calls: Option<Vec<CallPath>> =
                call.call.iter().map(|path| CallPath::parse(path)).collect();
            match calls.filter(|calls| !calls.is_empty()) {
                Some(calls) => once(
                    &at,
                    overrides.calls.insert(key, calls).is_none(),
                    diagnostics,
                ),
                None => diagnostics.error(
                    &at,
                    "no well-formed call is given",
                    "write calls like `customers.tax_ids.create`",
                ),
            }
        }
        for (index, legacy) in file.legacy.into_iter().enumerate() {
            let at = Pointer::root().key("legacy").index(index);
            reasoned(&at, &legacy.reason, diagnostics);
            for operation in &legacy.operations {
                let new = overrides
                    .legacy
                    .insert(key(&operation.method, &operation.path));
                once(&at, new, diagnostics);
            }
        }
        for (index, core) in file.core_types.into_iter().enumerate() {
            let at = Pointer::root().key("core_types").index(index);
            reasoned(&at, &core.reason, diagnostics);
            let new = overrides.core_types.insert(core.schema, core.ty).is_none();
            once(&at, new, diagnostics);
        }
        for (index, event) in file.events.into_iter().enumerate() {
            let at = Pointer::root().key("events").index(index);
            reasoned(&at, &event.reason, diagnostics);
            let new = overrides.events.insert(event.of, event.objects).is_none();
            once(&at, new, diagnostics);
        }
        overrides
    }

    /// The calls of an operation where they do not follow the rules.
    pub(crate) fn calls(&self, method: &str, path: &str) -> Option<&[CallPath]> {
        self.calls.get(&key(method, path)).map(Vec::as_slice)
    }

    /// Whether an operation is one that the official SDKs do not have.
    pub(crate) fn is_legacy(&self, method: &str, path: &str) -> bool {
        self.legacy.contains(&key(method, path))
    }

    /// The type of the core that stands for a schema.
    pub(crate) fn core_type(&self, schema: &str) -> Option<&str> {
        self.core_types.get(schema).map(String::as_str)
    }

    /// The objects of events whose names begin so, as values of `object`, where they do not follow the rules.
    pub(crate) fn event_objects(&self, of: &str) -> Option<&[String]> {
        self.events.get(of).map(Vec::as_slice)
    }

    /// What `events` has entries for.
    pub(crate) fn stated_events(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.events.iter().map(|(of, it)| (&**of, it.as_slice()))
    }

    /// Reports what applies to nothing in the document: an error for the pinned document, else a warning.
    pub(crate) fn check_used<'a>(
        &self,
        operations: impl Iterator<Item = (&'a str, &'a str)>,
        schemas: &BTreeSet<&str>,
        pinned: bool,
    ) -> Diagnostics {
        let mut diagnostics = Diagnostics::new("spec/overrides.yaml");
        let known: BTreeSet<Key> = operations.map(|(method, path)| key(method, path)).collect();
        let unused = self
            .calls
            .keys()
            .chain(&self.legacy)
            .filter(|key| !known.contains(*key));
        let unused = unused.map(|(method, path)| format!("{} {path}", method.to_uppercase()));
        let types = self
            .core_types
            .keys()
            .filter(|schema| !schemas.contains(schema.as_str()))
            .cloned();
        for what in unused.chain(types) {
            unknown("spec/overrides.yaml", &what, pinned, &mut diagnostics);
        }
        diagnostics
    }
}

/// Reports an entry of reviewed data for something that is not in the document: an error for the pinned document, else a
/// warning.
pub(super) fn unknown(file: &str, what: &str, pinned: bool, diagnostics: &mut Diagnostics) {
    let message = format!("{file} has an entry for {what}, which is not in the document");
    let help = "remove the entry, or correct it";
    if pinned {
        diagnostics.error(&Pointer::root(), message, help);
    } else {
        diagnostics.warning(&Pointer::root(), message, help);
    }
}

fn reasoned(at: &Pointer, reason: &str, diagnostics: &mut Diagnostics) {
    if reason.trim().is_empty() {
        diagnostics.error(
            at,
            "no reason is given",
            "say why the document is departed from",
        );
    }
}

fn once(at: &Pointer, new: bool, diagnostics: &mut Diagnostics) {
    if !new {
        diagnostics.error(
            at,
            "there is an entry for this already",
            "keep one of the two",
        );
    }
}

fn key(method: &str, path: &str) -> Key {
    (method.to_ascii_lowercase(), path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_well_formed_is_told_with_its_place() {
        let call = |call: &str, reason: &str| {
            format!("calls: [{{method: GET, path: /v1/a, call: [{call}], reason: '{reason}'}}]")
        };
        for (text, expected) in [
            (call("a.list", " "), "#/calls/0: no reason is given"),
            (call("list", "Why."), "no well-formed call is given"),
            (call("", "Why."), "no well-formed call is given"),
            (
                "legacy: [{reason: '', operations: []}]".to_owned(),
                "#/legacy/0: no reason",
            ),
            (
                "core_types: [{schema: a, type: B, reason: ''}]".to_owned(),
                "#/core_types/0: no reason",
            ),
            (
                "events: [{of: a, objects: [], reason: ''}]".to_owned(),
                "#/events/0: no reason",
            ),
            ("cals: []".to_owned(), "unknown field `cals`"),
            ("calls: 5".to_owned(), "calls: invalid type"),
            ("calls: [".to_owned(), ": "),
        ] {
            let told = Overrides::parse(&text).unwrap_err().to_string();
            assert!(told.starts_with("spec/overrides.yaml"), "{told}");
            assert!(told.contains(expected), "{told}");
        }
        assert!(Overrides::parse("").unwrap().calls.is_empty());
        assert!(
            Overrides::parse("# Only a comment.")
                .unwrap()
                .calls
                .is_empty()
        );
    }

    #[test]
    fn methods_are_the_same_in_any_case() {
        let text = "legacy: [{reason: Why., operations: [{method: GET, path: /v1/a}]}]";
        let overrides = Overrides::parse(text).unwrap();
        assert!(overrides.is_legacy("get", "/v1/a"));
        assert!(!overrides.is_legacy("post", "/v1/a"));
    }
}
