//! Which resource a change belongs to: the service of the call, or the service nearest to the schema.

use std::collections::{BTreeMap, BTreeSet};

use super::Document;
use super::found::Subject;
use super::operations::endpoint;
use crate::model::{Operation, Type};

/// Where what belongs to no service stands.
const ELSEWHERE: &str = "other types";
/// Where the codes of errors stand.
const ERRORS: &str = "errors";

/// The resource of each schema and operation.
pub(super) struct Homes {
    schemas: BTreeMap<String, String>,
    operations: BTreeMap<String, String>,
}

impl Homes {
    /// By the newer document, and for what it does not have any more, by the older one.
    pub(super) fn new(old: &Document<'_>, new: &Document<'_>) -> Self {
        let mut schemas = schemas(old);
        schemas.extend(self::schemas(new));
        let all = old.api.operations.iter().chain(&new.api.operations);
        let operations = all.map(|it| (endpoint(it), of_operation(it, &schemas)));
        Self {
            operations: operations.collect(),
            schemas,
        }
    }

    pub(super) fn of(&self, subject: &Subject) -> String {
        let known = match subject {
            Subject::Schema(id) => self.schemas.get(id),
            Subject::Operation(name) => self.operations.get(name),
            Subject::Errors => return ERRORS.to_owned(),
        };
        known.map_or(ELSEWHERE, String::as_str).to_owned()
    }
}

/// The service of the call; an operation that the official SDKs do not have belongs with what it answers.
fn of_operation(operation: &Operation, schemas: &BTreeMap<String, String>) -> String {
    let service = service(operation);
    if !operation.legacy {
        return service;
    }
    let answered = held(&operation.result);
    let mut homes = answered.iter().filter_map(|id| schemas.get(id));
    homes.next().cloned().unwrap_or(service)
}

fn service(operation: &Operation) -> String {
    let call = operation.calls.first();
    call.map(|call| call.service.join(".")).unwrap_or_default()
}

/// The schemas that a type holds.
fn held(ty: &Type) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    ty.walk(&mut |ty| match ty {
        Type::Schema(id) => drop(found.insert(id.clone())),
        Type::Union(arms) => found.extend(arms.iter().map(|arm| arm.schema.clone())),
        _ => {}
    });
    found
}

/// The schemas that `expand` may put somewhere in a type.
fn expanded(ty: &Type) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    ty.walk(&mut |ty| {
        if let Type::Expandable(_, targets) = ty {
            found.extend(targets.iter().cloned());
        }
    });
    found
}

/// From the services outwards: each schema belongs to the one that is the fewest steps away, the shortest name first.
fn schemas(document: &Document<'_>) -> BTreeMap<String, String> {
    let edges = |of: fn(&Type) -> BTreeSet<String>| -> BTreeMap<&str, BTreeSet<String>> {
        let all = document.components.iter();
        all.map(|it| (it.id.as_str(), of(&it.ty))).collect()
    };
    let mut homes = BTreeMap::new();
    let calls = document.api.operations.iter().filter(|it| !it.legacy);
    let roots = calls.flat_map(|it| held(&it.result).into_iter().map(|id| (service(it), id)));
    let held = edges(held);
    spread(roots.collect(), &held, &mut homes);
    let expanded = edges(expanded);
    let behind = homes.iter().flat_map(|(id, home): (&String, &String)| {
        let targets = expanded.get(id.as_str()).into_iter().flatten();
        targets.map(|target| (home.clone(), target.clone()))
    });
    let behind: Vec<(String, String)> = behind.collect();
    spread(behind, &held, &mut homes);
    homes
}

fn spread(
    mut queue: Vec<(String, String)>,
    edges: &BTreeMap<&str, BTreeSet<String>>,
    homes: &mut BTreeMap<String, String>,
) {
    while !queue.is_empty() {
        queue.sort_by(|(a, one), (b, other)| (a.len(), a, one).cmp(&(b.len(), b, other)));
        let mut next = Vec::new();
        for (home, id) in queue {
            if homes.contains_key(&id) {
                continue;
            }
            let held = edges.get(id.as_str()).into_iter().flatten();
            next.extend(held.map(|it| (home.clone(), it.clone())));
            homes.insert(id, home);
        }
        queue = next;
    }
}
