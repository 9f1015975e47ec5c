//! The one error type: a word wide, opaque, with a kind to match on and accessors for all that is known.
//!
//! Neither Display nor Debug shows a body, a key or a parameter's value. Of what Stripe says in its own words Display shows
//! the part before the first value, and Debug the length.

mod access;
mod advice;
mod api;
mod attached;
mod code;
mod kind;
mod message;
mod param;
mod show;
mod text;

use std::borrow::Cow;

pub use api::ApiError;
pub use attached::Attached;
pub use code::{AdviceCode, DeclineCode, ErrorCode};
pub use kind::{ErrorKind, TimeoutPhase};

pub(crate) use param::ParamName;
#[cfg(feature = "client")]
pub(crate) use text::Escaped;

#[cfg(feature = "client")]
use crate::headers::Headers;
use crate::method::Method;
use crate::validate::Violation;

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
    violations: Vec<Violation>,
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
    pub(crate) body: Option<String>,
    #[cfg(feature = "client")]
    pub(crate) headers: Headers,
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
            violations: Vec::new(),
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

    /// Parameters that break rules, of which there is at least one.
    #[cfg(feature = "client")]
    pub(crate) fn violations_of_rules(violations: Vec<Violation>) -> Self {
        let message = match violations.len() {
            1 => "nothing was sent, as a parameter breaks a rule of Stripe's".into(),
            count => format!("nothing was sent, as {count} parameters break rules of Stripe's"),
        };
        let mut error = Self::new(ErrorKind::Validation, message);
        let first = violations.first();
        error.inner.param = first.map(|first| first.param().to_owned());
        error.inner.violations = violations;
        error
    }

    /// The file for a parameter could not be read.
    pub(crate) fn upload(param: &str, reason: &'static str) -> Self {
        let mut error = Self::new(ErrorKind::Upload, reason);
        error.inner.param = Some(param.to_owned());
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

    /// Adds what is known of the call to what is known of its answer.
    #[cfg(feature = "client")]
    pub(crate) fn of_call(
        mut self,
        route: (Method, &'static str),
        idempotency_key: Option<String>,
        may_have_acted: bool,
    ) -> Self {
        let exchange = &mut self.inner.exchange;
        exchange.route = Some(route);
        exchange.idempotency_key = idempotency_key;
        exchange.may_have_acted = may_have_acted;
        self
    }

    /// What went wrong, in one word.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.inner.kind
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
        assert_eq!(size_of::<Option<Error>>(), size_of::<usize>());
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
