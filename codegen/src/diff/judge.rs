//! Whether a difference breaks programs that use the crate.
//!
//! By its kind, where programs compile and then fail at Stripe; and by the public items that went or changed, where they do
//! not compile. Items that went for no difference of the document are changes of their own, so that the verdict and the
//! public items can never disagree.

use std::collections::BTreeSet;

use super::Document;
use super::change::{Change, How, Place, PublicItems, What};
use super::found::{Found, Subject};
use super::home::Homes;
use super::locate::{Crate, Spot};
use crate::plan::public::Public;

/// The two crates.
struct Judge<'a> {
    old: Crate<'a>,
    new: Crate<'a>,
    /// The items whose going is explained.
    explained: BTreeSet<String>,
}

/// All differences as changes, and what became of the public items.
pub(super) fn judge(
    old: &Document<'_>,
    new: &Document<'_>,
    found: &[Found],
    homes: &Homes,
) -> (Vec<Change>, PublicItems) {
    let mut judge = Judge {
        old: Crate::new(old.plan),
        new: Crate::new(new.plan),
        explained: BTreeSet::new(),
    };
    let mut changes: Vec<Change> = found.iter().map(|it| judge.change(it, homes)).collect();
    changes.extend(judge.unexplained());
    let public = PublicItems {
        added: judge
            .new
            .public
            .keys()
            .filter(|it| !judge.old.public.contains_key(*it))
            .count(),
        removed: broken(&judge.old.public, &judge.new.public).count(),
    };
    (changes, public)
}

/// The items that are not there any more as they were.
fn broken<'a>(old: &'a Public, new: &'a Public) -> impl Iterator<Item = (&'a String, &'a String)> {
    old.iter()
        .filter(|(path, rest)| new.get(*path) != Some(*rest))
}

impl Judge<'_> {
    fn change(&mut self, found: &Found, homes: &Homes) -> Change {
        let before = self.old.spots(found);
        let after = self.new.spots(found);
        let mut items: BTreeSet<String> = before
            .iter()
            .chain(&after)
            .map(|it| it.item.clone())
            .collect();
        items.extend(self.consequences(found, &items));
        let breaks = items.iter().any(|it| self.is_broken(it));
        let has_items = !items.is_empty();
        self.explain(&items, &before);
        let (old, new) = self.types(found, &items);
        let mut calls = self.old.calls(&found.subject);
        calls.extend(self.new.calls(&found.subject));
        calls.sort();
        calls.dedup();
        Change {
            resource: homes.of(&found.subject),
            what: found.what,
            how: found.how,
            breaking: breaks || (has_items && fails_at_stripe(found)),
            name: found.name.clone(),
            old,
            new,
            places: vec![place(found)],
            calls,
            items: items.into_iter().collect(),
            migration: None,
        }
    }

    fn is_broken(&self, item: &str) -> bool {
        let before = self.old.public.get(item);
        before.is_some() && before != self.new.public.get(item)
    }

    /// What else changes with a parameter: the arguments of `new`, or the type and the call, if it was the only one.
    fn consequences(&self, found: &Found, items: &BTreeSet<String>) -> Vec<String> {
        if found.what != What::Parameter {
            return Vec::new();
        }
        let owners = items.iter().filter_map(|it| Some(it.rsplit_once('.')?.0));
        let mut all: Vec<String> = owners
            .flat_map(|owner| [owner.to_owned(), format!("{owner}::new")])
            .collect();
        if let ([_], Subject::Operation(name)) = (found.path.as_slice(), &found.subject) {
            all.extend(self.old.operation(name).into_iter().map(|it| it.item));
        }
        all.retain(|it| self.is_broken(it));
        all
    }

    /// The types in Rust, where the difference is one of the type.
    fn types(&self, found: &Found, items: &BTreeSet<String>) -> (Option<String>, Option<String>) {
        let states = [
            How::Retyped,
            How::MadeRequired,
            How::MadeOptional,
            How::MadeNullable,
            How::MadeNotNullable,
        ];
        let of = |public: &Public| -> Option<String> {
            let mut rests = items
                .iter()
                .filter_map(|it| public.get(it)?.strip_prefix(": "));
            let first = rests.next()?.to_owned();
            rests.all(|it| it == first).then_some(first)
        };
        match (of(&self.old.public), of(&self.new.public)) {
            (Some(old), Some(new)) if old != new && states.contains(&found.how) => {
                (Some(old), Some(new))
            }
            _ => (found.old.clone(), found.new.clone()),
        }
    }

    /// What belongs to an item goes with it: its members, and the types that are declared for it.
    fn explain(&mut self, items: &BTreeSet<String>, before: &[Spot<'_>]) {
        self.explained.extend(items.iter().cloned());
        for spot in before {
            self.explained.extend(spot.declared());
        }
    }

    fn is_explained(&self, item: &str) -> bool {
        let ends = item.match_indices("::").chain(item.match_indices('.'));
        let owners = ends.filter_map(|(end, _)| item.get(..end));
        owners.chain([item]).any(|it| self.explained.contains(it))
    }

    /// Items that went or changed for no difference of the document.
    fn unexplained(&self) -> Vec<Change> {
        let all = broken(&self.old.public, &self.new.public);
        let all = all.filter(|(path, _)| !self.is_explained(path));
        let all = all.map(|(path, rest)| {
            let now = self.new.public.get(path);
            Change {
                resource: "names".to_owned(),
                what: What::Item,
                how: if now.is_some() {
                    How::Retyped
                } else {
                    How::Removed
                },
                breaking: true,
                name: path.clone(),
                old: Some(format!("{path}{rest}")),
                new: now.map(|rest| format!("{path}{rest}")),
                places: Vec::new(),
                calls: Vec::new(),
                items: vec![path.clone()],
                migration: None,
            }
        });
        all.collect()
    }
}

fn place(found: &Found) -> Place {
    Place {
        of: match &found.subject {
            Subject::Schema(name) | Subject::Operation(name) => name.clone(),
            Subject::Errors => "errors".to_owned(),
        },
        path: found.path.join("."),
    }
}

/// What was sent or read until now is refused or missing, though it may still compile.
const fn fails_at_stripe(found: &Found) -> bool {
    match found.how {
        How::Removed | How::Retyped => true,
        How::MadeRequired | How::MadeNotNullable | How::Narrowed => found.sent,
        _ => false,
    }
}
