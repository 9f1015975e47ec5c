//! The checked raw value to the typed structures of `openapiv3`.
//!
//! Piece by piece, so that a complaint of the conversion has a place too, and so that one piece is copied at a time.
//! Nothing is checked here: what passes the walk converts.

use openapiv3::OpenAPI;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostics, Pointer};

/// The typed document; complaints go to the collection.
pub(super) fn convert(mut document: Value, diagnostics: &mut Diagnostics) -> Option<OpenAPI> {
    let root = Pointer::root();
    let schemas = take(&mut document, &["components", "schemas"]);
    let paths = take(&mut document, &["paths"]);
    let mut api: OpenAPI = piece(document, &root, diagnostics)?;
    let at = root.key("components").key("schemas");
    let components = api.components.get_or_insert_with(Default::default);
    for (name, schema) in schemas {
        let schema = piece(schema, &at.key(&name), diagnostics)?;
        components.schemas.insert(name, schema);
    }
    let at = root.key("paths");
    for (path, item) in paths {
        if path.starts_with('/') {
            let item = piece(item, &at.key(&path), diagnostics)?;
            api.paths.paths.insert(path, item);
        } else {
            api.paths.extensions.insert(path, item);
        }
    }
    Some(api)
}

/// Takes the members out of the object there and leaves it empty.
fn take(document: &mut Value, keys: &[&str]) -> Map<String, Value> {
    let mut here = document;
    for key in keys {
        match here.get_mut(key) {
            Some(next) => here = next,
            None => return Map::new(),
        }
    }
    here.as_object_mut().map(std::mem::take).unwrap_or_default()
}

fn piece<T: DeserializeOwned>(
    value: Value,
    at: &Pointer,
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    match serde_json::from_value(value) {
        Ok(piece) => Some(piece),
        Err(error) => {
            let message = format!("this part does not convert: {error}");
            diagnostics.error(at, message, "compare it with the OpenAPI 3.0 specification");
            None
        }
    }
}
