//! The transport that every client has unless it is given another: hyper over rustls.
//!
//! The only code that names rustls, or, but for the adapter to `tower`, hyper. Certificates are always verified; plain http goes to an address that the
//! connector was told is on this machine, and nowhere else.

mod connect;
mod connection;
mod dial;
mod fault;
mod http1;
mod interim;
#[cfg(feature = "http2")]
mod opening;
mod pool;
mod proxy;
mod roots;
mod settings;
#[cfg(feature = "http2")]
mod spawn;
mod stream;
mod tls;

use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper::header::{CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue};
use hyper::http;

use self::connection::Unanswered;
use self::pool::{Endpoint, Lease, Pool};
use super::{
    BoxFuture, HttpBody, HttpRequest, HttpResponse, RequestStream, Transport, TransportError,
    TransportErrorKind,
};
use crate::base_url::BaseUrl;
use crate::error::Error;
use crate::headers::Headers;
use crate::method::Method;

pub(crate) use proxy::{ProxyAt, ProxyChoice, ProxyFromEnvironment};
pub(crate) use roots::{RootSource, Roots};
pub(crate) use settings::Settings;
pub(crate) use tls::ProviderRandom;

/// hyper over rustls, with a pool of connections of its own.
pub(crate) struct HyperTransport {
    pool: Arc<Pool>,
}

impl HyperTransport {
    /// A transport that sends plain http to `loopback` only.
    pub(crate) fn new(settings: &Settings, loopback: Vec<BaseUrl>) -> Result<Self, Error> {
        let connector = connect::Connector::new(settings, loopback)?;
        Ok(Self {
            pool: Pool::new(connector),
        })
    }

    async fn exchange(&self, request: &HttpRequest) -> Result<HttpResponse, TransportError> {
        let mut outgoing = to_hyper(request)?;
        let endpoint = Endpoint::here(&request.base)?;
        // The runtime may have slept for long. Now it sees which connections the server has closed meanwhile.
        tokio::task::yield_now().await;
        while let Some(lease) = Pool::reuse(&self.pool, &endpoint) {
            match lease.send(outgoing).await {
                Ok((response, lease)) => return Ok(from_hyper(response, lease)),
                // A connection that the server closed while it was idle: not a byte was written, so it is safe to send
                // the request over another one. Whatever may have been written is for the retries.
                Err(Unanswered::Unsent(unsent, _)) => outgoing = *unsent,
                Err(Unanswered::Failed(error)) => return Err(error),
            }
        }
        let lease = Pool::open(&self.pool, &endpoint).await?;
        match lease.send(outgoing).await {
            Ok((response, lease)) => Ok(from_hyper(response, lease)),
            Err(Unanswered::Unsent(_, error) | Unanswered::Failed(error)) => Err(error),
        }
    }
}

impl fmt::Debug for HyperTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HyperTransport")
    }
}

impl Transport for HyperTransport {
    fn send<'a>(
        &'a self,
        request: &'a HttpRequest,
    ) -> BoxFuture<'a, Result<HttpResponse, TransportError>> {
        Box::pin(self.exchange(request))
    }
}

pub(super) fn to_hyper(
    request: &HttpRequest,
) -> Result<hyper::Request<OutgoingBody>, TransportError> {
    let unsendable =
        |error: http::Error| TransportError::with_source(TransportErrorKind::Unsendable, error);
    let mut built = hyper::Request::builder()
        .method(request.method.as_str())
        .uri(format!("{}{}", request.base, request.target))
        .body(OutgoingBody(request.body.stream()))
        .map_err(unsendable)?;
    for (name, value, sensitive) in request.headers.entries() {
        let name =
            HeaderName::from_bytes(name.as_bytes()).map_err(|error| unsendable(error.into()))?;
        let mut value = HeaderValue::from_str(value).map_err(|error| unsendable(error.into()))?;
        value.set_sensitive(sensitive);
        built.headers_mut().append(name, value);
    }
    if request.body.length() == Some(0) && request.method == Method::Post {
        // hyper leaves it out for an empty body; servers may refuse a POST that does not tell its length.
        let none = HeaderValue::from_static("0");
        built.headers_mut().insert(CONTENT_LENGTH, none);
    }
    Ok(built)
}

