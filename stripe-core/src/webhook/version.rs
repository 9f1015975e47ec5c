//! Whether an event was written under the version of the API that the types here were made from.

use super::error::{Error, ErrorKind};

/// What to do with an event of another release of the API.
///
/// Stripe writes events under the version that the endpoint was created with, or the account's default. Within a release,
/// such as `dahlia`, versions only add things.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum VersionPolicy {
    /// Take it.
    Ignore,
    /// Take it, and warn through `tracing` where that feature is on. See
    /// [`Envelope::is_of_release`](super::Envelope::is_of_release) for a warning of your own.
    #[default]
    Warn,
    /// Refuse it with [`VersionMismatch`](ErrorKind::VersionMismatch).
    Reject,
}

impl VersionPolicy {
    /// Applies the policy to the version that an event was written under.
    pub(super) fn check(self, found: Option<&str>, ours: &str) -> Result<(), Error> {
        if self == Self::Ignore || found.is_some_and(|found| is_same_release(found, ours)) {
            return Ok(());
        }
        let error = Error::new(
            ErrorKind::VersionMismatch,
            format!(
                "the event was written under another version of the API than {ours}: create the endpoint anew with that \
                 version"
            ),
        );
        if self == Self::Reject {
            return Err(error);
        }
        #[cfg(feature = "tracing")]
        tracing::warn!(target: "stripe_core", "{error}");
        Ok(())
    }
}

/// Compares the names of the releases, and whole versions where one is from before releases had names.
pub(super) fn is_same_release(a: &str, b: &str) -> bool {
    match (release(a), release(b)) {
        (Some(a), Some(b)) => a == b,
        _ => a == b,
    }
}

/// `dahlia` of `2026-05-27.dahlia`. A preview, such as `2026-05-27.preview`, has a name of its own.
fn release(version: &str) -> Option<&str> {
    version.split_once('.').map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_compared_by_name() {
        for (a, b, expected) in [
            ("2026-05-27.dahlia", "2026-04-22.dahlia", true),
            ("2026-05-27.dahlia", "2025-03-31.basil", false),
            ("2026-05-27.dahlia", "2026-05-27.preview", false),
            ("2024-06-20", "2024-06-20", true),
            ("2024-06-20", "2023-10-16", false),
            ("2024-06-20", "2024-06-20.acacia", false),
            ("", "2024-06-20", false),
        ] {
            assert_eq!(is_same_release(a, b), expected, "{a} {b}");
        }
    }

    #[test]
    fn row_30_only_the_strict_policy_refuses() {
        let ours = "2026-05-27.dahlia";
        for (found, is_refused) in [
            (Some("2026-04-22.dahlia"), false),
            (Some("2020-08-27"), true),
            (Some("CANARY"), true),
            (None, true),
        ] {
            assert!(VersionPolicy::Ignore.check(found, ours).is_ok());
            assert!(VersionPolicy::Warn.check(found, ours).is_ok());
            let refused = VersionPolicy::Reject.check(found, ours);
            assert_eq!(refused.is_err(), is_refused, "{found:?}");
            if let Err(error) = refused {
                assert_eq!(error.kind(), ErrorKind::VersionMismatch);
                assert!(!error.to_string().contains("CANARY"));
            }
        }
    }
}
