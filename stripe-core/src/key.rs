//! API keys: checked when they are made, never printed, wiped from memory when dropped.
//!
//! The copies that the HTTP and TLS libraries make while a request is sent are not wiped.

mod check;
mod environment;
mod file;
mod kind;
mod live;
mod provider;
mod source;

use std::fmt;
use std::sync::Arc;

use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};

pub use kind::{KeyKind, KeyMode};
pub use provider::{KeyFuture, KeyProvider};

pub(crate) use live::LiveKeys;
pub(crate) use source::{Issued, KeySource, Provided};

use crate::error::Error;

/// A key of Stripe's API.
///
/// It cannot be printed, compared or serialised: what prints one prints `ApiKey(sk_test_…cdef)`.
#[derive(Clone)]
pub struct ApiKey(Arc<SecretString>);

/// A shorter key shows nothing of itself: a few characters would be much of it.
const SHORTEST_SHOWN: usize = 20;

impl ApiKey {
    /// Checks a key. Never write one into source code: read it from the environment or a secret store.
    ///
    /// # Errors
    ///
    /// [`Config`](crate::ErrorKind::Config) if it is empty, holds a space, a control or a non-ASCII character, or is a
    /// secret of another kind, such as a publishable key. The error does not repeat it.
    pub fn new(key: impl Into<String>) -> Result<Self, Error> {
        Self::check(&Zeroizing::new(key.into()))
    }

    /// A key in test mode that Stripe does not know.
    #[cfg(feature = "testing")]
    pub(crate) fn mock() -> Self {
        Self(Arc::new(SecretString::from("sk_test_MockStripe")))
    }

    /// Of a text that may have room to spare, a copy is kept that has none: shrinking it would leave one that is not wiped.
    fn check(key: &str) -> Result<Self, Error> {
        match check::find_fault(key) {
            Some(fault) => Err(Error::config(fault)),
            None => Ok(Self(Arc::new(SecretString::from(key)))),
        }
    }

    /// What the key is for, by its prefix.
    #[must_use]
    pub fn kind(&self) -> KeyKind {
        KeyKind::of(self.expose())
    }

    /// Whether the key moves real money, by its prefix.
    #[must_use]
    pub fn mode(&self) -> KeyMode {
        KeyMode::of(self.expose())
    }

    /// Whether both are the same key. Not for keys that somebody else chose: it takes the longer, the more they agree.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }

    /// The key itself, for the header that carries it.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where a key leaves its wrapper"
    )]
    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = self.expose();
        let last = key.get(key.len().saturating_sub(4)..).unwrap_or_default();
        if key.len() < SHORTEST_SHOWN || self.kind() == KeyKind::Unknown {
            write!(f, "ApiKey({:?})", self.kind())
        } else {
            let prefix = kind::prefix(self.kind(), self.mode());
            write!(f, "ApiKey({prefix}\u{2026}{last})")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEST_KEY: &str = "sk_test_FAKE0123456789abcdef";

    #[test]
    fn k1_debug_shows_the_prefix_and_the_last_four() {
        for (key, shown) in [
            (TEST_KEY, "ApiKey(sk_test_\u{2026}cdef)"),
            (
                "rk_live_FAKE0123456789abcdef",
                "ApiKey(rk_live_\u{2026}cdef)",
            ),
            (
                "sk_org_live_FAKE0123456789abcdef",
                "ApiKey(sk_org_live_\u{2026}cdef)",
            ),
            ("sk_test_short", "ApiKey(Secret)"),
            ("sk_test_FAKE0123456", "ApiKey(Secret)"),
            ("sk_test_FAKE01234567", "ApiKey(sk_test_\u{2026}4567)"),
            ("unheard_of_FAKE0123456789abcdef", "ApiKey(Unknown)"),
        ] {
            assert_eq!(format!("{:?}", ApiKey::new(key).unwrap()), shown);
        }
    }

    #[test]
    fn k5_keys_are_the_same_if_every_character_is() {
        let key = |text: &str| ApiKey::new(text).unwrap();
        assert!(key(TEST_KEY).is_same(&key(TEST_KEY)));
        for other in [
            "sk_test_FAKE0123456789abcdeF",
            "sk_test_FAKE0123456789abcde",
        ] {
            assert!(!key(TEST_KEY).is_same(&key(other)), "{other}");
        }
    }
}
