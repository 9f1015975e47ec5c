//! What `anyOf` means, which in Stripe's document is one of six things.

use openapiv3::{ReferenceOr, Schema, SchemaData};

use super::lower::{Lower, Lowered, Side};
use super::merge::{choice, merge_answers};
use super::rule::Rule;
use super::schema::Class;
use super::shape::{Arm, Free, Object, Type};
use crate::spec::schema_id;

/// The type of a position that states several schemas.
pub(crate) fn lower(
    lower: &Lower<'_>,
    name: &str,
    arms: &[ReferenceOr<Schema>],
    data: &SchemaData,
) -> Lowered {
    if lower.side == Side::Answer {
        if let Some(targets) = data.extensions.get("x-expansionResources") {
            return expandable(lower, targets, arms).into();
        }
        if let Some(ty) = union(lower, &references(arms)) {
            return ty.into();
        }
    }
    let all: Vec<Lowered> = arms.iter().map(|arm| lower.position(name, arm)).collect();
    let nullable = all.iter().any(|arm| arm.nullable);
    let clearable = all.iter().any(|arm| arm.clearable);
    let open = all.iter().any(|arm| arm.open);
    let (max, rules) = limits(&all);
    // The arm `enum: [""]` says only that the position can be cleared.
    let kinds: Vec<Type> = all
        .into_iter()
        .filter(|arm| !arm.only_clears)
        .map(|arm| arm.ty)
        .collect();
    let ty = if lower.side == Side::Answer {
        merged(lower, kinds)
    } else {
        requested(kinds)
    };
    Lowered {
        ty,
        nullable,
        clearable,
        only_clears: false,
        max,
        rules,
        open,
    }
}

/// What holds for the values of all arms: the widest limit, if every arm that has texts has one, and the rules of the
/// only arm that has values at all. Rules for several kinds of values would have to be told apart.
fn limits(arms: &[Lowered]) -> (u32, Vec<Rule>) {
    let kinds: Vec<&Lowered> = arms.iter().filter(|arm| !arm.only_clears).collect();
    let is_unlimited = |arm: &&&Lowered| arm.max == 0 && has_text(&arm.ty);
    let max = match kinds.iter().find(is_unlimited) {
        Some(_) => 0,
        None => kinds.iter().map(|arm| arm.max).max().unwrap_or(0),
    };
    match kinds.as_slice() {
        [only] => (max, only.rules.clone()),
        _ => (max, Vec::new()),
    }
}

/// Whether a limit of a field would be for texts of this type.
fn has_text(ty: &Type) -> bool {
    match ty {
        Type::Text => true,
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => has_text(inner),
        Type::Choice(arms) => arms.iter().any(has_text),
        _ => false,
    }
}

/// `allOf`: an object with the fields of all, each required where any requires it. What is no object has no fields to add,
/// and then the whole is JSON of unknown form.
pub(crate) fn all(lower: &Lower<'_>, name: &str, parts: &[ReferenceOr<Schema>]) -> Lowered {
    if let [only] = parts {
        return lower.position(name, only);
    }
    let parts: Option<Vec<Object>> = parts
        .iter()
        .map(|part| part_of(lower, name, part))
        .collect();
    let Some(parts) = parts else {
        return Type::Json(Free::Untyped).into();
    };
    let mut whole = Object::default();
    for part in parts {
        whole
            .fields
            .retain(|field| !part.fields.iter().any(|new| new.wire == field.wire));
        whole.fields.extend(part.fields);
        if whole.docs.is_empty() {
            whole.docs = part.docs;
        }
    }
    whole.fields.sort_by(|a, b| a.wire.cmp(&b.wire));
    Type::Object(whole).into()
}

fn part_of(lower: &Lower<'_>, name: &str, part: &ReferenceOr<Schema>) -> Option<Object> {
    match lower.position(name, part).ty {
        Type::Object(object) => Some(object),
        Type::Schema(id) => match lower.written_out("", &id)?.ty {
            Type::Object(object) => Some(object),
            _ => None,
        },
        _ => None,
    }
}

/// What a parameter takes.
fn requested(kinds: Vec<Type>) -> Type {
    if let Some(range) = range(&kinds) {
        return range;
    }
    match choice(kinds) {
        Type::Choice(arms) if arms.is_empty() => Type::Text,
        ty => ty,
    }
}

/// Bounds or a number: the filter that lists have on times and amounts.
fn range(kinds: &[Type]) -> Option<Type> {
    let [one, other] = kinds else { return None };
    let (bounds, value) = if matches!(one, Type::Object(_)) {
        (one, other)
    } else {
        (other, one)
    };
    let Type::Object(bounds) = bounds else {
        return None;
    };
    let number = |ty: &Type| matches!(ty, Type::Integer | Type::Timestamp);
    let is_bound = |wire: &str| matches!(wire, "gt" | "gte" | "lt" | "lte");
    let bounded = bounds.fields.len() == 4
        && bounds
            .fields
            .iter()
            .all(|it| is_bound(&it.wire) && number(&it.ty));
    (bounded && number(value)).then_some(Type::Range)
}

