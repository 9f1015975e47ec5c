//! The operations of two documents: their calls, what they take and what they answer.

use super::change::{How, What};
use super::found::{Differences, Subject};
use super::rename;
use super::walk::{Walk, is_same_shape};
use crate::model::{Api, Operation, Type};

/// Everything in which the operations differ.
pub(super) fn compare(old: &Api, new: &Api) -> Differences {
    let mut all = whole(old, new);
    for before in &old.operations {
        if let Some(after) = find(new, before) {
            all.extend(one(before, after));
        }
    }
    all
}

/// `POST /v1/customers`
pub(super) fn endpoint(operation: &Operation) -> String {
    format!("{} {}", operation.method.to_uppercase(), operation.path)
}

/// The first call, as it is written.
fn call(operation: &Operation) -> String {
    operation
        .calls
        .first()
        .map(ToString::to_string)
        .unwrap_or_default()
}

fn find<'a>(api: &'a Api, operation: &Operation) -> Option<&'a Operation> {
    let mut all = api.operations.iter();
    all.find(|it| it.method == operation.method && it.path == operation.path)
}

fn whole(old: &Api, new: &Api) -> Differences {
    let gone: Vec<&Operation> = old
        .operations
        .iter()
        .filter(|it| find(new, it).is_none())
        .collect();
    let come: Vec<&Operation> = new
        .operations
        .iter()
        .filter(|it| find(old, it).is_none())
        .collect();
    let renamed = rename::pairs(&gone, &come, is_moved);
    let mut all = Differences::default();
    let mut note = |it: &Operation, how: How, to: Option<&Operation>| {
        let mut walk = Walk::new(Subject::Operation(endpoint(it)), true);
        let found = walk.note(&[], What::Operation, how, &call(it));
        found.old = to.map(|_| endpoint(it));
        found.new = to.map(endpoint);
        all.extend(walk.differences);
    };
    for (from, to) in &renamed {
        note(from, How::Renamed, Some(to));
    }
    let is_renamed = |it: &Operation| {
        let name = endpoint(it);
        renamed
            .iter()
            .any(|(from, to)| endpoint(from) == name || endpoint(to) == name)
    };
    for (list, how) in [(&gone, How::Removed), (&come, How::Added)] {
        for it in list.iter().filter(|it| !is_renamed(it)) {
            note(it, how, None);
        }
    }
    all
}

/// Whether an operation is another one at another place.
fn is_moved(one: &Operation, other: &Operation) -> bool {
    let params = |it: &Operation| Type::Object(it.params.clone());
    one.method == other.method
        && !one.docs.is_empty()
        && one.docs == other.docs
        && one.ids.len() == other.ids.len()
        && is_same_shape(&params(one), &params(other))
        && is_same_shape(&one.result, &other.result)
}

fn one(old: &Operation, new: &Operation) -> Differences {
    let subject = Subject::Operation(endpoint(old));
    let mut taken = Walk::new(subject.clone(), true);
    taken.docs(&old.docs, &new.docs);
    if old.deprecated != new.deprecated {
        let how = if new.deprecated {
            How::Deprecated
        } else {
            How::Undeprecated
        };
        taken.note(&[], What::Operation, how, &call(old));
    }
    let ways = [old, new].map(|it| format!("{:?} to {:?}", it.body, it.host).to_lowercase());
    let calls = [old, new].map(|it| {
        let calls: Vec<String> = it.calls.iter().map(ToString::to_string).collect();
        calls.join(", ")
    });
    for ([before, after], how) in [(calls, How::Renamed), (ways, How::Retyped)] {
        if before != after {
            let found = taken.note(&[], What::Operation, how, &call(old));
            found.old = Some(before);
            found.new = Some(after);
        }
    }
    taken.object(&[], &old.params, &new.params);
    let mut answered = Walk::new(subject, false);
    answered.ty(&[], &old.result, &new.result);
    for found in &mut answered.differences.changes {
        if found.name.is_empty() {
            found.name = call(old);
        }
    }
    taken.differences.extend(answered.differences);
    taken.differences
}
