//! Stage 1: an OpenAPI 3.0 document from bytes, checked and typed.
//!
//! It knows OpenAPI and nothing of Stripe. `openapiv3` neither locates nor checks what it reads, so the raw value is
//! walked first, with a JSON pointer for every complaint, and only then converted. The result does not depend on the
//! format of the file (JSON or YAML) nor on the order of its keys.

use std::borrow::{Borrow, Cow};

use openapiv3::{OpenAPI, Parameter, PathItem, ReferenceOr, Schema};

use crate::diagnostic::{Diagnostics, Pointer};

mod alias;
mod check;
mod convert;
mod grammar;
mod load;
mod operation;
mod pattern;
mod schema;
mod security;
#[cfg(test)]
mod tests;

pub use pattern::{Pattern, Piece};

/// A checked document: every reference resolves, nothing is nested deeper than 64, no alias leads back to itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The version of the API that is described (`info.version`).
    pub version: String,
    /// The whole document, all keys sorted.
    pub api: OpenAPI,
    /// What is odd without being wrong.
    pub warnings: Diagnostics,
}

/// One operation and where it stands.
#[derive(Clone, Debug)]
pub struct Operation<'a> {
    /// In lower case, as in the document.
    pub method: &'static str,
    /// With its template parameters in braces.
    pub path: &'a str,
    /// What all operations of the path share.
    pub item: &'a PathItem,
    /// The operation itself.
    pub operation: &'a openapiv3::Operation,
    /// The place of the operation in the document.
    pub pointer: Pointer,
}

/// Reads a document; `name` is what the user calls the file.
///
/// # Errors
///
/// Everything that is wrong with it, each with its place.
pub fn parse(name: &str, bytes: &[u8]) -> Result<Document, Diagnostics> {
    let raw = load::load(name, bytes)?;
    let mut diagnostics = check::check(name, &raw);
    if diagnostics.is_fatal() {
        return Err(diagnostics);
    }
    match convert::convert(raw, &mut diagnostics) {
        Some(api) => Ok(Document {
            version: api.info.version.clone(),
            api,
            warnings: diagnostics,
        }),
        None => Err(diagnostics),
    }
}

/// The name of the component schema that a `$ref` points to.
#[must_use]
pub fn schema_id(reference: &str) -> Option<Cow<'_, str>> {
    schema::id(reference)
}

impl Document {
    /// The component schemas by name, sorted; a schema that is only a reference to another is given as its target.
    pub fn schemas(&self) -> impl Iterator<Item = (&str, &Schema)> {
        let schemas = self
            .api
            .components
            .iter()
            .flat_map(|components| &components.schemas);
        schemas.filter_map(|(id, schema)| Some((id.as_str(), self.resolve(schema)?)))
    }

    /// The component schema of this name.
    #[must_use]
    pub fn schema(&self, id: &str) -> Option<&Schema> {
        self.resolve(self.api.components.as_ref()?.schemas.get(id)?)
    }

    /// The schema behind a reference, or the schema itself. `None` does not happen for a schema of this document.
    pub fn resolve<'a, S: Borrow<Schema>>(
        &'a self,
        schema: &'a ReferenceOr<S>,
    ) -> Option<&'a Schema> {
        let mut reference = match schema {
            ReferenceOr::Item(schema) => return Some(schema.borrow()),
            ReferenceOr::Reference { reference } => reference,
        };
        let schemas = &self.api.components.as_ref()?.schemas;
        // Bounded, so that a value that did not come from this document cannot make it hang either.
        for _ in 0..=schemas.len() {
            match schemas.get(schema_id(reference)?.as_ref())? {
                ReferenceOr::Item(schema) => return Some(schema),
                ReferenceOr::Reference { reference: next } => reference = next,
            }
        }
        None
    }

    /// All operations, sorted by path, then by method.
    pub fn operations(&self) -> impl Iterator<Item = Operation<'_>> {
        let at = Pointer::root().key("paths");
        let items = self
            .api
            .paths
            .paths
            .iter()
            .filter_map(|(path, item)| Some((path.as_str(), item.as_item()?)));
        items.flat_map(move |(path, item)| {
            let at = at.key(path);
            operation::METHODS.into_iter().filter_map(move |method| {
                let operation = by_method(item, method)?;
                Some(Operation {
                    method,
                    path,
                    item,
                    operation,
                    pointer: at.key(method),
                })
            })
        })
    }
}

impl<'a> Operation<'a> {
    /// The parameters of the operation and those that it shares with its path, in the order of the document.
    pub fn parameters(&self) -> impl Iterator<Item = &'a Parameter> + use<'a> {
        let own = &self.operation.parameters;
        let shared = self.item.parameters.iter().filter_map(ReferenceOr::as_item);
        let shared = shared.filter(|shared| {
            !own.iter()
                .filter_map(ReferenceOr::as_item)
                .any(|own| same(own, shared))
        });
        shared.chain(own.iter().filter_map(ReferenceOr::as_item))
    }
}

/// Whether two parameters have the same name and place, so that one replaces the other.
fn same(one: &Parameter, other: &Parameter) -> bool {
    std::mem::discriminant(one) == std::mem::discriminant(other)
        && one.parameter_data_ref().name == other.parameter_data_ref().name
}

fn by_method<'a>(item: &'a PathItem, method: &str) -> Option<&'a openapiv3::Operation> {
    let operation = match method {
        "delete" => &item.delete,
        "get" => &item.get,
        "head" => &item.head,
        "options" => &item.options,
        "patch" => &item.patch,
        "post" => &item.post,
        "put" => &item.put,
        _ => &item.trace,
    };
    operation.as_ref()
}
