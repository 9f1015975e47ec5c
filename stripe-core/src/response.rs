//! Answers: the value that was asked for, and what came with it.

mod stream;

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;

use crate::decode;
use crate::error::{Error, ErrorKind, Exchange};
use crate::headers::Headers;
use crate::method::Method;

pub use stream::{StreamingCall, StreamingResponse};

/// An answer that succeeded, not yet decoded.
pub struct RawResponse {
    inner: Box<Inner>,
}

struct Inner {
    route: (Method, &'static str),
    status: u16,
    headers: Headers,
    idempotency_key: Option<String>,
    body: Bytes,
}

impl RawResponse {
    pub(crate) fn new(
        route: (Method, &'static str),
        status: u16,
        headers: Headers,
        idempotency_key: Option<String>,
        body: Bytes,
    ) -> Self {
        Self {
            inner: Box::new(Inner {
                route,
                status,
                headers,
                idempotency_key,
                body,
            }),
        }
    }

    pub(crate) fn status(&self) -> u16 {
        self.inner.status
    }

    pub(crate) fn request_id(&self) -> Option<&str> {
        self.inner.headers.get("request-id")
    }

    #[inline]
    pub(crate) fn body(&self) -> &[u8] {
        &self.inner.body
    }

    /// The error for an answer that says that Stripe acted, and not what came of it.
    #[inline]
    pub(crate) fn not_understood(self, error: decode::Error) -> Error {
        let inner = *self.inner;
        Error::new(
            ErrorKind::Decode,
            "Stripe did what it was asked, but its answer was not understood",
        )
        .with_source(error)
        .with_exchange(Exchange {
            route: Some(inner.route),
            status: Some(inner.status),
            request_id: inner.headers.get("request-id").map(str::to_owned),
            idempotency_key: inner.idempotency_key,
            body: Some(String::from_utf8_lossy(&inner.body).into_owned()),
            headers: inner.headers,
            may_have_acted: true,
        })
    }
}

impl fmt::Debug for RawResponse {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("status", &self.inner.status)
            .field("headers", &self.inner.headers)
            .field("body", &format_args!("[{} bytes]", self.inner.body.len()))
            .finish_non_exhaustive()
    }
}

/// An answer: a `T`, which it can be used as, with the status and the headers that came with it.
pub struct Response<T> {
    value: T,
    raw: RawResponse,
}

impl<T> Response<T> {
    #[inline]
    pub(crate) fn new(value: T, raw: RawResponse) -> Self {
        Self { value, raw }
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.raw.status()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &Headers {
        &self.raw.inner.headers
    }

    /// Stripe's id for the request, which its support and the dashboard's logs can be asked about.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.raw.request_id()
    }

    /// The idempotency key that the request was sent with.
    #[must_use]
    pub fn idempotency_key(&self) -> Option<&str> {
        self.raw.inner.idempotency_key.as_deref()
    }

    /// Whether this is the answer to an earlier request with the same idempotency key: nothing happened now.
    #[must_use]
    pub fn is_replayed(&self) -> bool {
        self.headers().get("idempotent-replayed") == Some("true")
    }

    /// The version of the API that made the answer (`Stripe-Version`). It is another one than the client's if the request
    /// asked for that ([`Request::api_version`](crate::Request::api_version)).
    #[must_use]
    pub fn api_version(&self) -> Option<&str> {
        self.headers().get("stripe-version")
    }

    /// What Stripe wants developers to know (`Stripe-Notice`).
    #[must_use]
    pub fn notice(&self) -> Option<&str> {
        self.headers().get("stripe-notice")
    }

    /// The body as it came, which may hold personal data and secrets; empty if it is not text.
    #[must_use]
    pub fn raw_json(&self) -> &str {
        std::str::from_utf8(&self.raw.inner.body).unwrap_or_default()
    }

    /// The value alone.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("value", &self.value)
            .field("raw", &self.raw)
            .finish()
    }
}
