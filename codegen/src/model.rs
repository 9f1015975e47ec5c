//! Stage 2: what Stripe's API *is* — resources, operations and shapes, with the document's quirks gone.
//!
//! **Invariant:** nothing here knows Rust: no identifier is escaped, no type named, no file placed.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostics, Pointer};
use crate::spec::Document;

mod any_of;
mod beyond;
mod call_path;
mod component;
mod event;
mod host;
mod included;
mod lower;
mod merge;
mod naming;
mod operation;
mod overrides;
mod page;
mod request;
mod room;
mod rule;
mod schema;
mod shape;
mod thin_events;

use lower::{Lower, Side};
use schema::{Class, Schemas};

pub(crate) use beyond::Beyond;
pub(crate) use call_path::CallPath;
pub(crate) use component::{Component, components};
pub(crate) use event::Event;
pub(crate) use host::Host;
pub(crate) use merge::merge;
pub(crate) use operation::{Body, Operation};
pub(crate) use overrides::Overrides;
pub(crate) use rule::Rule;
pub(crate) use shape::{Arm, Field, Object, Page, Type};
pub(crate) use thin_events::ThinEvents;

/// Everything that is to be emitted.
#[derive(Debug)]
pub(crate) struct Api {
    /// The API version that the document describes.
    pub(crate) version: String,
    /// Sorted by id.
    pub(crate) schemas: Vec<Schema>,
    /// Sorted by path, then by method.
    pub(crate) operations: Vec<Operation>,
    /// The codes of v2 errors, sorted.
    pub(crate) error_codes: Vec<String>,
    /// The events that carry the object they are about, sorted.
    pub(crate) events: Vec<Event>,
    /// The events that only refer to it, sorted.
    pub(crate) thin_events: Vec<Event>,
    pub(crate) accounts: Accounts,
    /// Fields that can be expanded although they hold no object, by schema.
    pub(crate) expandable: BTreeMap<String, Vec<String>>,
}

/// A component schema that is emitted.
#[derive(Debug)]
pub(crate) struct Schema {
    pub(crate) id: String,
    pub(crate) docs: String,
    pub(crate) ty: Type,
    /// Whether objects of it have an id that gets a type.
    pub(crate) has_id: bool,
    /// The value of `object` by which it is found in an error or an event, if it can be in one: both keep it as JSON.
    pub(crate) attached: Option<String>,
}

/// What became of the component schemas; the sum is their number.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Accounts {
    pub(crate) emitted: usize,
    pub(crate) core: usize,
    pub(crate) deleted: usize,
    pub(crate) errors: usize,
    pub(crate) in_place: usize,
    pub(crate) merged: usize,
}

/// Builds the model of a document.
pub(crate) fn model(
    document: &Document,
    overrides: &Overrides,
    thin: &ThinEvents,
    beyond: &Beyond,
    pinned: bool,
    diagnostics: &mut Diagnostics,
) -> Api {
    let schemas = Schemas::new(document, overrides);
    let mut operations = operation::lower(document, &schemas, overrides, pinned, diagnostics);
    diagnostics.extend(beyond.apply(&mut operations, pinned));
    let known = schemas.iter().map(|(id, ..)| id).collect();
    let stated = operations
        .iter()
        .map(|operation| (operation.method, operation.path.as_str()));
    diagnostics.extend(overrides.check_used(stated, &known, pinned));
    let mut emitted = emitted(&schemas, &operations, diagnostics);
    let objects = event::Objects::new(&emitted, &schemas, pinned);
    let events = objects.of_snapshots(&operations, overrides, diagnostics);
    let thin_events = objects.of_thin(thin, diagnostics);
    attach(&mut emitted, events.iter().chain(&thin_events));
    Api {
        version: document.version.clone(),
        events,
        thin_events,
        error_codes: error_codes(&schemas, diagnostics),
        accounts: accounts(&schemas, emitted.len()),
        expandable: beyond.expandable(),
        schemas: emitted,
        operations,
    }
}

