//! Events: the lists of their types, which are always there, and what the feature for webhooks adds to them.

use std::collections::BTreeMap;

use super::Needed;
use super::feature::FULL;
use super::item::{Catalog, Enum, File, Item, Ty};
use super::name::singular;
use super::schema::SchemaNames;
use super::scope::NameTable;
use super::types::{constants, plain};
use crate::model::{Api, Event};

/// Events of one kind.
struct Kind<'a> {
    events: &'a [Event],
    /// The list of the types.
    names: &'static str,
    docs: &'static str,
    /// The type of the core that is made for these.
    core: &'static str,
    core_docs: &'static str,
}

/// Whether the document says which events there are.
pub(crate) fn are_known(api: &Api) -> bool {
    !api.events.is_empty()
}

fn kinds(api: &Api) -> Vec<Kind<'_>> {
    let mut kinds = vec![Kind {
        events: &api.events,
        names: "EventType",
        docs: "What happened, in a snapshot event of v1.",
        core: "Event",
        core_docs: "A snapshot event of v1: it carries the object that it is about.",
    }];
    kinds.extend((!api.thin_events.is_empty()).then_some(Kind {
        events: &api.thin_events,
        names: "ThinEventType",
        docs: "What happened, in a thin event of v2.",
        core: "EventNotification",
        core_docs: "The notification of a thin event of v2: it refers to the object that it is about.",
    }));
    kinds
}

/// The files, if the document says which events there are.
pub(crate) fn files(
    api: &Api,
    names: &SchemaNames,
    needed: &Needed,
    table: &mut NameTable,
) -> Vec<File> {
    if !are_known(api) {
        return Vec::new();
    }
    let kinds = kinds(api);
    let lists = kinds.iter().map(list).collect();
    let mut items = vec![Item::Use("stripe_core::webhook::*".into())];
    for kind in &kinds {
        items.push(alias(kind));
        items.push(Item::Catalog(catalog(kind, names, needed, table)));
    }
    let file = |path: &str, docs: &str, items| File {
        path: path.into(),
        source: "`enabled_events` of `/v1/webhook_endpoints` and spec/thin-events.yaml".into(),
        docs: vec![docs.to_owned()],
        items,
    };
    vec![
        file(
            "src/event_type.rs",
            " The types of events, complete whatever features are on.",
            lists,
        ),
        file(
            "src/webhook.rs",
            " Webhooks: what the core has for them, for the events of this version of the API.",
            items,
        ),
    ]
}

fn list(kind: &Kind<'_>) -> Item {
    let names: Vec<String> = kind.events.iter().map(|event| event.name.clone()).collect();
    Item::Enum(Enum {
        name: kind.names.to_owned(),
        docs: kind.docs.to_owned(),
        values: constants(&names),
    })
}

fn path(kind: &Kind<'_>) -> Ty {
    Ty::path(format!("crate::event_type::{}", kind.names))
}

fn alias(kind: &Kind<'_>) -> Item {
    Item::Alias {
        name: kind.core.to_owned(),
        docs: kind.core_docs.to_owned(),
        ty: Ty::of(&format!("stripe_core::webhook::{}", kind.core), path(kind)),
    }
}

fn catalog(
    kind: &Kind<'_>,
    names: &SchemaNames,
    needed: &Needed,
    table: &mut NameTable,
) -> Catalog {
    let about = kind.events.iter().filter(|it| !it.objects.is_empty());
    let events = about.map(|event| {
        let objects = event.objects.iter().map(|object| object.tag.clone());
        (event.name.clone(), objects.collect())
    });
    let objects: BTreeMap<&str, &str> = kind
        .events
        .iter()
        .flat_map(|event| &event.objects)
        .map(|object| (&*object.tag, &*object.schema))
        .collect();
    let objects = objects.into_iter().filter_map(|(tag, schema)| {
        let features = needed.of(schema)?;
        let name = names.ty(schema).to_owned();
        Some((tag.to_owned(), name, feature(schema, features, table)))
    });
    Catalog {
        names: path(kind),
        events: events.collect(),
        objects: objects.collect(),
    }
}

/// The feature that one would turn on for a type: that of the service of its name, if it has one. It stays the same, as
/// long as it has the type.
fn feature(schema: &str, features: &[String], table: &mut NameTable) -> String {
    let identity = format!("feature of {}", plain(schema));
    let known = table.known(&identity).cloned();
    let feature = known
        .filter(|it| features.contains(it))
        .unwrap_or_else(|| likely_feature(schema, features));
    table.remember(&identity, &feature);
    feature
}

fn likely_feature(schema: &str, features: &[String]) -> String {
    let own = schema.replace(['.', '_'], "-");
    let named = features.iter().find(|it| singular(it) == own);
    named
        .or_else(|| features.first())
        .map_or(FULL, String::as_str)
        .to_owned()
}
