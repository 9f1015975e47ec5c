//! What an error means for what to do next.

use super::{DeclineCode, Error, ErrorCode, ErrorKind, TimeoutPhase};

impl Error {
    /// Whether what was asked for does not exist: for this account, and in this mode, live or test.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.kind() == ErrorKind::InvalidRequest
            && (self.status() == Some(404) || self.code() == Some(ErrorCode::RESOURCE_MISSING))
    }

    /// Whether the payment was declined: by the bank, by another provider, or by Stripe. See
    /// [`decline_code`](Self::decline_code) and [`advice_code`](Self::advice_code).
    #[inline]
    #[must_use]
    pub fn is_declined(&self) -> bool {
        self.decline_code().is_some() || self.code() == Some(ErrorCode::CARD_DECLINED)
    }

    /// Whether the person who pays has to prove who they are, which needs them to be there.
    #[inline]
    #[must_use]
    pub fn is_authentication_required(&self) -> bool {
        self.code() == Some(ErrorCode::AUTHENTICATION_REQUIRED)
            || self.decline_code() == Some(DeclineCode::AUTHENTICATION_REQUIRED)
    }

    /// Whether the same call, with the same idempotency key, may succeed later. The client has already tried as often as
    /// it was allowed to.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self.kind() {
            #[cfg(feature = "client")]
            ErrorKind::Connect if self.is_refused_by_proxy() => false,
            ErrorKind::RateLimited
            | ErrorKind::Timeout
            | ErrorKind::Connect
            | ErrorKind::Connection => true,
            _ => self.should_retry().unwrap_or_else(|| {
                self.status()
                    .is_some_and(|status| status == 409 || status == 429 || status >= 500)
            }),
        }
    }

    #[cfg(feature = "client")]
    fn is_refused_by_proxy(&self) -> bool {
        use crate::transport::{TransportError, TransportErrorKind};

        let source = self.inner.source.as_deref();
        let failed = source.and_then(|source| source.downcast_ref::<TransportError>());
        failed.is_some_and(|failed| failed.kind() == TransportErrorKind::ProxyRefused)
    }

    /// What Stripe says of trying again (`Stripe-Should-Retry`), which the client follows as often as it is allowed to.
    /// `None` if it says nothing.
    #[must_use]
    pub fn should_retry(&self) -> Option<bool> {
        #[cfg(feature = "client")]
        return crate::retry::should_retry(self.headers()?.get("stripe-should-retry"));
        #[cfg(not(feature = "client"))]
        None
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
        match self.kind() {
            ErrorKind::Connection | ErrorKind::Decode | ErrorKind::BodyTooLarge => true,
            ErrorKind::Timeout => self.timeout_phase() != Some(TimeoutPhase::Connect),
            _ => {
                self.status().is_some_and(|status| status >= 500)
                    || self.code() == Some(ErrorCode::IDEMPOTENCY_KEY_IN_USE)
            }
        }
    }

    /// What may be shown to the person who pays. Stripe writes it for card errors and, in version 2 of the API, where it
    /// says so; every other message is for developers.
    ///
    /// The text is as Stripe sent it: escape it for the place where it is shown.
    #[inline]
    #[must_use]
    pub fn user_message(&self) -> Option<&str> {
        let api = self.api()?;
        let is_card_error = api.error_type.as_deref() == Some("card_error");
        let message = api.message.as_deref().filter(|_| is_card_error);
        api.user_message.as_deref().or(message)
    }

    /// What to do next, for a developer: a sentence that holds nothing of this call. Debug shows it.
    #[must_use]
    pub fn developer_hint(&self) -> &'static str {
        match self.kind() {
            ErrorKind::InvalidRequest if self.is_not_found() => {
                "check the id, and that the key is of the account and the mode, live or test, that the object is in"
            }
            ErrorKind::Timeout if self.timeout_phase() == Some(TimeoutPhase::Connect) => {
                hint(ErrorKind::Connect)
            }
            kind => hint(kind),
        }
    }
}

const fn hint(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::InvalidRequest => {
            "correct the parameter that is named; `message` says what is wrong with it"
        }
        ErrorKind::Authentication => "check that the key is complete and not expired or revoked",
        ErrorKind::Permission => {
            "allow the key what the request needs, or check the account that it acts for"
        }
        ErrorKind::Card => "show `user_message` to the person who pays, and follow `advice_code`",
        ErrorKind::RateLimited => "send less at once, and try again after growing waits",
        ErrorKind::Idempotency => {
            "give each operation a key of its own, and each repetition the same parameters"
        }
        ErrorKind::SessionExpired => "start a new session",
        ErrorKind::OAuth => {
            "look at `code`; for `invalid_grant`, send the user through the authorization again"
        }
        ErrorKind::Api => {
            "try again with the same idempotency key; if it stays, ask Stripe about the request id"
        }
        ErrorKind::Decode => {
            "do not call again: read `raw_json`, or retrieve what was made; `json_path` is the place"
        }
        ErrorKind::InvalidResponse => "look for a proxy or firewall that answers in Stripe's place",
        ErrorKind::UnexpectedRedirect => "check the base address, and what answers there",
        ErrorKind::Paging => "start the list again",
        ErrorKind::BodyTooLarge => {
            "ask for less: a lower `limit`, fewer fields in `expand`; read a document as a stream"
        }
        ErrorKind::Connect => "check the network, the base address and the proxy",
        ErrorKind::Tls => {
            "check the roots that are trusted, the clock, and what inspects TLS on the way"
        }
        ErrorKind::Connection | ErrorKind::Timeout => {
            "the outcome may be unknown: call again with the same idempotency key"
        }
        ErrorKind::Upload => {
            "check that the file is there, can be read, and is not written to meanwhile"
        }
        ErrorKind::Validation => "correct the parameter or option that is named",
        ErrorKind::Config => "set the client up as the message says",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timeout_before_anything_was_sent_leaves_no_doubt() {
        let connect = Error::timeout(TimeoutPhase::Connect);
        assert_eq!(connect.developer_hint(), hint(ErrorKind::Connect));
        assert!(!connect.is_outcome_unknown());
        for phase in [
            TimeoutPhase::Attempt,
            TimeoutPhase::Deadline,
            TimeoutPhase::Stream,
        ] {
            let late = Error::timeout(phase);
            assert_eq!(late.developer_hint(), hint(ErrorKind::Timeout));
            assert!(late.is_outcome_unknown());
        }
    }
}
