//! Points in time, in the two forms that Stripe writes them.

mod civil;
#[cfg(feature = "jiff")]
mod jiff;

use std::fmt;

use crate::decode::{Blank, Slot, Target};
use crate::value::{Node, Value};

/// Seconds since 1970-01-01T00:00:00Z, as v1 writes times. Display writes RFC 3339, in UTC; Debug the number.
///
/// ```
/// use stripe_core::types::Timestamp;
///
/// let time = Timestamp::from_unix(1_779_883_200);
/// assert_eq!(time.to_string(), "2026-05-27T12:00:00Z");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// A time from Unix seconds.
    #[inline]
    #[must_use]
    pub const fn from_unix(seconds: i64) -> Self {
        Self(seconds)
    }

    /// The time in Unix seconds.
    #[inline]
    #[must_use]
    pub const fn as_unix(self) -> i64 {
        self.0
    }
}

impl From<std::time::SystemTime> for Timestamp {
    /// Rounds down to the second.
    #[inline]
    fn from(time: std::time::SystemTime) -> Self {
        match time.duration_since(std::time::UNIX_EPOCH) {
            Ok(after) => Self(i64::try_from(after.as_secs()).unwrap_or(i64::MAX)),
            Err(error) => {
                let before = error.duration();
                let seconds = i64::try_from(before.as_secs()).unwrap_or(i64::MAX);
                let begun = i64::from(before.subsec_nanos() > 0);
                Self(seconds.saturating_neg().saturating_sub(begun))
            }
        }
    }
}

impl fmt::Debug for Timestamp {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for Timestamp {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&civil::Civil(self.0), f)
    }
}

impl From<Timestamp> for DateTime {
    #[inline]
    fn from(time: Timestamp) -> Self {
        Self(time.to_string())
    }
}

impl Value for Timestamp {
    #[inline]
    fn node(&self) -> Node<'_> {
        Node::Time(self.0)
    }
}

impl Slot for Timestamp {
    fn target(&mut self) -> Target<'_> {
        Target::Int(&mut self.0)
    }
}

impl Blank for Timestamp {
    fn blank() -> Self {
        Self(0)
    }
}

crate::serde_through_json!(Timestamp);

crate::symbol_text! {
    /// A time in RFC 3339, such as `2026-05-27T12:00:00.000Z`, as v2 writes times. Kept as it was written.
    #[format(DateTime)]
    pub struct DateTime;
}
