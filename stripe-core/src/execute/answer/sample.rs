//! What may be shown of a body that is not Stripe's: enough to tell who answered, and nothing of what was said.

use std::fmt;

use crate::headers::Headers;

/// The type and the length of a body, and the mark-up that it begins with.
pub(super) struct Sample {
    content_type: &'static str,
    length: usize,
    begins: Option<&'static str>,
}

/// The content types that are shown. A header is text of a stranger as much as a body is.
const TYPES: [&str; 8] = [
    "application/json",
    "application/octet-stream",
    "application/pdf",
    "application/problem+json",
    "application/xml",
    "text/html",
    "text/plain",
    "text/xml",
];

/// What pages of proxies begin with.
const BEGINNINGS: [&str; 6] = ["<!doctype html", "<html", "<head", "<?xml", "<h1", "{"];

impl Sample {
    pub(super) fn of(headers: &Headers, body: &[u8]) -> Self {
        let declared = headers.get("content-type");
        let essence = declared.and_then(|it| it.split(';').next()).map(str::trim);
        let known = |it: &str| {
            TYPES
                .into_iter()
                .find(|known| known.eq_ignore_ascii_case(it))
        };
        let text = body.trim_ascii_start();
        let starts = |mark: &&str| {
            text.get(..mark.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(mark.as_bytes()))
        };
        Self {
            content_type: essence.map_or("no content type", |it| {
                known(it).unwrap_or("another content type")
            }),
            length: body.len(),
            begins: BEGINNINGS.into_iter().find(starts),
        }
    }
}

impl fmt::Display for Sample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {} bytes", self.content_type, self.length)?;
        match self.begins {
            Some("{") => f.write_str(", an object"),
            Some(mark) => write!(f, ", {mark}>"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e1_a_sample_tells_who_answered_and_not_what_was_said() {
        for (content_type, body, shown) in [
            (
                Some("text/html"),
                "<html>canary</html>",
                "text/html, 19 bytes, <html>",
            ),
            (
                Some("Text/HTML; charset=canary"),
                "\r\n<!DOCTYPE html><p>canary",
                "text/html, 26 bytes, <!doctype html>",
            ),
            (
                Some("canary/canary"),
                "canary",
                "another content type, 6 bytes",
            ),
            (
                Some("application/json"),
                "{\"canary\":1}",
                "application/json, 12 bytes, an object",
            ),
            (None, "", "no content type, 0 bytes"),
        ] {
            let mut headers = Headers::new();
            if let Some(content_type) = content_type {
                headers.push("content-type", content_type);
            }
            assert_eq!(Sample::of(&headers, body.as_bytes()).to_string(), shown);
        }
    }
}
