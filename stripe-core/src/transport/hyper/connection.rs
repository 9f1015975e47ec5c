//! One connection as hyper has it: a sender, and a task that drives what goes over the wire.

use hyper::body::Incoming;
use hyper::client::conn::{TrySendError, http1};
use hyper::header::{HOST, HeaderValue};
use hyper::http::uri::{PathAndQuery, Uri};
use hyper_rustls::MaybeHttpsStream;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

#[cfg(feature = "http2")]
use hyper::client::conn::http2;

use super::OutgoingBody;
use super::fault::{self, BoxError};
use super::interim::Interim;
use super::spawn::spawn;
use crate::transport::{TransportError, TransportErrorKind};

/// Everything is sent over this one type, plain or encrypted, directly or through a proxy: hyper is compiled for it once.
pub(super) type Stream = MaybeHttpsStream<TokioIo<TcpStream>>;

pub(super) type Outgoing = hyper::Request<OutgoingBody>;

/// Answers of HTTP/1.1 whose head is larger than this are refused. Stripe's are below 4 KiB.
const LARGEST_HEAD: usize = 64 * 1024;
const MOST_HEADERS: usize = 100;

/// Sends requests over a connection.
pub(super) enum Sender {
    /// One at a time.
    Http1(http1::SendRequest<OutgoingBody>),
    /// Many at once, from all clones.
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

impl Sender {
    /// Begins to speak HTTP over a stream, in the version that was agreed on with TLS.
    pub(super) async fn new(stream: Stream) -> Result<Self, BoxError> {
        #[cfg(feature = "http2")]
        if is_http2(&stream) {
            let (sender, connection) = http2_settings().handshake(stream).await?;
            // How a connection ended is told to the requests that it had.
            spawn(Box::pin(async move { drop(connection.await) }));
            return Ok(Self::Http2(sender));
        }
        let mut settings = http1::Builder::new();
        settings
            .max_headers(MOST_HEADERS)
            .max_buf_size(LARGEST_HEAD);
        let (sender, connection) = settings.handshake(stream).await?;
        spawn(Box::pin(async move { drop(connection.await) }));
        Ok(Self::Http1(sender))
    }

    /// Whether it takes a request now.
    pub(super) fn is_ready(&self) -> bool {
        match self {
            Self::Http1(sender) => sender.is_ready(),
            #[cfg(feature = "http2")]
            Self::Http2(sender) => sender.is_ready(),
        }
    }

    /// Whether it will never take one again.
    pub(super) fn is_closed(&self) -> bool {
        match self {
            Self::Http1(sender) => sender.is_closed(),
            #[cfg(feature = "http2")]
            Self::Http2(sender) => sender.is_closed(),
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

    /// Sends a request, whose address is absolute, and waits for the head of the answer.
    pub(super) async fn send(
        &mut self,
        request: Outgoing,
    ) -> Result<hyper::Response<Incoming>, Unanswered> {
        match self {
            Self::Http1(sender) => {
                let (mut request, address) = to_origin_form(request);
                let interim = Interim::of(&mut request);
                let answer = Box::pin(sender.try_send_request(request));
                let sent = interim.limit(answer).await.map_err(|error| {
                    let kind = TransportErrorKind::Connection;
                    Unanswered::Failed(TransportError::with_source(kind, error))
                })?;
                sent.map_err(|error| unanswered(error, Some(address)))
            }
            #[cfg(feature = "http2")]
            Self::Http2(sender) => {
                let sent = sender.try_send_request(request).await;
                sent.map_err(|error| unanswered(error, None))
            }
        }
    }
}

fn unanswered(mut error: TrySendError<Outgoing>, address: Option<Uri>) -> Unanswered {
    let unsent = error.take_message();
    let error = error.into_error();
    match unsent {
        Some(mut request) => {
            if let Some(address) = address {
                *request.uri_mut() = address;
                request.headers_mut().remove(HOST);
            }
            Unanswered::Unsent(Box::new(request), fault::before_sending(error.into()))
        }
        None => Unanswered::Failed(fault::after_sending(error)),
    }
}

/// HTTP/1.1 names the server in a header, and the path alone in the request line. The address as it was, to undo that.
fn to_origin_form(mut request: Outgoing) -> (Outgoing, Uri) {
    let path = request.uri().path_and_query();
    let path = path
        .cloned()
        .unwrap_or_else(|| PathAndQuery::from_static("/"));
    let address = std::mem::replace(request.uri_mut(), Uri::from(path));
    let host = address
        .authority()
        .map_or("", |authority| authority.as_str());
    // What an address can hold, a header can: this does not fail.
    if let Ok(host) = HeaderValue::from_str(host) {
        request.headers_mut().insert(HOST, host);
    }
    (request, address)
}

#[cfg(feature = "http2")]
fn is_http2(stream: &Stream) -> bool {
    match stream {
        MaybeHttpsStream::Http(_) => false,
        MaybeHttpsStream::Https(tls) => tls.inner().get_ref().1.alpn_protocol() == Some(b"h2"),
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
