//! Types in words, as Stripe's documentation has them. Not how they are spelled in Rust.

use crate::model::{Page, Type};

/// A type in a few words.
pub(super) fn ty(ty: &Type) -> String {
    match ty {
        Type::List(item) => format!("list of {}", self::ty(item)),
        Type::Map(entry) => format!("map of {}", self::ty(entry)),
        Type::Nullable(inner) => format!("{} or null", self::ty(inner)),
        Type::Page(kind, item) => format!("{} of {}", page(*kind), self::ty(item)),
        Type::Id(schema) => format!("id of {schema}"),
        Type::Schema(id) => id.clone(),
        Type::Core(name) => format!("{name} of the core"),
        Type::MaybeDeleted(inner, _) => format!("{} or what is left of it", self::ty(inner)),
        Type::Expandable(_, targets) => format!("expandable {}", targets.join(" or ")),
        Type::Enum(values) => format!("one of {} values", values.len()),
        Type::Union(arms) => {
            let names: Vec<&str> = arms.iter().map(|arm| arm.schema.as_str()).collect();
            names.join(" or ")
        }
        Type::Choice(arms) => arms.iter().map(self::ty).collect::<Vec<_>>().join(" or "),
        plain => kind(plain).to_owned(),
    }
}

/// The kind of a type, in one word or two.
pub(super) const fn kind(ty: &Type) -> &'static str {
    match ty {
        Type::Bool => "boolean",
        Type::Integer => "integer",
        Type::Number => "number",
        Type::Text => "string",
        Type::Timestamp => "timestamp",
        Type::DateTime => "date and time",
        Type::Decimal => "decimal",
        Type::Int64 => "integer in a string",
        Type::Currency => "currency",
        Type::File => "file",
        Type::Binary => "bytes",
        Type::Tag => "type tag",
        Type::Range => "range",
        Type::Metadata => "metadata",
        Type::Id(_) | Type::AnyId => "id",
        Type::Json(_) => "free JSON",
        Type::Schema(_) => "schema",
        Type::Core(_) => "core type",
        Type::Deleted => "deleted object",
        Type::MaybeDeleted(..) => "object or deleted",
        Type::Expandable(..) => "expandable",
        Type::List(_) => "list",
        Type::Map(_) => "map",
        Type::Page(..) => "page",
        Type::Nullable(_) => "nullable",
        Type::Enum(_) => "values",
        Type::Object(_) => "object",
        Type::Union(_) => "union",
        Type::Choice(_) => "choice",
    }
}

const fn page(kind: Page) -> &'static str {
    match kind {
        Page::List => "page",
        Page::Search => "search page",
        Page::V2 => "v2 page",
    }
}

/// The most characters of a text.
pub(super) fn limit(max: u32) -> String {
    match max {
        0 => "no limit".to_owned(),
        max => format!("{max} characters"),
    }
}
