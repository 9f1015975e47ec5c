//! From the types of the model to types in the source. Types that need a declaration of their own — objects, lists of
//! values, unions — are declared on the way, named after the path of properties that leads to them.

use std::collections::BTreeMap;

use super::item::{Choice, ChoiceArm, Enum, Item, Ty, Union};
use super::name::{camel, screaming, singular};
use super::scope::{NameTable, Scope};
use crate::model::{Page, Type};

/// Where the types of one module are declared, and how it reaches all others.
pub(crate) struct Module<'a> {
    /// What names here are about, such as `schema customer` or `params checkout.sessions`.
    pub(crate) identity: String,
    pub(crate) scope: &'a mut Scope,
    pub(crate) table: &'a mut NameTable,
    /// The names of component schemas, with the path from here: `super::Address`.
    pub(crate) schema: &'a dyn Fn(&str) -> String,
    /// The types that several positions share, by path.
    pub(crate) shared: BTreeMap<Vec<String>, String>,
    /// The values of the lists that are declared, by the paths where they are used.
    pub(crate) values: BTreeMap<Vec<String>, Vec<String>>,
    /// What is declared, in the order of the paths.
    pub(crate) items: Vec<(Vec<String>, Item)>,
}

/// A position whose type is planned.
#[derive(Clone, Copy)]
pub(crate) struct At<'a> {
    /// The properties that lead here.
    pub(crate) path: &'a [String],
    pub(crate) docs: &'a str,
    /// The prefix of type names here.
    pub(crate) prefix: &'a str,
}

/// How an object that stands in place is declared: differently for answers and for parameters.
pub(crate) trait Objects {
    fn declare(
        &self,
        module: &mut Module<'_>,
        name: String,
        object: &crate::model::Object,
        at: At<'_>,
    ) -> Item;
    /// Whether values of several kinds are told apart on reading.
    const ANSWERS: bool;
}

