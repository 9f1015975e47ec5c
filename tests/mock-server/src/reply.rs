//! An answer before it becomes HTTP: status, headers, body. Who decides them is elsewhere.

use hyper::body::Bytes;
use serde_json::Value;

use crate::fault::Fault;

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Bytes,
}

impl Reply {
    /// JSON.
    pub(crate) fn json(status: u16, value: &Value) -> Self {
        // A tree of values always becomes text.
        let body = serde_json::to_vec(value).unwrap_or_default();
        Self::bytes(status, "application/json", body)
    }

    /// Anything.
    pub(crate) fn bytes(status: u16, content_type: &str, body: impl Into<Bytes>) -> Self {
        Self {
            status,
            headers: vec![("Content-Type", content_type.to_owned())],
            body: body.into(),
        }
    }

    /// An error.
    pub(crate) fn fault(fault: &Fault, v2: bool) -> Self {
        let mut reply = Self::json(fault.status, &fault.body(v2));
        if let Some(should) = fault.should_retry {
            reply = reply.with("Stripe-Should-Retry", should.to_string());
        }
        reply
    }

    /// Adds a header.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}
