//! A request as it was sent, to look into and to make assertions about.

use std::fmt;

use bytes::Bytes;

use super::form::{self, Pairs};
use crate::headers::Headers;
use crate::method::Method;

/// A request that the client sent. Each attempt is one.
///
/// Parameters have their full names in brackets (`metadata[order]`, `items[0][price]`) whether they were sent in the query,
/// a form, JSON or an upload. The API key is not kept.
///
/// Display writes what a test would want to see, parameters and all; Debug only their names.
#[derive(Clone)]
pub struct SentRequest {
    method: Method,
    path: String,
    params: Pairs,
    captures: Pairs,
    headers: Pairs,
    body: Bytes,
}

impl SentRequest {
    pub(super) fn new(method: Method, target: &str, headers: &Headers, body: Bytes) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut params = form::pairs(query);
        let content_type = headers.get("content-type").unwrap_or_default();
        params.extend(if content_type.starts_with("application/json") {
            form::members(&body)
        } else if content_type.starts_with("multipart/") {
            form::parts(&body, content_type)
        } else {
            form::pairs(&String::from_utf8_lossy(&body))
        });
        let kept = headers.iter().filter(|(name, _)| *name != "authorization");
        Self {
            method,
            path: path.to_owned(),
            params,
            captures: Pairs::new(),
            headers: kept
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            body,
        }
    }

    /// The same, with what stands in the place of the braces of a rule.
    pub(super) fn with_captures(&self, captures: Pairs) -> Self {
        Self {
            captures,
            ..self.clone()
        }
    }

    /// The method.
    #[must_use]
    pub const fn method(&self) -> Method {
        self.method
    }

    /// The path, without the query.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What stands in the place of `{name}` in the path of the rule that replied.
    #[must_use]
    pub fn path_param(&self, name: &str) -> Option<&str> {
        find(&self.captures, name)
    }

    /// The value of a parameter.
    #[must_use]
    pub fn param(&self, name: &str) -> Option<&str> {
        find(&self.params, name)
    }

    /// All parameters in the order they were sent.
    pub fn params(&self) -> impl Iterator<Item = (&str, &str)> {
        self.params
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The value of a header, whose name may be in any case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, &name.to_ascii_lowercase())
    }

    /// The idempotency key, which is the same for all attempts of a call.
    #[must_use]
    pub fn idempotency_key(&self) -> Option<&str> {
        self.header("idempotency-key")
    }

    /// The body as it was sent.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }
}

fn find<'a>(pairs: &'a Pairs, name: &str) -> Option<&'a str> {
    let pair = pairs.iter().find(|(known, _)| known == name);
    pair.map(|(_, value)| value.as_str())
}

/// Assertions. Each fails with the whole request, and gives it back if it holds.
#[expect(clippy::panic, reason = "that is how an assertion of a test fails")]
impl SentRequest {
    /// A parameter was sent with this value.
    ///
    /// # Panics
    ///
    /// If it was not.
    #[track_caller]
    pub fn assert_param(&self, name: &str, value: &str) -> &Self {
        match self.param(name) {
            Some(sent) if sent == value => self,
            Some(sent) => {
                panic!("the parameter `{name}` is {sent:?}, expected {value:?}, in\n{self}")
            }
            None => panic!("there is no parameter `{name}`, expected {value:?}, in\n{self}"),
        }
    }

    /// A parameter was not sent.
    ///
    /// # Panics
    ///
    /// If it was.
    #[track_caller]
    pub fn assert_no_param(&self, name: &str) -> &Self {
        match self.param(name) {
            None => self,
            Some(sent) => panic!("the parameter `{name}` is {sent:?}, expected none, in\n{self}"),
        }
    }

    /// These parameters were sent and no others, in whatever order.
    ///
    /// # Panics
    ///
    /// If others were.
    #[track_caller]
    pub fn assert_params(&self, params: &[(&str, &str)]) -> &Self {
        let mut expected = params.to_vec();
        let mut sent: Vec<_> = self.params().collect();
        expected.sort_unstable();
        sent.sort_unstable();
        assert!(
            sent == expected,
            "expected the parameters {expected:?}, not those in\n{self}"
        );
        self
    }

    /// A header was sent with this value, such as `stripe-account`.
    ///
    /// # Panics
    ///
    /// If it was not.
    #[track_caller]
    pub fn assert_header(&self, name: &str, value: &str) -> &Self {
        match self.header(name) {
            Some(sent) if sent == value => self,
            Some(sent) => panic!("the header `{name}` is {sent:?}, expected {value:?}, in\n{self}"),
            None => panic!("there is no header `{name}`, expected {value:?}, in\n{self}"),
        }
    }
}

impl fmt::Display for SentRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)?;
        for (name, value) in &self.params {
            write!(f, "\n    {name} = {value}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for SentRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.params.iter().map(|(name, _)| name).collect();
        f.debug_struct("SentRequest")
            .field("method", &self.method)
            .field("params", &names)
            .finish_non_exhaustive()
    }
}
