//! A layer of `tower` that lets only verified deliveries through, for any server of `http` requests.
//!
//! With the feature `tower`, types of `http`, `http-body`, `tower-layer` and `tower-service` are part of the public API.

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

use http::{Request, Response};
use http_body::Body;
use tower_layer::Layer;
use tower_service::Service;

use super::body::receive;
use super::endpoint::Endpoint;
use super::error::Error;
use super::verified::Verified;

/// A layer that verifies each request. The service inside gets it with a [`Verified`] payload in place of its body;
/// whoever sends anything else gets a status and nothing more: see [`Error::status`].
///
/// ```
/// use std::convert::Infallible;
///
/// use http::{Request, Response};
/// use stripe_core::webhook::{Endpoint, Verified, VerifyLayer};
///
/// # fn service(endpoint: Endpoint) {
/// let service = tower::ServiceBuilder::new()
///     .layer(VerifyLayer::new(endpoint))
///     .service_fn(|delivery: Request<Verified<'static>>| async move {
///         println!("{} bytes from Stripe", delivery.body().payload().len());
///         Ok::<_, Infallible>(Response::new(String::new()))
///     });
/// # let _: &dyn tower::Service<Request<String>, Response = Response<String>, Error = Infallible, Future = _> = &service;
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct VerifyLayer {
    endpoint: Endpoint,
}

impl VerifyLayer {
    /// A layer for one endpoint.
    #[must_use]
    pub const fn new(endpoint: Endpoint) -> Self {
        Self { endpoint }
    }
}

impl<S> Layer<S> for VerifyLayer {
    type Service = VerifyService<S>;

    fn layer(&self, inner: S) -> VerifyService<S> {
        VerifyService {
            endpoint: self.endpoint.clone(),
            inner,
        }
    }
}

/// What [`VerifyLayer`] makes of a service.
#[derive(Clone, Debug)]
pub struct VerifyService<S> {
    endpoint: Endpoint,
    inner: S,
}

impl<S, B, R> Service<Request<B>> for VerifyService<S>
where
    S: Service<Request<Verified<'static>>, Response = Response<R>> + Clone + Send + 'static,
    S::Future: Send,
    B: Body + Send + 'static,
    B::Data: Send,
    R: Default + 'static,
{
    type Response = Response<R>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response<R>, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        // The one that is ready is called, and a clone is left in its place.
        let fresh = self.inner.clone();
        let mut inner = mem::replace(&mut self.inner, fresh);
        let (parts, body) = request.into_parts();
        let receiving = receive(&self.endpoint, &parts.headers, body);
        let call = move |verified| inner.call(Request::from_parts(parts, verified));
        Box::pin(answer(receiving, call))
    }
}

/// Calls the service inside, or answers in its place.
async fn answer<W, R: Default, E>(
    receiving: impl Future<Output = Result<Verified<'static>, Error>>,
    call: impl FnOnce(Verified<'static>) -> W,
) -> Result<Response<R>, E>
where
    W: Future<Output = Result<Response<R>, E>>,
{
    match receiving.await {
        Ok(verified) => call(verified).await,
        Err(error) => {
            let mut refusal = Response::new(R::default());
            *refusal.status_mut() = error.status();
            Ok(refusal)
        }
    }
}
