//! What is known of an error: what Stripe said, and what was exchanged.

#[cfg(feature = "client")]
use std::time::Duration;

use super::{AdviceCode, ApiError, Attached, DeclineCode, Error, ErrorCode, TimeoutPhase};
use crate::decode;
#[cfg(feature = "client")]
use crate::headers::Headers;
use crate::validate::Violation;

/// What Stripe said.
impl Error {
    /// Stripe's own account of the error, with all its fields.
    #[must_use]
    pub fn api(&self) -> Option<&ApiError> {
        self.inner.api.as_ref()
    }

    /// The class of the error, such as `card_error` or `invalid_request_error`.
    #[inline]
    #[must_use]
    pub fn error_type(&self) -> Option<&str> {
        self.api()?.error_type.as_deref()
    }

    /// What went wrong, for programs: `Some(ErrorCode::RESOURCE_MISSING)`.
    #[must_use]
    pub fn code(&self) -> Option<ErrorCode<'_>> {
        self.api()?.code()
    }

    /// Why the payment was declined: `Some(DeclineCode::INSUFFICIENT_FUNDS)`.
    #[must_use]
    pub fn decline_code(&self) -> Option<DeclineCode<'_>> {
        self.api()?.decline_code()
    }

    /// What to do about a decline: `Some(AdviceCode::TRY_AGAIN_LATER)`.
    #[inline]
    #[must_use]
    pub fn advice_code(&self) -> Option<AdviceCode<'_>> {
        self.api()?.advice_code()
    }

    /// What the card network advises: two digits.
    #[inline]
    #[must_use]
    pub fn network_advice_code(&self) -> Option<&str> {
        self.api()?.network_advice_code.as_deref()
    }

    /// Why the card network declined, in its own code.
    #[inline]
    #[must_use]
    pub fn network_decline_code(&self) -> Option<&str> {
        self.api()?.network_decline_code.as_deref()
    }

    /// What Stripe says in its own words. It may hold what was sent, such as an email address: it is for a person who may
    /// see that, and not for a log. For the person who pays there is [`user_message`](Self::user_message).
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.api()?.message.as_deref()
    }

    /// The parameter that is wrong: according to Stripe, or to the checks made before sending.
    #[must_use]
    pub fn param(&self) -> Option<&str> {
        let said = self.api().and_then(|api| api.param.as_deref());
        said.or(self.inner.param.as_deref())
    }

    /// All parameters that break a rule, found before anything was sent, for
    /// [`ErrorKind::Validation`](crate::ErrorKind::Validation). Empty if it was not the parameters: an id, or an option.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.inner.violations
    }

    /// Where Stripe's documentation explains the code.
    #[inline]
    #[must_use]
    pub fn doc_url(&self) -> Option<&str> {
        self.api()?.doc_url.as_deref()
    }

    /// The request in the logs of Stripe's dashboard.
    #[inline]
    #[must_use]
    pub fn request_log_url(&self) -> Option<&str> {
        self.api()?.request_log_url.as_deref()
    }

    /// The id of the charge that failed.
    #[inline]
    #[must_use]
    pub fn charge(&self) -> Option<&str> {
        self.api()?.charge.as_deref()
    }

    /// The object of this type that came with the error, such as the payment intent that needs another payment method;
    /// `None` if there is none.
    ///
    /// # Errors
    ///
    /// If there is one, and it is not what a `T` is read from.
    pub fn decode<T: Attached>(&self) -> Result<Option<T>, decode::Error> {
        self.api().map_or(Ok(None), ApiError::object_as)
    }
}

/// What was exchanged.
impl Error {
    /// The HTTP status, if there was an answer.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.inner.exchange.status
    }

    /// The headers of the answer; their Debug hides what is not known to be safe.
    #[cfg(feature = "client")]
    #[must_use]
    pub fn headers(&self) -> Option<&Headers> {
        self.status().map(|_| &self.inner.exchange.headers)
    }

    /// Stripe's id for the request, which its support and the dashboard's logs can be asked about.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.inner.exchange.request_id.as_deref()
    }

    /// The idempotency key that was sent with every attempt. A new call with the same key and the same parameters cannot
    /// act a second time.
    #[inline]
    #[must_use]
    pub fn idempotency_key(&self) -> Option<&str> {
        self.inner.exchange.idempotency_key.as_deref()
    }

    /// The body of the answer as it came, JSON or not; bytes that are not UTF-8 are replaced. It may hold personal data and
    /// secrets, and is in no other output of this type.
    #[inline]
    #[must_use]
    pub fn raw_json(&self) -> Option<&str> {
        self.inner.exchange.body.as_deref()
    }

    /// Where in the JSON the answer was not understood, such as `data[3].amount`, for
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode). Empty if it is not what was asked for at all.
    #[inline]
    #[must_use]
    pub fn json_path(&self) -> Option<&str> {
        let source = self.inner.source.as_deref()?;
        source
            .downcast_ref::<decode::Error>()
            .map(decode::Error::path)
    }

    /// How long Stripe asks to wait before the next request (`Retry-After`). The client does not wait on its own account.
    #[cfg(feature = "client")]
    #[inline]
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        // Stripe does not send dates.
        let seconds = self.headers()?.get("retry-after")?.parse().ok()?;
        Some(Duration::from_secs(seconds))
    }

    /// Where the time ran out, for [`ErrorKind::Timeout`](crate::ErrorKind::Timeout).
    #[must_use]
    pub fn timeout_phase(&self) -> Option<TimeoutPhase> {
        self.inner.phase
    }
}