fn from_hyper(response: hyper::Response<Incoming>, lease: Lease) -> HttpResponse {
    let (head, body) = response.into_parts();
    HttpResponse {
        status: head.status.as_u16(),
        headers: headers(&head.headers),
        body: HttpBody::new(IncomingStream {
            body,
            lease: Some(lease),
        }),
    }
}

/// Headers in the order that hyper keeps them in. Bytes that are not UTF-8 are replaced.
pub(super) fn headers(map: &HeaderMap) -> Headers {
    let mut headers = Headers::new();
    headers.reserve(map.len());
    for (name, value) in map {
        headers.push(name.as_str(), &String::from_utf8_lossy(value.as_bytes()));
    }
    headers
}

/// A body on its way out.
pub(crate) struct OutgoingBody(RequestStream);

impl Body for OutgoingBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let piece = Pin::new(&mut self.0).poll_next(context);
        piece.map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.0.left() == Some(0)
    }

    fn size_hint(&self) -> SizeHint {
        self.0
            .left()
            .map_or_else(SizeHint::new, SizeHint::with_exact)
    }
}

/// A body, and the connection it comes over: that goes back to the pool once the body was read to its end, and is closed
/// if the body is dropped before.
struct IncomingStream {
    body: Incoming,
    lease: Option<Lease>,
}

impl IncomingStream {
    fn poll_frame(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<hyper::Result<Frame<Bytes>>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        match &mut self.lease {
            Some(lease) if frame.is_pending() => lease.drive(context),
            _ => return frame,
        }
        Pin::new(&mut self.body).poll_frame(context)
    }
}

impl Stream for IncomingStream {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            return match std::task::ready!(self.poll_frame(context)) {
                None => {
                    if let Some(lease) = self.lease.take() {
                        lease.give_back();
                    }
                    Poll::Ready(None)
                }
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(bytes) => Poll::Ready(Some(Ok(bytes))),
                    // Trailers say nothing that is needed.
                    Err(_) => continue,
                },
                Some(Err(error)) => {
                    self.lease = None;
                    Poll::Ready(Some(Err(fault::after_sending(error))))
                }
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transport::RequestBody;

    fn request(headers: Headers, target: &str) -> HttpRequest {
        let base = BaseUrl::parse("https://api.stripe.com").unwrap();
        HttpRequest::new(
            Method::Post,
            base,
            target.to_owned(),
            headers,
            RequestBody::default(),
        )
    }

    #[test]
    fn k6_the_key_is_marked_as_sensitive() {
        let mut headers = Headers::new();
        headers.push("stripe-version", "x");
        headers.set_secret("authorization", "Bearer canary".to_owned());
        let sent = to_hyper(&request(headers, "/v1/x")).unwrap();
        assert!(sent.headers()["authorization"].is_sensitive());
        assert!(!sent.headers()["stripe-version"].is_sensitive());
        assert_eq!(sent.headers()["content-length"], "0");
        assert_eq!(sent.uri(), "https://api.stripe.com/v1/x");
        assert!(!format!("{:?}", sent.headers()).contains("canary"));
    }

    #[test]
    fn row_1_what_would_split_a_request_is_unsendable() {
        for (name, value, target) in [
            ("x", "a\r\nb: c", "/v1/x"),
            ("x", "a\0", "/v1/x"),
            ("x\r\n", "a", "/v1/x"),
            ("", "a", "/v1/x"),
            ("x", "a", "/v1/x HTTP/1.1\r\nb: c"),
            ("x", "a", "/v1/x\0"),
        ] {
            let mut headers = Headers::new();
            headers.push(name, value);
            let kind = to_hyper(&request(headers, target)).map_err(|error| error.kind());
            assert_eq!(kind.err(), Some(TransportErrorKind::Unsendable));
        }
    }
}
