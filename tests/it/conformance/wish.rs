//! Sets of parameters for an operation, as JSON, made from the document alone: every alternative of every union, every value
//! of every list and every way to clear is in one of them, and every parameter in each of the first.

use std::cell::RefCell;
use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::schema::{Member, Operation, Schema, arms, list, members};

/// So many sets have every parameter; those after them only what has something that was not sent yet.
const MAXIMAL: usize = 3;

/// What stands for a text that may be anything.
pub(crate) const TEXT: &str = "some text";

/// Which set of parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// What is required and no more.
    Required,
    /// Everything, with the alternatives that this number stands for.
    Everything(usize),
    /// Everything that can be cleared is.
    Cleared,
}

/// What makes the sets for one operation.
pub(crate) struct Sets<'a> {
    operation: &'a Operation,
    /// How many alternatives the schemas below a schema have, by its address.
    spans: RefCell<HashMap<(usize, bool), usize>>,
}

impl<'a> Sets<'a> {
    pub(crate) fn new(operation: &'a Operation) -> Self {
        let spans = RefCell::default();
        Self { operation, spans }
    }

    /// All of them.
    pub(crate) fn wishes(&self) -> Vec<Wish> {
        let params = self.operation.params.iter();
        let spans = params.map(|param| self.span(*param));
        let count = spans.max().unwrap_or(1).max(MAXIMAL);
        let everything = (0..count).map(Wish::Everything);
        let single = [Wish::Required, Wish::Cleared].into_iter();
        let mut wishes: Vec<Wish> = single.chain(everything).collect();
        if self
            .operation
            .params
            .iter()
            .all(|param| param.name == "expand")
        {
            wishes.truncate(1);
        }
        wishes
    }

    /// One of them. `expand` is not among the parameters: it is an option of the request.
    pub(crate) fn set(&self, wish: Wish) -> Value {
        let turn = match wish {
            Wish::Everything(turn) => turn,
            Wish::Required | Wish::Cleared => 0,
        };
        // A page is before an object or after one.
        let skipped = ["ending_before", "starting_after"][turn % 2];
        let params = self.operation.params.iter().copied();
        let wanted = params.filter(|it| it.name != "expand" && it.name != skipped);
        self.members(wanted, wish)
    }

    fn members(&self, members: impl Iterator<Item = Member>, wish: Wish) -> Value {
        let mut object = Map::new();
        for member in members {
            if member.is_required || self.is_wanted(member, wish) {
                object.insert(member.name.to_owned(), self.value(member, wish));
            }
        }
        Value::Object(object)
    }

    fn is_wanted(&self, member: Member, wish: Wish) -> bool {
        match wish {
            Wish::Required => false,
            Wish::Cleared => true,
            Wish::Everything(turn) => turn < MAXIMAL || turn < self.span(member),
        }
    }

    /// Whether the value can be taken away at Stripe: by an empty text in v1, by null in v2.
    fn is_clearable(&self, member: Member) -> bool {
        let schema = member.schema;
        let is_empty = |it: &Value| it == "";
        let by_text =
            list(schema, "enum").iter().any(is_empty) || arms(schema).iter().any(clears_only);
        let by_null = self.operation.clears_by_null() && !member.is_required;
        by_text || by_null || schema["nullable"] == true
    }

    /// How many sets it takes until every alternative here was in one.
    fn span(&self, member: Member) -> usize {
        let key = (std::ptr::from_ref(member.schema).addr(), member.is_required);
        if let Some(known) = self.spans.borrow().get(&key) {
            return *known;
        }
        let span = self.alternatives(member.schema) + usize::from(self.is_clearable(member));
        self.spans.borrow_mut().insert(key, span);
        span
    }

    fn alternatives(&self, schema: Schema) -> usize {
        let listed = list(schema, "enum").iter().filter(|it| *it != "").count();
        let arms = kinds(schema)
            .map(|arm| self.alternatives(arm))
            .sum::<usize>();
        let inner = match schema["type"].as_str() {
            Some("array") if is_listed(&schema["items"]) => 1,
            Some("array") => self.span(item(&schema["items"])),
            Some("object") => {
                let entries = &schema["additionalProperties"];
                let entries = entries.is_object().then(|| self.span(item(entries)));
                let inside = members(schema).map(|it| self.span(it));
                inside.chain(entries).max().unwrap_or(1)
            }
            _ => 1,
        };
        listed.max(arms).max(inner)
    }

