//! Parameters: one type per operation, and nested types that all operations of a service share by property path.

use std::collections::BTreeMap;

use super::check;
use super::item::{Check, Item, Param, Params, Rule, Set, Ty};
use super::name::{camel, snake};
use super::schema::documented;
use super::scope::Scope;
use super::types::{At, Module, Objects};
use super::value_list::{Position, positions};
use crate::model::{self, Type};

/// The parameters of one operation, as the service plans them.
pub(crate) struct Wanted<'a> {
    /// The method, which names the type: `create` takes `Create`.
    pub(crate) method: &'a str,
    pub(crate) params: &'a model::Object,
    pub(crate) docs: String,
}

/// Declares the parameter types of all operations of a service in its module, which has reserved their names.
pub(crate) fn declare(module: &mut Module<'_>, wanted: &[Wanted<'_>]) -> Vec<Item> {
    let shared = Shared::new(wanted);
    module.share(&shared.lists(), "");
    let mut nested: BTreeMap<String, Ty> = BTreeMap::new();
    for (wire, ty) in &shared.types {
        let path = [wire.clone()];
        nested.insert(
            wire.clone(),
            module.ty(
                &Requests,
                ty,
                At {
                    path: &path,
                    docs: shared.docs(wire),
                    prefix: "",
                },
            ),
        );
    }
    wanted
        .iter()
        .map(|operation| top(module, operation, &shared, &nested))
        .collect()
}

/// What the operations of a service have in common at each first-level parameter that needs a declaration.
struct Shared<'a> {
    types: BTreeMap<String, Type>,
    docs: BTreeMap<String, &'a str>,
    /// Types that cannot be shared, by method and parameter.
    own: BTreeMap<(String, String), Type>,
}

impl<'a> Shared<'a> {
    fn new(wanted: &[Wanted<'a>]) -> Self {
        let mut shared = Self {
            types: BTreeMap::new(),
            docs: BTreeMap::new(),
            own: BTreeMap::new(),
        };
        // What is there from the start comes first: texts, and the shared name where kinds differ, are from there.
        let mut wanted: Vec<&Wanted<'a>> = wanted.iter().collect();
        wanted.sort_by_key(|it| (it.method != "create", it.method != "update", it.method));
        for operation in wanted {
            for field in operation
                .params
                .fields
                .iter()
                .filter(|field| needs_name(&field.ty))
            {
                shared.add(operation.method, field);
            }
        }
        shared
    }

    fn add(&mut self, method: &str, field: &'a model::Field) {
        self.docs.entry(field.wire.clone()).or_insert(&field.docs);
        let Some(known) = self.types.get_mut(&field.wire) else {
            self.types.insert(field.wire.clone(), field.ty.clone());
            return;
        };
        match model::merge(known, &field.ty) {
            Some(both) => *known = both,
            None => {
                self.own
                    .insert((method.to_owned(), field.wire.clone()), field.ty.clone());
            }
        }
    }

    /// The lists of values in all of them.
    fn lists(&self) -> Vec<Position<'_>> {
        let mut lists = Vec::new();
        for (wire, ty) in &self.types {
            positions(ty, std::slice::from_ref(wire), self.docs(wire), &mut lists);
        }
        for ((method, wire), ty) in &self.own {
            let path = [own_path(method), wire.clone()];
            positions(ty, &path, self.docs(wire), &mut lists);
        }
        lists
    }

    fn docs(&self, wire: &str) -> &str {
        self.docs.get(wire).copied().unwrap_or_default()
    }
}

/// What stands before the path of what is an operation's own. No property is called that, so that the names given below it
/// are the operation's own in the table too.
fn own_path(method: &str) -> String {
    format!("{method}()")
}

fn needs_name(ty: &Type) -> bool {
    let mut found = false;
    ty.walk(&mut |ty| found |= matches!(ty, Type::Object(_) | Type::Enum(_) | Type::Choice(_)));
    found
}

