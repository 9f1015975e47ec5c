//! JSON bodies. serde_json stops at a nesting of 128, so that no body can exhaust the stack.

use serde_json::Value;

use crate::fault::Fault;

/// Decodes an object.
pub(crate) fn decode(bytes: &[u8]) -> Result<Value, Fault> {
    let decoded: Value = serde_json::from_slice(bytes).map_err(|error| {
        Fault::invalid(format!(
            "Invalid request body: it is not JSON that can be read (line {}, column {}).",
            error.line(),
            error.column()
        ))
    })?;
    if !decoded.is_object() {
        return Err(Fault::invalid(
            "Invalid request body: it must be a JSON object.",
        ));
    }
    Ok(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_objects_are_bodies() {
        assert!(decode(br#"{"a": [1, null]}"#).is_ok());
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
        for bad in [
            &b"[]"[..],
            b"1",
            b"",
            b"{",
            b"{\"a\":\xff}",
            b"{} x",
            deep.as_bytes(),
        ] {
            assert_eq!(decode(bad).unwrap_err().status, 400);
        }
    }
}
