//! From the bytes of a body to a tree of values, by content type. What the tree should look like is judged in `check`.

pub(crate) mod form;
mod json;
mod multipart;
mod receive;

use serde_json::{Map, Value};

use crate::document::Media;
use crate::fault::Fault;

pub(crate) use multipart::{as_file, file_of};
pub(crate) use receive::{Received, receive};

/// Decodes a body that an operation takes in this form. No body at all is an empty object.
pub(crate) fn decode(
    media: Media,
    content_type: Option<&str>,
    bytes: &[u8],
) -> Result<Value, Fault> {
    if bytes.is_empty() {
        return Ok(Value::Object(Map::new()));
    }
    let given = content_type.unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case(media.name()) {
        return Err(Fault::invalid(format!(
            "Invalid request (check that your POST content type is {}).",
            media.name()
        )));
    }
    match media {
        Media::Form => form::decode(bytes),
        Media::Json => json::decode(bytes),
        Media::Multipart => multipart::decode(given, bytes),
    }
}
