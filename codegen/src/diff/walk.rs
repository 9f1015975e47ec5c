//! Two types side by side, down to the last field: everything in which they differ.
//!
//! It knows no Rust: whether a difference breaks a program is decided in [`super::judge`].

use std::collections::BTreeSet;

use super::change::{How, What};
use super::found::{Differences, Found, Subject};
use super::{rename, words};
use crate::model::{Arm, Field, Object, Type};

/// The parameter whose values are the types of events.
const EVENTS: &str = "enabled_events";

/// A walk through what two documents say of one subject.
pub(super) struct Walk {
    pub(super) subject: Subject,
    pub(super) sent: bool,
    pub(super) differences: Differences,
}

impl Walk {
    pub(super) fn new(subject: Subject, sent: bool) -> Self {
        Self {
            subject,
            sent,
            differences: Differences::default(),
        }
    }

    /// Notes a difference at a path.
    pub(super) fn note(&mut self, path: &[String], what: What, how: How, name: &str) -> &mut Found {
        self.differences.changes.push(Found {
            subject: self.subject.clone(),
            path: path.to_vec(),
            what,
            how,
            sent: self.sent,
            name: name.to_owned(),
            old: None,
            new: None,
        });
        let last = self.differences.changes.len() - 1;
        #[expect(clippy::indexing_slicing, reason = "it was pushed in the line before")]
        &mut self.differences.changes[last]
    }

    pub(super) fn docs(&mut self, old: &str, new: &str) {
        self.differences.texts += usize::from(old != new);
    }

    /// The kind of thing that a property is here.
    const fn property(&self) -> What {
        if self.sent {
            What::Parameter
        } else {
            What::Field
        }
    }

    pub(super) fn object(&mut self, path: &[String], old: &Object, new: &Object) {
        self.docs(&old.docs, &new.docs);
        let gone = missing(&old.fields, &new.fields);
        let come = missing(&new.fields, &old.fields);
        let renamed = rename::fields(&gone, &come);
        for (from, to) in &renamed {
            let what = self.property();
            let found = self.note(&join(path, &from.wire), what, How::Renamed, &from.wire);
            found.old = Some(from.wire.clone());
            found.new = Some(to.wire.clone());
        }
        let is_renamed = |field: &Field| {
            renamed
                .iter()
                .any(|(from, to)| from.wire == field.wire || to.wire == field.wire)
        };
        for (fields, how) in [(&gone, How::Removed), (&come, How::Added)] {
            for field in fields.iter().filter(|field| !is_renamed(field)) {
                self.whole_field(path, field, how);
            }
        }
        for field in &old.fields {
            if let Some(now) = new.fields.iter().find(|it| it.wire == field.wire) {
                self.field(&join(path, &field.wire), field, now);
            }
        }
    }

    fn whole_field(&mut self, path: &[String], field: &Field, how: How) {
        let what = self.property();
        let must = self.sent && field.required && !field.clearable;
        let ty = words::ty(&field.ty);
        let text = Some(if must { format!("{ty}, required") } else { ty });
        let found = self.note(&join(path, &field.wire), what, how, &field.wire);
        match how {
            How::Removed => found.old = text,
            _ => found.new = text,
        }
    }

    fn field(&mut self, path: &[String], old: &Field, new: &Field) {
        let what = self.property();
        self.docs(&old.docs, &new.docs);
        let can_be_null = |field: &Field| {
            if self.sent {
                field.clearable
            } else {
                field.nullable
            }
        };
        let pairs = [
            (
                old.required,
                new.required,
                How::MadeRequired,
                How::MadeOptional,
            ),
            (
                can_be_null(old),
                can_be_null(new),
                How::MadeNullable,
                How::MadeNotNullable,
            ),
            (
                old.deprecated,
                new.deprecated,
                How::Deprecated,
                How::Undeprecated,
            ),
        ];
        for (before, after, on, off) in pairs {
            if before != after {
                self.note(path, what, if after { on } else { off }, &old.wire);
            }
        }
        self.limit(path, old, new);
        self.ty(path, &old.ty, &new.ty);
    }

