//! One position of the document beside the type that stands for it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::emitted::{Emitted, Module, Ty, Type};
use crate::document::references;

/// Where a type stands, and whether it is sent or answered.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    /// What bare names mean.
    pub(super) module: &'a Module,
    pub(super) answer: bool,
}

/// The comparison of a whole document with a whole crate.
pub(super) struct Comparison<'a> {
    pub(super) document: &'a Value,
    pub(super) emitted: &'a Emitted,
    /// The places that were compared.
    pub(super) seen: BTreeSet<String>,
    /// What is wrong, with its place.
    pub(super) faults: Vec<String>,
    /// The structs that are being compared, for types that hold themselves.
    within: Vec<(String, String)>,
}

/// Types that only say how often a value is there.
const WRAPPERS: [&str; 3] = ["Option", "Box", "Clearable"];

impl<'a> Comparison<'a> {
    pub(super) fn new(document: &'a Value, emitted: &'a Emitted) -> Self {
        Self {
            document,
            emitted,
            seen: BTreeSet::new(),
            faults: Vec::new(),
            within: Vec::new(),
        }
    }

    /// Compares the schema at a place with a type; `name` is the property that has it.
    pub(super) fn position(&mut self, at: &str, name: &str, ty: &Ty, side: Side<'a>) {
        let faults = self.faults.len();
        self.try_position(at, name, ty, side);
        if self.faults.len() > faults + 20 {
            self.faults.truncate(faults + 20);
        }
    }

    fn try_position(&mut self, at: &str, name: &str, ty: &Ty, side: Side<'a>) {
        if WRAPPERS.contains(&ty.name()) {
            return self.try_position(at, name, &ty.arguments[0], side);
        }
        let raw = self
            .document
            .pointer(at)
            .unwrap_or_else(|| panic!("nothing at {at}"));
        self.seen.insert(at.to_owned());
        if let Some(target) = raw.get("$ref") {
            let id = target
                .as_str()
                .unwrap()
                .strip_prefix("#/components/schemas/")
                .unwrap();
            let is_it = self
                .emitted
                .of_schema
                .get(id)
                .is_some_and(|own| own == ty.name());
            if !is_it && ty.path != "stripe_core::ApiError" {
                self.try_position(&format!("/components/schemas/{id}"), name, ty, side);
            }
            return;
        }
        if raw.get("x-expansionResources").is_some() && side.answer {
            return self.is(ty.name() == "Expandable", at, ty);
        }
        for several in ["anyOf", "oneOf", "allOf"] {
            if let Some(arms) = raw.get(several).and_then(Value::as_array) {
                return self.arms(&format!("{at}/{several}"), arms, name, ty, side);
            }
        }
        if let (true, Some(Type::Union(kinds, _))) = (texts(raw).is_empty(), self.named(ty, side)) {
            return self.one_of(at, name, kinds, side);
        }
        match raw.get("type").and_then(Value::as_str) {
            Some("string") => self.string(raw, at, name, ty, side),
            Some("integer") if raw.get("format") == Some(&"unix-time".into()) => {
                self.is(ty.name() == "Timestamp", at, ty);
            }
            Some("integer") => self.is(ty.path == "i64", at, ty),
            Some("number") => self.is(ty.path == "f64", at, ty),
            Some("boolean") => self.is(ty.path == "bool", at, ty),
            Some("array") => self.held(&format!("{at}/items"), at, name, ("Vec", ty), side),
            Some("object") => self.object(raw, at, name, ty, side),
            _ => self.is(ty.name() == "Json", at, ty),
        }
    }

    fn is(&mut self, fits: bool, at: &str, ty: &Ty) {
        if !fits {
            let arguments = &ty.arguments;
            let raw = self
                .document
                .pointer(at)
                .map(ToString::to_string)
                .unwrap_or_default();
            let raw: String = raw.chars().take(160).collect();
            self.faults
                .push(format!("{at}: {} {arguments:?} stands for {raw}", ty.path));
        }
    }

