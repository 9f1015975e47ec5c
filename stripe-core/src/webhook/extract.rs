//! Extractors of axum: a handler that takes an event is called for verified events alone.
//!
//! With the feature `axum`, types of `axum-core` are part of the public API.

use axum_core::body::Body;
use axum_core::extract::{FromRef, FromRequest, Request};
use axum_core::response::{IntoResponse, Response};

use super::body::receive;
use super::catalog::EventNames;
use super::endpoint::Endpoint;
use super::error::Error;
use super::event::Event;
use super::notification::EventNotification;
use super::verified::Verified;

/// The answer is a status and nothing more: who is not Stripe is told nothing.
impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = self.status();
        response
    }
}

/// The payload of a verified delivery, to be queued. The state of the application has to hold an [`Endpoint`].
impl<S> FromRequest<S> for Verified<'static>
where
    Endpoint: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let (parts, body) = request.into_parts();
        receive(&Endpoint::from_ref(state), &parts.headers, body).await
    }
}

/// A verified snapshot event. The state of the application has to hold an [`Endpoint`].
impl<S, T: EventNames> FromRequest<S> for Event<T>
where
    Endpoint: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let verified = Verified::from_request(request, state).await?;
        Endpoint::from_ref(state).read_event(&verified)
    }
}

/// A verified notification of a thin event. The state of the application has to hold an [`Endpoint`].
impl<S, T: EventNames> FromRequest<S> for EventNotification<T>
where
    Endpoint: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let verified = Verified::from_request(request, state).await?;
        Endpoint::from_ref(state).read_notification(&verified)
    }
}