/// Members of an answer that nothing tells apart become one object with the fields of all.
fn merged(lower: &Lower<'_>, kinds: Vec<Type>) -> Type {
    let mut kinds = kinds.into_iter();
    let Some(first) = kinds.next() else {
        return Type::Json(Free::Untyped);
    };
    let resolve = |id: &str| match lower.written_out("", id)?.ty {
        Type::Object(object) => Some(object),
        _ => None,
    };
    kinds.fold(first, |one, other| {
        merge_answers(&one, &other, &resolve).unwrap_or_else(|| choice(vec![one, other]))
    })
}

/// An id or one of the objects that `expand` puts in its place.
fn expandable(
    lower: &Lower<'_>,
    targets: &serde_json::Value,
    arms: &[ReferenceOr<Schema>],
) -> Type {
    let listed = ["oneOf", "anyOf"]
        .iter()
        .find_map(|key| targets.get(*key)?.as_array());
    let listed = listed
        .into_iter()
        .flatten()
        .filter_map(|target| target.get("$ref")?.as_str());
    let mut ids: Vec<String> = listed
        .filter_map(|reference| Some(schema_id(reference)?.into_owned()))
        .collect();
    if ids.is_empty() {
        ids = references(arms);
    }
    // What is left of a deleted object is the core's type, unless it says more.
    ids.retain(|id| *lower.schemas.class(id) != Class::Deleted);
    ids.sort();
    ids.dedup();
    let mut live = ids.iter().filter(|id| !lower.schemas.is_deleted(id));
    let id = match (live.next(), live.next()) {
        (Some(only), None) if *lower.schemas.class(only) == Class::Emitted => {
            Type::Id(only.clone())
        }
        _ => Type::AnyId,
    };
    Type::Expandable(Box::new(id), ids)
}

fn references(arms: &[ReferenceOr<Schema>]) -> Vec<String> {
    let ids = arms.iter().map(|arm| match arm {
        ReferenceOr::Reference { reference } => {
            schema_id(reference).map(std::borrow::Cow::into_owned)
        }
        ReferenceOr::Item(_) => None,
    });
    ids.flatten().collect()
}

/// Objects told apart by their tag, or an object and its deleted twin.
fn union(lower: &Lower<'_>, ids: &[String]) -> Option<Type> {
    let (deleted, live): (Vec<&String>, Vec<&String>) =
        ids.iter().partition(|id| lower.schemas.is_deleted(id));
    let ty = match live.as_slice() {
        [] => return several_deleted(lower, &deleted),
        [only] if deleted.is_empty() => return single(lower, only, ids.len()),
        [only] => lower.reference("", only).ty,
        several => tagged(lower, several)?,
    };
    let gone = match deleted.as_slice() {
        [] => return Some(ty),
        [only] => lower.reference("", only).ty,
        several => several_deleted(lower, several)?,
    };
    Some(Type::MaybeDeleted(Box::new(ty), Box::new(gone)))
}

/// What is left of one of several kinds of objects; those that say more than that are told apart.
fn several_deleted(lower: &Lower<'_>, ids: &[&String]) -> Option<Type> {
    if ids.len() < 2 {
        return None;
    }
    let say_no_more = ids
        .iter()
        .all(|id| *lower.schemas.class(id) == Class::Deleted);
    if say_no_more {
        return Some(Type::Deleted);
    }
    tagged(lower, ids)
}

fn single(lower: &Lower<'_>, id: &str, stated: usize) -> Option<Type> {
    (stated == 1).then(|| lower.reference("", id).ty)
}

/// The union of a schema that is nothing else.
pub(crate) fn named_union(lower: &Lower<'_>, id: &str) -> Option<Type> {
    let members = lower.schemas.members(id)?;
    let arms = tagged_arms(lower, &members.iter().collect::<Vec<_>>())?;
    Some(Type::Union(arms))
}

fn tagged(lower: &Lower<'_>, ids: &[&String]) -> Option<Type> {
    let arms = tagged_arms(lower, ids)?;
    // A union that has a name of its own is used by that name.
    Some(
        lower
            .schemas
            .union_of(&arms)
            .map_or(Type::Union(arms), |id| Type::Schema(id.to_owned())),
    )
}

fn tagged_arms(lower: &Lower<'_>, ids: &[&String]) -> Option<Vec<Arm>> {
    let mut arms: Vec<Arm> = Vec::new();
    for id in ids {
        if !matches!(lower.schemas.class(id), Class::Emitted | Class::Deleted) {
            return None;
        }
        let tag = lower.schemas.tag(id)?.to_owned();
        if arms.iter().any(|arm| arm.tag == tag) {
            return None;
        }
        arms.push(Arm {
            schema: (*id).clone(),
            tag,
        });
    }
    arms.sort_by(|a, b| a.tag.cmp(&b.tag));
    Some(arms)
}
