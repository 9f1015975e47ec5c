//! What an answer means: success, one of Stripe's errors, or something that does not come from Stripe.

use std::time::Duration;

use bytes::Bytes;

use crate::decode::{Blank, Decode};
use crate::error::{ApiError, Error, ErrorKind, Escaped, Exchange, KEY_IN_USE};
use crate::headers::Headers;
use crate::json;
use crate::prepare::Prepared;
use crate::response::RawResponse;

/// An answer with its whole body.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Headers,
    pub(super) body: Bytes,
}

/// The answer if it is a success, or the error that it is.
///
/// `may_have_acted` is whether any attempt may have; an answer that tells the outcome of the idempotency key ends that.
pub(super) fn read(
    prepared: &Prepared,
    answer: Answer,
    may_have_acted: bool,
) -> Result<RawResponse, Error> {
    let Answer {
        status,
        headers,
        body,
    } = answer;
    if (200..300).contains(&status) {
        let key = prepared.idempotency_key.clone();
        return Ok(RawResponse::new(
            prepared.route(),
            status,
            headers,
            key,
            body,
        ));
    }
    let error = explain(prepared.operation.is_v2(), status, &headers, &body);
    let is_told = prepared.idempotency_key.is_some() && tells_outcome(status, error.kind());
    let exchange = Exchange {
        status: Some(status),
        request_id: headers.get("request-id").map(str::to_owned),
        retry_after: headers.get("retry-after").and_then(seconds),
        body: Some(String::from_utf8_lossy(&body).into_owned()),
        may_have_acted: may_have_acted && !is_told,
        ..super::exchange(prepared)
    };
    Err(error.with_exchange(exchange))
}

/// Whether an answer by Stripe stands for all requests with its idempotency key. Had an earlier one acted, Stripe would
/// have repeated the answer to that. An answer of the layers before (401, 403, 409, 429) or of a proxy says nothing.
fn tells_outcome(status: u16, kind: ErrorKind) -> bool {
    matches!(status, 400 | 402 | 404) && matches!(kind, ErrorKind::InvalidRequest | ErrorKind::Card)
}

impl Answer {
    /// Whether Stripe may have acted, or still act, although this is not a success.
    pub(super) fn may_have_acted(&self) -> bool {
        let code = || api_error(&self.body).and_then(|api| api.code);
        self.status >= 500 || self.status == 409 && code().as_deref() == Some(KEY_IN_USE)
    }
}

fn explain(is_v2: bool, status: u16, headers: &Headers, body: &[u8]) -> Error {
    if (300..400).contains(&status) {
        let host = headers.get("location").map_or("", host);
        let message = format!("a redirect to `{}`, which is never followed", Escaped(host));
        return Error::new(ErrorKind::UnexpectedRedirect, message);
    }
    match api_error(body) {
        Some(api) => {
            let kind = kind(is_v2, status, &api);
            Error::new(kind, "Stripe answered with an error").with_api(api)
        }
        None => {
            let content_type = headers.get("content-type").unwrap_or("no content type");
            let shown: String = content_type
                .chars()
                .filter(char::is_ascii_graphic)
                .take(40)
                .collect();
            let message = format!(
                "an error that is not one of Stripe's ({shown}, {} bytes)",
                body.len()
            );
            Error::new(ErrorKind::InvalidResponse, message)
        }
    }
}

/// Stripe's error object, or what OAuth has in its place.
fn api_error(body: &[u8]) -> Option<ApiError> {
    let entries = json::entries(std::str::from_utf8(body).ok()?)?;
    let find = |name: &str| {
        entries
            .iter()
            .find(|(entry, _)| entry == name)
            .map(|(_, raw)| raw.get())
    };
    let text = |name: &str| find(name).and_then(|raw| String::decode(raw.as_bytes()).ok());
    let error = find("error")?;
    if let Ok(api) = ApiError::decode(error.as_bytes()) {
        return Some(api);
    }
    let mut api = ApiError::blank();
    api.code = Some(text("error")?);
    api.message = text("error_description");
    Some(api)
}

/// By status, as the official SDKs do, and in version 2 by type where that says more.
fn kind(is_v2: bool, status: u16, api: &ApiError) -> ErrorKind {
    let of_type = |name: &str| api.error_type.as_deref() == Some(name);
    match status {
        _ if is_v2 && of_type("idempotency_error") => ErrorKind::Idempotency,
        _ if is_v2 && of_type("rate_limit") => ErrorKind::RateLimited,
        _ if is_v2 && of_type("temporary_session_expired") => ErrorKind::SessionExpired,
        429 => ErrorKind::RateLimited,
        400 if api.code.as_deref() == Some("rate_limit") => ErrorKind::RateLimited,
        400 | 404 | 409 if of_type("idempotency_error") => ErrorKind::Idempotency,
        400 | 404 => ErrorKind::InvalidRequest,
        401 => ErrorKind::Authentication,
        402 => ErrorKind::Card,
        403 => ErrorKind::Permission,
        _ => ErrorKind::Api,
    }
}

/// The host of a URL, without what may be secret: a user name, a path, a query.
fn host(location: &str) -> &str {
    let rest = location
        .split_once("://")
        .map_or(location, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host)
}

/// `Retry-After` in seconds; Stripe does not send dates.
fn seconds(text: &str) -> Option<Duration> {
    text.parse().ok().map(Duration::from_secs)
}