    /// No limit is 0.
    fn limit(&mut self, path: &[String], old: &Field, new: &Field) {
        if old.max == new.max {
            return;
        }
        let room = |max: u32| if max == 0 { u32::MAX } else { max };
        let how = if room(new.max) < room(old.max) {
            How::Narrowed
        } else {
            How::Widened
        };
        let found = self.note(path, What::Limit, how, &old.wire);
        found.old = Some(words::limit(old.max));
        found.new = Some(words::limit(new.max));
    }

    pub(super) fn ty(&mut self, path: &[String], old: &Type, new: &Type) {
        match (old, new) {
            (Type::Object(old), Type::Object(new)) => self.object(path, old, new),
            (Type::Enum(old), Type::Enum(new)) => self.values(path, old, new),
            (Type::Union(old), Type::Union(new)) => self.members(path, old, new),
            (Type::List(old), Type::List(new))
            | (Type::Map(old), Type::Map(new))
            | (Type::Nullable(old), Type::Nullable(new)) => self.ty(path, old, new),
            (Type::Page(kind, old), Type::Page(kind_now, new)) if kind == kind_now => {
                self.ty(path, old, new);
            }
            (Type::MaybeDeleted(old, gone), Type::MaybeDeleted(new, gone_now)) => {
                self.ty(path, old, new);
                self.ty(path, gone, gone_now);
            }
            (Type::Expandable(id, targets), Type::Expandable(id_now, targets_now)) => {
                self.values(path, targets, targets_now);
                self.ty(path, id, id_now);
            }
            (Type::Choice(old_arms), Type::Choice(new_arms)) => {
                self.choice(path, (old, old_arms), (new, new_arms));
            }
            _ if old != new => self.retyped(path, old, new),
            _ => {}
        }
    }

    /// Arms of one kind belong together; where a kind comes or goes, the whole is of another type.
    fn choice(&mut self, path: &[String], old: (&Type, &[Type]), new: (&Type, &[Type])) {
        let kinds = |arms: &[Type]| arms.iter().map(words::kind).collect::<Vec<_>>();
        let unique =
            |arms: &[Type]| kinds(arms).into_iter().collect::<BTreeSet<_>>().len() == arms.len();
        if kinds(old.1) != kinds(new.1) || !unique(old.1) {
            if old.0 != new.0 {
                self.retyped(path, old.0, new.0);
            }
            return;
        }
        for (old, new) in old.1.iter().zip(new.1) {
            self.ty(path, old, new);
        }
    }

    fn retyped(&mut self, path: &[String], old: &Type, new: &Type) {
        let what = match (&self.subject, path) {
            (Subject::Operation(_), []) => What::Answer,
            (_, []) => What::Type,
            _ => self.property(),
        };
        let name = path.last().cloned().unwrap_or_default();
        let found = self.note(path, what, How::Retyped, &name);
        found.old = Some(words::ty(old));
        found.new = Some(words::ty(new));
    }

    fn values(&mut self, path: &[String], old: &[String], new: &[String]) {
        let events = path.last().is_some_and(|last| last == EVENTS);
        let what = if events { What::Event } else { What::Value };
        for value in old.iter().filter(|value| !new.contains(value)) {
            self.note(path, what, How::Removed, value).old = Some(value.clone());
        }
        for value in new.iter().filter(|value| !old.contains(value)) {
            self.note(path, what, How::Added, value).new = Some(value.clone());
        }
    }

    fn members(&mut self, path: &[String], old: &[Arm], new: &[Arm]) {
        let names = |arms: &[Arm]| {
            arms.iter()
                .map(|arm| arm.schema.clone())
                .collect::<Vec<_>>()
        };
        self.values(path, &names(old), &names(new));
    }
}

/// The fields of one list that another one lacks.
fn missing<'a>(these: &'a [Field], those: &[Field]) -> Vec<&'a Field> {
    let lacks = |field: &&Field| !those.iter().any(|it| it.wire == field.wire);
    these.iter().filter(lacks).collect()
}

/// A path with one more property.
fn join(path: &[String], wire: &str) -> Vec<String> {
    [path, &[wire.to_owned()]].concat()
}

/// Whether two types differ in nothing but texts.
pub(super) fn is_same_shape(old: &Type, new: &Type) -> bool {
    let mut walk = Walk::new(Subject::Errors, false);
    walk.ty(&[], old, new);
    walk.differences.changes.is_empty()
}
