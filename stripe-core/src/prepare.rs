//! From the parts of a request to what is sent: everything that can be wrong with it is found here, before any
//! connection is made. The same prepared request, idempotency key included, goes out on every attempt.

use std::time::Duration;

use bytes::Bytes;

use crate::client::{Client, Inner};
use crate::error::Error;
use crate::form;
use crate::headers::Headers;
use crate::idempotency;
use crate::json;
use crate::method::Method;
use crate::multipart;
use crate::operation::{Body, Operation};
use crate::options::Options;
use crate::request::Parts;
use crate::transport::HttpRequest;
use crate::value::Object;

/// For one attempt, from connecting to the last byte.
const TIMEOUT: Duration = Duration::from_secs(80);

const MAX_RETRIES: u32 = 2;

/// A request that is ready to be sent any number of times.
pub(crate) struct Prepared {
    pub(crate) client: Client,
    pub(crate) operation: Operation,
    pub(crate) request: HttpRequest,
    pub(crate) idempotency_key: Option<String>,
    pub(crate) timeout: Duration,
    pub(crate) deadline: Option<Duration>,
    pub(crate) max_retries: u32,
}

impl Prepared {
    pub(crate) fn route(&self) -> (Method, &'static str) {
        (self.operation.method, self.operation.path)
    }
}

pub(crate) fn prepare(parts: Parts) -> Result<Prepared, Error> {
    let Parts {
        client,
        operation,
        path,
        params,
        expand,
        options,
    } = parts;
    options.check()?;
    let mut target = path.map_err(|refusal| Error::validation(refusal.param, refusal.reason))?;
    let inner = client.inner();
    let params: Option<&dyn Object> = match &params {
        Some(params) => Some(&**params),
        None => None,
    };
    let payload = payload(inner, operation.body, params, &expand)?;
    if let Some(query) = payload.query.filter(|query| !query.is_empty()) {
        target.push('?');
        target.push_str(&query);
    }
    let idempotency_key = match options.idempotency_key.clone() {
        None if operation.needs_key() => Some(idempotency::generate(&*inner.random)?),
        given => given,
    };
    let headers = headers(
        inner,
        operation,
        &options,
        idempotency_key.as_deref(),
        payload.content_type.as_deref(),
    );
    let base = inner.bases.get(operation.host).clone();
    let request = HttpRequest::new(operation.method, base, target, headers, payload.body);
    let defaults = &inner.options;
    Ok(Prepared {
        operation,
        request,
        idempotency_key,
        timeout: options.timeout.or(defaults.timeout).unwrap_or(TIMEOUT),
        deadline: options.deadline.or(defaults.deadline),
        max_retries: options
            .max_retries
            .or(defaults.max_retries)
            .unwrap_or(MAX_RETRIES),
        client,
    })
}

/// Where the parameters went.
#[derive(Default)]
struct Payload {
    query: Option<String>,
    content_type: Option<String>,
    body: Bytes,
}

fn payload(
    client: &Inner,
    body: Body,
    params: Option<&dyn Object>,
    expand: &[String],
) -> Result<Payload, Error> {
    let written = match body {
        Body::Query => form::encode(params, expand).map(|query| Payload {
            query: Some(query),
            ..Payload::default()
        }),
        Body::Form => form::encode(params, expand)
            .map(|form| Payload::body("application/x-www-form-urlencoded", form)),
        Body::Json => {
            json::body(params, expand).map(|json| Payload::body("application/json", json))
        }
        Body::Multipart => {
            let boundary = multipart::boundary(&*client.random)?;
            let content_type = format!("multipart/form-data; boundary={boundary}");
            multipart::encode(params, expand, &boundary)
                .map(|parts| Payload::body(&content_type, parts))
        }
    };
    written.map_err(|error| Error::validation(error.param(), error.reason()))
}

impl Payload {
    fn body(content_type: &str, body: impl Into<Bytes>) -> Self {
        Self {
            query: None,
            content_type: Some(content_type.to_owned()),
            body: body.into(),
        }
    }
}

/// The headers, but for those that belong to the connection.
fn headers(
    client: &Inner,
    operation: Operation,
    options: &Options,
    idempotency_key: Option<&str>,
    content_type: Option<&str>,
) -> Headers {
    let defaults = &client.options;
    let mut headers = Headers::new();
    headers.push_sensitive("authorization", format!("Bearer {}", client.key.expose()));
    headers.push("user-agent", user_agent(client, operation));
    headers.push("x-stripe-client-user-agent", client_user_agent(client));
    let optional = [
        (
            "stripe-version",
            options
                .api_version
                .as_deref()
                .or(defaults.api_version.as_deref()),
        ),
        (
            "stripe-account",
            options.account.as_deref().or(defaults.account.as_deref()),
        ),
        (
            "stripe-context",
            options.context.as_deref().or(defaults.context.as_deref()),
        ),
        ("idempotency-key", idempotency_key),
        ("content-type", content_type),
    ];
    for (name, value) in optional {
        if let Some(value) = value {
            headers.push(name, value);
        }
    }
    for (name, value) in options.headers.iter() {
        headers.push(name, value);
    }
    headers
}

/// Who is calling. It says nothing about the machine.
fn user_agent(client: &Inner, operation: Operation) -> String {
    let mode = if operation.is_v2() { "v2" } else { "v1" };
    let version = env!("CARGO_PKG_VERSION");
    match &client.app_info {
        Some(app) => format!(
            "Stripe/{mode} UnofficialRustBindings/{version} {}",
            app.user_agent()
        ),
        None => format!("Stripe/{mode} UnofficialRustBindings/{version}"),
    }
}

fn client_user_agent(client: &Inner) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let mut json =
        format!("{{\"bindings_version\":\"{version}\",\"httplib\":\"hyper\",\"lang\":\"rust\"");
    if let Some(app) = &client.app_info {
        json.push_str(",\"application\":");
        app.json(&mut json);
    }
    json.push('}');
    json
}