fn emitted(
    schemas: &Schemas<'_>,
    operations: &[Operation],
    diagnostics: &mut Diagnostics,
) -> Vec<Schema> {
    let lower = Lower::new(schemas, Side::Answer);
    let kept = schemas.kept_by_core();
    let at = Pointer::root().key("components").key("schemas");
    let emitted = schemas
        .iter()
        .filter(|(_, _, class)| **class == Class::Emitted);
    let mut all: Vec<Schema> = emitted
        .map(|(id, schema, _)| Schema {
            id: id.to_owned(),
            docs: schema.schema_data.description.clone().unwrap_or_default(),
            ty: any_of::named_union(&lower, id).unwrap_or_else(|| {
                let work = || lower.schema("", schema).ty;
                schemas.room.within(&at.key(id), diagnostics, work)
            }),
            has_id: schema.schema_data.extensions.contains_key("x-resourceId"),
            attached: kept
                .contains(id)
                .then(|| schemas.tag(id))
                .flatten()
                .map(str::to_owned),
        })
        .collect();
    included::set_apart(&mut all, operations);
    let Uses { named, expanded } = uses(&all, operations);
    // What the document refers to and no type does any more was merged into the types that stand there.
    all.retain(|schema| {
        named.contains(&schema.id)
            || expanded.contains(&schema.id)
            || !schemas.is_referenced(&schema.id)
    });
    for schema in &mut all {
        // Its own `id` field gets the type by what the schema itself says, whoever refers to it.
        schema.has_id = is_resource(schema) && give_id(schema) || expanded.contains(&schema.id);
    }
    all
}

/// Marks the schemas of the objects that events are about.
fn attach<'a>(schemas: &mut [Schema], events: impl Iterator<Item = &'a Event>) {
    let objects: BTreeMap<&str, &str> = events
        .flat_map(|event| &event.objects)
        .map(|object| (&*object.schema, &*object.tag))
        .collect();
    for schema in schemas {
        if let Some(tag) = objects.get(&*schema.id) {
            schema.attached = Some((*tag).to_owned());
        }
    }
}

/// The schemas that types name, and those whose id stands in an expandable field.
#[derive(Default)]
struct Uses {
    named: BTreeSet<String>,
    expanded: BTreeSet<String>,
}

fn uses(schemas: &[Schema], operations: &[Operation]) -> Uses {
    let mut uses = Uses::default();
    let answers = operations.iter().map(|operation| &operation.result);
    for ty in schemas.iter().map(|schema| &schema.ty).chain(answers) {
        ty.walk(&mut |ty| match ty {
            Type::Schema(id) => {
                uses.named.insert(id.clone());
            }
            Type::Union(arms) => uses.named.extend(arms.iter().map(|arm| arm.schema.clone())),
            Type::Expandable(_, targets) => uses.expanded.extend(targets.iter().cloned()),
            _ => {}
        });
    }
    uses
}

/// Whether objects of this schema are resources: the document marks it, or they say themselves what they are.
fn is_resource(schema: &Schema) -> bool {
    let Type::Object(object) = &schema.ty else {
        return false;
    };
    schema.has_id || object.fields.iter().any(|field| field.ty == Type::Tag)
}

/// Gives the `id` field the type of its own; whether there is one.
fn give_id(schema: &mut Schema) -> bool {
    let Type::Object(object) = &mut schema.ty else {
        return false;
    };
    let mut fields = object.fields.iter_mut();
    let Some(id) = fields.find(|field| field.wire == "id" && field.ty == Type::Text) else {
        return false;
    };
    id.ty = Type::Id(schema.id.clone());
    true
}

/// The codes that v2 errors state, one schema each.
fn error_codes(schemas: &Schemas<'_>, diagnostics: &mut Diagnostics) -> Vec<String> {
    let lower = Lower::new(schemas, Side::Answer);
    let at = Pointer::root().key("components").key("schemas");
    let mut codes = Vec::new();
    for (id, schema, _) in schemas
        .iter()
        .filter(|(_, _, class)| **class == Class::Error)
    {
        let work = || lower.schema("", schema).ty;
        let Type::Object(body) = schemas.room.within(&at.key(id), diagnostics, work) else {
            continue;
        };
        let Some(Type::Object(error)) = body
            .fields
            .iter()
            .find(|it| it.wire == "error")
            .map(|it| &it.ty)
        else {
            continue;
        };
        if let Some(Type::Enum(values)) = error
            .fields
            .iter()
            .find(|it| it.wire == "code")
            .map(|it| &it.ty)
        {
            codes.extend(values.iter().cloned());
        }
    }
    codes.sort();
    codes.dedup();
    codes
}

fn accounts(schemas: &Schemas<'_>, emitted: usize) -> Accounts {
    let mut sum = Accounts {
        emitted,
        ..Accounts::default()
    };
    for (_, _, class) in schemas.iter() {
        match class {
            Class::Emitted => sum.merged += 1,
            Class::Core(_) => sum.core += 1,
            Class::Deleted => sum.deleted += 1,
            Class::Error => sum.errors += 1,
            Class::InPlace => sum.in_place += 1,
        }
    }
    sum.merged -= emitted;
    sum
}