    fn value(&self, member: Member, wish: Wish) -> Value {
        let clears = match wish {
            Wish::Required => false,
            Wish::Cleared => true,
            Wish::Everything(turn) => turn % self.span(member) >= self.alternatives(member.schema),
        };
        if clears && self.is_clearable(member) {
            return Value::Null;
        }
        let inner = match wish {
            Wish::Everything(turn) => Wish::Everything(turn % self.span(member)),
            other => other,
        };
        self.kind(member.schema, inner)
    }

    fn kind(&self, schema: Schema, wish: Wish) -> Value {
        let mut turn = match wish {
            Wish::Everything(turn) => turn,
            Wish::Required | Wish::Cleared => 0,
        };
        let listed: Vec<&Value> = list(schema, "enum").iter().filter(|it| *it != "").collect();
        if !listed.is_empty() {
            return listed[turn % listed.len()].clone();
        }
        // Each arm has as many turns as there are alternatives in it.
        for arm in kinds(schema) {
            match turn.checked_sub(self.alternatives(arm)) {
                Some(rest) => turn = rest,
                None => return self.kind(arm, in_turn(wish, turn)),
            }
        }
        if let Some(arm) = kinds(schema).next() {
            return self.kind(arm, in_turn(wish, turn));
        }
        match schema["type"].as_str().unwrap() {
            "array" => self.array(&schema["items"], wish),
            "object" => self.object(schema, wish),
            "integer" => json!(5),
            "number" => json!(2.5),
            "boolean" => json!(turn % 2 == 0),
            _ => text(schema),
        }
    }

    /// A list of listed values has all of them, any other one item.
    fn array(&self, items: Schema, wish: Wish) -> Value {
        if is_listed(items) {
            return list(items, "enum")
                .iter()
                .filter(|it| *it != "")
                .cloned()
                .collect();
        }
        json!([self.value(item(items), wish)])
    }

    fn object(&self, schema: Schema, wish: Wish) -> Value {
        if schema["properties"].is_null() {
            let inner = &schema["additionalProperties"];
            return match inner.is_object() {
                true => json!({"key": self.value(item(inner), wish)}),
                false => json!({"free": "text"}),
            };
        }
        let object = self.members(members(schema), wish);
        // A form cannot say that an object is there and empty.
        match members(schema).next() {
            Some(first) if object == json!({}) => {
                let inner = Wish::Everything(0);
                json!({ first.name: self.value(first, inner) })
            }
            _ => object,
        }
    }
}

fn in_turn(wish: Wish, turn: usize) -> Wish {
    match wish {
        Wish::Everything(_) => Wish::Everything(turn),
        other => other,
    }
}

/// What an array or a map holds: always there, and so never cleared by being optional.
fn item(schema: Schema) -> Member {
    Member {
        name: "",
        schema,
        is_required: true,
    }
}

fn is_listed(schema: Schema) -> bool {
    !list(schema, "enum").is_empty()
}

/// `enum: [""]` is how v1 says that a position can be cleared.
fn clears_only(arm: &Value) -> bool {
    arm["enum"]
        .as_array()
        .is_some_and(|values| values.iter().all(|it| it == ""))
}

/// The arms of a union that are values.
fn kinds(schema: Schema) -> impl Iterator<Item = Schema> {
    arms(schema).iter().filter(|arm| !clears_only(arm))
}

fn text(schema: Schema) -> Value {
    let text = match schema["format"].as_str() {
        Some("currency") => "eur",
        Some("decimal") => "1.25",
        Some("date-time") => "2025-01-31T12:00:00Z",
        Some("int64") => "2000",
        _ => TEXT,
    };
    let most = schema["maxLength"].as_u64().unwrap_or(u64::MAX);
    text.chars()
        .take(usize::try_from(most).unwrap())
        .collect::<String>()
        .into()
}
