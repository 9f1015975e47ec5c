//! The headers of a request, but for the key and those that belong to the connection.

use crate::client::Inner;
use crate::headers::Headers;
use crate::operation::Operation;
use crate::options::Options;

/// All of them. Those that the client computes come first; nothing that a caller adds can repeat one.
pub(super) fn all(
    client: &Inner,
    operation: Operation,
    options: &Options,
    idempotency_key: Option<&str>,
    content_type: Option<&str>,
) -> Headers {
    let defaults = &client.options;
    let telemetry = client.telemetry.take();
    let version = options.api_version.as_deref();
    let computed = [
        (
            "user-agent",
            Some(client.identity.user_agent(operation.is_v2())),
        ),
        ("x-stripe-client-user-agent", Some(client.identity.json())),
        ("x-stripe-client-telemetry", telemetry.as_deref()),
        (
            "stripe-version",
            version.or(defaults.api_version.as_deref()),
        ),
        ("stripe-account", options.account.or(&defaults.account)),
        ("stripe-context", options.context.or(&defaults.context)),
        ("idempotency-key", idempotency_key),
        ("content-type", content_type),
    ];
    let mut headers = Headers::new();
    headers.reserve(computed.len());
    for (name, value) in computed {
        if let Some(value) = value {
            headers.push(name, value);
        }
    }
    for (name, value) in options.headers.iter() {
        headers.push(name, value);
    }
    for (name, value) in defaults.headers.iter() {
        if options.headers.get(name).is_none() {
            headers.push(name, value);
        }
    }
    headers
}
