//! Lists inside an object that are only there when asked for with `expand`: what stands in them stays apart, as the object
//! behind an expandable field does. Otherwise a customer could not be compiled without subscriptions, and all that they name.
//!
//! A list that is always there is the object's own, and so are items that cannot be had in any other way.

use std::collections::{BTreeMap, BTreeSet};

use super::Schema;
use super::operation::Operation;
use super::shape::{Arm, Field, Page, Type};

/// Makes the items of such lists expandable.
pub(crate) fn set_apart(schemas: &mut [Schema], operations: &[Operation]) {
    let kinds = kinds(schemas, &retrieved(operations));
    for schema in schemas {
        fields(&mut schema.ty, &kinds);
    }
}

/// The schemas of what operations answer with when they are given its id.
fn retrieved(operations: &[Operation]) -> BTreeSet<&str> {
    let by_id = |it: &&Operation| it.method == "get" && it.path.ends_with('}');
    let results = operations.iter().filter(by_id).map(|it| &it.result);
    results.filter_map(retrieved_schema).collect()
}

fn retrieved_schema(result: &Type) -> Option<&str> {
    match result {
        Type::Schema(id) => Some(id),
        Type::MaybeDeleted(object, _) => retrieved_schema(object),
        _ => None,
    }
}

/// The expandable type of each retrieved schema, by its id. That of a union is for the objects it is of.
fn kinds(schemas: &[Schema], retrieved: &BTreeSet<&str>) -> BTreeMap<String, Type> {
    let kind = |schema: &Schema| match &schema.ty {
        Type::Object(_) => Some(one(&schema.id)),
        Type::Union(arms) => Some(several(arms)),
        _ => None,
    };
    let apart = schemas
        .iter()
        .filter(|schema| retrieved.contains(&*schema.id));
    apart
        .filter_map(|schema| Some((schema.id.clone(), kind(schema)?)))
        .collect()
}

fn one(id: &str) -> Type {
    let own = Type::Id(id.to_owned());
    Type::Expandable(Box::new(own), vec![id.to_owned()])
}

fn several(arms: &[Arm]) -> Type {
    let mut ids: Vec<String> = arms.iter().map(|arm| arm.schema.clone()).collect();
    ids.sort();
    Type::Expandable(Box::new(Type::AnyId), ids)
}

fn fields(ty: &mut Type, kinds: &BTreeMap<String, Type>) {
    if let Type::Object(object) = ty {
        for field in &mut object.fields {
            list(field, kinds);
            fields(&mut field.ty, kinds);
        }
    }
}

fn list(field: &mut Field, kinds: &BTreeMap<String, Type>) {
    let Type::Page(Page::List, item) = &mut field.ty else {
        return;
    };
    let apart = match &**item {
        Type::Schema(id) => kinds.get(id).cloned(),
        Type::Union(arms) if arms.iter().any(|arm| kinds.contains_key(&arm.schema)) => {
            Some(several(arms))
        }
        _ => None,
    };
    if let (false, Some(apart)) = (field.required, apart) {
        **item = apart;
    }
}
