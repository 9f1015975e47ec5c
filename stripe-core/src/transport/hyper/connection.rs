//! One connection as hyper has it, in the version of HTTP that was agreed on.

use std::task::Context;

use hyper::body::Incoming;
use hyper::client::conn::TrySendError;

#[cfg(feature = "http2")]
use hyper::client::conn::http2;

use super::OutgoingBody;
use super::fault::{self, BoxError};
use super::http1::Http1;
use super::stream::Stream;
use crate::transport::TransportError;

pub(super) type Outgoing = hyper::Request<OutgoingBody>;

pub(super) enum Connection {
    Http1(Http1),
    /// For many requests at once, from all clones. A task beside them drives it.
    #[cfg(feature = "http2")]
    Http2(http2::SendRequest<OutgoingBody>),
}

/// Why a request got no answer.
pub(super) enum Unanswered {
    /// Nothing of it was written: it can be sent over another connection.
    Unsent(Box<Outgoing>, TransportError),
    /// Some of it may have been written.
    Failed(TransportError),
}

impl Connection {
    /// Begins to speak HTTP over a stream, in the version that was agreed on with TLS.
    pub(super) async fn new(stream: Stream) -> Result<Self, BoxError> {
        #[cfg(feature = "http2")]
        if stream.is_http2 {
            let (sender, connection) = http2_settings().handshake(stream.wire).await?;
            // How a connection ended is told to the requests that it had.
            super::spawn::spawn(Box::pin(async move { drop(connection.await) }));
            return Ok(Self::Http2(sender));
        }
        Http1::new(stream.wire).await.map(Self::Http1)
    }

    /// Whether it takes a request, as far as is known. One of HTTP/1.1 that nobody drives learns nothing new.
    pub(super) fn is_ready(&self) -> bool {
        match self {
            Self::Http1(connection) => connection.is_ready(),
            #[cfg(feature = "http2")]
            Self::Http2(sender) => sender.is_ready(),
        }
    }

    /// The same connection, for another request beside the ones that it has.
    #[cfg(feature = "http2")]
    pub(super) fn to_share(&self) -> Option<Self> {
        match self {
            Self::Http1(_) => None,
            Self::Http2(sender) => Some(Self::Http2(sender.clone())),
        }
    }

    /// Moves the exchange on, unless a task does.
    pub(super) fn drive(&mut self, context: &mut Context<'_>) {
        match self {
            Self::Http1(connection) => connection.drive(context),
            #[cfg(feature = "http2")]
            Self::Http2(_) => {}
        }
    }

    /// Sends a request, whose address is absolute, and waits for the head of the answer.
    pub(super) async fn send(
        &mut self,
        request: Outgoing,
    ) -> Result<hyper::Response<Incoming>, Unanswered> {
        match self {
            Self::Http1(connection) => connection.send(request).await,
            #[cfg(feature = "http2")]
            Self::Http2(sender) => {
                let sent = sender.try_send_request(request).await;
                sent.map_err(|error| Unanswered::of(error, |_| {}))
            }
        }
    }
}

impl Unanswered {
    /// `undo` makes an unsent request again what it was.
    pub(super) fn of(mut error: TrySendError<Outgoing>, undo: impl FnOnce(&mut Outgoing)) -> Self {
        let unsent = error.take_message();
        let error = error.into_error();
        match unsent {
            Some(mut request) => {
                undo(&mut request);
                Self::Unsent(Box::new(request), fault::before_sending(error.into()))
            }
            None => Self::Failed(fault::after_sending(error)),
        }
    }
}

#[cfg(feature = "http2")]
fn http2_settings() -> http2::Builder<super::spawn::Executor> {
    use std::time::Duration;

    /// A connection that the network lost looks alive, and every attempt over it would wait for its full time. HTTP/2 can
    /// ask.
    const PING_AFTER: Duration = Duration::from_secs(15);
    const PING_ANSWER: Duration = Duration::from_secs(10);
    const LARGEST_HEAD: u32 = 64 * 1024;

    let mut settings = http2::Builder::new(super::spawn::Executor);
    settings
        .timer(hyper_util::rt::TokioTimer::new())
        .max_header_list_size(LARGEST_HEAD)
        .keep_alive_interval(PING_AFTER)
        .keep_alive_timeout(PING_ANSWER);
    settings
}
