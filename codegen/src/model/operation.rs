//! Operations: where each is called, what it takes and what it answers.

use openapiv3::{Operation as OpenOperation, ReferenceOr, Schema, SchemaKind};

use super::call_path::CallPath;
use super::host::{self, Host};
use super::lower::{Lower, Side};
use super::overrides::Overrides;
use super::schema::Schemas;
use super::shape::{Free, Object, Type};
use super::{naming, request};
use crate::diagnostic::Diagnostics;
use crate::spec::{self, Document};

/// How a request carries its parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Body {
    None,
    Form,
    Json,
    Multipart,
}

#[derive(Clone, Debug)]
pub(crate) struct Operation {
    /// In lower case.
    pub(crate) method: &'static str,
    pub(crate) path: String,
    /// Where it is called; the official SDKs have some operations in two places.
    pub(crate) calls: Vec<CallPath>,
    pub(crate) docs: String,
    /// The names in the path, in order.
    pub(crate) ids: Vec<String>,
    pub(crate) params: Object,
    pub(crate) result: Type,
    pub(crate) host: Host,
    pub(crate) body: Body,
    pub(crate) legacy: bool,
    pub(crate) deprecated: bool,
}

/// All operations of the document.
pub(crate) fn lower(
    document: &Document,
    schemas: &Schemas<'_>,
    overrides: &Overrides,
    pinned: bool,
    diagnostics: &mut Diagnostics,
) -> Vec<Operation> {
    let mut operations: Vec<Operation> = Vec::new();
    for operation in document.operations() {
        match operation.method {
            "get" | "post" | "delete" => {
                operations.push(one(document, &operation, schemas, diagnostics));
            }
            method => diagnostics.error(
                &operation.pointer,
                format!("Stripe's API has no {method} operations"),
                "check that this is Stripe's document; if it is, teach codegen/src/model/operation.rs the method",
            ),
        }
    }
    naming::name(&mut operations, overrides, pinned, diagnostics);
    clear_in_updates(&mut operations);
    operations
}

fn one(
    document: &Document,
    operation: &spec::Operation<'_>,
    schemas: &Schemas<'_>,
    diagnostics: &mut Diagnostics,
) -> Operation {
    let at = &operation.pointer;
    let mut complaints = Diagnostics::default();
    let ((body, params), result) = schemas.room.within(at, diagnostics, || {
        (
            request::params(operation, schemas, &mut complaints),
            result(operation.operation, schemas),
        )
    });
    diagnostics.extend(complaints);
    Operation {
        method: operation.method,
        path: operation.path.to_owned(),
        calls: Vec::new(),
        docs: docs(operation.operation),
        ids: ids(operation.path),
        params,
        result,
        host: host::of(document, operation, diagnostics),
        body,
        legacy: false,
        deprecated: operation.operation.deprecated,
    }
}

fn docs(operation: &OpenOperation) -> String {
    operation
        .description
        .clone()
        .filter(|it| !it.is_empty())
        .or_else(|| operation.summary.clone())
        .unwrap_or_default()
}

fn ids(path: &str) -> Vec<String> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('}')?.0.to_owned()))
        .collect()
}

/// In v2, every optional field of the body of an update can be cleared with `null`; the document does not mark them.
fn clear_in_updates(operations: &mut [Operation]) {
    let is_update =
        |operation: &Operation| operation.calls.iter().any(|call| call.method == "update");
    for operation in operations
        .iter_mut()
        .filter(|it| it.body == Body::Json && is_update(it))
    {
        clearable(&mut operation.params);
    }
}

fn clearable(object: &mut Object) {
    for field in &mut object.fields {
        field.clearable |= !field.required;
        inside(&mut field.ty);
    }
}

fn inside(ty: &mut Type) {
    match ty {
        Type::Object(object) => clearable(object),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => inside(inner),
        Type::Choice(arms) => arms.iter_mut().for_each(inside),
        _ => {}
    }
}

fn result(operation: &OpenOperation, schemas: &Schemas<'_>) -> Type {
    let success = operation
        .responses
        .responses
        .iter()
        .find(|(code, _)| code.to_string().starts_with('2'));
    let content = success
        .and_then(|(_, response)| response.as_item())
        .map(|response| &response.content);
    let Some((kind, media)) = content.and_then(|content| content.first()) else {
        return Type::Json(Free::Untyped);
    };
    if !kind.contains("json") {
        return Type::Binary;
    }
    let lower = Lower::new(schemas, Side::Answer);
    let any = any();
    match lower.position("", media.schema.as_ref().unwrap_or(&any)).ty {
        // An object that says nothing, as the answer to a request that only sends.
        Type::Object(object) if object.fields.is_empty() => Type::Json(Free::Object),
        ty => ty,
    }
}

/// What a media type without a schema holds.
pub(super) fn any() -> ReferenceOr<Schema> {
    ReferenceOr::Item(Schema {
        schema_data: Default::default(),
        schema_kind: SchemaKind::Any(Default::default()),
    })
}
