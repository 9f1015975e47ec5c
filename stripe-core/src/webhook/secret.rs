//! The secret that an endpoint shares with Stripe: checked when it is made, never printed, wiped when dropped.

use std::fmt;
use std::sync::Arc;

use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};

use crate::error::Error;

/// Where [`WebhookSecret::from_env`] looks.
const VARIABLE: &str = "STRIPE_WEBHOOK_SECRET";

/// What the secrets of Stripe's endpoints begin with.
const PREFIX: &str = "whsec_";

/// The signing secret of a webhook endpoint or event destination, such as `whsec_…`. Each endpoint has its own.
///
/// It cannot be printed or compared. An empty one cannot be made: with it, anybody could sign.
#[derive(Clone)]
pub struct WebhookSecret(Arc<SecretString>);

impl WebhookSecret {
    /// Checks a secret. Never write one into source code: read it from the environment or a secret store.
    ///
    /// # Errors
    ///
    /// [`Config`](crate::ErrorKind::Config) if it does not begin with `whsec_`, has nothing after that, or holds a space, a
    /// control or a non-ASCII character. The error does not repeat it.
    pub fn new(secret: impl Into<String>) -> Result<Self, Error> {
        let secret = Zeroizing::new(secret.into());
        match secret.strip_prefix(PREFIX) {
            Some("") => Err(Error::config(
                "the webhook secret is nothing but its prefix: copy it anew, and whole",
            )),
            None if !secret.trim().is_empty() => Err(Error::config(
                "the webhook secret does not begin with whsec_: an API key or the id of an endpoint is not its signing \
                 secret; `WebhookSecret::from_raw` takes a secret of another form",
            )),
            _ => Self::check(&secret),
        }
    }

    /// A secret of another form, such as that of a sender of your own. Everything else is checked as in [`new`](Self::new).
    ///
    /// # Errors
    ///
    /// [`Config`](crate::ErrorKind::Config) if it is empty, or holds a space, a control or a non-ASCII character.
    pub fn from_raw(secret: impl Into<String>) -> Result<Self, Error> {
        Self::check(&Zeroizing::new(secret.into()))
    }

    /// The secret in the environment variable `STRIPE_WEBHOOK_SECRET`.
    ///
    /// # Errors
    ///
    /// [`Config`](crate::ErrorKind::Config) if it is not set, and as [`new`](Self::new).
    pub fn from_env() -> Result<Self, Error> {
        match std::env::var(VARIABLE) {
            Ok(secret) => Self::new(secret),
            Err(std::env::VarError::NotPresent) => Err(Error::config(
                "there is no webhook secret: set STRIPE_WEBHOOK_SECRET",
            )),
            Err(std::env::VarError::NotUnicode(_)) => Err(Error::config(
                "STRIPE_WEBHOOK_SECRET holds something that is not text",
            )),
        }
    }

    fn check(secret: &str) -> Result<Self, Error> {
        if secret.trim().is_empty() {
            return Err(Error::config(
                "the webhook secret is empty: check where it is read from",
            ));
        }
        if !secret.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Error::config(
                "the webhook secret contains a space, a control or a non-ASCII character: copy it anew, and alone",
            ));
        }
        Ok(Self(Arc::new(SecretString::from(secret))))
    }

    /// The secret itself, prefix and all: the key of the signatures.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where a webhook secret leaves its wrapper"
    )]
    pub(super) fn expose(&self) -> &[u8] {
        self.0.expose_secret().as_bytes()
    }
}

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookSecret(\u{2026})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn row_26_an_empty_or_blank_secret_cannot_be_made() {
        for secret in ["", " ", "\n\t", "\u{a0}", "whsec_ ", "whsec_"] {
            let error = WebhookSecret::new(secret).unwrap_err();
            assert_eq!(error.kind(), crate::ErrorKind::Config, "{secret:?}");
        }
        for secret in ["", " ", "\n\t", "\u{a0}"] {
            assert!(WebhookSecret::from_raw(secret).is_err(), "{secret:?}");
        }
    }

    #[test]
    fn w1_what_is_not_a_signing_secret_is_refused_and_not_repeated() {
        for secret in [
            "sk_test_FAKECANARY0123456789",
            "we_CANARY0123456789",
            "WHSEC_CANARY0123456789",
            " whsec_CANARY0123456789",
            "whsec_CANARY0123456789\n",
            "whsec_CANARY\u{e9}",
            "whsec_CANARY\0",
        ] {
            let error = WebhookSecret::new(secret).unwrap_err();
            assert!(!format!("{error} {error:?}").contains("CANARY"));
        }
        assert!(WebhookSecret::from_raw("CANARY").is_ok());
    }

    #[test]
    fn w1_debug_shows_nothing_of_the_secret() {
        let secret = WebhookSecret::new("whsec_FAKECANARY0123456789").unwrap();
        assert_eq!(format!("{secret:?}"), "WebhookSecret(\u{2026})");
    }
}
