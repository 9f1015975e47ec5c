//! The types of a generated file, read from its text: names, fields, and what holds them.

use std::collections::{BTreeMap, BTreeSet};

/// A struct: an object that Stripe answers with, or the parameters of a request.
#[derive(Debug, Default)]
pub(crate) struct Struct {
    /// The arguments of `new`, by their names at Stripe.
    pub(crate) required: BTreeSet<String>,
    /// The names at Stripe, and the types of the fields without spaces.
    pub(crate) fields: BTreeMap<String, String>,
    /// The names at Stripe of what can be cleared.
    pub(crate) clearable: BTreeSet<String>,
    /// How to set a field, by its name at Stripe.
    pub(crate) setters: BTreeMap<String, Setter>,
}

/// The method that sets a field.
#[derive(Debug)]
pub(crate) struct Setter {
    pub(crate) name: String,
    /// What `#[set(…)]` says: the kind of setter, and the method that clears the field.
    pub(crate) kind: String,
    pub(crate) clear: Option<String>,
}

/// One of several kinds of a parameter: a text, or a value of a type.
#[derive(Debug)]
pub(crate) enum Arm {
    Text(String, String),
    Value(String, String),
}

/// The types of one file.
#[derive(Debug, Default)]
pub(crate) struct Types {
    pub(crate) structs: BTreeMap<String, Struct>,
    /// Parameters of several kinds, and what they may be.
    pub(crate) choices: BTreeMap<String, Vec<Arm>>,
}

impl Types {
    /// Reads a file, which has no comments.
    pub(crate) fn read(text: &str) -> Self {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut types = Self::default();
        for opening in ["stripe_core::params! { ", "stripe_core::object! { "] {
            for (at, _) in text.match_indices(opening) {
                let (name, found) = structure(whole(&text[at + opening.len()..]));
                types.structs.insert(name, found);
            }
        }
        for (at, opening) in text.match_indices("stripe_core::choice! { pub enum ") {
            let item = whole(&text[at + opening.len()..]);
            let (name, arms) = item.split_once(" { ").unwrap();
            let arms = arms.split(',').filter_map(arm).collect();
            types.choices.insert(name.to_owned(), arms);
        }
        types
    }

    /// The fields of a type, or of those that a value of several kinds may be.
    pub(crate) fn fields<'a>(&'a self, ty: &'a str) -> BTreeMap<&'a str, &'a str> {
        let fields = self.structs(ty).flat_map(|found| &found.fields);
        fields
            .map(|(name, ty)| (name.as_str(), ty.as_str()))
            .collect()
    }

    /// Whether a field of such a type can be cleared.
    pub(crate) fn is_clearable(&self, ty: &str, field: &str) -> bool {
        self.structs(ty)
            .any(|found| found.clearable.contains(field))
    }

    fn structs<'a>(&'a self, ty: &'a str) -> impl Iterator<Item = &'a Struct> {
        let arms = self.choices.get(ty).into_iter().flatten();
        let arms = arms.filter_map(|arm| match arm {
            Arm::Value(_, ty) => Some(innermost(ty)),
            Arm::Text(..) => None,
        });
        let names = arms.chain([ty.to_owned()]);
        names.filter_map(|ty| self.structs.get(&ty))
    }
}

/// `Name = "text"` or `Name(Type)`
fn arm(arm: &str) -> Option<Arm> {
    let arm = arm.trim();
    if let Some((name, text)) = arm.split_once(" = ") {
        return Some(Arm::Text(
            name.to_owned(),
            text.trim_matches('"').to_owned(),
        ));
    }
    let (name, ty) = arm.strip_suffix(')')?.split_once('(')?;
    Some(Arm::Value(name.to_owned(), without_spaces(ty)))
}

/// The text up to the brace that closes what was opened before it.
fn whole(text: &str) -> &str {
    let mut open = 1;
    let end = text.find(|c| {
        open += i32::from(c == '{') - i32::from(c == '}');
        open == 0
    });
    &text[..end.unwrap()]
}

/// `#[new(a: T)] pub struct Name { #[wire = "x"] pub field: T, … }`
fn structure(item: &str) -> (String, Struct) {
    let (head, body) = item.split_once("pub struct ").unwrap();
    let (name, body) = body.split_once(" {").unwrap();
    let required = head.split_once("#[new(").map_or("", |(_, list)| list);
    let required = required
        .split(',')
        .filter_map(|argument| argument.split_once(':'));
    let mut found = Struct {
        required: required.map(|(name, _)| name.trim().to_owned()).collect(),
        ..Struct::default()
    };
    let mut pieces = whole(body).split(" pub ");
    let mut attributes = pieces.next().unwrap();
    for piece in pieces {
        let (field, rest) = piece.split_once(": ").unwrap();
        let (ty, next) = rest.split_once(" #[").unwrap_or((rest, ""));
        let wire = attributes
            .split_once("wire = \"")
            .and_then(|(_, rest)| rest.split_once('"'));
        let wire = wire.map_or(field, |(wire, _)| wire);
        if found.required.remove(field) {
            found.required.insert(wire.to_owned());
        }
        let set = attributes
            .split_once("set(")
            .and_then(|(_, rest)| rest.split_once(')'));
        let set = set.map_or("", |(set, _)| set);
        let (kind, clear) = set
            .split_once(", ")
            .map_or((set, None), |(kind, clear)| (kind, Some(clear.to_owned())));
        if clear.is_some() {
            found.clearable.insert(wire.to_owned());
        }
        let setter = Setter {
            name: field.to_owned(),
            kind: kind.to_owned(),
            clear,
        };
        found.setters.insert(wire.to_owned(), setter);
        found.fields.insert(wire.to_owned(), without_spaces(ty));
        attributes = next;
    }
    (name.to_owned(), found)
}

fn without_spaces(ty: &str) -> String {
    let ty: String = ty.split_whitespace().collect();
    ty.trim_end_matches(',').replace(",>", ">")
}

/// `Item` of `Vec<stripe_core::types::Map<Item>>`
pub(crate) fn innermost(ty: &str) -> String {
    let mut names = ty.split(|c: char| !c.is_alphanumeric() && c != '_');
    let last = names.rfind(|name| !name.is_empty());
    last.unwrap_or_default().to_owned()
}
