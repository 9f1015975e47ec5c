//! Rules that Stripe states in its documentation and not in the document's schemas: reviewed data, each with its source.
//! None is guessed from names or descriptions, and one that applies to nothing is reported.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::call_path::CallPath;
use super::operation::Operation;
use super::rule::Rule;
use super::shape::{Field, Object, Type};
use crate::diagnostic::{Diagnostics, Pointer};

const FILE: &str = "spec/rules.yaml";

/// The file as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Written {
    rules: Vec<Entry>,
    expandable: Vec<Expandable>,
}

/// Fields that are left out of an answer unless `expand` names them, although they hold no object.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expandable {
    schema: String,
    fields: Vec<String>,
    source: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    call: String,
    #[serde(default)]
    except: Vec<String>,
    param: String,
    rule: String,
    source: String,
}

/// One rule, and where it applies.
#[derive(Debug)]
struct Stated {
    entry: Entry,
    rule: Rule,
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct Beyond {
    rules: Vec<Stated>,
    expandable: Vec<Expandable>,
}

impl Beyond {
    /// Reads the file.
    ///
    /// # Errors
    ///
    /// If it is not YAML of the known form, or an entry has no source or no rule.
    pub(crate) fn parse(text: &str) -> Result<Self, Diagnostics> {
        let mut diagnostics = Diagnostics::new(FILE);
        let help = "mend the file; its form is described at its top";
        let written = serde_yaml::from_str::<Option<Written>>(text).map_err(|error| {
            diagnostics.error(&Pointer::root(), error.to_string(), help);
            diagnostics.clone()
        })?;
        let mut all = Vec::new();
        let Written { rules, expandable } = written.unwrap_or_default();
        for (index, expandable) in expandable.iter().enumerate() {
            let at = Pointer::root().key("expandable").index(index);
            sourced(&at, &expandable.source, &mut diagnostics);
        }
        for (index, entry) in rules.into_iter().enumerate() {
            let at = Pointer::root().key("rules").index(index);
            sourced(&at, &entry.source, &mut diagnostics);
            match rule(&entry.rule) {
                Some(rule) => all.push(Stated { entry, rule }),
                None => diagnostics.error(&at, "there is no such rule", help),
            }
        }
        if diagnostics.is_fatal() {
            return Err(diagnostics);
        }
        Ok(Self {
            rules: all,
            expandable,
        })
    }

    /// The fields that can be expanded although they hold no object, by schema.
    pub(crate) fn expandable(&self) -> BTreeMap<String, Vec<String>> {
        let all = self.expandable.iter();
        all.map(|it| (it.schema.clone(), it.fields.clone()))
            .collect()
    }

    /// Adds the rules to the parameters that they are about. What applies to nothing is an error for the pinned document,
    /// else a warning.
    pub(crate) fn apply(&self, operations: &mut [Operation], pinned: bool) -> Diagnostics {
        let mut diagnostics = Diagnostics::new(FILE);
        for (index, stated) in self.rules.iter().enumerate() {
            let mut count = 0;
            for operation in operations.iter_mut().filter(|it| stated.entry.is_about(it)) {
                count += usize::from(stated.add(&mut operation.params));
            }
            if count == 0 {
                let at = Pointer::root().key("rules").index(index);
                let Entry { call, param, .. } = &stated.entry;
                let message = format!("`{call}` has no parameter `{param}` in the document");
                let help = "remove the entry, or correct it";
                if pinned {
                    diagnostics.error(&at, message, help);
                } else {
                    diagnostics.warning(&at, message, help);
                }
            }
        }
        diagnostics
    }
}

impl Entry {
    fn is_about(&self, operation: &Operation) -> bool {
        let matches = |call: &CallPath| {
            let dotted = call.to_string();
            let is_excepted = self.except.contains(&dotted);
            !is_excepted && self.names(call, &dotted, operation)
        };
        operation.calls.iter().any(matches)
    }

    fn names(&self, call: &CallPath, dotted: &str, operation: &Operation) -> bool {
        if let Some(method) = self.call.strip_prefix("*.") {
            return call.method == method && operation.path.starts_with("/v1/");
        }
        match self.call.strip_suffix(".*") {
            Some(service) => call.service.join(".") == service,
            None => self.call == dotted,
        }
    }
}

impl Stated {
    /// Whether there was a parameter to add the rule to.
    fn add(&self, params: &mut Object) -> bool {
        let path: Vec<&str> = self.entry.param.split('.').collect();
        let mut found = false;
        each(params, &path, &mut |object, wire| {
            let is_there = |name: &str| object.fields.iter().any(|field| field.wire == name);
            if let Rule::Without(other) = &self.rule {
                if !is_there(other) {
                    return;
                }
            }
            let mut fields = object.fields.iter_mut();
            if let Some(field) = fields.find(|field| field.wire == wire) {
                field.rules.push(self.rule.clone());
                found = true;
            }
        });
        found
    }
}

/// Calls `visit` with each object that the path leads to, and the last name.
fn each(object: &mut Object, path: &[&str], visit: &mut dyn FnMut(&mut Object, &str)) {
    match path {
        [] => {}
        [last] => visit(object, last),
        [first, rest @ ..] => {
            let is_next = |field: &&mut Field| field.wire == *first;
            if let Some(field) = object.fields.iter_mut().find(is_next) {
                inside(&mut field.ty, rest, visit);
            }
        }
    }
}

fn inside(ty: &mut Type, path: &[&str], visit: &mut dyn FnMut(&mut Object, &str)) {
    match ty {
        Type::Object(object) => each(object, path, visit),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => inside(inner, path, visit),
        Type::Choice(arms) => arms.iter_mut().for_each(|arm| inside(arm, path, visit)),
        _ => {}
    }
}

fn sourced(at: &Pointer, source: &str, diagnostics: &mut Diagnostics) {
    if source.trim().is_empty() {
        diagnostics.error(at, "no source is given", "name the page that states it");
    }
}

fn rule(text: &str) -> Option<Rule> {
    let (name, value) = text.split_once(' ').unwrap_or((text, ""));
    Some(match (name, value) {
        ("email", "") => Rule::Email,
        ("country", "") => Rule::Country,
        ("min", least) => Rule::Min(least.parse().ok()?),
        ("max", most) => Rule::Max(most.parse().ok()?),
        ("without", other) if !other.is_empty() => Rule::Without(other.to_owned()),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_well_formed_is_told_with_its_place() {
        let entry = |rule: &str, source: &str| {
            format!("rules: [{{call: a.b, param: c, rule: {rule}, source: '{source}'}}]")
        };
        for (text, expected) in [
            (entry("email", " "), "#/rules/0: no source"),
            (entry("mail", "Page."), "#/rules/0: there is no such rule"),
            (entry("min x", "Page."), "there is no such rule"),
            (entry("email x", "Page."), "there is no such rule"),
            (entry("without", "Page."), "there is no such rule"),
            ("rules: [{call: a.b}]".to_owned(), "missing field `param`"),
            ("rule: []".to_owned(), "unknown field `rule`"),
        ] {
            let told = Beyond::parse(&text).unwrap_err().to_string();
            assert!(told.starts_with(FILE) && told.contains(expected), "{told}");
        }
        assert!(Beyond::parse("").unwrap().rules.is_empty());
        assert_eq!(
            Beyond::parse(&entry("max 5", "Page.")).unwrap().rules.len(),
            1
        );
    }
}
