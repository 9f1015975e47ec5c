//! Which call leads to each operation: that of the overrides, else that of the rules, with names that meet settled.

use super::call_path::{self, CallPath, Method, PathIndex, Returns};
use super::operation::Operation;
use super::overrides::Overrides;
use super::shape::{Page, Type};
use crate::diagnostic::{Diagnostics, Pointer};

/// Gives each operation its calls: those of the overrides, else by rule; then settles names that meet.
pub(crate) fn name(
    operations: &mut [Operation],
    overrides: &Overrides,
    pinned: bool,
    diagnostics: &mut Diagnostics,
) {
    let plain = |operation: &Operation| {
        (
            operation.method,
            operation.path.clone(),
            returns(&operation.result),
        )
    };
    let facts: Vec<_> = operations.iter().map(plain).collect();
    let facts: Vec<_> = facts
        .iter()
        .map(|(method, path, returns)| fact(method, path, returns))
        .collect();
    let index = PathIndex::new(facts.iter().copied());
    let mut fixed: Vec<CallPath> = Vec::new();
    let mut by_rule = Vec::new();
    let mut places = Vec::new();
    for (place, (operation, fact)) in operations.iter_mut().zip(&facts).enumerate() {
        operation.legacy = overrides.is_legacy(operation.method, &operation.path);
        match overrides.calls(operation.method, &operation.path) {
            Some(calls) => {
                needed(
                    calls,
                    &call_path::call_path(fact, &index),
                    pinned,
                    diagnostics,
                );
                operation.calls = calls.to_vec();
                fixed.extend(calls.iter().cloned());
            }
            None => {
                by_rule.push((*fact, call_path::call_path(fact, &index)));
                places.push(place);
            }
        }
    }
    call_path::resolve_collisions(&mut by_rule, &fixed);
    for (place, (_, call)) in places.into_iter().zip(by_rule) {
        if let Some(operation) = operations.get_mut(place) {
            operation.calls = vec![call];
        }
    }
}

/// What the rules need to know of an operation.
fn fact<'a>(method: &str, path: &'a str, returns: &'a Answer) -> call_path::Operation<'a> {
    call_path::Operation {
        method: match method {
            "get" => Method::Get,
            "post" => Method::Post,
            _ => Method::Delete,
        },
        path,
        returns: match returns {
            Answer::List => Returns::List,
            Answer::Search => Returns::Search,
            Answer::Schema(id) => Returns::Resource(id),
            Answer::Other => Returns::Other,
        },
    }
}

/// An override that says what the rules say anyway has outlived its reason.
fn needed(calls: &[CallPath], by_rule: &CallPath, pinned: bool, diagnostics: &mut Diagnostics) {
    if calls == std::slice::from_ref(by_rule) && pinned {
        diagnostics.error(
            &Pointer::root(),
            format!("the override for {by_rule} says what the rules give without it"),
            "remove the entry from spec/overrides.yaml",
        );
    }
}

/// What the naming rules need to know of an answer.
enum Answer {
    List,
    Search,
    Schema(String),
    Other,
}

fn returns(result: &Type) -> Answer {
    match result {
        Type::Page(Page::List | Page::V2, _) => Answer::List,
        Type::Page(Page::Search, _) => Answer::Search,
        Type::Schema(id) => Answer::Schema(id.clone()),
        Type::MaybeDeleted(inner, _) => returns(inner),
        _ => Answer::Other,
    }
}
