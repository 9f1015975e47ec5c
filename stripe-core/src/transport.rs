//! How requests travel: an object-safe trait, so that nothing above it is generic, and types of this crate's own, so that
//! no HTTP library is part of the public API.
//!
//! A transport sends one request and gives back one answer. It does not retry, follow redirects or look into bodies.

mod body;
pub(crate) mod hyper;
#[cfg(feature = "tower")]
#[cfg_attr(docsrs, doc(cfg(feature = "tower")))]
pub mod tower;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use crate::base_url::BaseUrl;
use crate::headers::Headers;
use crate::method::Method;

pub use self::body::{RequestBody, RequestStream};

pub(crate) use self::body::{FileSource, OnceStream, Segment, Source};

/// A future on the heap.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends requests.
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends a request and waits for the head of the answer.
    ///
    /// # Errors
    ///
    /// If no answer came, with as much as is known of why: retries depend on it.
    fn send<'a>(
        &'a self,
        request: &'a HttpRequest,
    ) -> BoxFuture<'a, Result<HttpResponse, TransportError>>;
}

/// A request as it goes over the wire. It carries the API key in its `authorization` header.
#[non_exhaustive]
pub struct HttpRequest {
    /// The method.
    pub method: Method,
    /// The server.
    pub base: BaseUrl,
    /// The path and the query, which begin with a slash.
    pub target: String,
    /// The headers but for those that belong to the connection, such as `host` and `content-length`.
    pub headers: Headers,
    /// The body.
    pub body: RequestBody,
}

impl HttpRequest {
    pub(crate) fn new(
        method: Method,
        base: BaseUrl,
        target: String,
        headers: Headers,
        body: RequestBody,
    ) -> Self {
        Self {
            method,
            base,
            target,
            headers,
            body,
        }
    }
}

impl fmt::Debug for HttpRequest {
    /// Without the target and the body: ids and queries can be secrets.
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpRequest")
            .field("method", &self.method)
            .field("base", &self.base)
            .field("headers", &self.headers)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

/// The head of an answer, and its body as it comes in.
#[derive(Debug)]
#[non_exhaustive]
pub struct HttpResponse {
    /// The status code.
    pub status: u16,
    /// The headers.
    pub headers: Headers,
    /// The body.
    pub body: HttpBody,
}

impl HttpResponse {
    /// An answer.
    #[inline]
    #[must_use]
    pub const fn new(status: u16, headers: Headers, body: HttpBody) -> Self {
        Self {
            status,
            headers,
            body,
        }
    }
}

/// A body as it comes in, in pieces.
pub struct HttpBody(Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>);

impl HttpBody {
    /// A body that comes from any stream.
    #[must_use]
    pub fn new(stream: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static) -> Self {
        Self(Box::pin(stream))
    }

    /// A body that is there as a whole.
    #[must_use]
    pub fn full(bytes: impl Into<Bytes>) -> Self {
        Self::new(Once(Some(bytes.into())))
    }
}

impl Stream for HttpBody {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context)
    }
}

impl fmt::Debug for HttpBody {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HttpBody")
    }
}

struct Once(Option<Bytes>);

impl Stream for Once {
    type Item = Result<Bytes, TransportError>;

    #[inline]
    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}

/// Why no answer came.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// What a failure of a transport means for the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection was made: nothing was sent.
    Connect,
    /// No connection was made in time: nothing was sent.
    ConnectTimeout,
    /// A proxy refused to connect, which another attempt would not mend: nothing was sent.
    ProxyRefused,
    /// TLS failed, which another attempt would not mend: nothing was sent.
    Tls,
    /// The connection broke, or what came was not HTTP: the server may have acted.
    Connection,
    /// No answer came in time, as a transport with a limit of its own measures it: the server may have acted.
    Timeout,
    /// The request cannot be sent at all: nothing was sent.
    Unsendable,
}

impl TransportError {
    /// A failure without a known cause.
    #[inline]
    #[must_use]
    pub const fn new(kind: TransportErrorKind) -> Self {
        Self { kind, source: None }
    }

    /// A failure with its cause.
    #[must_use]
    pub fn with_source(
        kind: TransportErrorKind,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self {
            kind,
            source: Some(source.into()),
        }
    }

    /// What the failure means for the request.
    #[must_use]
    pub const fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "no connection was made",
            TransportErrorKind::ConnectTimeout => "no connection was made in time",
            TransportErrorKind::ProxyRefused => "the proxy refused to connect",
            TransportErrorKind::Tls => "TLS failed",
            TransportErrorKind::Connection => "the connection broke",
            TransportErrorKind::Timeout => "no answer came in time",
            TransportErrorKind::Unsendable => "the request cannot be sent",
        })
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.source {
            Some(source) => Some(&**source),
            None => None,
        }
    }
}
