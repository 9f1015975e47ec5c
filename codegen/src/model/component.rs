//! Every component schema as a shape, also those that get no type of their own: what two documents are compared by.
//!
//! What is emitted, and as what, is not decided here; that is [`super::schema`].

use super::lower::{Lower, Side};
use super::overrides::Overrides;
use super::schema::Schemas;
use super::shape::Type;
use super::{Api, any_of};
use crate::diagnostic::{Diagnostics, Pointer};
use crate::spec::Document;

/// A component schema, whatever became of it.
#[derive(Debug)]
pub(crate) struct Component {
    pub(crate) id: String,
    pub(crate) docs: String,
    pub(crate) ty: Type,
    pub(crate) deprecated: bool,
}

/// All component schemas of the document that the API was made from, sorted by id.
pub(crate) fn components(
    document: &Document,
    overrides: &Overrides,
    api: &Api,
    diagnostics: &mut Diagnostics,
) -> Vec<Component> {
    let schemas = Schemas::new(document, overrides);
    let lower = Lower::new(&schemas, Side::Answer);
    let at = Pointer::root().key("components").key("schemas");
    let all = schemas.iter().map(|(id, schema, _)| {
        let place = api.schemas.binary_search_by(|it| it.id.as_str().cmp(id));
        let emitted = place.ok().and_then(|place| api.schemas.get(place));
        let mut written_out = || {
            let work = || lower.schema("", schema).ty;
            any_of::named_union(&lower, id)
                .unwrap_or_else(|| schemas.room.within(&at.key(id), diagnostics, work))
        };
        let ty = emitted.map_or_else(&mut written_out, |it| it.ty.clone());
        Component {
            id: id.to_owned(),
            docs: schema.schema_data.description.clone().unwrap_or_default(),
            ty,
            deprecated: schema.schema_data.deprecated,
        }
    });
    all.collect()
}
