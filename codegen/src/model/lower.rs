//! From an OpenAPI schema to a [`Type`]: where the document's quirks die.
//!
//! Stripe writes "may be null" as `anyOf` of one, "can be cleared" as `enum: [""]`, an expandable field as a string or
//! references, and a page as an inline object. Which schemas are emitted at all is decided in [`super::schema`].

use openapiv3::{
    AdditionalProperties, ArrayType, IntegerFormat, ObjectType, ReferenceOr, Schema, SchemaData,
    SchemaKind, StringFormat, StringType, Type as OpenType, VariantOrUnknownOrEmpty as Format,
};

use super::any_of;
use super::page;
use super::rule::{self, Rule};
use super::schema::{Class, Schemas};
use super::shape::{Field, Free, Object, Type};
use crate::spec::schema_id;

/// Stripe's mark for lists of values that are not complete.
const BYPASS: &str = "x-stripeBypassValidation";

/// Answers and requests use the same keywords for different things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Answer,
    Request,
}

/// A type, and what the document says of the position that has it.
#[derive(Clone, Debug)]
pub(crate) struct Lowered {
    pub(crate) ty: Type,
    pub(crate) nullable: bool,
    pub(crate) clearable: bool,
    /// Whether the position has no value at all and can only be cleared: `enum: [""]` by itself.
    pub(crate) only_clears: bool,
    pub(crate) max: u32,
    pub(crate) rules: Vec<Rule>,
    /// Whether values that are not listed are accepted.
    pub(crate) open: bool,
}

impl From<Type> for Lowered {
    fn from(ty: Type) -> Self {
        Self {
            ty,
            nullable: false,
            clearable: false,
            only_clears: false,
            max: 0,
            rules: Vec::new(),
            open: false,
        }
    }
}

/// Lowers schemas, knowing what each component schema is.
#[derive(Clone, Copy)]
pub(crate) struct Lower<'a> {
    pub(crate) schemas: &'a Schemas<'a>,
    pub(crate) side: Side,
    /// What is being written out around here.
    inside: Option<&'a Inside<'a>>,
}

/// A component schema that is being written out in place, and what that is inside of.
#[derive(Clone, Copy)]
struct Inside<'a> {
    id: &'a str,
    outer: Option<&'a Self>,
}

impl<'a> Lower<'a> {
    pub(crate) const fn new(schemas: &'a Schemas<'a>, side: Side) -> Self {
        Self {
            schemas,
            side,
            inside: None,
        }
    }

    /// The type of a property, parameter, item or entry; `name` is the property it belongs to.
    pub(crate) fn position(&self, name: &str, schema: &ReferenceOr<Schema>) -> Lowered {
        match schema {
            ReferenceOr::Item(schema) => self.schema(name, schema),
            ReferenceOr::Reference { reference } => match schema_id(reference) {
                Some(id) => self.reference(name, &id),
                None => Type::Json(Free::Untyped).into(),
            },
        }
    }

    fn boxed(&self, name: &str, schema: &ReferenceOr<Box<Schema>>) -> Lowered {
        match schema {
            ReferenceOr::Item(schema) => self.schema(name, schema),
            ReferenceOr::Reference { reference } => self.position(
                name,
                &ReferenceOr::Reference {
                    reference: reference.clone(),
                },
            ),
        }
    }

    pub(crate) fn reference(&self, name: &str, id: &str) -> Lowered {
        if self.side == Side::Request {
            return self.in_place(name, id);
        }
        match self.schemas.class(id) {
            Class::Emitted => Type::Schema(id.to_owned()).into(),
            Class::Core(ty) => Type::Core(ty.clone()).into(),
            Class::Deleted => Type::Deleted.into(),
            Class::InPlace | Class::Error => self.in_place(name, id),
        }
    }

    fn in_place(&self, name: &str, id: &str) -> Lowered {
        self.written_out(name, id)
            .unwrap_or_else(|| Type::Json(Free::Recursive).into())
    }

