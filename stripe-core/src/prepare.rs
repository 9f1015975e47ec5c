//! From the parts of a request to what is sent: everything that can be wrong with it is found here, before any
//! connection is made. The same prepared request, idempotency key included, goes out on every attempt.

mod headers;

use std::time::Duration;

use crate::client::Client;
use crate::encode::{self, Additions};
use crate::error::Error;
use crate::form;
use crate::idempotency;
use crate::json;
use crate::key::ApiKey;
use crate::method::Method;
use crate::multipart;
use crate::operation::{Body, Operation};
use crate::paging::Turn;
use crate::path;
use crate::query;
use crate::request::Parts;
use crate::transport::{HttpRequest, RequestBody};
use crate::untyped::Untyped;
use crate::validate::{self, Checked};
use crate::value::Value;

/// For one attempt, from connecting to the last byte.
const TIMEOUT: Duration = Duration::from_secs(80);

const MAX_RETRIES: u32 = 2;

/// The largest body that is read as a whole: far more than any page, far less than memory.
const MAX_BYTES: usize = 32 * 1024 * 1024;

/// A request that is ready to be sent any number of times, once it is authorized.
pub(crate) struct Prepared {
    pub(crate) client: Client,
    pub(crate) operation: Operation,
    pub(crate) request: HttpRequest,
    /// To be used instead of the client's.
    pub(crate) key: Option<ApiKey>,
    pub(crate) idempotency_key: Option<String>,
    pub(crate) timeout: Duration,
    pub(crate) deadline: Option<Duration>,
    pub(crate) max_retries: u32,
    pub(crate) max_bytes: usize,
    /// Whether the body of a success is left unread.
    pub(crate) is_streamed: bool,
}

impl Prepared {
    pub(crate) fn route(&self) -> (Method, &'static str) {
        (self.operation.method, self.operation.path)
    }
}

pub(crate) fn prepare(parts: Parts) -> Result<Prepared, Error> {
    parts.options.check()?;
    let payload = payload(&parts)?;
    let Parts {
        client,
        operation,
        options,
        is_streamed,
        ..
    } = parts;
    let (inner, defaults) = (client.inner(), &client.inner().options);
    let idempotency_key = match options.idempotency_key.clone() {
        None if operation.needs_key() => Some(idempotency::generate(&*inner.random)?),
        given => given,
    };
    let headers = headers::all(
        inner,
        operation,
        &options,
        idempotency_key.as_deref(),
        payload.content_type.as_deref(),
    );
    let base = inner.bases.get(operation.host).clone();
    Ok(Prepared {
        operation,
        request: HttpRequest::new(
            operation.method,
            base,
            payload.target,
            headers,
            payload.body,
        ),
        idempotency_key,
        key: options.key,
        timeout: options.timeout.or(defaults.timeout).unwrap_or(TIMEOUT),
        deadline: options.deadline.or(defaults.deadline),
        max_retries: options
            .max_retries
            .or(defaults.max_retries)
            .unwrap_or(MAX_RETRIES),
        max_bytes: options.max_bytes.unwrap_or(MAX_BYTES),
        is_streamed,
        client,
    })
}

/// The path and query, and the body.
#[derive(Default)]
struct Payload {
    target: String,
    content_type: Option<String>,
    body: RequestBody,
}

impl Payload {
    fn body(target: String, content_type: impl Into<String>, body: impl Into<RequestBody>) -> Self {
        Self {
            target,
            content_type: Some(content_type.into()),
            body: body.into(),
        }
    }
}

fn payload(parts: &Parts) -> Result<Payload, Error> {
    let path = match &parts.path {
        Ok(path) if path::is_filled(path) => path.clone(),
        Ok(_) => return Err(Error::validation("path", path::UNFILLED)),
        Err(refusal) => return Err(Error::validation(refusal.param, refusal.reason)),
    };
    let extra = match &parts.extra {
        Ok(extra) => extra.as_deref(),
        Err(error) => return Err(refused(error)),
    };
    let turn = parts.turn()?;
    let cursor = match &turn {
        Some(Turn::Target(target)) => {
            return Ok(Payload {
                target: target.clone(),
                ..Payload::default()
            });
        }
        Some(Turn::Cursor(name, value)) => Some((*name, value.as_str())),
        None => None,
    };
    if is_validated(parts) {
        validate(parts, extra)?;
    }
    let additions = Additions {
        expand: &parts.expand.paths,
        cursor,
        extra,
    };
    let boundary = match parts.operation.body {
        Body::Multipart => multipart::boundary(&*parts.client.inner().random)?,
        _ => String::new(),
    };
    write(parts, path, additions, &boundary).map_err(|error| refused(&error))
}

/// The rules are those of one version of the API.
fn is_validated(parts: &Parts) -> bool {
    let (options, client) = (&parts.options, parts.client.inner());
    let set = options.validation.or(client.options.validation);
    set.unwrap_or_else(|| {
        let version = options.api_version.as_ref();
        version.or(client.options.api_version.as_ref()) == client.pinned.version.as_ref()
    })
}

fn validate(parts: &Parts, extra: Option<&dyn Untyped>) -> Result<(), Error> {
    let checked = Checked {
        params: parts.params.as_ref().map(|params| params.as_object()),
        extra,
        is_form: parts.operation.body != Body::Json,
        expand: &parts.expand,
        route: (parts.operation.method, parts.operation.path),
    };
    let found = validate::request(checked, parts.client.inner().pinned.expansions);
    if found.is_empty() {
        return Ok(());
    }
    Err(Error::violations_of_rules(found))
}

fn refused(error: &encode::Error) -> Error {
    Error::validation(error.param(), error.reason())
}

fn write(
    parts: &Parts,
    path: String,
    additions: Additions<'_>,
    boundary: &str,
) -> Result<Payload, encode::Error> {
    let params: Option<&dyn Value> = match &parts.params {
        Some(params) => Some(params.as_object()),
        None => None,
    };
    match parts.operation.body {
        Body::Query => {
            let params = form::encode_with(params, additions)?;
            Ok(Payload {
                target: query::add(path, &params),
                ..Payload::default()
            })
        }
        Body::Form => {
            let form = form::encode_with(params, additions)?;
            Ok(Payload::body(
                path,
                "application/x-www-form-urlencoded",
                form,
            ))
        }
        Body::Json => Ok(Payload::body(
            path,
            "application/json",
            json::body(params, additions)?,
        )),
        Body::Multipart => {
            let content_type = format!("multipart/form-data; boundary={boundary}");
            Ok(Payload::body(
                path,
                content_type,
                multipart::encode(params, additions, boundary)?,
            ))
        }
    }
}