fn top(
    module: &mut Module<'_>,
    operation: &Wanted<'_>,
    shared: &Shared<'_>,
    nested: &BTreeMap<String, Ty>,
) -> Item {
    let name = camel(operation.method);
    let call = own_path(operation.method);
    let mut planned = Vec::new();
    for field in &operation.params.fields {
        let path = [field.wire.clone()];
        let at = At {
            path: &path,
            docs: &field.docs,
            prefix: "",
        };
        let ty = match shared
            .own
            .get(&(operation.method.to_owned(), field.wire.clone()))
        {
            // A parameter whose kind differs between operations carries the operation's name.
            Some(own) => module.ty(
                &Requests,
                own,
                At {
                    path: &[call.clone(), field.wire.clone()],
                    ..at
                },
            ),
            None if needs_name(&field.ty) => nested
                .get(&field.wire)
                .cloned()
                .unwrap_or_else(|| Ty::path("String")),
            None => module.ty(&Requests, &field.ty, at),
        };
        planned.push((field, ty));
    }
    let rules = operation.params.fields.iter().map(|field| {
        let own = shared
            .own
            .contains_key(&(operation.method.to_owned(), field.wire.clone()));
        let call = own.then(|| call.clone());
        let path: Vec<String> = call.into_iter().chain([field.wire.clone()]).collect();
        check::of_field(module, field, &path)
    });
    let rules = rules.collect();
    Item::Params(params(
        name,
        operation.docs.clone(),
        planned,
        rules,
        departures(operation, shared),
    ))
}

/// Where the operation is stricter than what it shares.
fn departures(operation: &Wanted<'_>, shared: &Shared<'_>) -> Vec<Check> {
    let mut found = Vec::new();
    for field in &operation.params.fields {
        let is_own = shared
            .own
            .contains_key(&(operation.method.to_owned(), field.wire.clone()));
        if let Some(ty) = shared.types.get(&field.wire).filter(|_| !is_own) {
            check::departures(&field.ty, ty, std::slice::from_ref(&field.wire), &mut found);
        }
    }
    check::stated_once(found, operation.params)
}

/// Objects nested in parameters.
struct Requests;

impl Objects for Requests {
    const ANSWERS: bool = false;

    fn declare(
        &self,
        module: &mut Module<'_>,
        name: String,
        object: &model::Object,
        at: At<'_>,
    ) -> Item {
        let mut planned = Vec::new();
        let mut rules = Vec::new();
        for field in &object.fields {
            let path = [at.path, std::slice::from_ref(&field.wire)].concat();
            let ty = module.ty(
                self,
                &field.ty,
                At {
                    path: &path,
                    docs: &field.docs,
                    ..at
                },
            );
            rules.push(check::of_field(module, field, &path));
            planned.push((field, ty));
        }
        let docs = if object.docs.is_empty() {
            at.docs
        } else {
            &object.docs
        };
        Item::Params(params(name, docs.to_owned(), planned, rules, Vec::new()))
    }
}

fn params(
    name: String,
    docs: String,
    fields: Vec<(&model::Field, Ty)>,
    rules: Vec<Vec<Rule>>,
    inside: Vec<Check>,
) -> Params {
    // The methods that every parameter type has; `clone` would hide the one that copies.
    let mut scope = Scope::with(&["new", "with", "clone"]);
    let names: Vec<String> = fields
        .iter()
        .map(|(field, _)| scope.take(&own_or_marked(&field.wire)))
        .collect();
    let wires = fields.iter().map(|(field, _)| field.wire.clone());
    let mut params = Params {
        name,
        docs,
        limits: inside.iter().map(check::about_inside).collect(),
        checks: check::all(wires.zip(rules.iter().cloned()), inside),
        required: Vec::new(),
        fields: Vec::new(),
    };
    for (((field, ty), name), rules) in fields.into_iter().zip(names).zip(rules) {
        let set = set(field, &name, &mut scope);
        if set == Set::Required {
            params
                .required
                .push((name.clone(), argument(&field.ty, &ty)));
        }
        params.fields.push(Param {
            wire: (name != field.wire).then(|| field.wire.clone()),
            name,
            docs: documented(field),
            max: field.max,
            limits: check::sentences(&rules),
            set,
            ty,
        });
    }
    params
}

/// The name of a field, and another for where something else is called like that.
fn own_or_marked(wire: &str) -> [String; 2] {
    let name = snake(wire);
    let marked = format!("{name}_");
    [name, marked]
}

fn set(field: &model::Field, name: &str, scope: &mut Scope) -> Set {
    // What has to be given and can be cleared is optional in effect: it may be sent empty.
    if field.required && !field.clearable {
        return Set::Required;
    }
    let kind = match &field.ty {
        Type::Text => Set::Text,
        Type::List(item) if **item == Type::Text => Set::Texts,
        Type::Object(_) => Set::Boxed,
        _ => Set::Value,
    };
    if field.clearable {
        let clear = scope.take(&[format!("clear_{}", name.trim_end_matches('_'))]);
        return Set::Clear(Box::new(kind), clear);
    }
    kind
}

fn argument(ty: &Type, planned: &Ty) -> Ty {
    match ty {
        Type::Text => Ty::Str,
        Type::List(item) if **item == Type::Text => Ty::Strs,
        _ => planned.clone(),
    }
}
