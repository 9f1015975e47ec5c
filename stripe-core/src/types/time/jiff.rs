//! Times of the `jiff` crate, and back (feature `jiff`).

use crate::types::{Bound, DateTime, Timestamp};

impl From<jiff::Timestamp> for Timestamp {
    /// Rounds down to the second.
    fn from(time: jiff::Timestamp) -> Self {
        Self::from_unix(
            time.as_nanosecond()
                .div_euclid(1_000_000_000)
                .try_into()
                .unwrap_or(i64::MAX),
        )
    }
}

impl TryFrom<Timestamp> for jiff::Timestamp {
    type Error = jiff::Error;

    /// # Errors
    ///
    /// If it is before the year -9999 or after the year 9999.
    fn try_from(time: Timestamp) -> Result<Self, jiff::Error> {
        Self::from_second(time.as_unix())
    }
}

impl From<jiff::Timestamp> for DateTime {
    /// In UTC, with as many digits of the second as the time has.
    fn from(time: jiff::Timestamp) -> Self {
        time.to_string().into()
    }
}

impl TryFrom<&DateTime> for jiff::Timestamp {
    type Error = jiff::Error;

    /// # Errors
    ///
    /// If it is not a time in RFC 3339.
    fn try_from(time: &DateTime) -> Result<Self, jiff::Error> {
        time.as_str().parse()
    }
}

impl Bound for jiff::Timestamp {
    fn number(self) -> i64 {
        Timestamp::from(self).as_unix()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_go_both_ways() {
        let time = Timestamp::from_unix(1_779_883_200);
        let other = jiff::Timestamp::try_from(time).unwrap();
        assert_eq!(other.to_string(), time.to_string());
        assert_eq!(Timestamp::from(other), time);
        let written = DateTime::from("2026-05-27T12:00:00.25Z");
        let read = jiff::Timestamp::try_from(&written).unwrap();
        assert_eq!(DateTime::from(read).as_str(), "2026-05-27T12:00:00.25Z");
        assert_eq!(Timestamp::from(read), time);
    }

    #[test]
    fn fractions_are_rounded_down() {
        let early = jiff::Timestamp::from_nanosecond(-1).unwrap();
        assert_eq!(Timestamp::from(early).as_unix(), -1);
        let late = jiff::Timestamp::from_nanosecond(1_999_999_999).unwrap();
        assert_eq!(Timestamp::from(late).as_unix(), 1);
    }

    #[test]
    fn what_is_no_time_is_an_error() {
        assert!(jiff::Timestamp::try_from(Timestamp::from_unix(i64::MAX)).is_err());
        assert!(jiff::Timestamp::try_from(&DateTime::from("yesterday")).is_err());
    }
}
