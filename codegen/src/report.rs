//! What was counted: how much was emitted, and which positions have no better type than raw JSON, by reason.

use std::collections::BTreeMap;

use crate::model::{Api, Type};
use crate::plan::Plan;

/// The counts, one a line.
pub(crate) fn report(api: &Api, plan: &Plan, files: &BTreeMap<String, String>) -> String {
    let accounts = &api.accounts;
    let total = accounts.emitted
        + accounts.merged
        + accounts.core
        + accounts.deleted
        + accounts.errors
        + accounts.in_place;
    let bytes: usize = files.values().map(String::len).sum();
    let mut lines = vec![
        format!(
            "{} operations of API version {}",
            plan.operations.len(),
            api.version
        ),
        format!(
            "{total} schemas: {} emitted, {} merged into the types that stand for them, {} types of the core, {} deleted \
             objects, {} errors, {} written out in place",
            accounts.emitted,
            accounts.merged,
            accounts.core,
            accounts.deleted,
            accounts.errors,
            accounts.in_place
        ),
        format!(
            "{} files, {bytes} bytes, {} services",
            files.len(),
            plan.services.len()
        ),
    ];
    if plan.trimmed {
        let kept = files
            .keys()
            .filter(|path| path.starts_with("src/schema/"))
            .count();
        lines.remove(1);
        lines.push(format!(
            "{kept} schemas of {} that are emitted for all services",
            accounts.emitted
        ));
        return lines.join("\n") + "\n";
    }
    for (reason, count) in raw(api) {
        lines.push(format!("raw JSON: {count} positions ({reason})"));
    }
    lines.push(format!(
        "plain string: {} positions (the document says no more than string)",
        texts(api)
    ));
    lines.join("\n") + "\n"
}

fn raw(api: &Api) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for ty in positions(api) {
        ty.walk(&mut |ty| match ty {
            Type::Json(free) => *counts.entry(free.reason()).or_default() += 1,
            Type::Expandable(..) => {
                *counts
                    .entry("behind an expandable field, decoded when asked for")
                    .or_default() += 1;
            }
            Type::Union(_) => *counts.entry("the unknown arm of a union").or_default() += 1,
            _ => {}
        });
    }
    for ty in answers(api) {
        ty.walk(&mut |ty| match ty {
            Type::Choice(_) => {
                *counts
                    .entry("the unknown arm of a value of several kinds")
                    .or_default() += 1;
            }
            Type::Core(_) => {
                *counts
                    .entry("objects attached to an error, decoded when asked for")
                    .or_default() += 1;
            }
            _ => {}
        });
    }
    counts
}

fn texts(api: &Api) -> usize {
    let mut count = 0;
    for ty in positions(api) {
        ty.walk(&mut |ty| count += usize::from(*ty == Type::Text));
    }
    count
}

/// The positions of answers, where a value may be of a kind that nobody knows yet.
fn answers(api: &Api) -> impl Iterator<Item = &Type> {
    let schemas = api.schemas.iter().map(|schema| &schema.ty);
    schemas.chain(api.operations.iter().map(|operation| &operation.result))
}

fn positions(api: &Api) -> impl Iterator<Item = &Type> {
    let schemas = api.schemas.iter().map(|schema| &schema.ty);
    let params = api
        .operations
        .iter()
        .flat_map(|operation| operation.params.fields.iter().map(|field| &field.ty));
    schemas
        .chain(params)
        .chain(api.operations.iter().map(|operation| &operation.result))
}
