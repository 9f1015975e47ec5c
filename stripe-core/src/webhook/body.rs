//! A request of `http`, down to what a verifier takes: its whole body, if that is not too large, and its signature.

use std::pin::pin;

use bytes::Buf;
use http::HeaderMap;
use http_body::Body;

use super::SIGNATURE_HEADER;
use super::endpoint::Endpoint;
use super::error::{Error, ErrorKind};
use super::verified::Verified;

/// Reads the body of a delivery and verifies it.
pub(super) fn receive<B: Body>(
    endpoint: &Endpoint,
    headers: &HeaderMap,
    body: B,
) -> impl Future<Output = Result<Verified<'static>, Error>> + use<B> {
    let header = signature(headers).map(<[u8]>::to_vec);
    let endpoint = endpoint.clone();
    async move {
        let header = header?;
        let body = collect(body, endpoint.max_body()).await?;
        endpoint.verifier().verify(body, header)
    }
}

/// The header with the signatures. A request with two is not from Stripe: which one counts would depend on who reads it.
fn signature(headers: &HeaderMap) -> Result<&[u8], Error> {
    let mut all = headers.get_all(SIGNATURE_HEADER).iter();
    let header = all.next().map(http::HeaderValue::as_bytes);
    match all.next() {
        None => Ok(header.unwrap_or_default()),
        Some(_) => Err(Error::new(
            ErrorKind::MalformedSignature,
            "there are two Stripe-Signature headers",
        )),
    }
}

async fn collect<B: Body>(body: B, limit: usize) -> Result<Vec<u8>, Error> {
    let mut body = pin!(body);
    let at_least = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if at_least > limit {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(at_least);
    while let Some(frame) = std::future::poll_fn(|context| body.as_mut().poll_frame(context)).await
    {
        let frame = frame.map_err(|_theirs| {
            Error::new(ErrorKind::Body, "the body ended before all of it was there")
        })?;
        let Ok(mut data) = frame.into_data() else {
            continue;
        };
        if data.remaining() > limit.saturating_sub(bytes.len()) {
            return Err(too_large());
        }
        while data.has_remaining() {
            let chunk = data.chunk();
            let length = chunk.len();
            bytes.extend_from_slice(chunk);
            data.advance(length);
        }
    }
    Ok(bytes)
}

fn too_large() -> Error {
    Error::new(
        ErrorKind::BodyTooLarge,
        "the body is larger than this endpoint takes: see `Endpoint::body_limit`",
    )
}