    /// What is inside a list or a map.
    fn held(
        &mut self,
        inner: &str,
        at: &str,
        name: &str,
        (wrapper, ty): (&str, &Ty),
        side: Side<'a>,
    ) {
        match ty.arguments.first() {
            Some(held) if ty.name() == wrapper => self.try_position(inner, name, held, side),
            _ => self.is(false, at, ty),
        }
    }

    fn string(&mut self, raw: &Value, at: &str, name: &str, ty: &Ty, side: Side<'a>) {
        let values = texts(raw);
        if !values.is_empty() {
            let tag =
                side.answer && name == "object" && values.len() == 1 && ty.name() == "ObjectType";
            let listed = match self.named(ty, side) {
                Some(Type::List(texts)) => values.is_subset(texts),
                Some(Type::Union(_, texts)) => values.is_subset(texts),
                _ => false,
            };
            return self.is(tag || listed, at, ty);
        }
        let wanted: &[&str] = match raw.get("format").and_then(Value::as_str) {
            Some("date-time") => &["DateTime"],
            Some("decimal") => &["Decimal"],
            Some("int64") => &["Int64"],
            Some("currency") => &["Currency"],
            Some("unix-time") => &["Timestamp"],
            Some("binary") => &["FileUpload", "Binary"],
            _ => &["String", "ObjectId"],
        };
        let id = ty.path.starts_with("crate::id::") && name == "id" && raw.get("format").is_none();
        self.is(wanted.contains(&ty.name()) || id, at, ty);
    }

    fn object(&mut self, raw: &Value, at: &str, name: &str, ty: &Ty, side: Side<'a>) {
        let properties = raw
            .get("properties")
            .and_then(Value::as_object)
            .filter(|it| !it.is_empty());
        if ["List", "SearchList", "V2List"]
            .iter()
            .any(|page| ty.path == format!("stripe_core::{page}"))
        {
            let (items, item) = (format!("{at}/properties/data/items"), &ty.arguments[0]);
            if ty.name() == "List" && side.answer && self.is_apart(at, &items) {
                self.seen.insert(items.clone());
                return self.is(item.name() == "Expandable", &items, item);
            }
            return self.try_position(&items, name, item, side);
        }
        if ty.path == "stripe_core::types::Deleted" {
            let gone = raw["properties"]["deleted"]["enum"] == serde_json::json!([true]);
            return self.is(gone, at, ty);
        }
        match (
            properties,
            raw.get("additionalProperties")
                .is_some_and(Value::is_object),
        ) {
            (Some(properties), _) => self.fields(properties, at, ty, side),
            (None, true) if !side.answer && is_metadata(name) && ty.name() == "Metadata" => {}
            (None, true) => self.held(
                &format!("{at}/additionalProperties"),
                at,
                name,
                ("Map", ty),
                side,
            ),
            (None, false) => {
                let empty = matches!(self.named(ty, side), Some(Type::Struct(_)));
                self.is(empty || ty.name() == "Json", at, ty);
            }
        }
    }

    /// Whether a list is there only when asked for, with objects that can be had in another way: its field is not required,
    /// and one of the objects is what some path that ends with an id answers with.
    fn is_apart(&self, at: &str, items: &str) -> bool {
        let Some((owner, wire)) = at.rsplit_once("/properties/") else {
            return false;
        };
        let required = &self.document.pointer(owner).unwrap()["required"];
        let is_required = required
            .as_array()
            .is_some_and(|names| names.iter().any(|name| name == wire));
        let paths = self.document["paths"].as_object().unwrap().iter();
        let by_id = paths.filter(|(path, _)| path.ends_with('}'));
        let mut retrieved = BTreeSet::new();
        for (_, item) in by_id {
            references(&item["get"]["responses"]["200"], &mut retrieved);
        }
        let mut objects = BTreeSet::new();
        references(self.document.pointer(items).unwrap(), &mut objects);
        !is_required && !retrieved.is_disjoint(&objects)
    }

