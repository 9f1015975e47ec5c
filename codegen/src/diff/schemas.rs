//! The component schemas of two documents, and the codes of errors.

use std::collections::BTreeMap;

use super::change::{How, What};
use super::found::{Differences, Subject};
use super::walk::{Walk, is_same_shape};
use super::{Document, rename};
use crate::model::Component;

/// Everything in which the schemas differ.
pub(super) fn compare(old: &Document<'_>, new: &Document<'_>) -> Differences {
    let mut all = whole(old, new);
    let now: BTreeMap<&str, &Component> = by_id(new.components);
    for before in old.components {
        if let Some(after) = now.get(before.id.as_str()) {
            all.extend(one(before, after));
        }
    }
    all.extend(error_codes(&old.api.error_codes, &new.api.error_codes));
    all
}

fn by_id(components: &[Component]) -> BTreeMap<&str, &Component> {
    components.iter().map(|it| (it.id.as_str(), it)).collect()
}

fn one(old: &Component, new: &Component) -> Differences {
    let mut walk = Walk::new(Subject::Schema(old.id.clone()), false);
    if old.deprecated != new.deprecated {
        let how = if new.deprecated {
            How::Deprecated
        } else {
            How::Undeprecated
        };
        walk.note(&[], What::Type, how, &old.id);
    }
    let is_object = matches!(old.ty, crate::model::Type::Object(_));
    if !is_object {
        walk.docs(&old.docs, &new.docs);
    }
    walk.ty(&[], &old.ty, &new.ty);
    for found in &mut walk.differences.changes {
        if found.name.is_empty() {
            found.name.clone_from(&old.id);
        }
    }
    walk.differences
}

/// The schemas that only one of the two has.
fn whole(old: &Document<'_>, new: &Document<'_>) -> Differences {
    let (before, after) = (by_id(old.components), by_id(new.components));
    let lacks = |of: &BTreeMap<&str, &Component>, it: &&Component| !of.contains_key(it.id.as_str());
    let gone: Vec<&Component> = old
        .components
        .iter()
        .filter(|it| lacks(&after, it))
        .collect();
    let come: Vec<&Component> = new
        .components
        .iter()
        .filter(|it| lacks(&before, it))
        .collect();
    let renamed = rename::pairs(&gone, &come, |one, other| {
        one.docs == other.docs
            && rename::is_telling(&one.docs, &one.ty)
            && is_same_shape(&one.ty, &other.ty)
    });
    let mut all = Differences::default();
    let mut note = |document: &Document<'_>, it: &Component, how: How, to: Option<&Component>| {
        let mut walk = Walk::new(Subject::Schema(it.id.clone()), false);
        let found = walk.note(&[], kind(document, it), how, &it.id);
        found.old = to.map(|_| it.id.clone());
        found.new = to.map(|to| to.id.clone());
        all.extend(walk.differences);
    };
    for (from, to) in &renamed {
        note(old, from, How::Renamed, Some(to));
    }
    for it in gone
        .iter()
        .filter(|it| !renamed.iter().any(|(from, _)| from.id == it.id))
    {
        note(old, it, How::Removed, None);
    }
    for it in come
        .iter()
        .filter(|it| !renamed.iter().any(|(_, to)| to.id == it.id))
    {
        note(new, it, How::Added, None);
    }
    all
}

/// Whether a schema is a resource, which has an id.
fn kind(document: &Document<'_>, component: &Component) -> What {
    let mut schemas = document.api.schemas.iter();
    if schemas.any(|schema| schema.id == component.id && schema.has_id) {
        What::Resource
    } else {
        What::Type
    }
}

fn error_codes(old: &[String], new: &[String]) -> Differences {
    let mut walk = Walk::new(Subject::Errors, false);
    for code in old.iter().filter(|code| !new.contains(code)) {
        walk.note(&[], What::ErrorCode, How::Removed, code);
    }
    for code in new.iter().filter(|code| !old.contains(code)) {
        walk.note(&[], What::ErrorCode, How::Added, code);
    }
    walk.differences
}
