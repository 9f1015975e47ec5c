//! Multipart bodies: the parameters of an upload and its file, each a part of its own.

use std::fmt::Write;

use crate::encode::{self, Additions};
use crate::error::Error;
use crate::form::{Leaf, flatten};
use crate::idempotency::{self, Random};
use crate::types::FileUpload;
use crate::value::Object;

/// A line between parts that nobody can foresee, and that no file therefore holds.
pub(crate) fn boundary(random: &dyn Random) -> Result<String, Error> {
    let mut key = idempotency::generate(random)?;
    key.retain(|c| c != '-');
    Ok(key)
}

/// Writes the fields of `object` as parts, and after them what is added.
pub(crate) fn encode(
    object: Option<&dyn Object>,
    additions: Additions<'_>,
    boundary: &str,
) -> Result<Vec<u8>, encode::Error> {
    let mut out = Vec::new();
    flatten(object, additions, &mut |name, leaf| {
        match leaf {
            Leaf::Text(text) => push_part(boundary, name, None, text.as_bytes(), &mut out),
            Leaf::File(file) => push_part(boundary, name, Some(file), file.bytes(), &mut out),
        }
        Ok(())
    })?;
    out.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    Ok(out)
}

fn push_part(
    boundary: &str,
    name: &str,
    file: Option<&FileUpload>,
    content: &[u8],
    out: &mut Vec<u8>,
) {
    let mut head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"",
        quoted(name)
    );
    if let Some(file) = file {
        // Writing to a string cannot fail.
        let _ = write!(
            head,
            "; filename=\"{}\"\r\nContent-Type: application/octet-stream",
            quoted(file.name())
        );
    }
    head.push_str("\r\n\r\n");
    out.extend_from_slice(head.as_bytes());
    out.extend_from_slice(content);
    out.extend_from_slice(b"\r\n");
}

/// A name that can neither end its quotes nor its line, as browsers write it.
fn quoted(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '"' => out.push_str("%22"),
            '\r' => out.push_str("%0D"),
            '\n' => out.push_str("%0A"),
            c if c.is_control() => out.push('_'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn row_12_a_file_name_stays_in_its_quotes() {
        assert_eq!(
            quoted("a\"; x=\"b\r\nX: 1\0.pdf"),
            "a%22; x=%22b%0D%0AX: 1_.pdf"
        );
        assert_eq!(quoted("\u{e9}\u{6587}.pdf"), "\u{e9}\u{6587}.pdf");
    }

    #[test]
    fn parts_are_framed() {
        let file = FileUpload::new("a.txt", *b"\r\n--x");
        let mut out = Vec::new();
        push_part("B", "purpose", None, b"dispute_evidence", &mut out);
        push_part("B", "file", Some(&file), file.bytes(), &mut out);
        let expected = "--B\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\ndispute_evidence\r\n\
            --B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\
            Content-Type: application/octet-stream\r\n\r\n\r\n--x\r\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
