//! A request as it came: head and body, before anything is judged. It knows what headers mean, and no operation.

use std::hash::{DefaultHasher, Hash, Hasher};

use hyper::HeaderMap;
use hyper::header::HeaderValue;
use hyper::http::request::Parts;
use serde_json::Value;

use crate::document::is_v2;
use crate::fault::Fault;
use crate::synthesise::{Fill, Style};

/// Stripe's limit for a key.
const LONGEST_KEY: usize = 255;

/// A request.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) fn new(head: Parts, body: Vec<u8>) -> Self {
        Self {
            method: head.method.as_str().to_owned(),
            path: head.uri.path().to_owned(),
            query: head.uri.query().unwrap_or_default().to_owned(),
            headers: head.headers,
            body,
        }
    }

    pub(crate) fn is_v2(&self) -> bool {
        is_v2(&self.path)
    }

    /// A header's bytes.
    pub(crate) fn raw(&self, name: &str) -> Option<&[u8]> {
        self.headers.get(name).map(HeaderValue::as_bytes)
    }

    /// A header, if it is visible ASCII.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Whose objects this is about.
    pub(crate) fn account(&self) -> String {
        let header = |name| self.header(name).unwrap_or_default();
        match (header("stripe-account"), header("stripe-context")) {
            (account, "") => account.to_owned(),
            (account, context) => format!("{account}/{context}"),
        }
    }

    /// The version of the API, if a proper one is named. v2 knows no default.
    pub(crate) fn version<'a>(&'a self, default: &'a str) -> Result<&'a str, Fault> {
        let Some(given) = self.raw("stripe-version") else {
            if self.is_v2() {
                let message = "You must provide the `Stripe-Version` header to call an API of v2.";
                return Err(Fault::invalid(message));
            }
            return Ok(default);
        };
        let text = std::str::from_utf8(given).ok().filter(|it| is_version(it));
        text.ok_or_else(|| {
            Fault::invalid("Invalid Stripe API version. It starts with a date, such as 2025-01-31.")
        })
    }

    /// The key, where one has an effect: in v1 on POST, in v2 on DELETE too.
    pub(crate) fn idempotency_key(&self) -> Result<Option<&str>, Fault> {
        let counts = self.method == "POST" || (self.method == "DELETE" && self.is_v2());
        let Some(given) = self.raw("idempotency-key").filter(|_| counts) else {
            return Ok(None);
        };
        let text = std::str::from_utf8(given).ok();
        let text = text.filter(|it| !it.is_empty() && it.chars().count() <= LONGEST_KEY);
        let wrong = || {
            let message = format!("An Idempotency-Key has 1 to {LONGEST_KEY} characters.");
            Fault::new(400, "idempotency_error", message)
        };
        text.map(Some).ok_or_else(wrong)
    }

    /// The style and the length of lists that the request asks the mock for.
    pub(crate) fn wishes(&self, style: Style, items: usize) -> Result<(Style, usize), Fault> {
        let mut wished = style;
        let number = |name: &str, default: usize| match self.header(name) {
            None => Ok(default),
            Some(text) => text
                .parse::<u16>()
                .map(usize::from)
                .ok()
                .ok_or_else(|| unclear(name)),
        };
        wished.variant = number("mock-variant", style.variant)?;
        wished.fill = match self.header("mock-fill") {
            None => style.fill,
            Some("everything") => Fill::Everything,
            Some("required") => Fill::Required,
            Some(_) => return Err(unclear("mock-fill")),
        };
        wished.unknown_members = match self.header("mock-unknown-members") {
            None => style.unknown_members,
            Some("true") => true,
            Some("false") => false,
            Some(_) => return Err(unclear("mock-unknown-members")),
        };
        Ok((wished, number("mock-items", items)?))
    }

    /// What tells two requests with the same key apart: where they go, and what they say.
    pub(crate) fn fingerprint(&self, query: &Value, body: &Value) -> u64 {
        let mut hasher = DefaultHasher::new();
        (&self.method, &self.path).hash(&mut hasher);
        (query.to_string(), body.to_string()).hash(&mut hasher);
        hasher.finish()
    }
}

fn unclear(header: &str) -> Fault {
    Fault::invalid(format!(
        "The mock does not understand the header `{header}`; its README says what it may be."
    ))
}

/// `2025-01-31`, with a name or a beta behind it.
fn is_version(text: &str) -> bool {
    let (date, rest) = text.split_at_checked(10).unwrap_or_default();
    let is_date = date.bytes().enumerate().all(|(index, byte)| match index {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    date.len() == 10 && is_date && (rest.is_empty() || rest.starts_with(['.', ';']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_start_with_a_date() {
        for (text, good) in [
            ("2025-01-31", true),
            ("2026-05-27.dahlia", true),
            ("2022-11-15; feature_beta=v3", true),
            ("2025-01-31x", false),
            ("2025-1-31", false),
            ("latest", false),
            ("", false),
            ("ééééé", false),
        ] {
            assert_eq!(is_version(text), good, "{text}");
        }
    }
}
