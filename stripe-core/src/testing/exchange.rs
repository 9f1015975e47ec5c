//! Bodies and answers as a transport has them: a request read to its end, and the answer that a reply stands for.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use super::failure::{self, Kind};
use super::reply::{Content, Reply};
use crate::headers::Headers;
use crate::transport::{HttpBody, HttpResponse, RequestBody, TransportError, TransportErrorKind};

/// Reads a body to its end.
pub(super) async fn read(body: &RequestBody) -> Result<Bytes, TransportError> {
    let mut stream = body.stream();
    let mut whole = Vec::new();
    while let Some(piece) =
        std::future::poll_fn(|context| Pin::new(&mut stream).poll_next(context)).await
    {
        let piece = piece
            .map_err(|error| TransportError::with_source(TransportErrorKind::Connection, error))?;
        whole.extend_from_slice(&piece);
    }
    Ok(whole.into())
}

/// The answer that a reply stands for.
pub(super) fn respond(reply: &Reply, number: usize) -> Result<HttpResponse, TransportError> {
    let json = [("content-type".to_owned(), "application/json".to_owned())];
    let broken = TransportError::new(TransportErrorKind::Connection);
    let (status, headers, body) = match reply.content() {
        Content::Answer(answer) => (
            answer.status,
            answer.headers.clone(),
            HttpBody::full(answer.body.clone()),
        ),
        Content::Failure(failure) => match failure.kind() {
            Kind::Transport(kind) => return Err(TransportError::new(*kind)),
            Kind::BrokenBody => {
                let pieces = VecDeque::from([Ok(Bytes::from_static(b"{\"id\":")), Err(broken)]);
                (200, json.to_vec(), HttpBody::new(Pieces(pieces)))
            }
            Kind::MalformedBody => (200, json.to_vec(), HttpBody::full("{\"id\":")),
            Kind::Error {
                status,
                fields,
                headers,
            } => {
                let headers = [json.as_slice(), headers].concat();
                (*status, headers, HttpBody::full(failure::body(fields)))
            }
        },
    };
    Ok(HttpResponse::new(
        status,
        with_request_id(&headers, number),
        body,
    ))
}

fn with_request_id(headers: &[(String, String)], number: usize) -> Headers {
    let mut all = Headers::new();
    for (name, value) in headers {
        all.push(name, value);
    }
    if all.get("request-id").is_none() {
        all.push("request-id", &format!("req_Mock{number}"));
    }
    all
}

/// A body in pieces.
struct Pieces(VecDeque<Result<Bytes, TransportError>>);

impl Stream for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front())
    }
}
