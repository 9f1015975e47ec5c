//! API keys: checked when they are made, never printed, wiped from memory when dropped.
//!
//! The copies that the HTTP and TLS libraries make while a request is sent are not wiped.

use std::fmt;
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};

use crate::error::Error;

/// A key of Stripe's API.
///
/// It cannot be printed, compared or serialised: what prints one prints `ApiKey(sk_test_…cdef)`.
#[derive(Clone)]
pub struct ApiKey(Arc<SecretString>);

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyKind {
    /// A secret key (`sk_`): it may do everything.
    Secret,
    /// A restricted key (`rk_`): it may do what it was made for.
    Restricted,
    /// A key of an organization (`sk_org_`): each call needs a context.
    Organization,
    /// Another kind of key, such as the token of a meter event session.
    Unknown,
}

/// Whether a key moves real money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyMode {
    /// Test data only.
    Test,
    /// Real money.
    Live,
    /// The key does not say.
    Unknown,
}

/// The environment variables that [`ApiKey::from_env`] reads, in order.
const VARIABLES: [&str; 2] = ["STRIPE_SECRET_KEY", "STRIPE_API_KEY"];

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
        let key = Self(Arc::new(SecretString::from(key.into())));
        match find_fault(key.expose()) {
            Some(fault) => Err(Error::config(fault)),
            None => Ok(key),
        }
    }

    /// Reads `STRIPE_SECRET_KEY`, or `STRIPE_API_KEY` if that is not set.
    ///
    /// # Errors
    ///
    /// [`Config`](crate::ErrorKind::Config) if neither is set, or the first that is set is not a key.
    pub fn from_env() -> Result<Self, Error> {
        Self::from_variables(|name| std::env::var_os(name))
    }

    fn from_variables(read: impl Fn(&str) -> Option<std::ffi::OsString>) -> Result<Self, Error> {
        for name in VARIABLES {
            let Some(value) = read(name) else { continue };
            // An `OsString` in an error would print the key.
            let Ok(value) = value.into_string() else {
                return Err(Error::config(format!("{name} is not text")));
            };
            return Self::new(value).map_err(|error| Error::config(format!("{name}: {error}")));
        }
        Err(Error::config("no API key: set STRIPE_SECRET_KEY"))
    }

    /// What the key is for, by its prefix.
    #[must_use]
    pub fn kind(&self) -> KeyKind {
        let key = self.expose();
        if key.starts_with("sk_org_") {
            KeyKind::Organization
        } else if key.starts_with("sk_") {
            KeyKind::Secret
        } else if key.starts_with("rk_") {
            KeyKind::Restricted
        } else {
            KeyKind::Unknown
        }
    }

    /// Whether the key moves real money, by its prefix.
    #[must_use]
    pub fn mode(&self) -> KeyMode {
        let key = self.expose();
        let rest = match self.kind() {
            KeyKind::Organization => key.get(7..),
            KeyKind::Secret | KeyKind::Restricted => key.get(3..),
            KeyKind::Unknown => None,
        };
        match rest {
            Some(rest) if rest.starts_with("test_") => KeyMode::Test,
            Some(rest) if rest.starts_with("live_") => KeyMode::Live,
            _ => KeyMode::Unknown,
        }
    }

    /// The key itself, for the header that carries it.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where a key leaves its wrapper"
    )]
    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// The part before the secret one.
    fn prefix(&self) -> &'static str {
        match (self.kind(), self.mode()) {
            (KeyKind::Secret, KeyMode::Test) => "sk_test_",
            (KeyKind::Secret, KeyMode::Live) => "sk_live_",
            (KeyKind::Secret, KeyMode::Unknown) => "sk_",
            (KeyKind::Restricted, KeyMode::Test) => "rk_test_",
            (KeyKind::Restricted, KeyMode::Live) => "rk_live_",
            (KeyKind::Restricted, KeyMode::Unknown) => "rk_",
            (KeyKind::Organization, KeyMode::Test) => "sk_org_test_",
            (KeyKind::Organization, KeyMode::Live) => "sk_org_live_",
            (KeyKind::Organization, KeyMode::Unknown) => "sk_org_",
            (KeyKind::Unknown, _) => "",
        }
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = self.expose();
        let last = key.get(key.len().saturating_sub(4)..).unwrap_or_default();
        if key.len() < SHORTEST_SHOWN || self.kind() == KeyKind::Unknown {
            write!(f, "ApiKey({:?})", self.kind())
        } else {
            write!(f, "ApiKey({}\u{2026}{last})", self.prefix())
        }
    }
}

