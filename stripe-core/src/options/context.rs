//! The context that a call is made in: a path of accounts, from the organization or platform down.

use std::fmt;
use std::str::FromStr;

use super::is_token;
use crate::error::Error;

/// A path of account ids, for the header `Stripe-Context`. It never changes: going down or up gives another one.
///
/// An empty one stands for the account of the key itself.
///
/// ```
/// use stripe_core::StripeContext;
///
/// let platform: StripeContext = "org_1/acct_platform".parse()?;
/// let merchant = platform.push("acct_merchant")?;
/// assert_eq!(merchant.to_string(), "org_1/acct_platform/acct_merchant");
/// assert_eq!(merchant.pop(), Some(platform));
/// assert_eq!(StripeContext::new().pop(), None);
/// # Ok::<(), stripe_core::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StripeContext(String);

pub(super) const REASON: &str =
    "it has to be account ids, of visible ASCII characters, separated by slashes";

impl StripeContext {
    /// The empty context.
    #[inline]
    #[must_use]
    pub const fn new() -> Self {
        Self(String::new())
    }

    /// Reads account ids separated by slashes, such as the context of an event. An empty text is the empty context.
    ///
    /// # Errors
    ///
    /// [`Validation`](crate::ErrorKind::Validation) if an id is empty or holds anything but visible ASCII characters.
    #[inline]
    pub fn parse(text: &str) -> Result<Self, Error> {
        if text.is_empty() || is_path(text) {
            Ok(Self(text.to_owned()))
        } else {
            Err(refuse())
        }
    }

    /// The context of an account below this one.
    ///
    /// # Errors
    ///
    /// [`Validation`](crate::ErrorKind::Validation) if the id is empty or holds anything but visible ASCII characters, or a
    /// slash.
    #[inline]
    pub fn push(&self, account: &str) -> Result<Self, Error> {
        if !is_token(account) || account.contains('/') {
            return Err(refuse());
        }
        let slash = if self.is_empty() { "" } else { "/" };
        Ok(Self(format!("{}{slash}{account}", self.0)))
    }

    /// The context of the account above this one; none above the empty context.
    #[inline]
    #[must_use]
    pub fn pop(&self) -> Option<Self> {
        if self.is_empty() {
            return None;
        }
        let above = self.0.rsplit_once('/').map_or("", |(above, _)| above);
        Some(Self(above.to_owned()))
    }

    /// The ids, from the top down.
    #[inline]
    pub fn segments(&self) -> impl Iterator<Item = &str> {
        self.0.split('/').filter(|segment| !segment.is_empty())
    }

    /// Whether this is the account of the key itself.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Whether this is a context, and not the empty one.
#[inline]
pub(super) fn is_path(text: &str) -> bool {
    text.split('/').all(is_token)
}

#[inline]
fn refuse() -> Error {
    Error::validation("context", REASON)
}

impl FromStr for StripeContext {
    type Err = Error;

    #[inline]
    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

impl fmt::Display for StripeContext {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for StripeContext {
    /// Without the ids: whatever was given by mistake, a key perhaps, would be shown with them.
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StripeContext(<{} ids>)", self.segments().count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> StripeContext {
        StripeContext::parse(text).unwrap()
    }

    #[test]
    fn what_is_parsed_is_written_again() {
        for (text, segments) in [
            ("", &[][..]),
            ("acct_1", &["acct_1"]),
            ("org_1/acct_2/acct_3", &["org_1", "acct_2", "acct_3"]),
        ] {
            let context = parse(text);
            assert_eq!(context.to_string(), text);
            assert!(context.segments().eq(segments.iter().copied()), "{text}");
            assert_eq!(context.is_empty(), text.is_empty());
            assert_eq!(text.parse::<StripeContext>().unwrap(), context);
        }
        assert_eq!(StripeContext::new(), parse(""));
    }

    #[test]
    fn push_and_pop_leave_what_they_are_called_on() {
        let one = StripeContext::new().push("acct_1").unwrap();
        let two = one.push("acct_2").unwrap();
        assert_eq!(
            (one.to_string(), two.to_string()),
            ("acct_1".into(), "acct_1/acct_2".into())
        );
        assert_eq!(two.pop().unwrap(), one);
        assert_eq!(one.pop().unwrap(), StripeContext::new());
        assert_eq!(StripeContext::new().pop(), None);
        assert_eq!(two, parse("acct_1/acct_2"));
    }

    #[test]
    fn row_1_no_part_can_end_a_header_or_hide_another() {
        for bad in [
            "/",
            "/a",
            "a/",
            "a//b",
            "a b",
            " a",
            "a\r\nx: 1",
            "a\0",
            "\u{e9}",
            "a\u{10a}",
        ] {
            assert!(StripeContext::parse(bad).is_err(), "{bad:?}");
        }
        for bad in ["", " ", "a/b", "/", "a\n", "\u{e9}"] {
            let error = parse("acct_1").push(bad).unwrap_err();
            assert_eq!(error.kind(), crate::ErrorKind::Validation);
            assert_eq!(error.param(), Some("context"));
        }
    }
}
