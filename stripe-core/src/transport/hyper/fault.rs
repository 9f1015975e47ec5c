//! What failures of hyper, rustls and the network mean for a request, in the terms of a transport.

use std::error::Error as StdError;
use std::fmt;

use super::proxy::Refused;
use crate::transport::{TransportError, TransportErrorKind};

pub(super) type BoxError = Box<dyn StdError + Send + Sync>;

/// No connection was made in time.
#[derive(Debug)]
pub(super) struct TimedOut;

impl fmt::Display for TimedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("connecting took longer than the connect timeout allows")
    }
}

impl StdError for TimedOut {}

/// A failure before there was a connection, told from its causes.
pub(super) fn before_sending(error: BoxError) -> TransportError {
    let mut kind = TransportErrorKind::Connect;
    let mut cause: Option<&(dyn StdError + 'static)> = Some(&*error);
    while let Some(current) = cause {
        if current.is::<TimedOut>() {
            kind = TransportErrorKind::ConnectTimeout;
        } else if current.downcast_ref().is_some_and(Refused::is_for_good) {
            kind = TransportErrorKind::ProxyRefused;
        } else if current.is::<rustls::Error>() {
            kind = TransportErrorKind::Tls;
        }
        cause = inner(current);
    }
    TransportError::with_source(kind, error)
}

/// A failure of a connection that the request may have gone over. TLS is no exception: now that the request may have been
/// read, a fault in it is one more way for a connection to break.
pub(super) fn after_sending(error: hyper::Error) -> TransportError {
    TransportError::with_source(TransportErrorKind::Connection, error)
}

/// The next cause. An `io::Error` hides the error that it wraps from `source`.
fn inner<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a (dyn StdError + 'static)> {
    match error
        .downcast_ref::<std::io::Error>()
        .and_then(std::io::Error::get_ref)
    {
        Some(wrapped) => Some(wrapped),
        None => error.source(),
    }
}
