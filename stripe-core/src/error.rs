//! The one error type: a word wide, opaque, with a kind to match on and accessors for all that is known.
//!
//! Neither Display nor Debug shows a body, a key or a parameter's value. What Stripe says in its own words is shown with
//! control characters escaped, so that it cannot forge log lines.

mod api;
mod kind;
mod text;

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

pub use api::ApiError;
pub use kind::{ErrorKind, TimeoutPhase};

pub(crate) use text::Escaped;

use crate::method::Method;

/// Stripe's code for a request whose idempotency key belongs to one that is not over yet.
pub(crate) const KEY_IN_USE: &str = "idempotency_key_in_use";

type Source = Box<dyn std::error::Error + Send + Sync>;

/// Why a call did not give what it was asked for.
///
/// Match on [`kind`](Self::kind). Before a call that moves money is made anew, see
/// [`is_outcome_unknown`](Self::is_outcome_unknown) and [`idempotency_key`](Self::idempotency_key).
pub struct Error {
    inner: Box<Inner>,
}

struct Inner {
    kind: ErrorKind,
    phase: Option<TimeoutPhase>,
    message: Cow<'static, str>,
    source: Option<Source>,
    param: Option<String>,
    api: Option<ApiError>,
    exchange: Exchange,
}

/// What is known of the call that failed.
#[derive(Default)]
pub(crate) struct Exchange {
    pub(crate) route: Option<(Method, &'static str)>,
    pub(crate) status: Option<u16>,
    pub(crate) request_id: Option<String>,
    pub(crate) idempotency_key: Option<String>,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) body: Option<String>,
    /// Whether any attempt may have acted, unless what came later says what came of it.
    pub(crate) may_have_acted: bool,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        let inner = Inner {
            kind,
            phase: None,
            message: message.into(),
            source: None,
            param: None,
            api: None,
            exchange: Exchange::default(),
        };
        Self {
            inner: Box::new(inner),
        }
    }

    pub(crate) fn config(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Config, message)
    }

    /// A parameter or an option that was refused before anything was sent.
    pub(crate) fn validation(param: impl Into<String>, reason: &'static str) -> Self {
        let mut error = Self::new(ErrorKind::Validation, reason);
        error.inner.param = Some(param.into());
        error
    }

    pub(crate) fn timeout(phase: TimeoutPhase) -> Self {
        let mut error = Self::new(ErrorKind::Timeout, phase.message());
        error.inner.phase = Some(phase);
        error
    }

    pub(crate) fn with_source(mut self, source: impl Into<Source>) -> Self {
        self.inner.source = Some(source.into());
        self
    }

    pub(crate) fn with_api(mut self, api: ApiError) -> Self {
        self.inner.api = Some(api);
        self
    }

    pub(crate) fn with_exchange(mut self, exchange: Exchange) -> Self {
        self.inner.exchange = exchange;
        self
    }

    /// What went wrong, in one word.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.inner.kind
    }

    /// The HTTP status, if Stripe answered.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.inner.exchange.status
    }

    /// Stripe's id for the request, which its support and the dashboard's logs can be asked about.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.inner.exchange.request_id.as_deref()
    }

    /// The idempotency key that was sent with every attempt. A new call with the same key and the same parameters cannot
    /// act a second time.
    #[must_use]
    pub fn idempotency_key(&self) -> Option<&str> {
        self.inner.exchange.idempotency_key.as_deref()
    }

    /// Stripe's own account of the error.
    #[must_use]
    pub fn api(&self) -> Option<&ApiError> {
        self.inner.api.as_ref()
    }

    /// Stripe's code for the error, such as `resource_missing`.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.inner.api.as_ref()?.code.as_deref()
    }

    /// Why the bank declined a card, such as `insufficient_funds`.
    #[must_use]
    pub fn decline_code(&self) -> Option<&str> {
        self.inner.api.as_ref()?.decline_code.as_deref()
    }

    /// The parameter that is wrong: according to Stripe, or to the checks made before sending.
    #[must_use]
    pub fn param(&self) -> Option<&str> {
        let api = self.inner.api.as_ref();
        api.and_then(|api| api.param.as_deref())
            .or(self.inner.param.as_deref())
    }

    /// What may be shown to the person who pays. Stripe writes it for card errors and, in version 2 of the API, where it
    /// says so; every other message is for developers.
    ///
    /// The text is as Stripe sent it: escape it for the place where it is shown.
    #[must_use]
    pub fn user_message(&self) -> Option<&str> {
        let api = self.inner.api.as_ref()?;
        if api.error_type.as_deref() == Some("card_error") {
            api.user_message.as_deref().or(api.message.as_deref())
        } else {
            api.user_message.as_deref()
        }
    }

    /// How long Stripe asks to wait before the next request (`Retry-After`). The client does not wait on its own account.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.inner.exchange.retry_after
    }

    /// Where the time ran out, for [`ErrorKind::Timeout`].
    #[must_use]
    pub fn timeout_phase(&self) -> Option<TimeoutPhase> {
        self.inner.phase
    }

    /// The body of the answer as it came. It may hold personal data and secrets, and is in no other output of this type.
    #[must_use]
    pub fn raw_json(&self) -> Option<&str> {
        self.inner.exchange.body.as_deref()
    }

    /// Whether the same call, with the same idempotency key, may succeed later. The client has already tried as often as
    /// it was allowed to.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self.inner.kind {
            ErrorKind::RateLimited
            | ErrorKind::Timeout
            | ErrorKind::Connect
            | ErrorKind::Connection => true,
            _ => self
                .status()
                .is_some_and(|status| status == 409 || status >= 500),
        }
    }

    /// Whether Stripe may have acted although the call failed: in any of the attempts the connection broke, the time ran
    /// out or the server failed; another request with the same idempotency key is under way; or the call succeeded with an
    /// answer that was not understood.
    ///
    /// All other accessors tell of the last attempt. If the first one broke off and no connection was made for the second,
    /// the kind is [`Connect`](ErrorKind::Connect), and the outcome is unknown.
    #[must_use]
    pub fn is_outcome_unknown(&self) -> bool {
        self.inner.exchange.may_have_acted || self.may_have_acted()
    }

    /// The same for the last attempt alone.
    pub(crate) fn may_have_acted(&self) -> bool {
        match self.inner.kind {
            ErrorKind::Connection | ErrorKind::Decode | ErrorKind::BodyTooLarge => true,
            ErrorKind::Timeout => self.inner.phase != Some(TimeoutPhase::Connect),
            _ => {
                self.status().is_some_and(|status| status >= 500) || self.code() == Some(KEY_IN_USE)
            }
        }
    }

    fn write_details(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let details = [
            ("code", self.code()),
            ("decline code", self.decline_code()),
            ("param", self.param()),
            ("request", self.request_id()),
        ];
        let mut open = " (";
        for (name, value) in details {
            if let Some(value) = value {
                write!(f, "{open}{name} {}", Escaped(value))?;
                open = ", ";
            }
        }
        if open == ", " {
            f.write_str(")")
        } else {
            Ok(())
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((method, path)) = self.inner.exchange.route {
            write!(f, "{method} {path}: ")?;
        }
        if let Some(status) = self.status() {
            write!(f, "{status} ")?;
        }
        f.write_str(&self.inner.message)?;
        let message = self
            .inner
            .api
            .as_ref()
            .and_then(|api| api.message.as_deref());
        if let Some(message) = message {
            write!(f, ": {}", Escaped(message))?;
        }
        self.write_details(f)?;
        if self.inner.exchange.may_have_acted && !self.may_have_acted() {
            f.write_str("; an earlier attempt may have reached Stripe")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Error");
        out.field("kind", &self.inner.kind);
        out.field("message", &format_args!("{self}"));
        if let Some(source) = &self.inner.source {
            out.field("source", source);
        }
        out.finish_non_exhaustive()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.inner.source {
            Some(source) => Some(&**source),
            None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_one_word() {
        fn movable<T: Send + Sync + 'static>() {}
        movable::<Error>();
        assert_eq!(size_of::<Error>(), size_of::<usize>());
        assert_eq!(size_of::<Result<(), Error>>(), size_of::<usize>());
    }

    #[test]
    fn bodies_and_keys_are_in_no_output() {
        let exchange = Exchange {
            route: Some((Method::Post, "/v1/charges")),
            status: Some(402),
            request_id: Some("req_1".to_owned()),
            idempotency_key: Some("canary-key".to_owned()),
            body: Some("canary-body".to_owned()),
            ..Exchange::default()
        };
        let error = Error::new(ErrorKind::Card, "the card was declined").with_exchange(exchange);
        let shown = format!("{error} {error:?} {error:#?}");
        assert!(!shown.contains("canary"), "{shown}");
        assert!(shown.contains("req_1"));
        assert_eq!(error.idempotency_key(), Some("canary-key"));
        assert_eq!(error.raw_json(), Some("canary-body"));
    }
}
