//! HTTP/1.1: one exchange at a time, driven by whoever waits for it.
//!
//! No task of its own drives a connection. So it is known whether an exchange is over, instead of when a task gets to it:
//! the next call finds the connection ready. It needs nobody to watch over it, and a call that is dropped takes it along.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper::header::{HOST, HeaderValue};
use hyper::http::uri::{PathAndQuery, Uri};

use super::OutgoingBody;
use super::connection::{Outgoing, Unanswered};
use super::fault::BoxError;
use super::interim::Interim;
use super::stream::Wire;
use crate::transport::{TransportError, TransportErrorKind};

/// Answers whose head is larger than this are refused. Stripe's are below 4 KiB.
const LARGEST_HEAD: usize = 64 * 1024;
const MOST_HEADERS: usize = 100;

pub(super) struct Http1 {
    sender: http1::SendRequest<OutgoingBody>,
    /// What reads and writes, until it is over.
    wire: Option<Pin<Box<http1::Connection<Wire, OutgoingBody>>>>,
}

impl Http1 {
    pub(super) async fn new(wire: Wire) -> Result<Self, BoxError> {
        let mut settings = http1::Builder::new();
        settings
            .max_headers(MOST_HEADERS)
            .max_buf_size(LARGEST_HEAD);
        let (sender, wire) = settings.handshake(wire).await?;
        Ok(Self {
            sender,
            wire: Some(Box::pin(wire)),
        })
    }

    /// Whether it takes a request: its last exchange is over, as far as it was driven.
    pub(super) fn is_ready(&self) -> bool {
        self.sender.is_ready()
    }

    /// Reads and writes what can be now. The exchange, if there is one, learns how that went.
    pub(super) fn drive(&mut self, context: &mut Context<'_>) {
        let wire = self.wire.as_mut();
        if wire.is_some_and(|wire| wire.as_mut().poll(context).is_ready()) {
            self.wire = None;
        }
    }

    /// Sends a request, whose address is absolute, and waits for the head of the answer.
    pub(super) async fn send(
        &mut self,
        request: Outgoing,
    ) -> Result<hyper::Response<Incoming>, Unanswered> {
        let (mut request, address) = to_origin_form(request);
        let interim = Interim::of(&mut request);
        let mut answer = pin!(self.sender.try_send_request(request));
        std::future::poll_fn(|context| {
            self.drive(context);
            // They may have come together with the answer.
            if let Err(error) = interim.check() {
                let kind = TransportErrorKind::Connection;
                let error = TransportError::with_source(kind, error);
                return Poll::Ready(Err(Unanswered::Failed(error)));
            }
            let answered = answer.as_mut().poll(context);
            answered.map_err(|error| Unanswered::of(error, |unsent| undo(unsent, &address)))
        })
        .await
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

fn undo(request: &mut Outgoing, address: &Uri) {
    *request.uri_mut() = address.clone();
    request.headers_mut().remove(HOST);
}
