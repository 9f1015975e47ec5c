//! What is fixed about one operation of the API: a constant of the generated code. What varies from call to call is a
//! [`Request`](crate::Request).

use crate::host::Host;
use crate::method::Method;

/// One operation: how and where it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Operation {
    /// The method.
    pub method: Method,
    /// The path, with parameters in braces: `/v1/customers/{customer}`.
    pub path: &'static str,
    /// The server.
    pub host: Host,
    /// Where the parameters go.
    pub body: Body,
}

/// Where the parameters of an operation go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Body {
    /// Into the query string.
    Query,
    /// Into a form body.
    Form,
    /// Into a JSON body.
    Json,
    /// Into the parts of a multipart body, which carries a file as well.
    Multipart,
}

impl Operation {
    /// A GET with its parameters in the query.
    #[inline]
    #[must_use]
    pub const fn get(path: &'static str) -> Self {
        Self::new(Method::Get, path, Body::Query)
    }

    /// A DELETE with its parameters in the query.
    #[inline]
    #[must_use]
    pub const fn delete(path: &'static str) -> Self {
        Self::new(Method::Delete, path, Body::Query)
    }

    /// A POST of a form, as in version 1 of the API.
    #[inline]
    #[must_use]
    pub const fn post_form(path: &'static str) -> Self {
        Self::new(Method::Post, path, Body::Form)
    }

    /// A POST of JSON, as in version 2 of the API.
    #[inline]
    #[must_use]
    pub const fn post_json(path: &'static str) -> Self {
        Self::new(Method::Post, path, Body::Json)
    }

    /// A POST of a file with its parameters.
    #[inline]
    #[must_use]
    pub const fn post_multipart(path: &'static str) -> Self {
        Self::new(Method::Post, path, Body::Multipart)
    }

    /// The same on another server than [`Host::Api`].
    #[inline]
    #[must_use]
    pub const fn host(mut self, host: Host) -> Self {
        self.host = host;
        self
    }

    #[inline]
    const fn new(method: Method, path: &'static str, body: Body) -> Self {
        Self {
            method,
            path,
            host: Host::Api,
            body,
        }
    }

    /// An operation that is known by its path alone. What stands there in place of the path keeps ids out of errors.
    #[inline]
    pub(crate) fn raw(method: Method, path: &str) -> Self {
        let is_in = |version: &str| {
            let rest = path.strip_prefix(version);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
        };
        let (route, posted) = if is_in("/v2") {
            ("/v2/{path}", Body::Json)
        } else if is_in("/v1") {
            ("/v1/{path}", Body::Form)
        } else {
            ("/{path}", Body::Form)
        };
        let body = match method {
            Method::Post => posted,
            Method::Get | Method::Delete => Body::Query,
        };
        Self::new(method, route, body)
    }

    /// Whether this belongs to version 2 of the API, which differs in bodies, nulls and idempotency.
    #[must_use]
    pub(crate) fn is_v2(&self) -> bool {
        self.path == "/v2" || self.path.starts_with("/v2/")
    }

    /// Whether a repetition could act twice unless Stripe is told that it is one.
    pub(crate) fn needs_key(&self) -> bool {
        match self.method {
            Method::Post => true,
            Method::Delete => self.is_v2(),
            Method::Get => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_go_with_posts_and_with_deletes_of_version_2() {
        assert!(Operation::post_form("/v1/charges").needs_key());
        assert!(Operation::post_json("/v2/core/accounts").needs_key());
        assert!(Operation::delete("/v2/core/event_destinations/{id}").needs_key());
        assert!(!Operation::delete("/v1/customers/{customer}").needs_key());
        assert!(!Operation::get("/v2/core/accounts").needs_key());
    }

    #[test]
    fn the_version_is_a_whole_segment() {
        assert!(!Operation::get("/v2x/things").is_v2());
        assert!(Operation::get("/v2").is_v2());
    }

    #[test]
    fn a_raw_path_says_the_version() {
        for (path, is_v2) in [
            ("/v2/core/events", true),
            ("/v2", true),
            ("/v2?a=b", true),
            ("/v2x/y", false),
            ("/v1/v2", false),
            ("/oauth/token", false),
        ] {
            let operation = Operation::raw(Method::Post, path);
            assert_eq!(operation.is_v2(), is_v2, "{path}");
            let body = if is_v2 { Body::Json } else { Body::Form };
            assert_eq!(operation.body, body, "{path}");
            assert_eq!(Operation::raw(Method::Delete, path).body, Body::Query);
        }
    }
}
