//! The table of what `expand` may name: an entry for each operation and each schema, as the core's `validate::expansion`
//! reads it. What can be expanded is every field that holds an object or its id.
//!
//! Each field has lines of its own, which no other field changes: one for each kind of object that it leads to, also where
//! nothing can be expanded there, since that may come.

use std::collections::BTreeMap;

use crate::model::{Api, Object, Type};

/// What stands before the objects of a page.
const PAGE: &str = "data/";

/// What is not known here: it may lead anywhere.
const ANYTHING: &str = "*";

/// What is found under each name.
type Names = BTreeMap<String, Vec<String>>;

struct Table<'a> {
    types: BTreeMap<&'a str, &'a Type>,
    /// Fields beside those that hold objects, by schema.
    also: &'a BTreeMap<String, Vec<String>>,
    lines: BTreeMap<String, Names>,
}

/// The lines: entries sorted by name, and below each its fields.
pub(super) fn lines(api: &Api) -> Vec<String> {
    let types = api
        .schemas
        .iter()
        .map(|schema| (schema.id.as_str(), &schema.ty));
    let mut table = Table {
        types: types.collect(),
        also: &api.expandable,
        lines: BTreeMap::new(),
    };
    // Version 2 of the API has no `expand`.
    for operation in api
        .operations
        .iter()
        .filter(|it| it.path.starts_with("/v1/"))
    {
        let key = format!("{} {}", operation.method.to_uppercase(), operation.path);
        if let Some(targets) = table.targets(&operation.result, &format!("{key}()")) {
            table
                .lines
                .insert(key, Names::from([(String::new(), targets)]));
        }
    }
    let entries = table.lines.iter().filter(|(_, names)| !names.is_empty());
    entries.flat_map(|(key, names)| entry(key, names)).collect()
}

/// What would not stay on its line, or in its place there, is left out: no real name is like that.
fn entry(key: &str, names: &Names) -> Vec<String> {
    let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
    let is_named = |(name, targets): &(&String, &Vec<String>)| {
        is_plain(name) && targets.iter().all(|target| is_plain(target))
    };
    if !key.split(' ').all(is_plain) {
        return Vec::new();
    }
    let fields = names.iter().filter(is_named).flat_map(field);
    std::iter::once(key.to_owned()).chain(fields).collect()
}

/// A line for each thing that a field leads to, or one for the field alone.
fn field((name, targets): (&String, &Vec<String>)) -> Vec<String> {
    if targets.is_empty() {
        return vec![format!(" {name}")];
    }
    let lines = targets.iter().map(|target| format!(" {name}>{target}"));
    lines.collect()
}

impl Table<'_> {
    /// What is found where a type is; none, if it holds no object. `key` is for what is written out in place.
    fn targets(&mut self, ty: &Type, key: &str) -> Option<Vec<String>> {
        match ty {
            Type::Schema(id) => self.schema(id),
            Type::Expandable(_, ids) => Some(self.schemas(ids.iter())),
            Type::Union(arms) => Some(self.schemas(arms.iter().map(|arm| &arm.schema))),
            Type::MaybeDeleted(object, _) => self.targets(object, key),
            Type::List(inner) | Type::Nullable(inner) => self.targets(inner, key),
            Type::Page(_, item) => {
                let items = self.targets(item, key).unwrap_or_default();
                Some(items.iter().map(|item| format!("{PAGE}{item}")).collect())
            }
            Type::Map(inner) => self.targets(inner, key).map(|_| vec![ANYTHING.to_owned()]),
            Type::Choice(arms) => {
                let all: Vec<_> = arms
                    .iter()
                    .filter_map(|arm| self.targets(arm, key))
                    .collect();
                (!all.is_empty()).then(|| all.concat())
            }
            Type::Object(object) => {
                self.object(key, object);
                Some(vec![key.to_owned()])
            }
            Type::Core(_) => Some(vec![ANYTHING.to_owned()]),
            Type::Deleted => Some(Vec::new()),
            _ => None,
        }
    }

    fn schemas<'s>(&mut self, ids: impl Iterator<Item = &'s String>) -> Vec<String> {
        ids.filter_map(|id| self.schema(id)).flatten().collect()
    }

    fn schema(&mut self, id: &str) -> Option<Vec<String>> {
        match *self.types.get(id)? {
            Type::Object(_) if self.lines.contains_key(id) => Some(vec![id.to_owned()]),
            ty => self.targets(ty, id),
        }
    }

    fn object(&mut self, key: &str, object: &Object) {
        // Before what is inside: objects contain each other.
        self.lines.insert(key.to_owned(), Names::new());
        let also = self.also.get(key).into_iter().flatten();
        let mut names: Names = also.map(|name| (name.clone(), Vec::new())).collect();
        for field in &object.fields {
            if let Some(mut targets) = self.targets(&field.ty, &format!("{key}.{}", field.wire)) {
                targets.sort();
                targets.dedup();
                names.insert(field.wire.clone(), targets);
            }
        }
        self.lines.insert(key.to_owned(), names);
    }
}