/// What is wrong with a key, in words that do not repeat it.
fn find_fault(key: &str) -> Option<&'static str> {
    if key.is_empty() {
        return Some("the API key is empty");
    }
    if key.trim() != key {
        return Some("the API key has white space around it");
    }
    if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Some("the API key contains a space, a control or a non-ASCII character");
    }
    if key.starts_with("pk_") {
        return Some(
            "this is a publishable key; calls from a server need a secret (sk_) or restricted (rk_) key",
        );
    }
    if key.starts_with("whsec_") {
        return Some(
            "this is the secret of a webhook endpoint; API calls need a secret (sk_) or restricted (rk_) key",
        );
    }
    if key.starts_with("ek_") {
        return Some(
            "this is an ephemeral key for a mobile app; API calls need a secret (sk_) or restricted (rk_) key",
        );
    }
    if key.contains("_secret_") {
        return Some(
            "this is the client secret of an object; API calls need a secret (sk_) or restricted (rk_) key",
        );
    }
    None
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
            ("unheard_of_FAKE0123456789abcdef", "ApiKey(Unknown)"),
        ] {
            assert_eq!(format!("{:?}", ApiKey::new(key).unwrap()), shown);
        }
    }

    #[test]
    fn k2_what_is_not_a_server_key_is_refused_and_not_repeated() {
        for key in [
            "",
            " ",
            " sk_test_FAKE0123456789",
            "sk_test_FAKE0123456789\n",
            "sk_test_FAKE 0123456789",
            "sk_test_\0FAKE0123456789",
            "sk_test_FAK\u{c9}0123456789",
            "sk_test_FAKE\u{10a}0123456789",
            "sk_test_FAKE\r\nX: 1",
            "pk_test_FAKE0123456789",
            "pk_live_FAKE0123456789",
            "whsec_FAKE0123456789abcd",
            "ek_test_FAKE0123456789",
            "pi_FAKE012345_secret_FAKE6789",
        ] {
            let error = ApiKey::new(key).unwrap_err();
            assert_eq!(error.kind(), crate::ErrorKind::Config);
            let shown = format!("{error} {error:?}");
            let repeats = key
                .as_bytes()
                .windows(8)
                .any(|part| shown.as_bytes().windows(8).any(|window| window == part));
            assert!(!repeats, "{key:?}: {shown}");
        }
        assert!(ApiKey::new("a_new_kind_of_key").is_ok());
    }

    #[test]
    fn k3_kind_and_mode_follow_the_prefix() {
        for (key, kind, mode) in [
            ("sk_test_x", KeyKind::Secret, KeyMode::Test),
            ("sk_live_x", KeyKind::Secret, KeyMode::Live),
            ("rk_test_x", KeyKind::Restricted, KeyMode::Test),
            ("rk_live_x", KeyKind::Restricted, KeyMode::Live),
            ("sk_org_live_x", KeyKind::Organization, KeyMode::Live),
            ("sk_org_x", KeyKind::Organization, KeyMode::Unknown),
            ("sk_x", KeyKind::Secret, KeyMode::Unknown),
            ("token", KeyKind::Unknown, KeyMode::Unknown),
        ] {
            let key = ApiKey::new(key).unwrap();
            assert_eq!((key.kind(), key.mode()), (kind, mode));
        }
    }

    #[test]
    fn k4_the_secret_key_variable_comes_first() {
        let read = |pairs: &'static [(&str, &str)]| {
            ApiKey::from_variables(|name| {
                let found = pairs.iter().find(|(variable, _)| *variable == name);
                found.map(|(_, value)| std::ffi::OsString::from(value))
            })
        };
        let both = read(&[
            ("STRIPE_API_KEY", "rk_test_b"),
            ("STRIPE_SECRET_KEY", "sk_test_a"),
        ])
        .unwrap();
        assert_eq!(both.expose(), "sk_test_a");
        assert_eq!(
            read(&[("STRIPE_API_KEY", "rk_test_b")]).unwrap().expose(),
            "rk_test_b"
        );
        assert!(read(&[]).is_err());
        // A variable that is set and wrong is a mistake to report, not to skip.
        assert!(read(&[("STRIPE_SECRET_KEY", ""), ("STRIPE_API_KEY", "rk_test_b")]).is_err());
    }
}