impl Module<'_> {
    /// The type of a position.
    pub(crate) fn ty<O: Objects>(&mut self, objects: &O, ty: &Type, at: At<'_>) -> Ty {
        match ty {
            Type::Bool => Ty::path("bool"),
            Type::Integer => Ty::path("i64"),
            Type::Number => Ty::path("f64"),
            Type::Text => Ty::path("String"),
            Type::Id(schema) => self.id(schema),
            Type::AnyId => core("ObjectId"),
            Type::Schema(id) => Ty::path((self.schema)(id)),
            Type::Core(name) => Ty::path(format!("stripe_core::{name}")),
            Type::MaybeDeleted(object, gone) => self.maybe_deleted(objects, object, gone, at),
            Type::Expandable(id, _) => Ty::of("stripe_core::Expandable", self.ty(objects, id, at)),
            Type::List(item) => Ty::of("Vec", self.item(objects, item, at)),
            Type::Map(entry) => Ty::of("stripe_core::types::Map", self.item(objects, entry, at)),
            Type::Page(page, item) => Ty::of(page_type(*page), self.item(objects, item, at)),
            Type::Nullable(inner) => {
                let wrapper = if O::ANSWERS {
                    "Option"
                } else {
                    "stripe_core::types::Clearable"
                };
                Ty::of(wrapper, self.ty(objects, inner, at))
            }
            Type::Enum(values) => self.enumeration(values, at),
            Type::Object(object) => self.object(objects, object, at),
            Type::Union(arms) => self.union(arms, at),
            Type::Choice(arms) => self.choice(objects, arms, at),
            plain => core(plain_name(plain)),
        }
    }

    fn id(&self, schema: &str) -> Ty {
        let path = (self.schema)(schema);
        let name = path.rsplit("::").next().unwrap_or(&path);
        Ty::path(format!("crate::id::{name}Id"))
    }

    fn maybe_deleted(
        &mut self,
        objects: &impl Objects,
        object: &Type,
        gone: &Type,
        at: At<'_>,
    ) -> Ty {
        let object = self.ty(objects, object, at);
        match gone {
            Type::Deleted => Ty::of("stripe_core::MaybeDeleted", object),
            gone => Ty::Path(
                "stripe_core::MaybeDeleted".into(),
                vec![object, self.ty(objects, gone, at)],
            ),
        }
    }

    /// An item of a list or an entry of a map, which is not to be taken for a property of its name in the singular.
    fn item(&mut self, objects: &impl Objects, item: &Type, at: At<'_>) -> Ty {
        let mut path = at.path.to_vec();
        if let Some(last) = path.last_mut() {
            last.push_str(ITEM);
        }
        self.ty(objects, item, At { path: &path, ..at })
    }

    /// A name for what stands at a position.
    fn name(&mut self, at: At<'_>) -> String {
        let identity = self.identity_of(at.path);
        let candidates = candidates(at);
        self.scope.take_one(self.table, identity, candidates)
    }

    /// What the table knows a position by.
    pub(crate) fn identity_of(&self, path: &[String]) -> String {
        let path = path.iter().map(|part| plain(part).replace('.', "%2e%"));
        format!("{} {}", self.identity, path.collect::<Vec<_>>().join("."))
    }

    fn enumeration(&mut self, values: &[String], at: At<'_>) -> Ty {
        if let Some(shared) = self.shared.get(at.path) {
            return Ty::path(shared);
        }
        let name = self.name(at);
        self.values.insert(at.path.to_vec(), values.to_vec());
        self.declare_enum(name.clone(), values, at.docs);
        Ty::path(name)
    }

    /// Declares a list of values. They stand by name before all else: who shares one later does not move it.
    pub(crate) fn declare_enum(&mut self, name: String, values: &[String], docs: &str) {
        let item = Item::Enum(Enum {
            name: name.clone(),
            docs: docs.to_owned(),
            values: constants(values),
        });
        self.items.push((vec![name], item));
    }

    fn object(&mut self, objects: &impl Objects, object: &crate::model::Object, at: At<'_>) -> Ty {
        let name = self.name(at);
        let item = objects.declare(self, name.clone(), object, at);
        self.declare(at, item);
        Ty::path(name)
    }

    fn union(&mut self, arms: &[crate::model::Arm], at: At<'_>) -> Ty {
        let name = self.name(at);
        let item = self.union_item(name.clone(), at.docs.to_owned(), arms);
        self.declare(at, item);
        Ty::path(name)
    }

    pub(crate) fn union_item(
        &self,
        name: String,
        docs: String,
        arms: &[crate::model::Arm],
    ) -> Item {
        let mut scope = Scope::with(&["Other"]);
        let arm = |arm: &crate::model::Arm| {
            (
                scope.take(&[camel(&arm.tag)]),
                Ty::path((self.schema)(&arm.schema)),
                arm.tag.clone(),
            )
        };
        Item::Union(Union {
            name,
            docs,
            arms: arms.iter().map(arm).collect(),
        })
    }

    fn choice<O: Objects>(&mut self, objects: &O, arms: &[Type], at: At<'_>) -> Ty {
        let name = self.name(at);
        let mut scope = Scope::with(&["Other"]);
        let mut planned = Vec::new();
        for arm in arms {
            match arm {
                // In a parameter each text is an arm of its own; an answer may hold other texts as well.
                Type::Enum(values) if !O::ANSWERS => {
                    let texts = values
                        .iter()
                        .map(|text| (scope.take(&[camel(text)]), ChoiceArm::Text(text.clone())));
                    planned.extend(texts);
                }
                arm => {
                    let kind = arm_name(arm);
                    let path = [at.path, &[kind.to_owned()]].concat();
                    let ty = self.ty(objects, arm, At { path: &path, ..at });
                    planned.push((scope.take(&[camel(kind)]), ChoiceArm::Type(ty)));
                }
            }
        }
        let choice = Choice {
            name: name.clone(),
            docs: at.docs.to_owned(),
            arms: planned,
        };
        self.declare(
            at,
            if O::ANSWERS {
                Item::Either(choice)
            } else {
                Item::Choice(choice)
            },
        );
        Ty::path(name)
    }

    fn declare(&mut self, at: At<'_>, item: Item) {
        self.items.push((at.path.to_vec(), item));
    }
}

