//! What a rule replies with when something goes wrong: an error of Stripe's, or no answer at all.

use std::fmt;

use crate::json::push_text;
use crate::transport::TransportErrorKind;

/// A failure to reply with.
///
/// ```
/// use stripe_core::testing::Failure;
///
/// Failure::status(503);
/// Failure::decline("insufficient_funds");
/// Failure::status(400).code("parameter_missing").param("amount");
/// Failure::timeout();
/// ```
#[derive(Clone)]
pub struct Failure(Kind);

#[derive(Clone)]
pub(super) enum Kind {
    /// An answer with Stripe's error object: its fields, and the headers.
    Error {
        status: u16,
        fields: Vec<(&'static str, String)>,
        headers: Vec<(String, String)>,
    },
    /// No answer.
    Transport(TransportErrorKind),
    /// The head of an answer and half of its body.
    BrokenBody,
    /// An answer that is no JSON.
    MalformedBody,
}

impl Failure {
    /// An error in Stripe's format with this status, of the type that Stripe gives to it: 402 is a `card_error`, 429 a
    /// `rate_limit_error`, and so on. The client repeats 409, 429 and from 500 on, as often as it is allowed to.
    #[must_use]
    pub fn status(status: u16) -> Self {
        let error_type = match status {
            401 => "authentication_error",
            402 => "card_error",
            409 => "idempotency_error",
            429 => "rate_limit_error",
            500.. => "api_error",
            _ => "invalid_request_error",
        };
        let failure = Self(Kind::Error {
            status,
            fields: vec![("type", error_type.to_owned())],
            headers: Vec::new(),
        });
        failure.message("This error was asked for by a test.")
    }

    /// A payment that the bank declined, such as for `insufficient_funds`:
    /// <https://docs.stripe.com/declines/codes>.
    #[must_use]
    pub fn decline(decline_code: &str) -> Self {
        Self::status(402)
            .code("card_declined")
            .field("decline_code", decline_code)
            .message("Your card was declined.")
    }

    /// An object that does not exist.
    #[must_use]
    pub fn not_found() -> Self {
        Self::status(404).code("resource_missing")
    }

    /// No answer comes in time. The client does not wait for it. Stripe may have acted.
    #[must_use]
    pub fn timeout() -> Self {
        Self(Kind::Transport(TransportErrorKind::Timeout))
    }

    /// The connection breaks after the request was sent. Stripe may have acted.
    #[must_use]
    pub fn connection_lost() -> Self {
        Self(Kind::Transport(TransportErrorKind::Connection))
    }

    /// No connection is made: nothing is sent.
    #[must_use]
    pub fn no_connection() -> Self {
        Self(Kind::Transport(TransportErrorKind::Connect))
    }

    /// The connection breaks in the middle of a successful answer: Stripe has acted.
    #[must_use]
    pub fn broken_body() -> Self {
        Self(Kind::BrokenBody)
    }

    /// A successful answer that is no JSON: Stripe has acted.
    #[must_use]
    pub fn malformed_body() -> Self {
        Self(Kind::MalformedBody)
    }

    /// The error's `code`: <https://docs.stripe.com/error-codes>. Only errors with a [`status`](Self::status) have one.
    #[must_use]
    pub fn code(self, code: &str) -> Self {
        self.field("code", code)
    }

    /// The error's message.
    #[must_use]
    pub fn message(self, message: &str) -> Self {
        self.field("message", message)
    }

    /// The parameter that the error is about.
    #[must_use]
    pub fn param(self, param: &str) -> Self {
        self.field("param", param)
    }

    /// Any other text of the error, such as `advice_code`.
    #[must_use]
    pub fn field(mut self, name: &'static str, value: &str) -> Self {
        if let Kind::Error { fields, .. } = &mut self.0 {
            fields.retain(|(known, _)| *known != name);
            fields.push((name, value.to_owned()));
        }
        self
    }

    /// With a header, such as `stripe-should-retry`. Only errors with a [`status`](Self::status) have one.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.push_header(name, value);
        self
    }

    pub(super) fn push_header(&mut self, name: &str, value: &str) {
        if let Kind::Error { headers, .. } = &mut self.0 {
            headers.push((name.to_owned(), value.to_owned()));
        }
    }

    pub(super) const fn kind(&self) -> &Kind {
        &self.0
    }
}

/// Stripe's error object.
pub(super) fn body(fields: &[(&'static str, String)]) -> String {
    let mut out = String::from(r#"{"error":{"#);
    for (index, (name, value)) in fields.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        push_text(name, &mut out);
        out.push(':');
        push_text(value, &mut out);
    }
    out.push_str("}}");
    out
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Error { status, .. } => write!(f, "an error with status {status}"),
            Kind::Transport(kind) => write!(f, "no answer: {kind:?}"),
            Kind::BrokenBody => f.write_str("half an answer"),
            Kind::MalformedBody => f.write_str("an answer that is no JSON"),
        }
    }
}
