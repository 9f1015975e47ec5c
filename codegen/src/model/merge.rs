//! One type for several positions that are to share it: the union of their fields and values.
//!
//! Used where a union's members cannot be told apart, and for nested parameters that several operations of a service
//! have at the same property path. Two positions whose kinds differ have no common type.

use super::rule;
use super::shape::{Field, Object, Type};

/// The fields of a component schema, where it is an object: what merging needs to know of types it does not hold.
pub(crate) type Resolve<'a> = &'a dyn Fn(&str) -> Option<Object>;

/// The type that takes what either takes, if there is one and both are written out in place.
pub(crate) fn merge(one: &Type, other: &Type) -> Option<Type> {
    Merge { resolve: None }.types(one, other)
}

/// The type of an answer that is either of the two: schemas that differ are merged field by field, and a value whose
/// kinds differ is a choice that is told by its JSON.
pub(crate) fn merge_answers(one: &Type, other: &Type, resolve: Resolve<'_>) -> Option<Type> {
    Merge {
        resolve: Some(resolve),
    }
    .types(one, other)
}

/// How far a merge goes; without `resolve` it knows only what is written out in place.
#[derive(Clone, Copy)]
struct Merge<'a> {
    resolve: Option<Resolve<'a>>,
}

impl Merge<'_> {
    fn types(self, one: &Type, other: &Type) -> Option<Type> {
        Some(match (one, other) {
            (one, other) if one == other => one.clone(),
            (Type::Object(one), Type::Object(other)) => Type::Object(self.objects(one, other)?),
            (Type::Enum(one), Type::Enum(other)) => Type::Enum(merge_values(one, other)),
            (Type::List(one), Type::List(other)) => Type::List(Box::new(self.types(one, other)?)),
            (Type::Map(one), Type::Map(other)) => Type::Map(Box::new(self.types(one, other)?)),
            (Type::Nullable(one), Type::Nullable(other)) => {
                Type::Nullable(Box::new(self.types(one, other)?))
            }
            (Type::Nullable(some), any) | (any, Type::Nullable(some)) => {
                Type::Nullable(Box::new(self.types(some, any)?))
            }
            (Type::Choice(one), Type::Choice(other)) => choice([one.as_slice(), other].concat()),
            (Type::Choice(arms), one) | (one, Type::Choice(arms)) => {
                choice([arms, std::slice::from_ref(one)].concat())
            }
            (Type::Schema(_), _) | (_, Type::Schema(_)) => {
                Type::Object(self.objects(&self.fields_of(one)?, &self.fields_of(other)?)?)
            }
            _ => return None,
        })
    }

    fn fields_of(self, ty: &Type) -> Option<Object> {
        match ty {
            Type::Object(object) => Some(object.clone()),
            Type::Schema(id) => (self.resolve?)(id),
            _ => None,
        }
    }

    /// The fields of both; required is what both require.
    fn objects(self, one: &Object, other: &Object) -> Option<Object> {
        let mut fields: Vec<Field> = Vec::new();
        for field in &one.fields {
            fields.push(match find(other, &field.wire) {
                Some(twin) => self.fields(field, twin)?,
                None => Field {
                    required: false,
                    ..field.clone()
                },
            });
        }
        let new = other
            .fields
            .iter()
            .filter(|field| find(one, &field.wire).is_none());
        fields.extend(new.map(|field| Field {
            required: false,
            ..field.clone()
        }));
        fields.sort_by(|a, b| a.wire.cmp(&b.wire));
        Some(Object {
            docs: first(&one.docs, &other.docs),
            fields,
        })
    }

    fn fields(self, one: &Field, other: &Field) -> Option<Field> {
        let merged = self.types(&one.ty, &other.ty);
        let told = || {
            self.resolve
                .map(|_| choice(vec![one.ty.clone(), other.ty.clone()]))
        };
        Some(Field {
            wire: one.wire.clone(),
            docs: first(&one.docs, &other.docs),
            ty: merged.or_else(told)?,
            required: one.required && other.required,
            nullable: one.nullable || other.nullable,
            clearable: one.clearable || other.clearable,
            max: if one.max == 0 || other.max == 0 {
                0
            } else {
                one.max.max(other.max)
            },
            rules: rule::common(&one.rules, &other.rules),
            open: one.open || other.open,
            deprecated: one.deprecated && other.deprecated,
        })
    }
}