/// What a type at a position may be called.
pub(crate) fn candidates(at: At<'_>) -> Vec<String> {
    let words: Vec<String> = at.path.iter().map(|part| word(part)).collect();
    let name = format!("{}{}", at.prefix, camel(&words.join(" ")));
    vec![name.clone(), format!("{name}Value")]
}

/// Marks the items of a list, and the entries of a map, in a path of properties.
pub(crate) const ITEM: &str = "[]";

/// What a part of a path gives to a name: items are named in the singular.
fn word(part: &str) -> String {
    part.strip_suffix(ITEM).map_or_else(
        || part.to_owned(),
        |list| singular(list.trim_end_matches(ITEM)),
    )
}

/// The constants of a list of values.
pub(crate) fn constants(values: &[String]) -> Vec<(String, String)> {
    let mut scope = Scope::with(&["KNOWN"]);
    values
        .iter()
        .map(|value| (scope.take(&[screaming(value)]), value.clone()))
        .collect()
}

fn core(name: &str) -> Ty {
    Ty::path(format!("stripe_core::types::{name}"))
}

const fn plain_name(ty: &Type) -> &'static str {
    match ty {
        Type::Timestamp => "Timestamp",
        Type::DateTime => "DateTime",
        Type::Decimal => "Decimal",
        Type::Int64 => "Int64",
        Type::Currency => "Currency",
        Type::File => "FileUpload",
        Type::Binary => "Binary",
        Type::Tag => "ObjectType",
        Type::Range => "RangeQuery",
        Type::Metadata => "Metadata",
        Type::Deleted => "Deleted",
        _ => "Json",
    }
}

const fn page_type(page: Page) -> &'static str {
    match page {
        Page::List => "stripe_core::List",
        Page::Search => "stripe_core::SearchList",
        Page::V2 => "stripe_core::V2List",
    }
}

/// What an arm of a choice is called.
const fn arm_name(ty: &Type) -> &'static str {
    match ty {
        Type::Bool => "bool",
        Type::Integer => "integer",
        Type::Number => "number",
        Type::Text => "text",
        Type::Timestamp => "timestamp",
        Type::DateTime => "date_time",
        Type::Decimal => "decimal",
        Type::List(_) => "list",
        Type::Map(_) | Type::Metadata => "map",
        Type::Object(_) | Type::Schema(_) => "object",
        Type::Enum(_) => "symbol",
        _ => "value",
    }
}

/// Text of the document as part of an identity: on one line, and never with the table's own mark in it.
pub(crate) fn plain(text: &str) -> String {
    let stays = |c: char| c.is_ascii_graphic() && c != '%';
    text.chars()
        .map(|c| {
            if stays(c) {
                c.to_string()
            } else {
                format!("%{:x}%", u32::from(c))
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_texts_are_different_in_the_table() {
        let texts = [
            "a b", "a%20b", "a%20%b", "a  b", "ab", "a->b", "\u{e9}", "e\u{301}", "",
        ];
        let plain: std::collections::BTreeSet<String> = texts.iter().map(|it| plain(it)).collect();
        assert_eq!(plain.len(), texts.len());
        assert!(plain.iter().all(|it| !it.contains([' ', '\n'])));
    }

    #[test]
    fn items_are_named_in_the_singular() {
        for (part, expected) in [
            ("line_items[]", "line_item"),
            ("line_items[][]", "line_item"),
            ("line_items", "line_items"),
            ("[]", ""),
        ] {
            assert_eq!(word(part), expected, "{part}");
        }
    }
}