    /// A component schema in the place of the reference to it; nothing inside itself, which would go on for ever.
    pub(crate) fn written_out(&self, name: &str, id: &str) -> Option<Lowered> {
        let outer = self.inside;
        if std::iter::successors(outer, |it| it.outer).any(|it| it.id == id) {
            return None;
        }
        let inner = Lower {
            schemas: self.schemas,
            side: self.side,
            inside: Some(&Inside { id, outer }),
        };
        Some(inner.schema(name, self.schemas.get(id)?))
    }

    pub(crate) fn schema(&self, name: &str, schema: &Schema) -> Lowered {
        if !self.schemas.room.take() {
            return Type::Json(Free::Untyped).into();
        }
        let data = &schema.schema_data;
        let mut lowered = match &schema.schema_kind {
            SchemaKind::Type(ty) => self.typed(name, ty, data),
            SchemaKind::AnyOf { any_of: arms } | SchemaKind::OneOf { one_of: arms } => {
                any_of::lower(self, name, arms, data)
            }
            SchemaKind::AllOf { all_of } => any_of::all(self, name, all_of),
            SchemaKind::Any(any) if !any.properties.is_empty() => {
                Type::Object(self.fields(&any.properties, &any.required, data)).into()
            }
            SchemaKind::Any(_) | SchemaKind::Not { .. } => Type::Json(Free::Untyped).into(),
        };
        lowered.nullable |= data.nullable;
        lowered.open |= data.extensions.get(BYPASS) == Some(&serde_json::Value::Bool(true));
        lowered
    }

    fn typed(&self, name: &str, ty: &OpenType, data: &SchemaData) -> Lowered {
        match ty {
            OpenType::String(string) => self.string(name, string),
            OpenType::Integer(integer) => match &integer.format {
                Format::Unknown(format) if format == "unix-time" => Type::Timestamp.into(),
                Format::Item(IntegerFormat::Int32 | IntegerFormat::Int64)
                | Format::Unknown(_)
                | Format::Empty => Lowered {
                    rules: rule::of_integer(integer),
                    ..Type::Integer.into()
                },
            },
            OpenType::Number(number) => Lowered {
                rules: rule::of_number(number),
                ..Type::Number.into()
            },
            OpenType::Boolean(_) => Type::Bool.into(),
            OpenType::Array(array) => self.array(name, array),
            OpenType::Object(object) => self.object(object, data),
        }
    }

    fn string(&self, name: &str, string: &StringType) -> Lowered {
        let values: Vec<&String> = string.enumeration.iter().flatten().collect();
        if !values.is_empty() {
            return self.enumeration(name, &values);
        }
        let ty = match &string.format {
            Format::Item(StringFormat::DateTime) => Type::DateTime,
            Format::Item(StringFormat::Binary) if self.side == Side::Request => Type::File,
            Format::Item(StringFormat::Binary) => Type::Binary,
            Format::Unknown(format) => match format.as_str() {
                "decimal" => Type::Decimal,
                "int64" => Type::Int64,
                "currency" => Type::Currency,
                "unix-time" => Type::Timestamp,
                _ => Type::Text,
            },
            _ => Type::Text,
        };
        let max = string
            .max_length
            .and_then(|max| u32::try_from(max).ok())
            .unwrap_or(0);
        Lowered {
            max,
            rules: rule::of_text(string),
            ..ty.into()
        }
    }

    fn enumeration(&self, name: &str, values: &[&String]) -> Lowered {
        let clearable = values.iter().any(|value| value.is_empty());
        let mut values: Vec<String> = values
            .iter()
            .filter(|it| !it.is_empty())
            .map(|it| (*it).clone())
            .collect();
        values.sort();
        values.dedup();
        let none = values.is_empty();
        let ty = match values.len() {
            // `enum: [""]` alone: a position that can only be cleared.
            0 => Type::Text,
            1 if name == "object" && self.side == Side::Answer => Type::Tag,
            _ => Type::Enum(values),
        };
        Lowered {
            only_clears: none,
            clearable: clearable && self.side == Side::Request,
            ..ty.into()
        }
    }

