//! The guard against live keys, for tests and for CI.

use std::ffi::{OsStr, OsString};

use super::{ApiKey, KeyKind, KeyMode};
use crate::error::Error;

/// The environment variable that denies live keys.
const VARIABLE: &str = "STRIPE_DENY_LIVE";

/// Whether a client takes keys that move real money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LiveKeys {
    Allowed,
    Denied,
}

impl LiveKeys {
    /// Denied if the builder or the environment says so.
    pub(crate) fn new(are_denied: bool) -> Self {
        if are_denied || denies(std::env::var_os(VARIABLE)) {
            Self::Denied
        } else {
            Self::Allowed
        }
    }

    /// Every key passes here before it goes into a header, wherever it comes from.
    pub(crate) fn check(self, key: &ApiKey) -> Result<(), Error> {
        if self == Self::Denied && may_be_live(key) {
            return Err(Error::config(
                "live keys are denied (`deny_live_keys` or STRIPE_DENY_LIVE), and this key is not marked as one for tests: \
                 use one that is, such as `sk_test_…`",
            ));
        }
        Ok(())
    }
}

/// A guard that does not understand what it is told has to hold: anything but a clear no is a yes.
fn denies(value: Option<OsString>) -> bool {
    let is_no = |value: &OsStr| {
        let no = ["", "0", "false", "no", "off"];
        no.iter().any(|no| value.eq_ignore_ascii_case(no))
    };
    value.is_some_and(|value| !is_no(&value))
}

/// A secret key without a mode may be of a kind that moves money; tokens of other kinds were made with a key that was
/// checked itself.
fn may_be_live(key: &ApiKey) -> bool {
    match key.mode() {
        KeyMode::Live => true,
        KeyMode::Test => false,
        KeyMode::Unknown => key.kind() != KeyKind::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn k3_a_denied_key_is_any_secret_one_that_is_not_for_tests() {
        for (key, is_denied) in [
            ("sk_live_x", true),
            ("rk_live_x", true),
            ("sk_org_live_x", true),
            ("sk_org_x", true),
            ("sk_x", true),
            ("sk_test_x", false),
            ("rk_test_x", false),
            ("sk_org_test_x", false),
            ("session_token", false),
        ] {
            let key = ApiKey::new(key).unwrap();
            assert_eq!(LiveKeys::Denied.check(&key).is_err(), is_denied, "{key:?}");
            assert!(LiveKeys::Allowed.check(&key).is_ok());
        }
    }

    #[test]
    fn k3_the_variable_denies_unless_it_clearly_says_no() {
        for (value, is_denied) in [
            (None, false),
            (Some(""), false),
            (Some("0"), false),
            (Some("False"), false),
            (Some("1"), true),
            (Some("true"), true),
            (Some("yes"), true),
            (Some("2"), true),
        ] {
            assert_eq!(denies(value.map(OsString::from)), is_denied, "{value:?}");
        }
    }
}
