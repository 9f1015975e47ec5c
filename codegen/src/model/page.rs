//! Recognises the three kinds of pages, which the document writes out in every place.

use openapiv3::{ObjectType, ReferenceOr, Schema, SchemaKind, StringType, Type as OpenType};

use super::lower::Lower;
use super::shape::{Page, Type};

/// The page that an object of an answer is, if it is one.
pub(crate) fn of(lower: &Lower<'_>, object: &ObjectType) -> Option<Type> {
    let kind = kind(object)?;
    let data = item(object.properties.get("data")?)?;
    let SchemaKind::Type(OpenType::Array(array)) = &data.schema_kind else {
        return None;
    };
    let items = array.items.as_ref()?;
    let lowered = match items {
        ReferenceOr::Item(schema) => lower.schema("data", schema),
        ReferenceOr::Reference { reference } => lower.position(
            "data",
            &ReferenceOr::Reference {
                reference: reference.clone(),
            },
        ),
    };
    Some(Type::Page(kind, Box::new(lowered.ty)))
}

fn kind(object: &ObjectType) -> Option<Page> {
    let has = |name: &str| object.properties.contains_key(name);
    if has("next_page_url") {
        return Some(Page::V2);
    }
    match tag(object)? {
        "list" if has("has_more") && has("url") => Some(Page::List),
        "search_result" if has("has_more") => Some(Page::Search),
        _ => None,
    }
}

/// The one value of the `object` property.
pub(crate) fn tag(object: &ObjectType) -> Option<&str> {
    let SchemaKind::Type(OpenType::String(StringType { enumeration, .. })) =
        &item(object.properties.get("object")?)?.schema_kind
    else {
        return None;
    };
    match enumeration.as_slice() {
        [Some(only)] => Some(only),
        _ => None,
    }
}

fn item(schema: &ReferenceOr<Box<Schema>>) -> Option<&Schema> {
    schema.as_item().map(|schema| &**schema)
}
