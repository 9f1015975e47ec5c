//! Events: the types that there are, and which object each is about.
//!
//! The document lists the types where endpoints are told which to deliver, and says nothing of their objects. Stripe names
//! a type after its object, so that a rule finds nearly all; the rest is reviewed data.

use std::collections::BTreeMap;

use super::Schema;
use super::operation::Operation;
use super::overrides::{self, Overrides};
use super::schema::Schemas;
use super::shape::Type;
use super::thin_events::ThinEvents;

use crate::diagnostic::{Diagnostics, Pointer};

/// A type of event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Event {
    /// `invoice.paid`
    pub(crate) name: String,
    /// The objects that it may be about; none where the document has no schema of them.
    pub(crate) objects: Vec<Carried>,
}

/// A kind of object that events are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Carried {
    /// The value of its field `object`.
    pub(crate) tag: String,
    pub(crate) schema: String,
}

/// The schemas that say what they are, by what they say.
pub(super) struct Objects {
    by_tag: BTreeMap<String, Carried>,
    pinned: bool,
}

impl Objects {
    pub(super) fn new(emitted: &[Schema], schemas: &Schemas<'_>, pinned: bool) -> Self {
        let mut by_tag = BTreeMap::new();
        for schema in emitted.iter().filter(|it| !schemas.is_deleted(&it.id)) {
            let Some(tag) = schemas.tag(&schema.id) else {
                continue;
            };
            let carried = Carried {
                tag: tag.to_owned(),
                schema: schema.id.clone(),
            };
            by_tag.entry(tag.to_owned()).or_insert(carried);
        }
        Self { by_tag, pinned }
    }

    /// The events that carry their object, with the objects.
    pub(super) fn of_snapshots(
        &self,
        operations: &[Operation],
        overrides: &Overrides,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Event> {
        let names = names(operations);
        self.check(&names, overrides, diagnostics);
        let event = |name: &String| Event {
            name: name.clone(),
            objects: self.carried(name, overrides, diagnostics),
        };
        names.iter().map(event).collect()
    }

    /// The events that refer to their object, with the object.
    pub(super) fn of_thin(&self, thin: &ThinEvents, diagnostics: &mut Diagnostics) -> Vec<Event> {
        let mut unknown = |object: &String| {
            let file = "spec/thin-events.yaml";
            overrides::unknown(file, object, self.pinned, diagnostics);
        };
        let event = |(name, object): (&String, &Option<String>)| {
            let found = object.as_ref().and_then(|it| self.by_tag.get(it));
            if let (Some(object), None) = (object, found) {
                unknown(object);
            }
            Event {
                name: name.clone(),
                objects: found.cloned().into_iter().collect(),
            }
        };
        thin.0.iter().map(event).collect()
    }

    /// The objects of one event. `customer.subscription.created` is about what its name says but for what happened.
    fn carried(
        &self,
        event: &str,
        overrides: &Overrides,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Carried> {
        let of = event.rsplit_once('.').map_or(event, |(of, _)| of);
        if let Some(stated) = overrides.event_objects(of) {
            return stated
                .iter()
                .filter_map(|tag| self.by_tag.get(tag).cloned())
                .collect();
        }
        let found = self.named(of);
        if found.is_none() && self.pinned {
            let at = Pointer::root().key("components").key("schemas");
            let message = format!("the document has no object that `{event}` could be about");
            let help =
                "none is needed: it stays JSON; or state it under `events` in spec/overrides.yaml";
            diagnostics.warning(&at, message, help);
        }
        found.cloned().into_iter().collect()
    }

    /// The object of this name: `issuing_card` is `issuing.card`, and the `charge` of `charge.dispute` has a dispute.
    fn named(&self, of: &str) -> Option<&Carried> {
        self.whole(of).or_else(|| {
            let (around, last) = of.rsplit_once('.')?;
            self.whole(around)?;
            self.whole(last)
        })
    }

    fn whole(&self, name: &str) -> Option<&Carried> {
        let plain = |text: &str| text.replace('.', "_");
        let wanted = plain(name);
        let mut all = self.by_tag.iter();
        all.find(|(tag, _)| plain(tag) == wanted)
            .map(|(_, carried)| carried)
    }

    /// Reports entries for events and objects that are not in the document.
    fn check(&self, names: &[String], overrides: &Overrides, diagnostics: &mut Diagnostics) {
        for (of, objects) in overrides.stated_events() {
            let is_used = names
                .iter()
                .any(|name| name.rsplit_once('.').is_some_and(|(it, _)| it == of));
            let unused = (!is_used).then(|| format!("events of `{of}`"));
            let unknown = objects.iter().filter(|it| !self.by_tag.contains_key(*it));
            for what in unused.into_iter().chain(unknown.cloned()) {
                overrides::unknown("spec/overrides.yaml", &what, self.pinned, diagnostics);
            }
        }
    }
}

/// The types of events that an endpoint can be told to get, sorted; `*`, for all of them, is none.
fn names(operations: &[Operation]) -> Vec<String> {
    let is_create = |it: &&Operation| it.method == "post" && it.path == "/v1/webhook_endpoints";
    let create = operations.iter().find(is_create);
    let fields = create.map(|it| it.params.fields.as_slice());
    let events = fields
        .unwrap_or_default()
        .iter()
        .find(|field| field.wire == "enabled_events");
    let mut names = match events.map(|field| &field.ty) {
        Some(Type::List(item)) => match &**item {
            Type::Enum(values) => values.clone(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    names.retain(|name| name.contains('.'));
    names.sort();
    names.dedup();
    names
}
