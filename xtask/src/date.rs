//! Days, counted and written as `2026-11-24`, and moments as `2026-11-24T19:30:00Z`. No time zones.

use std::time::{SystemTime, UNIX_EPOCH};

/// Days since the first of January 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day(i64);

const SECONDS: u64 = 86_400;

impl Day {
    /// By the clock of this machine.
    pub(crate) fn today() -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        let seconds = since.unwrap_or_default().as_secs();
        Self(i64::try_from(seconds / SECONDS).unwrap_or_default())
    }

    /// The day at the start of a text, such as `2026-11-24` or `2026-11-24T19:30:00Z`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.get(..10)?.split('-');
        let mut number = || parts.next()?.parse::<i64>().ok();
        let (year, month, day) = (number()?, number()?, number()?);
        let possible = (1..=12).contains(&month) && (1..=31).contains(&day);
        possible.then(|| Self(days(year, month, day)))
    }

    /// How many days ago `earlier` was; none if it is in the future.
    pub(crate) fn since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0).max(0)
    }
}

/// Days from 1970 to a date of the Gregorian calendar: years begin in March, so that a leap day is a year's last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let of_month = (153 * ((month + 9) % 12) + 2) / 5;
    let leap_days = year / 4 - year / 100 + year / 400;
    year * 365 + leap_days + of_month + day - 1 - 719_468
}

/// A moment, given in seconds since 1970, as RFC 3339 writes it.
pub(crate) fn timestamp(seconds: u64) -> String {
    let of_day = seconds % SECONDS;
    let (year, month, day) = date(i64::try_from(seconds / SECONDS).unwrap_or_default());
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// The date of a day since 1970; the inverse of `days`.
fn date(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let era = day / 146_097;
    let of_era = day % 146_097;
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year + era * 400 + i64::from(month <= 2);
    (year, month, of_year - (153 * shifted + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted() {
        for (text, expected) in [
            ("1970-01-01", Some(0)),
            ("1970-03-01T00:00:00Z", Some(59)),
            ("2000-02-29", Some(11_016)),
            ("2000-03-01", Some(11_017)),
            ("2026-11-24T19:30:00Z", Some(20_781)),
            ("2026-13-01", None),
            ("yesterday!", None),
            ("", None),
        ] {
            assert_eq!(Day::parse(text).map(|day| day.0), expected, "{text}");
        }
    }

    #[test]
    fn moments_are_written() {
        for (seconds, expected) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_795_548_956, "2026-11-24T19:35:56Z"),
        ] {
            assert_eq!(timestamp(seconds), expected);
        }
        for day in (0..80_000).step_by(97) {
            let (year, month, of_month) = date(day);
            assert_eq!(days(year, month, of_month), day);
        }
    }

    #[test]
    fn ages_are_never_negative() {
        let day = |text| Day::parse(text).unwrap();
        assert_eq!(day("2026-11-24").since(day("2026-11-10")), 14);
        assert_eq!(day("2026-11-24").since(day("2026-11-25")), 0);
    }
}
