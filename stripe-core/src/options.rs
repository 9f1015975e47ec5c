//! What can be set both for a client and for one request. The request's value counts where both are set.
//!
//! Values are checked when they are set; the first that is wrong is kept and reported when the client is built or the
//! request sent, so that nothing is sent with a part left out.

mod context;
mod header;
mod setting;

use std::fmt;
use std::time::Duration;

pub use context::StripeContext;

pub(crate) use setting::Setting;

use crate::error::Error;
use crate::headers::Headers;
use crate::idempotency;
use crate::key::ApiKey;

/// Settings of a client or of one request.
#[derive(Clone, Default)]
pub(crate) struct Options {
    /// Only a request's: a client has a source of keys.
    pub(crate) key: Option<ApiKey>,
    pub(crate) account: Setting,
    pub(crate) context: Setting,
    pub(crate) api_version: Option<String>,
    pub(crate) idempotency_key: Option<String>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) deadline: Option<Duration>,
    pub(crate) max_retries: Option<u32>,
    pub(crate) max_bytes: Option<usize>,
    pub(crate) stall_timeout: Option<Duration>,
    pub(crate) headers: Headers,
    /// Whether parameters are checked; where nothing is set it depends on the version of the API.
    pub(crate) validation: Option<bool>,
    fault: Option<Fault>,
}

/// An option that was refused: its name, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Fault {
    option: &'static str,
    reason: &'static str,
}

impl Options {
    #[inline]
    pub(crate) fn set_account(&mut self, account: &str) {
        self.require(
            "account",
            is_token(account),
            "it has to be of visible ASCII characters",
        );
        self.account = Setting::Value(account.to_owned());
    }

    #[inline]
    pub(crate) fn set_context(&mut self, context: &str) {
        self.require("context", context::is_path(context), context::REASON);
        self.context = Setting::Value(context.to_owned());
    }

    /// An empty context is a choice, unlike an empty text, which may be a variable that is not set.
    #[inline]
    pub(crate) fn set_stripe_context(&mut self, context: &StripeContext) {
        self.context = if context.is_empty() {
            Setting::None
        } else {
            Setting::Value(context.to_string())
        };
    }

    pub(crate) fn set_api_version(&mut self, version: &str) {
        let valid = version.split(' ').all(is_token);
        self.require(
            "api_version",
            valid,
            "it has to be of visible ASCII characters",
        );
        self.api_version = Some(version.to_owned());
    }

    #[inline]
    pub(crate) fn set_idempotency_key(&mut self, key: &str) {
        if let Some(reason) = idempotency::find_fault(key) {
            self.refuse("idempotency_key", reason);
        }
        self.idempotency_key = Some(key.to_owned());
    }

    #[inline]
    pub(crate) fn set_timeout(&mut self, timeout: Duration) {
        self.require(
            "timeout",
            !timeout.is_zero(),
            "it has to be longer than nothing",
        );
        self.timeout = Some(timeout);
    }

    #[inline]
    pub(crate) fn set_deadline(&mut self, deadline: Duration) {
        self.require(
            "deadline",
            !deadline.is_zero(),
            "it has to be longer than nothing",
        );
        self.deadline = Some(deadline);
    }

    #[inline]
    pub(crate) fn set_stall_timeout(&mut self, timeout: Duration) {
        self.require(
            "stall_timeout",
            !timeout.is_zero(),
            "it has to be longer than nothing",
        );
        self.stall_timeout = Some(timeout);
    }

    #[inline]
    pub(crate) fn add_header(&mut self, name: &str, value: &str) {
        if let Some(reason) = header::find_fault(name, value) {
            self.refuse("header", reason);
        }
        self.headers.push(name, value);
    }

    /// The first option that was refused.
    pub(crate) fn check(&self) -> Result<(), Error> {
        match self.fault {
            None => Ok(()),
            Some(Fault { option, reason }) => Err(Error::validation(option, reason)),
        }
    }

    fn require(&mut self, option: &'static str, valid: bool, reason: &'static str) {
        if !valid {
            self.refuse(option, reason);
        }
    }

    fn refuse(&mut self, option: &'static str, reason: &'static str) {
        self.fault.get_or_insert(Fault { option, reason });
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Whatever was given by mistake, a key perhaps, would be shown with it.
        let key = self.idempotency_key.as_ref();
        let key = key.map(|key| format!("[{} bytes]", key.len()));
        f.debug_struct("Options")
            .field("key", &self.key)
            .field("account", &self.account)
            .field("context", &self.context)
            .field("api_version", &self.api_version)
            .field("idempotency_key", &key)
            .field("timeout", &self.timeout)
            .field("deadline", &self.deadline)
            .field("max_retries", &self.max_retries)
            .field("max_bytes", &self.max_bytes)
            .field("stall_timeout", &self.stall_timeout)
            .field("headers", &self.headers)
            .field("validation", &self.validation)
            .field("fault", &self.fault)
            .finish()
    }
}

pub(crate) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    fn fault(set: impl FnOnce(&mut Options)) -> Option<ErrorKind> {
        let mut options = Options::default();
        set(&mut options);
        options.check().err().map(|error| error.kind())
    }

    #[test]
    fn row_1_nothing_can_end_a_header() {
        for bad in [
            "",
            "\r\nx: 1",
            "a\nb",
            "a\0b",
            "a\x7fb",
            "a\u{10a}b",
            "\u{e9}",
            " a",
            "a ",
        ] {
            let refused = Some(ErrorKind::Validation);
            assert_eq!(
                fault(|options| options.set_account(bad)),
                refused,
                "{bad:?}"
            );
            assert_eq!(
                fault(|options| options.set_context(bad)),
                refused,
                "{bad:?}"
            );
            assert_eq!(
                fault(|options| options.set_api_version(bad)),
                refused,
                "{bad:?}"
            );
            assert_eq!(
                fault(|options| options.set_idempotency_key(bad)),
                refused,
                "{bad:?}"
            );
            assert_eq!(
                fault(|options| options.add_header(bad, "x")),
                refused,
                "{bad:?}"
            );
            if !bad.is_empty() {
                assert_eq!(
                    fault(|options| options.add_header("x-a", bad)),
                    refused,
                    "{bad:?}"
                );
            }
        }
    }

    #[test]
    fn what_stripe_documents_is_taken() {
        assert_eq!(fault(|options| options.set_account("acct_123")), None);
        assert_eq!(fault(|options| options.set_context("acct_1/acct_2")), None);
        assert_eq!(
            fault(|options| options.set_api_version("2022-11-15; feature_beta=v3")),
            None
        );
        assert_eq!(
            fault(|options| options.add_header("X-Trace", "a b/c")),
            None
        );
        for bad in ["acct_1//acct_2", "/acct_1", "acct_1/"] {
            assert!(fault(|options| options.set_context(bad)).is_some());
        }
    }

    #[test]
    fn no_time_at_all_is_refused() {
        assert!(fault(|options| options.set_timeout(Duration::ZERO)).is_some());
        assert!(fault(|options| options.set_deadline(Duration::ZERO)).is_some());
        assert!(fault(|options| options.set_stall_timeout(Duration::ZERO)).is_some());
    }
}
