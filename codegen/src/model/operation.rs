//! Operations: where each is called, what it takes and what it answers.

use openapiv3::{
    MediaType, Operation as OpenOperation, ParameterSchemaOrContent, ReferenceOr, Schema,
    SchemaKind,
};

use super::call_path::{self, CallPath, Method, PathIndex, Returns};
use super::lower::{Lower, Lowered, Side};
use super::overrides::Overrides;
use super::schema::Schemas;
use super::shape::{Field, Free, Object, Page, Type};
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
    /// The server, where it is not the usual one.
    pub(crate) server: Option<String>,
    pub(crate) body: Body,
    pub(crate) legacy: bool,
    pub(crate) deprecated: bool,
}

/// All operations of the document.
pub(crate) fn lower(
    document: &Document,
    schemas: &Schemas<'_>,
    overrides: &Overrides,
    diagnostics: &mut Diagnostics,
) -> Vec<Operation> {
    let mut operations: Vec<Operation> = Vec::new();
    for operation in document.operations() {
        match operation.method {
            "get" | "post" | "delete" => operations.push(
                schemas
                    .room
                    .within(&operation.pointer, diagnostics, || one(&operation, schemas)),
            ),
            method => diagnostics.error(
                &operation.pointer,
                format!("Stripe's API has no {method} operations"),
                "check that this is Stripe's document; if it is, teach codegen/src/model/operation.rs the method",
            ),
        }
    }
    name(&mut operations, overrides);
    clear_in_updates(&mut operations);
    operations
}

fn one(operation: &spec::Operation<'_>, schemas: &Schemas<'_>) -> Operation {
    let (body, params) = params(operation, schemas);
    Operation {
        method: operation.method,
        path: operation.path.to_owned(),
        calls: Vec::new(),
        docs: docs(operation.operation),
        ids: ids(operation.path),
        params,
        result: result(operation.operation, schemas),
        server: operation
            .operation
            .servers
            .first()
            .map(|server| server.url.clone()),
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

/// Gives each operation its calls: those of the overrides, else by rule; then settles names that meet.
fn name(operations: &mut [Operation], overrides: &Overrides) {
    let plain = |operation: &Operation| {
        (
            operation.method,
            operation.path.clone(),
            returns(&operation.result),
        )
    };
    let facts: Vec<_> = operations.iter().map(plain).collect();
    let facts: Vec<call_path::Operation<'_>> = facts
        .iter()
        .map(|(method, path, returns)| call_path::Operation {
            method: match *method {
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
        })
        .collect();
    let index = PathIndex::new(facts.iter().copied());
    let mut fixed: Vec<CallPath> = Vec::new();
    let mut by_rule = Vec::new();
    let mut places = Vec::new();
    for (place, (operation, fact)) in operations.iter_mut().zip(&facts).enumerate() {
        operation.legacy = overrides.is_legacy(operation.method, &operation.path);
        match overrides.calls(operation.method, &operation.path) {
            Some(calls) => {
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

fn any() -> ReferenceOr<Schema> {
    ReferenceOr::Item(Schema {
        schema_data: Default::default(),
        schema_kind: SchemaKind::Any(Default::default()),
    })
}

/// Query parameters and body properties, which Stripe never mixes in meaning, as one object.
fn params(operation: &spec::Operation<'_>, schemas: &Schemas<'_>) -> (Body, Object) {
    let lower = Lower::new(schemas, Side::Request);
    let any = any();
    let mut object = Object::default();
    let mut body = Body::None;
    if let Some((kind, media)) = content(operation.operation) {
        body = match kind {
            "application/json" => Body::Json,
            "multipart/form-data" => Body::Multipart,
            _ => Body::Form,
        };
        if let Type::Object(read) = lower.position("", media.schema.as_ref().unwrap_or(&any)).ty {
            object = read;
        }
    }
    // Stripe's document states an empty body for most GETs.
    if operation.method == "get" {
        body = Body::None;
    }
    for parameter in operation.parameters() {
        if let openapiv3::Parameter::Query { parameter_data, .. } = parameter {
            object
                .fields
                .retain(|field| field.wire != parameter_data.name);
            object.fields.push(query(&lower, parameter_data));
        }
    }
    // `expand` is offered on every request, not as a parameter of some.
    object.fields.retain(|field| field.wire != "expand");
    object.fields.sort_by(|a, b| a.wire.cmp(&b.wire));
    (body, object)
}

fn content(operation: &OpenOperation) -> Option<(&str, &MediaType)> {
    let body = operation.request_body.as_ref()?.as_item()?;
    body.content
        .first()
        .map(|(kind, media)| (kind.as_str(), media))
}

fn query(lower: &Lower<'_>, data: &openapiv3::ParameterData) -> Field {
    let Lowered {
        ty,
        nullable,
        clearable,
        max,
    } = match &data.format {
        ParameterSchemaOrContent::Schema(schema) => lower.position(&data.name, schema),
        ParameterSchemaOrContent::Content(_) => Type::Text.into(),
    };
    Field {
        wire: data.name.clone(),
        docs: data.description.clone().unwrap_or_default(),
        ty: lower.metadata(&data.name, ty),
        required: data.required,
        nullable,
        clearable,
        max,
        deprecated: data.deprecated.unwrap_or(false),
    }
}