/// A choice of these kinds, each kind once.
pub(crate) fn choice(arms: Vec<Type>) -> Type {
    let mut kinds: Vec<Type> = Vec::new();
    for arm in arms {
        let known = kinds
            .iter_mut()
            .find_map(|kind| Some((merge(kind, &arm)?, kind)));
        match known {
            Some((merged, kind)) => *kind = merged,
            None => kinds.push(arm),
        }
    }
    kinds.sort_by_key(rank);
    match <[Type; 1]>::try_from(kinds) {
        Ok([only]) => only,
        Err(kinds) => Type::Choice(kinds),
    }
}

/// A fixed order of kinds, so that the order in the document does not matter.
const fn rank(ty: &Type) -> u8 {
    match ty {
        Type::Enum(_) => 0,
        Type::Bool => 1,
        Type::Integer => 2,
        Type::Timestamp => 3,
        Type::Number => 4,
        Type::Decimal => 5,
        Type::DateTime => 6,
        Type::Object(_) => 7,
        Type::List(_) => 8,
        Type::Map(_) => 9,
        Type::Text => 10,
        _ => 11,
    }
}

fn find<'a>(object: &'a Object, wire: &str) -> Option<&'a Field> {
    object.fields.iter().find(|field| field.wire == wire)
}

/// The first text that says anything: a better one that comes later would change what is there.
fn first(one: &str, other: &str) -> String {
    if one.is_empty() { other } else { one }.to_owned()
}

fn merge_values(one: &[String], other: &[String]) -> Vec<String> {
    let mut values = [one, other].concat();
    values.sort();
    values.dedup();
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(wire: &str, ty: Type, required: bool) -> Field {
        let docs = String::new();
        Field {
            wire: wire.into(),
            docs,
            ty,
            required,
            nullable: false,
            clearable: false,
            max: 0,
            rules: Vec::new(),
            open: false,
            deprecated: false,
        }
    }

    fn object(fields: Vec<Field>) -> Type {
        Type::Object(Object {
            docs: String::new(),
            fields,
        })
    }

    #[test]
    fn objects_merge_to_the_union_of_their_fields() {
        let one = object(vec![
            field("a", Type::Bool, true),
            field("b", Type::Text, true),
        ]);
        let other = object(vec![
            field("b", Type::Text, true),
            field("c", Type::Text, true),
        ]);
        let both = vec![
            field("a", Type::Bool, false),
            field("b", Type::Text, true),
            field("c", Type::Text, false),
        ];
        assert_eq!(merge(&one, &other), Some(object(both.clone())));
        assert_eq!(merge(&other, &one), Some(object(both)));
    }

    #[test]
    fn enums_merge_to_all_values_in_order() {
        let values = |list: &[&str]| Type::Enum(list.iter().map(|it| (*it).to_owned()).collect());
        assert_eq!(
            merge(&values(&["b"]), &values(&["a", "b"])),
            Some(values(&["a", "b"]))
        );
    }

    #[test]
    fn texts_are_of_the_first_that_says_anything() {
        let described = |docs: &str| {
            Type::Object(Object {
                docs: docs.into(),
                fields: Vec::new(),
            })
        };
        for (one, other, expected) in [("a", "longer", "a"), ("", "b", "b"), ("a", "", "a")] {
            assert_eq!(
                merge(&described(one), &described(other)),
                Some(described(expected))
            );
        }
    }

    #[test]
    fn different_kinds_do_not_merge() {
        assert_eq!(merge(&Type::Bool, &Type::Text), None);
        let one = object(vec![field("a", Type::Bool, false)]);
        assert_eq!(
            merge(&one, &object(vec![field("a", Type::Text, false)])),
            None
        );
    }
}
