//! What an operation takes: its query parameters and the properties of its body.

use openapiv3::{MediaType, Operation as OpenOperation, ParameterSchemaOrContent};

use super::lower::{Lower, Lowered, Side};
use super::operation::{Body, any};
use super::schema::Schemas;
use super::shape::{Field, Object, Type};
use crate::diagnostic::Diagnostics;
use crate::spec;

/// Query parameters and body properties, which Stripe never mixes in meaning, as one object.
pub(crate) fn params(
    operation: &spec::Operation<'_>,
    schemas: &Schemas<'_>,
    diagnostics: &mut Diagnostics,
) -> (Body, Object) {
    let lower = Lower::new(schemas, Side::Request);
    let mut object = body_fields(operation, &lower, diagnostics);
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
    (body(operation), object)
}

/// How the parameters travel. Stripe's document states an empty body for most GETs, and none for a POST without
/// parameters, which is sent all the same.
fn body(operation: &spec::Operation<'_>) -> Body {
    if operation.method != "post" {
        return Body::None;
    }
    match content(operation.operation).map(|(kind, _)| kind) {
        Some("application/json") => Body::Json,
        Some("multipart/form-data") => Body::Multipart,
        None if operation.path.starts_with("/v2/") => Body::Json,
        _ => Body::Form,
    }
}

fn body_fields(
    operation: &spec::Operation<'_>,
    lower: &Lower<'_>,
    diagnostics: &mut Diagnostics,
) -> Object {
    let Some((_, media)) = content(operation.operation) else {
        return Object::default();
    };
    let any = any();
    match lower.position("", media.schema.as_ref().unwrap_or(&any)).ty {
        Type::Object(object) => object,
        _ => {
            diagnostics.error(
                &operation.pointer.key("requestBody"),
                "the body is not an object with properties",
                "check that this is Stripe's document; if it is, teach codegen/src/model/request.rs such bodies",
            );
            Object::default()
        }
    }
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
        rules,
        open,
        ..
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
        rules,
        open,
        deprecated: data.deprecated.unwrap_or(false),
    }
}
