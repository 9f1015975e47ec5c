//! What becomes of each component schema: emitted, replaced by a type of the core, merged into the shapes for deleted
//! objects and errors, or written out in place. The sum over all is checked by the tests on the real document.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{ObjectType, ReferenceOr, Schema, SchemaKind, Type as OpenType};

use super::overrides::Overrides;
use super::page;
use super::room::Room;
use super::shape::Arm;
use crate::spec::{Document, schema_id};

/// What becomes of a component schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// A type of its own.
    Emitted,
    /// The hand-written core has this type for it.
    Core(String),
    /// Says no more than that an object was deleted.
    Deleted,
    /// Only errors are of this type: the core's error reads them.
    Error,
    /// No object and no list of values: written out where it is used.
    InPlace,
}

/// The component schemas and what becomes of them.
pub(crate) struct Schemas<'a> {
    document: &'a Document,
    classes: BTreeMap<&'a str, Class>,
    /// The schemas that other schemas or answers refer to.
    referenced: BTreeSet<String>,
    /// Named unions, by the schemas they unite.
    unions: BTreeMap<Vec<String>, &'a str>,
    pub(crate) room: Room,
}

impl<'a> Schemas<'a> {
    pub(crate) fn new(document: &'a Document, overrides: &Overrides) -> Self {
        let (errors, referenced) = references_by_use(document);
        let classify = |id: &'a str, schema: &'a Schema| match overrides.core_type(id) {
            Some(ty) => Class::Core(ty.to_owned()),
            None if errors.contains(id) => Class::Error,
            None => class(document, schema),
        };
        let classes = document
            .schemas()
            .map(|(id, schema)| (id, classify(id, schema)))
            .collect();
        let mut schemas = Self {
            document,
            classes,
            referenced,
            unions: BTreeMap::new(),
            room: Room::default(),
        };
        schemas.unions = document
            .schemas()
            .filter_map(|(id, schema)| Some((members(schema)?, id)))
            .collect();
        schemas
    }

    /// Each schema, sorted by id, with what becomes of it.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'a str, &'a Schema, &Class)> {
        self.document
            .schemas()
            .map(|(id, schema)| (id, schema, self.class(id)))
    }

    pub(crate) fn get(&self, id: &str) -> Option<&'a Schema> {
        self.document.schema(id)
    }

    pub(crate) fn class(&self, id: &str) -> &Class {
        self.classes.get(id).unwrap_or(&Class::InPlace)
    }

    pub(crate) fn is_referenced(&self, id: &str) -> bool {
        self.referenced.contains(id)
    }

    /// Whether the schema describes what is left of a deleted object.
    pub(crate) fn is_deleted(&self, id: &str) -> bool {
        self.get(id)
            .is_some_and(|schema| describes_deleted(self.document, schema))
    }

    /// The value by which objects of this schema are told from others.
    pub(crate) fn tag(&self, id: &str) -> Option<&'a str> {
        page::tag(object(self.get(id)?)?)
    }

    /// The schemas whose objects the types of stripe-core keep as JSON.
    pub(crate) fn kept_by_core(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for (_, schema, class) in self.iter() {
            if matches!(class, Class::Core(_)) {
                references(schema, &mut found);
            }
        }
        found
    }

    /// The schemas that a schema of nothing but references unites.
    pub(crate) fn members(&self, id: &str) -> Option<Vec<String>> {
        members(self.get(id)?)
    }

    /// The schema that unites exactly these.
    pub(crate) fn union_of(&self, arms: &[Arm]) -> Option<&'a str> {
        let mut members: Vec<String> = arms.iter().map(|arm| arm.schema.clone()).collect();
        members.sort();
        self.unions
            .get(&members)
            .copied()
            .filter(|id| *self.class(id) == Class::Emitted)
    }
}

pub(crate) fn object(schema: &Schema) -> Option<&ObjectType> {
    match &schema.schema_kind {
        SchemaKind::Type(OpenType::Object(object)) => Some(object),
        _ => None,
    }
}

fn class(document: &Document, schema: &Schema) -> Class {
    match &schema.schema_kind {
        SchemaKind::Type(OpenType::Object(object)) => {
            let only_deleted = object
                .properties
                .keys()
                .all(|name| matches!(name.as_str(), "id" | "object" | "deleted"));
            match describes_deleted(document, schema) {
                true if only_deleted => Class::Deleted,
                _ if is_shape(object, schema) => Class::Emitted,
                _ => Class::InPlace,
            }
        }
        SchemaKind::Type(OpenType::String(string)) if string.enumeration.len() > 1 => {
            Class::Emitted
        }
        SchemaKind::AnyOf { .. } if only_says_deleted(document, schema) => Class::Deleted,
        SchemaKind::AnyOf { .. } | SchemaKind::OneOf { .. }
            if members(schema).is_some_and(|it| it.len() > 1) =>
        {
            Class::Emitted
        }
        SchemaKind::AllOf { .. } => Class::Emitted,
        SchemaKind::Any(any) if !any.properties.is_empty() => Class::Emitted,
        _ => Class::InPlace,
    }
}

