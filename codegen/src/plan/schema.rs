//! Component schemas: one module each, in a place given by its own id alone, all their types re-exported side by side.

use std::collections::BTreeMap;

use super::item::{Enum, Field, File, Item, Object, Ty};
use super::name::{CRATES, camel, snake};
use super::safe::SafeFields;
use super::scope::{NameTable, Scope};
use super::types::{At, Module, Objects, constants, plain};
use super::value_list;
use crate::model::{self, Api, Type};

/// The names of the component schemas: type and module.
pub(crate) struct SchemaNames {
    names: BTreeMap<String, (String, String)>,
}

impl SchemaNames {
    /// Names all schemas, in the order of their ids.
    pub(crate) fn new(api: &Api, types: &mut Scope, table: &mut NameTable) -> Self {
        let wanted: Vec<_> = api
            .schemas
            .iter()
            .map(|it| (format!("schema {}", plain(&it.id)), candidates(&it.id)))
            .collect();
        let type_names = types.take_all(table, &wanted);
        let mut modules = Scope::with(CRATES);
        let named = api.schemas.iter().zip(type_names).map(|(schema, name)| {
            // The table keeps the names of types: by them, modules stay in their place too.
            let plain = name == camel(&schema.id);
            let module = if plain {
                snake(&schema.id.replace('.', "_"))
            } else {
                snake(&name)
            };
            let module = modules.take(&[module]);
            (schema.id.clone(), (name, module))
        });
        Self {
            names: named.collect(),
        }
    }

    pub(crate) fn ty(&self, id: &str) -> &str {
        self.names.get(id).map_or("Unknown", |(name, _)| name)
    }

    /// The type of a schema, for a module from which `room` leads to the types of all. A schema that has no name says no
    /// more than that an object was deleted: the core has one type for all of these.
    pub(crate) fn path(&self, room: &str, id: &str) -> String {
        self.names.get(id).map_or_else(
            || "stripe_core::types::Deleted".to_owned(),
            |(name, _)| format!("{room}::{name}"),
        )
    }

    pub(crate) fn module(&self, id: &str) -> &str {
        self.names.get(id).map_or("unknown", |(_, module)| module)
    }
}

fn candidates(id: &str) -> Vec<String> {
    vec![camel(id), format!("{}Object", camel(id))]
}

/// The file of one schema.
pub(crate) fn file(
    schema: &model::Schema,
    names: &SchemaNames,
    safe: &SafeFields,
    types: &mut Scope,
    table: &mut NameTable,
) -> File {
    let name = names.ty(&schema.id).to_owned();
    let path = |id: &str| names.path("super", id);
    let identity = format!("schema {}", plain(&schema.id));
    let mut module = Module {
        identity,
        scope: types,
        table,
        schema: &path,
        shared: BTreeMap::new(),
        values: BTreeMap::new(),
        items: Vec::new(),
    };
    let at = At {
        path: &[],
        docs: &schema.docs,
        prefix: &name,
    };
    if let Type::Object(_) = schema.ty {
        let mut lists = Vec::new();
        value_list::positions(&schema.ty, at.path, at.docs, &mut lists);
        module.share(&lists, at.prefix);
    }
    let item = own_item(&mut module, schema, safe, at);
    let mut items = vec![item];
    if schema.has_id {
        let kind = format!("crate::id::kind::{name}");
        let object = name.clone();
        items.push(Item::Expand { kind, object });
    }
    items.extend(
        schema
            .attached
            .clone()
            .map(|tag| Item::Attached { name, tag }),
    );
    module.items.sort_by(|(a, _), (b, _)| a.cmp(b));
    items.extend(module.items.into_iter().map(|(_, item)| item));
    let file = names.module(&schema.id);
    File {
        path: format!("src/schema/{file}.rs"),
        source: format!("`{}`", schema.id),
        docs: vec![],
        items,
    }
}

/// The item that has the name of the schema.
fn own_item(
    module: &mut Module<'_>,
    schema: &model::Schema,
    safe: &SafeFields,
    at: At<'_>,
) -> Item {
    let name = at.prefix.to_owned();
    let docs = schema.docs.clone();
    let answers = Answers {
        safe,
        schema: &schema.id,
    };
    match &schema.ty {
        Type::Object(object) => answers.declare(module, name, object, at),
        Type::Union(arms) => module.union_item(name, docs, arms),
        Type::Enum(values) => Item::Enum(Enum {
            name,
            docs,
            values: constants(values),
        }),
        other => {
            let path = ["value".to_owned()];
            let ty = module.ty(&answers, other, At { path: &path, ..at });
            Item::Alias { name, docs, ty }
        }
    }
}

/// Objects of answers.
pub(crate) struct Answers<'a> {
    pub(crate) safe: &'a SafeFields,
    /// The schema that they are part of; empty where they are the answer of a call.
    pub(crate) schema: &'a str,
}

impl Objects for Answers<'_> {
    const ANSWERS: bool = true;

    fn declare(
        &self,
        module: &mut Module<'_>,
        name: String,
        object: &model::Object,
        at: At<'_>,
    ) -> Item {
        let mut scope = Scope::with(&["extra"]);
        let mut fields = Vec::new();
        for field in &object.fields {
            let path = [at.path, std::slice::from_ref(&field.wire)].concat();
            let inner = module.ty(
                self,
                &field.ty,
                At {
                    path: &path,
                    docs: &field.docs,
                    ..at
                },
            );
            let name = snake(&field.wire);
            let name = scope.take(&[name.clone(), format!("{name}_")]);
            fields.push(Field {
                wire: (name != field.wire).then(|| field.wire.clone()),
                name,
                docs: documented(field),
                ty: answer(field, inner),
                shown: holds_text(&field.ty) && self.safe.is_safe(self.schema, &field.wire),
            });
        }
        Item::Object(Object {
            name,
            docs: object.docs.clone(),
            fields,
        })
    }
}

/// An optional object is always boxed, so that a new edge elsewhere never changes a public field.
fn answer(field: &model::Field, inner: Ty) -> Ty {
    let optional = field.nullable || !field.required;
    match (optional, is_object(&field.ty)) {
        (true, true) => Ty::of("Option", Ty::of("Box", inner)),
        (true, false) => Ty::of("Option", inner),
        // A required object inside itself could not be sent either, but the type has to have a size.
        (false, true) => Ty::of("Box", inner),
        (false, false) => inner,
    }
}

const fn is_object(ty: &Type) -> bool {
    matches!(
        ty,
        Type::Object(_)
            | Type::Schema(_)
            | Type::Union(_)
            | Type::MaybeDeleted(..)
            | Type::Core(_)
            | Type::Choice(_)
    )
}

fn holds_text(ty: &Type) -> bool {
    match ty {
        Type::Text => true,
        Type::List(inner) | Type::Nullable(inner) => holds_text(inner),
        _ => false,
    }
}

/// The text of a field, with what the document marks.
pub(crate) fn documented(field: &model::Field) -> String {
    if field.deprecated {
        format!("Deprecated. {}", field.docs)
    } else {
        field.docs.clone()
    }
}
