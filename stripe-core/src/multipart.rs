//! Multipart bodies: the parameters of an upload and its file, each a part of its own.
//!
//! Files are not read here: the body refers to them, so that they are read as they are sent.

use std::fmt::Write;
use std::sync::Arc;

use bytes::Bytes;

use crate::encode::{self, Additions};
use crate::error::Error;
use crate::form::{Leaf, flatten};
use crate::idempotency::{self, Random};
use crate::transport::{RequestBody, Segment};
use crate::types::{FileContent, FileUpload};
use crate::value::Value;

/// A line between parts that nobody can foresee, and that no file therefore holds.
pub(crate) fn boundary(random: &dyn Random) -> Result<String, Error> {
    let mut boundary = String::new();
    for part in idempotency::generate(random)?.split('-') {
        boundary.push_str(part);
    }
    Ok(boundary)
}

/// Writes the fields of `object` as parts, and after them what is added.
pub(crate) fn encode(
    object: Option<&dyn Value>,
    additions: Additions<'_>,
    boundary: &str,
) -> Result<RequestBody, encode::Error> {
    let mut writer = Writer {
        boundary,
        text: String::new(),
        segments: Vec::new(),
    };
    flatten(object, additions, &mut |name, leaf| {
        match leaf {
            Leaf::Text(text) => writer.push_text(name, text),
            Leaf::File(file) => writer.push_file(name, file),
        }
        Ok(())
    })?;
    Ok(writer.finish())
}

struct Writer<'a> {
    boundary: &'a str,
    /// What stands between two files.
    text: String,
    segments: Vec<Segment>,
}

impl Writer<'_> {
    fn push_text(&mut self, name: &str, text: &str) {
        self.open_part(name);
        // Writing to a string cannot fail, here and below.
        let _ = write!(self.text, "\r\n\r\n{text}\r\n");
    }

    fn push_file(&mut self, name: &str, file: &FileUpload) {
        self.open_part(name);
        let _ = write!(
            self.text,
            "; filename=\"{}\"\r\nContent-Type: application/octet-stream\r\n\r\n",
            quoted(file.name())
        );
        let segment = match file.content() {
            FileContent::Bytes(bytes) => Segment::Bytes(Bytes::from_owner(Arc::clone(bytes))),
            FileContent::Path(path, source) => Segment::File(source(name, path.clone())),
            FileContent::Stream(stream) => Segment::Stream(name.to_owned(), Arc::clone(stream)),
        };
        self.push_written();
        self.segments.push(segment);
        self.text.push_str("\r\n");
    }

    fn open_part(&mut self, name: &str) {
        let (boundary, name) = (self.boundary, quoted(name));
        let _ = write!(
            self.text,
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\""
        );
    }

    fn finish(mut self) -> RequestBody {
        let _ = write!(self.text, "--{}--\r\n", self.boundary);
        self.push_written();
        RequestBody::new(self.segments)
    }

    fn push_written(&mut self) {
        let text = std::mem::take(&mut self.text);
        self.segments.push(Segment::Bytes(text.into()));
    }
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
    use std::pin::Pin;
    use std::task::{Context, Poll, Waker};

    use futures_core::Stream;

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
        let mut writer = Writer {
            boundary: "B",
            text: String::new(),
            segments: Vec::new(),
        };
        writer.push_text("purpose", "dispute_evidence");
        writer.push_file("file", &FileUpload::new("a.txt", *b"\r\n--x"));
        let mut stream = writer.finish().stream();
        let mut sent = Vec::new();
        let mut context = Context::from_waker(Waker::noop());
        while let Poll::Ready(Some(piece)) = Pin::new(&mut stream).poll_next(&mut context) {
            sent.extend_from_slice(&piece.unwrap());
        }
        let expected = "--B\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\ndispute_evidence\r\n\
            --B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\
            Content-Type: application/octet-stream\r\n\r\n\r\n--x\r\n--B--\r\n";
        assert_eq!(String::from_utf8(sent).unwrap(), expected);
    }
}
