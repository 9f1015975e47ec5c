//! What changed between two documents, for people who use the generated crate: which calls and types each change
//! touches, whether it breaks programs, and what to do then.
//!
//! It compares models, not texts, and asks the plans of both for the names in Rust. Not a stage: nothing is generated from
//! it. Whether a change breaks is decided twice: by what it is ([`judge`]), and by whether a public item of the crate went
//! or changed ([`crate::plan::public`]); the stricter of the two counts.

use std::collections::BTreeMap;

use crate::model::{Api, Component};
use crate::plan::Plan;

mod change;
mod entry;
mod found;
mod home;
mod html;
mod ignored;
mod judge;
mod locate;
mod markdown;
mod migration;
mod operations;
mod rename;
mod schemas;
mod walk;
mod words;

pub use change::{Change, How, Place, PublicItems, Report, Verdict, What};
pub use ignored::NOT_COMPARED;

/// One of the two documents, modelled and planned.
pub(crate) struct Document<'a> {
    pub(crate) api: &'a Api,
    pub(crate) components: &'a [Component],
    pub(crate) plan: &'a Plan,
}

/// Compares two documents.
pub(crate) fn compare(old: &Document<'_>, new: &Document<'_>) -> Report {
    let mut found = schemas::compare(old, new);
    found.extend(operations::compare(old.api, new.api));
    let homes = home::Homes::new(old, new);
    let (mut changes, public_items) = judge::judge(old, new, &found.changes, &homes);
    changes = merged(changes);
    for change in changes.iter_mut().filter(|change| change.breaking) {
        change.migration = Some(migration::note(change));
    }
    let verdict = verdict(&changes, found.texts);
    Report {
        old: old.api.version.clone(),
        new: new.api.version.clone(),
        verdict,
        breaking: changes.iter().filter(|change| change.breaking).count(),
        texts: found.texts,
        public_items,
        changes,
    }
}

fn verdict(changes: &[Change], texts: usize) -> Verdict {
    if changes.iter().any(|change| change.breaking) {
        Verdict::Major
    } else if !changes.is_empty() {
        Verdict::Minor
    } else if texts > 0 {
        Verdict::Patch
    } else {
        Verdict::None
    }
}

/// What several operations of a resource have in common is one change.
fn merged(changes: Vec<Change>) -> Vec<Change> {
    let mut all: BTreeMap<_, Change> = BTreeMap::new();
    for change in changes {
        let path = change.places.first().map(|place| place.path.clone());
        // A field of one type has nothing to do with one of another that is called alike.
        let of = match change.what {
            What::Parameter | What::Value | What::Event | What::Limit if change.is_of_calls() => {
                String::new()
            }
            _ => change
                .places
                .first()
                .map(|place| place.of.clone())
                .unwrap_or_default(),
        };
        let key = (
            change.resource.clone(),
            !change.breaking,
            change.what,
            change.how,
            of,
            path,
            (change.name.clone(), change.old.clone(), change.new.clone()),
        );
        match all.get_mut(&key) {
            Some(known) => known.absorb(change),
            None => drop(all.insert(key, change)),
        }
    }
    all.into_values().collect()
}
