//! The walk over the raw value: does it have the shape of an OpenAPI 3.0 document?
//!
//! One interpreter for the tables of [`super::grammar`]; rules that a table cannot state live with their subject
//! ([`super::schema`], [`super::operation`], [`super::alias`]). Every complaint carries a pointer, which the
//! conversion to typed structures could not give.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::grammar::{self, Kind, Table};
use super::{alias, schema};
use crate::diagnostic::{Diagnostics, Pointer, quoted};

/// Longer names do not occur in practice; every use of one multiplies its size.
const NAME_BYTES: usize = 10_000;
/// Far deeper than any real schema (9), and shallow enough for every later stage to recurse.
pub(super) const DEPTH: usize = 64;

/// One walk over one document.
pub(super) struct Check<'a> {
    /// The component schemas, to resolve references.
    pub(super) schemas: Option<&'a Map<String, Value>>,
    /// The place of each operation id, since they must differ.
    pub(super) operation_ids: BTreeMap<String, Pointer>,
    /// The template parameters of the path at hand.
    pub(super) template: BTreeSet<String>,
    depth: usize,
    diagnostics: Diagnostics,
}

/// Everything that is wrong or odd with the document.
pub(super) fn check(name: &str, document: &Value) -> Diagnostics {
    let mut diagnostics = Diagnostics::new(name);
    if !is_openapi_3_0(document, &mut diagnostics) {
        return diagnostics;
    }
    let schemas = document
        .pointer("/components/schemas")
        .and_then(Value::as_object);
    let mut check = Check {
        schemas,
        operation_ids: BTreeMap::new(),
        template: BTreeSet::new(),
        depth: 0,
        diagnostics,
    };
    check.object(&grammar::DOCUMENT, document, &Pointer::root());
    alias::cycles(&mut check);
    check.diagnostics
}

/// Asked first: complaints about the shape of some other kind of document would only mislead.
fn is_openapi_3_0(document: &Value, diagnostics: &mut Diagnostics) -> bool {
    let root = Pointer::root();
    let Some(members) = document.as_object() else {
        let message = format!("the document is {}, not an object", kind_of(document));
        diagnostics.error(&root, message, "give an OpenAPI 3.0 document");
        return false;
    };
    let version = members.get("openapi").and_then(Value::as_str);
    let at = root.key(if members.contains_key("swagger") {
        "swagger"
    } else {
        "openapi"
    });
    let help = "give an OpenAPI 3.0 document";
    match version {
        Some(version) if version == "3.0" || version.starts_with("3.0.") => return true,
        Some(version) if version.starts_with("3.") => {
            let message = format!(
                "OpenAPI {} is not supported: its schemas have another dialect",
                quoted(version)
            );
            diagnostics.error(&at, message, help);
        }
        Some(version) => diagnostics.error(
            &at,
            format!("OpenAPI {} is not supported", quoted(version)),
            help,
        ),
        None if members.contains_key("swagger") => {
            let help =
                "give the OpenAPI 3.0 form of this document, for Stripe the file named spec3";
            diagnostics.error(&at, "this is a Swagger document", help);
        }
        None if members.contains_key("openapi") => {
            diagnostics.error(
                &at,
                "`openapi` is not a string",
                "write \"3.0.0\", in quotes",
            );
        }
        None => diagnostics.error(
            &root,
            "this is not an OpenAPI document: `openapi` is missing",
            help,
        ),
    }
    false
}

