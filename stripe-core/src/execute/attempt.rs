//! One attempt: a request out and, in time and within bounds, an answer back.

use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;

use super::answer::Answer;
use crate::clock::within;
use crate::error::{Error, ErrorKind, TimeoutPhase};
use crate::prepare::Prepared;
use crate::transport::{HttpBody, TransportError, TransportErrorKind};

/// Sends the request once. `remaining` is what is left until the deadline of the call.
pub(super) async fn attempt(
    prepared: &Prepared,
    remaining: Option<Duration>,
) -> Result<Answer, Error> {
    let clock = &*prepared.client.inner().clock;
    let (limit, phase) = match remaining {
        Some(remaining) if remaining < prepared.timeout => (remaining, TimeoutPhase::Deadline),
        _ => (prepared.timeout, TimeoutPhase::Attempt),
    };
    match within(clock, limit, Box::pin(exchange(prepared))).await {
        Some(result) => result,
        None => Err(Error::timeout(phase)),
    }
}

async fn exchange(prepared: &Prepared) -> Result<Answer, Error> {
    let sent = &prepared.request.body;
    sent.open().await?;
    let answer = answer(prepared).await;
    // If the body is why the connection broke, then that is what the caller can do something about.
    answer.map_err(|error| sent.take_failure().unwrap_or(error))
}

async fn answer(prepared: &Prepared) -> Result<Answer, Error> {
    let transport = &prepared.client.inner().transport;
    let response = transport.send(&prepared.request).await.map_err(failure)?;
    let mut answer = Answer {
        status: response.status,
        headers: response.headers,
        body: Bytes::new(),
        rest: None,
    };
    if prepared.is_streamed && answer.is_success() {
        answer.rest = Some(response.body);
        return Ok(answer);
    }
    let declared = answer
        .headers
        .get("content-length")
        .and_then(|length| length.parse().ok());
    match read(response.body, declared.unwrap_or(0), prepared.max_bytes).await {
        Ok(body) => answer.body = body,
        Err(error) => return Err(error.with_exchange(answer.head())),
    }
    Ok(answer)
}

/// Reads a body to its end. Nothing that the server says of its length is trusted.
async fn read(mut body: HttpBody, declared: usize, most: usize) -> Result<Bytes, Error> {
    if declared > most {
        return Err(too_large(most));
    }
    let Some(first) = next(&mut body).await? else {
        return Ok(Bytes::new());
    };
    let Some(second) = next(&mut body).await? else {
        return within_bounds(first, most);
    };
    let mut whole = Vec::with_capacity(declared.min(64 * 1024));
    whole.extend_from_slice(&first);
    let mut piece = second;
    loop {
        if whole.len().saturating_add(piece.len()) > most {
            return Err(too_large(most));
        }
        whole.extend_from_slice(&piece);
        match next(&mut body).await? {
            Some(next) => piece = next,
            None => return Ok(whole.into()),
        }
    }
}

async fn next(body: &mut HttpBody) -> Result<Option<Bytes>, Error> {
    let piece = std::future::poll_fn(|context| Pin::new(&mut *body).poll_next(context)).await;
    piece.transpose().map_err(failure)
}

fn within_bounds(bytes: Bytes, most: usize) -> Result<Bytes, Error> {
    if bytes.len() > most {
        Err(too_large(most))
    } else {
        Ok(bytes)
    }
}

fn too_large(most: usize) -> Error {
    let message = format!("the answer is larger than {most} bytes");
    Error::new(ErrorKind::BodyTooLarge, message)
}

/// What a failure of the transport is for the caller.
pub(crate) fn failure(error: TransportError) -> Error {
    let failed = match error.kind() {
        TransportErrorKind::Connect => Error::new(ErrorKind::Connect, "no connection was made"),
        TransportErrorKind::ConnectTimeout => Error::timeout(TimeoutPhase::Connect),
        TransportErrorKind::ProxyRefused => Error::new(
            ErrorKind::Connect,
            "the proxy refused to connect: check the user name and password in its address, and whether it lets \
             connections to Stripe through",
        ),
        TransportErrorKind::Tls => Error::new(ErrorKind::Tls, "no secure connection was made"),
        TransportErrorKind::Connection => Error::new(ErrorKind::Connection, "the connection broke"),
        TransportErrorKind::Timeout => Error::timeout(TimeoutPhase::Attempt),
        TransportErrorKind::Unsendable => {
            Error::config("the transport cannot send the request as it is; its own error says why")
        }
    };
    failed.with_source(error)
}