/// An object with a shape of its own: not a map, not free-form, not a page.
fn is_shape(object: &ObjectType, schema: &Schema) -> bool {
    let page = object.properties.contains_key("next_page_url")
        || matches!(page::tag(object), Some("list" | "search_result"))
            && object.properties.contains_key("data");
    let said = !object.properties.is_empty()
        || schema
            .schema_data
            .extensions
            .contains_key("x-expandableFields");
    said && !page
}

/// Members of which none says more than that an object was deleted. Others are told apart as those of any union are.
fn only_says_deleted(document: &Document, schema: &Schema) -> bool {
    let members = members(schema).unwrap_or_default();
    let class = |id: &String| document.schema(id).map(|it| class(document, it));
    !members.is_empty() && members.iter().all(|id| class(id) == Some(Class::Deleted))
}

/// A `deleted` property that can only be true, or members that all have one.
fn describes_deleted(document: &Document, schema: &Schema) -> bool {
    if let Some(object) = object(schema) {
        let deleted = object
            .properties
            .get("deleted")
            .and_then(ReferenceOr::as_item)
            .map(|it| &it.schema_kind);
        let always = matches!(deleted, Some(SchemaKind::Type(OpenType::Boolean(only))) if only.enumeration == [Some(true)]);
        return always && object.required.iter().any(|name| name == "deleted");
    }
    let Some(members) = members(schema) else {
        return false;
    };
    members
        .iter()
        .all(|id| document.schema(id).and_then(object).is_some())
        && members.iter().all(|id| {
            document
                .schema(id)
                .is_some_and(|it| describes_deleted(document, it))
        })
}

/// The schemas that a union of nothing but references unites, sorted.
fn members(schema: &Schema) -> Option<Vec<String>> {
    let (SchemaKind::AnyOf { any_of: arms } | SchemaKind::OneOf { one_of: arms }) =
        &schema.schema_kind
    else {
        return None;
    };
    let ids = arms.iter().map(|arm| match arm {
        ReferenceOr::Reference { reference } => {
            schema_id(reference).map(std::borrow::Cow::into_owned)
        }
        ReferenceOr::Item(_) => None,
    });
    let mut ids: Vec<String> = ids.collect::<Option<_>>()?;
    ids.sort();
    Some(ids)
}

/// The schemas that only the errors of operations refer to, and those that answers and other schemas refer to.
fn references_by_use(document: &Document) -> (BTreeSet<String>, BTreeSet<String>) {
    let mut errors = BTreeSet::new();
    let mut answers = BTreeSet::new();
    for operation in document.operations() {
        let responses = &operation.operation.responses;
        let failures = responses
            .responses
            .iter()
            .filter(|(code, _)| !code.to_string().starts_with('2'));
        for response in responses
            .default
            .iter()
            .chain(failures.map(|(_, response)| response))
        {
            direct(response, &mut errors);
        }
        for (_, response) in responses
            .responses
            .iter()
            .filter(|(code, _)| code.to_string().starts_with('2'))
        {
            direct(response, &mut answers);
        }
    }
    for (_, schema) in document.schemas() {
        references(schema, &mut answers);
    }
    (errors.difference(&answers).cloned().collect(), answers)
}

fn direct(response: &ReferenceOr<openapiv3::Response>, found: &mut BTreeSet<String>) {
    let schemas = response
        .as_item()
        .into_iter()
        .flat_map(|response| response.content.values());
    for schema in schemas.filter_map(|media| media.schema.as_ref()) {
        either(schema, found);
    }
}

fn either(schema: &ReferenceOr<Schema>, found: &mut BTreeSet<String>) {
    match schema {
        ReferenceOr::Reference { reference } => {
            found.extend(schema_id(reference).map(std::borrow::Cow::into_owned));
        }
        ReferenceOr::Item(schema) => references(schema, found),
    }
}

/// All schemas that a schema refers to by itself.
fn references(schema: &Schema, found: &mut BTreeSet<String>) {
    let mut boxed = |schema: &ReferenceOr<Box<Schema>>| match schema {
        ReferenceOr::Reference { reference } => {
            found.extend(schema_id(reference).map(std::borrow::Cow::into_owned));
        }
        ReferenceOr::Item(schema) => references(schema, found),
    };
    match &schema.schema_kind {
        SchemaKind::Type(OpenType::Object(object)) => {
            object.properties.values().for_each(&mut boxed);
            if let Some(openapiv3::AdditionalProperties::Schema(entry)) =
                &object.additional_properties
            {
                either(entry, found);
            }
        }
        SchemaKind::Type(OpenType::Array(array)) => array.items.iter().for_each(&mut boxed),
        SchemaKind::AnyOf { any_of: arms }
        | SchemaKind::OneOf { one_of: arms }
        | SchemaKind::AllOf { all_of: arms } => {
            arms.iter().for_each(|arm| either(arm, found));
        }
        SchemaKind::Any(any) => any.properties.values().for_each(&mut boxed),
        _ => {}
    }
}
