//! What an answer means: success, one of Stripe's errors, or something that does not come from Stripe.

mod sample;

use bytes::Bytes;
use serde_json::value::RawValue;

use crate::decode::{Blank, Decode};
use crate::error::{ApiError, Error, ErrorCode, ErrorKind, Exchange};
use crate::headers::Headers;
use crate::json;
use crate::operation::Operation;
use crate::prepare::Prepared;
use crate::response::RawResponse;
use crate::transport::HttpBody;
use sample::Sample;

/// An answer.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Headers,
    /// As far as it was read.
    pub(super) body: Bytes,
    /// What is left of it, for a success that is to be streamed.
    pub(super) rest: Option<HttpBody>,
}

/// What a call gave.
pub(super) struct Success {
    pub(super) raw: RawResponse,
    pub(super) rest: Option<HttpBody>,
}

/// The answer if it is a success, or the error that it is.
///
/// `may_have_acted` is whether any attempt may have; an answer that tells the outcome of the idempotency key ends that.
pub(super) fn read(
    prepared: &Prepared,
    answer: Answer,
    may_have_acted: bool,
) -> Result<Success, Error> {
    let (route, key) = (prepared.route(), prepared.idempotency_key.clone());
    if answer.is_success() {
        let raw = RawResponse::new(route, answer.status, answer.headers, key, answer.body);
        let rest = answer.rest;
        return Ok(Success { raw, rest });
    }
    let error = explain(
        prepared.operation,
        answer.status,
        &answer.headers,
        &answer.body,
    );
    let is_told = key.is_some() && tells_outcome(answer.status, error.kind());
    let exchange = Exchange {
        body: Some(String::from_utf8_lossy(&answer.body).into_owned()),
        ..answer.head()
    };
    let error = error.with_exchange(exchange);
    Err(error.of_call(route, key, may_have_acted && !is_told))
}

/// Whether an answer by Stripe stands for all requests with its idempotency key. Had an earlier one acted, Stripe would
/// have repeated the answer to that. An answer of the layers before (401, 403, 409, 429) or of a proxy says nothing.
fn tells_outcome(status: u16, kind: ErrorKind) -> bool {
    matches!(status, 400 | 402 | 404) && matches!(kind, ErrorKind::InvalidRequest | ErrorKind::Card)
}

impl Answer {
    pub(super) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// What an error tells of it, but for the body.
    pub(super) fn head(self) -> Exchange {
        Exchange {
            status: Some(self.status),
            request_id: self.headers.get("request-id").map(str::to_owned),
            headers: self.headers,
            ..Exchange::default()
        }
    }

    /// What it is an error of, if it is one.
    pub(super) fn error_kind(&self, operation: Operation) -> Option<ErrorKind> {
        let explained = || explain(operation, self.status, &self.headers, &self.body).kind();
        (!self.is_success()).then(explained)
    }

    /// Whether Stripe has acted, may have, or may still. A success counts too: Stripe can ask for another attempt after it,
    /// and that one can fail.
    pub(super) fn may_have_acted(&self) -> bool {
        let key_in_use = || {
            let api = api_error(&self.body);
            api.is_some_and(|api| api.code() == Some(ErrorCode::IDEMPOTENCY_KEY_IN_USE))
        };
        self.is_success() || self.status >= 500 || self.status == 409 && key_in_use()
    }
}

fn explain(operation: Operation, status: u16, headers: &Headers, body: &[u8]) -> Error {
    if (300..400).contains(&status) {
        let message = match headers.get("location").map_or("", host) {
            "" => "a redirect, which is never followed".to_owned(),
            host => format!("a redirect to `{host}`, which is never followed"),
        };
        return Error::new(ErrorKind::UnexpectedRedirect, message);
    }
    let said = api_error(body)
        .map(|api| (kind(operation.is_v2(), status, &api), api))
        .or_else(|| Some((ErrorKind::OAuth, oauth_error(operation, body)?)));
    match said {
        Some((kind, api)) => Error::new(kind, "Stripe answered with an error").with_api(api),
        None => {
            let sample = Sample::of(headers, body);
            let message = format!("an error that is not one of Stripe's ({sample})");
            Error::new(ErrorKind::InvalidResponse, message)
        }
    }
}

/// Stripe's error object.
fn api_error(body: &[u8]) -> Option<ApiError> {
    let entries = json::entries(std::str::from_utf8(body).ok()?)?;
    let error = field(&entries, "error")?;
    ApiError::decode(error.as_bytes()).ok()
}

/// What OAuth has in place of the error object: a code, and words. Elsewhere only the codes that Stripe documents are
/// taken for its own, since proxies answer in this form too.
fn oauth_error(operation: Operation, body: &[u8]) -> Option<ApiError> {
    let entries = json::entries(std::str::from_utf8(body).ok()?)?;
    let text = |name: &str| String::decode(field(&entries, name)?.as_bytes()).ok();
    let mut api = ApiError::blank();
    api.code = Some(text("error")?);
    api.message = text("error_description");
    let is_known = api.code().is_some_and(|code| OAUTH_CODES.contains(&code));
    (is_known || operation.path.starts_with("/oauth/")).then_some(api)
}

const OAUTH_CODES: [ErrorCode<'static>; 6] = [
    ErrorCode::INVALID_CLIENT,
    ErrorCode::INVALID_GRANT,
    ErrorCode::INVALID_REQUEST,
    ErrorCode::INVALID_SCOPE,
    ErrorCode::UNSUPPORTED_GRANT_TYPE,
    ErrorCode::UNSUPPORTED_RESPONSE_TYPE,
];

fn field<'a>(entries: &[(String, &'a RawValue)], name: &str) -> Option<&'a str> {
    let found = entries.iter().find(|(entry, _)| entry == name);
    found.map(|(_, raw)| raw.get())
}

/// By status, as the official SDKs do, and in version 2 by type where that says more.
fn kind(is_v2: bool, status: u16, api: &ApiError) -> ErrorKind {
    let of_type = |name: &str| api.error_type.as_deref() == Some(name);
    match status {
        _ if is_v2 && of_type("idempotency_error") => ErrorKind::Idempotency,
        _ if is_v2 && of_type("rate_limit") => ErrorKind::RateLimited,
        _ if is_v2 && of_type("temporary_session_expired") => ErrorKind::SessionExpired,
        429 => ErrorKind::RateLimited,
        400 if api.code() == Some(ErrorCode::RATE_LIMIT) => ErrorKind::RateLimited,
        400 | 404 | 409 if of_type("idempotency_error") => ErrorKind::Idempotency,
        400 | 404 => ErrorKind::InvalidRequest,
        401 => ErrorKind::Authentication,
        402 => ErrorKind::Card,
        403 => ErrorKind::Permission,
        _ => ErrorKind::Api,
    }
}

/// The host of a URL, without what may be secret: a user name, a path, a query. Empty if it does not look like one.
fn host(location: &str) -> &str {
    let rest = location.split_once("://").map_or("", |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    let is_host = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
    if host.bytes().all(is_host) { host } else { "" }
}