impl Check<'_> {
    /// Complains about something that stops the run.
    pub(super) fn wrong(
        &mut self,
        at: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.diagnostics.error(at, message, help);
    }

    /// Complains about something worth a look.
    pub(super) fn odd(
        &mut self,
        at: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.diagnostics.warning(at, message, help);
    }

    /// Checks one object against its table.
    pub(super) fn object(&mut self, table: &'static Table, value: &Value, at: &Pointer) {
        if value.get("$ref").is_some() {
            let help = "write it out in place: only `#/components/schemas/` can be referred to";
            return self.wrong(
                &at.key("$ref"),
                format!("{} cannot be a `$ref` here", table.what),
                help,
            );
        }
        self.fields(table, value, at);
    }

    /// The fields of an object that is no reference.
    pub(super) fn fields(&mut self, table: &'static Table, value: &Value, at: &Pointer) {
        let Some(members) = value.as_object() else {
            return self.unexpected(value, at, "an object");
        };
        for field in table
            .fields
            .iter()
            .filter(|field| field.required && !members.contains_key(field.name))
        {
            self.wrong(
                at,
                format!("{} needs `{}`", table.what, field.name),
                "add it",
            );
        }
        for (name, value) in members {
            match table.fields.iter().find(|field| field.name == name) {
                Some(field) => self.value(field.kind, value, &at.key(name)),
                None if name.starts_with("x-") => {}
                None => {
                    let message = format!(
                        "{} has no field {} in OpenAPI 3.0, so it is left out",
                        table.what,
                        quoted(name)
                    );
                    self.odd(
                        &at.key(name),
                        message,
                        "see whether the generator should learn it",
                    );
                }
            }
        }
    }

    /// Checks one value.
    fn value(&mut self, kind: Kind, value: &Value, at: &Pointer) {
        match kind {
            Kind::Any => {}
            Kind::Text => self.some_text(value, at),
            Kind::Name => self.name(value, at),
            Kind::Word(words) => self.word(words, value, at),
            Kind::Flag | Kind::SchemaOrFlag if value.is_boolean() => {}
            Kind::Flag => self.unexpected(value, at, "true or false"),
            Kind::Number if value.is_number() => {}
            Kind::Number => self.unexpected(value, at, "a number"),
            Kind::Count
                if value
                    .as_u64()
                    .is_some_and(|count| usize::try_from(count).is_ok()) => {}
            Kind::Count => self.unexpected(value, at, "a whole number, zero or more"),
            Kind::Texts => self.each(value, at, Check::name),
            Kind::TextMap => self.every(value, at, Check::some_text),
            Kind::AnyMap => self.every(value, at, |_, _, _| {}),
            Kind::Requirements => self.each(value, at, |check, requirement, at| {
                check.every(requirement, at, |check, scopes, at| {
                    check.each(scopes, at, Check::name);
                });
            }),
            Kind::Scalars => self.scalars(value, at),
            Kind::Object(table) => self.object(table, value, at),
            Kind::List(table) => {
                self.each(value, at, |check, value, at| check.object(table, value, at));
            }
            Kind::Map(table) => {
                self.every(value, at, |check, value, at| check.object(table, value, at));
            }
            Kind::Schema | Kind::SchemaOrFlag => self.schema(value, at),
            Kind::Schemas => self.union(value, at),
            Kind::SchemaMap => self.every(value, at, Check::schema),
            Kind::Special(rule) => rule(self, value, at),
        }
    }

    /// The elements of an array.
    pub(super) fn each(
        &mut self,
        value: &Value,
        at: &Pointer,
        rule: impl Fn(&mut Self, &Value, &Pointer),
    ) {
        let Some(elements) = value.as_array() else {
            return self.unexpected(value, at, "an array");
        };
        for (index, element) in elements.iter().enumerate() {
            rule(self, element, &at.index(index));
        }
    }

    /// The values of an object whose keys are free.
    pub(super) fn every(
        &mut self,
        value: &Value,
        at: &Pointer,
        rule: impl Fn(&mut Self, &Value, &Pointer),
    ) {
        for (name, value) in self.members(value, at) {
            rule(self, value, &at.key(name));
        }
    }

    /// The members of an object whose keys are free, without those that are complained about.
    pub(super) fn members<'v>(
        &mut self,
        value: &'v Value,
        at: &Pointer,
    ) -> impl Iterator<Item = (&'v String, &'v Value)> + use<'v> {
        let members = value.as_object();
        if members.is_none() {
            self.unexpected(value, at, "an object");
        }
        for name in members
            .into_iter()
            .flat_map(Map::keys)
            .filter(|name| name.len() > NAME_BYTES)
        {
            self.too_long(name, at);
        }
        members
            .into_iter()
            .flatten()
            .filter(|(name, _)| name.len() <= NAME_BYTES)
    }

    pub(super) fn text<'v>(&mut self, value: &'v Value, at: &Pointer) -> Option<&'v str> {
        let text = value.as_str();
        if text.is_none() {
            self.unexpected(value, at, "a string");
        }
        text
    }

    fn some_text(&mut self, value: &Value, at: &Pointer) {
        self.text(value, at);
    }

    /// A string that becomes a name or a value in code.
    pub(super) fn name(&mut self, value: &Value, at: &Pointer) {
        match self.text(value, at) {
            Some(text) if text.len() > NAME_BYTES => self.too_long(text, at),
            _ => {}
        }
    }

    fn too_long(&mut self, text: &str, at: &Pointer) {
        let start: String = text.chars().take(40).collect();
        let message = format!("{} and so on is {} bytes long", quoted(&start), text.len());
        self.wrong(
            at,
            message,
            format!("names and values are limited to {NAME_BYTES} bytes: shorten it"),
        );
    }

    fn word(&mut self, words: &[&str], value: &Value, at: &Pointer) {
        match self.text(value, at) {
            Some(text) if !words.contains(&text) => {
                self.wrong(
                    at,
                    format!("{} is not known here", quoted(text)),
                    format!("write one of {}", words.join(", ")),
                );
            }
            _ => {}
        }
    }

    fn union(&mut self, value: &Value, at: &Pointer) {
        self.not_empty(value, at);
        self.each(value, at, Check::schema);
    }

    fn not_empty(&mut self, value: &Value, at: &Pointer) {
        if value.as_array().is_some_and(Vec::is_empty) {
            self.wrong(at, "it allows no value at all", "fill it or remove it");
        }
    }

    fn scalars(&mut self, value: &Value, at: &Pointer) {
        self.not_empty(value, at);
        self.each(value, at, |check, value, at| match value {
            Value::Object(_) | Value::Array(_) => {
                check.unexpected(value, at, "a string, a number, true, false or null");
            }
            Value::String(_) => check.name(value, at),
            _ => {}
        });
    }

    /// One schema, in any position.
    pub(super) fn schema(&mut self, value: &Value, at: &Pointer) {
        if self.depth == DEPTH {
            return self.wrong(
                at,
                format!("schemas are nested more than {DEPTH} deep"),
                "move the inner ones to `components`",
            );
        }
        self.depth += 1;
        schema::check(self, value, at);
        self.depth -= 1;
    }

    pub(super) fn unexpected(&mut self, value: &Value, at: &Pointer, wanted: &str) {
        let mut found = kind_of(value).to_owned();
        if let Value::String(text) = value {
            found = format!("the string {}", quoted(text));
        }
        self.wrong(
            at,
            format!("found {found}, expected {wanted}"),
            "repair the document there",
        );
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