    fn array(&self, name: &str, array: &ArrayType) -> Lowered {
        let Some(items) = &array.items else {
            return Type::List(Box::new(Type::Json(Free::Untyped))).into();
        };
        let item = self.boxed(name, items);
        let rules = [item.rules.clone(), rule::of_list(array)].concat();
        Lowered {
            max: item.max,
            open: item.open,
            rules,
            ..Type::List(Box::new(nullable(item))).into()
        }
    }

    fn object(&self, object: &ObjectType, data: &SchemaData) -> Lowered {
        if self.side == Side::Answer {
            if let Some(page) = page::of(self, object) {
                return page.into();
            }
        }
        match &object.additional_properties {
            Some(AdditionalProperties::Schema(entry)) if object.properties.is_empty() => {
                self.map(entry)
            }
            Some(AdditionalProperties::Any(true)) if object.properties.is_empty() => {
                Type::Json(Free::Object).into()
            }
            None if object.properties.is_empty() && !self.said_empty(data) => {
                Type::Json(Free::Object).into()
            }
            _ => Type::Object(self.fields(&object.properties, &object.required, data)).into(),
        }
    }

    /// Whether the document spells out that there is no property, as it does for objects that may get some later.
    ///
    /// `openapiv3` reads `properties: {}` and no `properties` alike; in answers Stripe marks the former with
    /// `x-expandableFields`, and requests have only that kind.
    fn said_empty(&self, data: &SchemaData) -> bool {
        self.side == Side::Request || data.extensions.contains_key("x-expandableFields")
    }

    /// As of a list, what is said of an entry is said of all of them.
    fn map(&self, entry: &ReferenceOr<Schema>) -> Lowered {
        let entry = self.position("", entry);
        Lowered {
            max: entry.max,
            rules: entry.rules.clone(),
            open: entry.open,
            ..Type::Map(Box::new(nullable(entry))).into()
        }
    }

    pub(crate) fn fields<'s>(
        &self,
        properties: impl IntoIterator<Item = (&'s String, &'s ReferenceOr<Box<Schema>>)>,
        required: &[String],
        data: &SchemaData,
    ) -> Object {
        let fields = properties
            .into_iter()
            .map(|(wire, schema)| self.field(wire, schema, required.contains(wire)));
        let mut fields: Vec<Field> = fields.collect();
        fields.sort_by(|a, b| a.wire.cmp(&b.wire));
        Object {
            docs: data.description.clone().unwrap_or_default(),
            fields,
        }
    }

    fn field(&self, wire: &str, schema: &ReferenceOr<Box<Schema>>, required: bool) -> Field {
        let Lowered {
            ty,
            nullable,
            clearable,
            max,
            rules,
            open,
            ..
        } = self.boxed(wire, schema);
        let data = schema.as_item().map(|schema| &schema.schema_data);
        Field {
            wire: wire.to_owned(),
            docs: data
                .and_then(|data| data.description.clone())
                .unwrap_or_default(),
            ty: self.metadata(wire, ty),
            required,
            nullable,
            clearable: clearable || (nullable && self.side == Side::Request),
            max,
            rules,
            open,
            deprecated: data.is_some_and(|data| data.deprecated),
        }
    }

    /// A map of strings called `metadata`, or the metadata of something, as `invoice_metadata` is, can have single keys
    /// removed, which other maps cannot.
    pub(crate) fn metadata(&self, wire: &str, ty: Type) -> Type {
        match ty {
            Type::Map(entry)
                if self.side == Side::Request && is_metadata(wire) && is_text(&entry) =>
            {
                Type::Metadata
            }
            ty => ty,
        }
    }
}

fn is_metadata(wire: &str) -> bool {
    wire == "metadata" || wire.ends_with("_metadata")
}

/// Text, or text that may be empty or null.
fn is_text(ty: &Type) -> bool {
    match ty {
        Type::Nullable(inner) => is_text(inner),
        ty => *ty == Type::Text,
    }
}

/// An item or entry has no field to say that it may be null or cleared.
fn nullable(item: Lowered) -> Type {
    if item.nullable || item.clearable {
        Type::Nullable(Box::new(item.ty))
    } else {
        item.ty
    }
}