    fn fields(
        &mut self,
        properties: &serde_json::Map<String, Value>,
        at: &str,
        ty: &Ty,
        side: Side<'a>,
    ) {
        let Some(Type::Struct(fields)) = self.named(ty, side).cloned() else {
            return self.is(false, at, ty);
        };
        let here = (at.to_owned(), ty.path.clone());
        if self.within.contains(&here) {
            return;
        }
        self.within.push(here);
        for wire in properties
            .keys()
            .filter(|wire| side.answer || *wire != "expand")
        {
            let place = format!(
                "{at}/properties/{}",
                wire.replace('~', "~0").replace('/', "~1")
            );
            match fields.get(wire) {
                Some(field) => self.try_position(&place, wire, field, side),
                None => self
                    .faults
                    .push(format!("{place}: {} has no such field", ty.path)),
            }
        }
        self.within.pop();
    }

    /// A position that states several schemas: each has to fit, or to be one of what the type offers.
    fn arms(&mut self, at: &str, arms: &[Value], name: &str, ty: &Ty, side: Side<'a>) {
        if ty.name() == "RangeQuery" {
            let bounds = |arm: &Value| {
                arm["properties"]
                    .as_object()
                    .is_none_or(|it| it.keys().eq(["gt", "gte", "lt", "lte"]))
            };
            self.seen
                .extend((0..arms.len()).map(|index| format!("{at}/{index}")));
            return self.is(arms.iter().all(bounds), at, ty);
        }
        let offered = match self.named(ty, side) {
            _ if ty.name() == "MaybeDeleted" => {
                ty.arguments.iter().chain([&deleted()]).cloned().collect()
            }
            Some(Type::Union(kinds, _)) => [kinds.as_slice(), std::slice::from_ref(ty)].concat(),
            _ => vec![ty.clone()],
        };
        for (index, arm) in arms.iter().enumerate() {
            // `enum: [""]` says only that a parameter can be cleared.
            let clears = arm.get("enum") == Some(&serde_json::json!([""]));
            if !clears {
                self.one_of(&format!("{at}/{index}"), name, &offered, side);
            }
        }
    }

    /// The position fits one of the types; else the complaint is about the one it fits best.
    fn one_of(&mut self, at: &str, name: &str, offered: &[Ty], side: Side<'a>) {
        let before = self.faults.clone();
        let mut best: Option<Vec<String>> = None;
        for ty in offered {
            self.try_position(at, name, ty, side);
            let after = std::mem::replace(&mut self.faults, before.clone());
            if best.as_ref().is_none_or(|best| after.len() < best.len()) {
                best = Some(after);
            }
        }
        self.faults
            .extend(best.into_iter().flatten().skip(before.len()));
    }

    fn named(&self, ty: &Ty, side: Side<'a>) -> Option<&'a Type> {
        // What is answered may be declared beside the call, or with the schemas.
        if !ty.path.contains("::") {
            return side.module.get(&ty.path);
        }
        let ours = ["super::", "crate::schema::"]
            .iter()
            .any(|root| ty.path.starts_with(root));
        self.emitted.schemas.get(ty.name()).filter(|_| ours)
    }
}

fn deleted() -> Ty {
    Ty {
        path: "stripe_core::types::Deleted".to_owned(),
        arguments: Vec::new(),
    }
}

/// The values of a list; an empty one says only that a parameter can be cleared.
pub(super) fn texts(raw: &Value) -> BTreeSet<String> {
    let values = raw
        .get("enum")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    values
        .filter_map(Value::as_str)
        .filter(|it| !it.is_empty())
        .map(str::to_owned)
        .collect()
}

/// What has single keys removed: the metadata of the object, or of another one that is named.
fn is_metadata(name: &str) -> bool {
    name == "metadata" || name.ends_with("_metadata")
}
