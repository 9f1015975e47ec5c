//! A transport that is a service of `tower`: whatever layers an application has for its other HTTP calls can carry those
//! to Stripe as well.
//!
//! With this feature alone, types of `http`, `http-body`, `bytes` and `tower-service` are part of the public API.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Buf, Bytes};
use futures_core::Stream;
use hyper::body::{Body, Frame, SizeHint};
use hyper::http::{Request, Response};
use tower_service::Service;

use super::hyper::{OutgoingBody, headers, to_hyper};
use super::{
    BoxFuture, HttpBody, HttpRequest, HttpResponse, Transport, TransportError, TransportErrorKind,
};

type BoxError = Box<dyn StdError + Send + Sync>;

/// Sends requests through a service of `tower` that takes requests of `http`, such as a client of hyper-util in layers of
/// the application's own.
///
/// The address of a request is absolute, and its `authorization` header holds the API key, marked as sensitive: layers
/// must not log it, and the service must neither follow redirects nor send to any other address. `host` and
/// `content-length` are for the service to set. Retries are made above it: a layer that repeats requests would repeat them
/// twice over.
///
/// What the service fails with counts as a broken connection, after which Stripe may have acted. A service that knows
/// better fails with a [`TransportError`], which is passed on as it is.
///
/// ```
/// use http::{Request, Response};
/// use stripe_core::transport::tower::{TowerBody, TowerTransport};
/// use stripe_core::{ApiKey, Client};
///
/// let service = tower::service_fn(|request: Request<TowerBody>| async move {
///     assert_eq!(request.uri().host(), Some("api.stripe.com"));
///     Ok::<_, std::io::Error>(Response::new(String::from("{}")))
/// });
/// let client = Client::builder(ApiKey::new("sk_test_123")?)
///     .transport(TowerTransport::new(service))
///     .build()?;
/// # Ok::<(), stripe_core::Error>(())
/// ```
#[derive(Clone)]
pub struct TowerTransport<S> {
    service: S,
}

impl<S> TowerTransport<S> {
    /// A transport over a service. It is cloned for each request.
    pub const fn new(service: S) -> Self {
        Self { service }
    }
}

impl<S> fmt::Debug for TowerTransport<S> {
    /// Without the service: what it holds is its own matter.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TowerTransport")
    }
}

impl<S, B> Transport for TowerTransport<S>
where
    S: Service<Request<TowerBody>, Response = Response<B>> + Clone + Send + Sync + 'static,
    S::Future: Send,
    S::Error: Into<BoxError>,
    B: Body + Send + 'static,
    B::Error: Into<BoxError>,
{
    fn send<'a>(
        &'a self,
        request: &'a HttpRequest,
    ) -> BoxFuture<'a, Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            let request = to_hyper(request)?.map(TowerBody);
            let mut service = self.service.clone();
            let ready = std::future::poll_fn(|context| service.poll_ready(context)).await;
            ready.map_err(|error| failure(TransportErrorKind::Connect, error))?;
            let response = service.call(request).await;
            let response =
                response.map_err(|error| failure(TransportErrorKind::Connection, error))?;
            let (head, body) = response.into_parts();
            Ok(HttpResponse {
                status: head.status.as_u16(),
                headers: headers(&head.headers),
                body: HttpBody::new(Pieces(Box::pin(body))),
            })
        })
    }
}

fn failure(kind: TransportErrorKind, error: impl Into<BoxError>) -> TransportError {
    match error.into().downcast::<TransportError>() {
        Ok(error) => *error,
        Err(error) => TransportError::with_source(kind, error),
    }
}

/// The body of a request to a service.
pub struct TowerBody(OutgoingBody);

impl Body for TowerBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        Pin::new(&mut self.0).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}

impl fmt::Debug for TowerBody {
    /// Its length alone: it holds customers' data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.size_hint().exact() {
            Some(length) => write!(f, "[{length} bytes]"),
            None => f.write_str("[a stream]"),
        }
    }
}

/// The body of an answer as it comes in.
struct Pieces<B>(Pin<Box<B>>);

impl<B: Body<Error: Into<BoxError>>> Stream for Pieces<B> {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            return match std::task::ready!(self.0.as_mut().poll_frame(context)) {
                None => Poll::Ready(None),
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(mut data) => {
                        let length = data.remaining();
                        Poll::Ready(Some(Ok(data.copy_to_bytes(length))))
                    }
                    // Trailers say nothing that is needed.
                    Err(_) => continue,
                },
                Some(Err(error)) => {
                    Poll::Ready(Some(Err(failure(TransportErrorKind::Connection, error))))
                }
            };
        }
    }
}
