//! The calendar: RFC 3339 from Unix seconds, in whole numbers. Time zones are for the application and its library.

use std::fmt;

/// Shows Unix seconds as `2026-05-27T12:00:00Z`. Years outside of 0 to 9999, which RFC 3339 does not have, are written with
/// a sign, as ISO 8601 does.
pub(super) struct Civil(pub(super) i64);

const SECONDS_A_DAY: i64 = 86_400;

impl fmt::Display for Civil {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = date(self.0.div_euclid(SECONDS_A_DAY));
        let second = self.0.rem_euclid(SECONDS_A_DAY);
        if (0..=9999).contains(&year) {
            write!(f, "{year:04}")?;
        } else {
            write!(f, "{year:+05}")?;
        }
        let (hour, minute) = (second / 3600, second / 60 % 60);
        write!(
            f,
            "-{month:02}-{day:02}T{hour:02}:{minute:02}:{:02}Z",
            second % 60
        )
    }
}

/// The year, month and day of a day counted from 1970-01-01, in the Gregorian calendar throughout.
///
/// A year is taken to begin in March, so that the day that not every year has is its last; 400 years always have the same
/// number of days.
#[allow(
    clippy::arithmetic_side_effects,
    reason = "days are at most 2^63 / 86,400 from 1970: no step comes near the bounds"
)]
#[inline]
const fn date(days_from_1970: i64) -> (i64, i64, i64) {
    /// From 0000-03-01 to 1970-01-01.
    const DAYS_BEFORE_1970: i64 = 719_468;
    const DAYS_IN_400_YEARS: i64 = 146_097;
    const DAYS_IN_100_YEARS: i64 = 36_524;
    const DAYS_IN_4_YEARS: i64 = 1_461;
    let days = days_from_1970 + DAYS_BEFORE_1970;
    let period = days.div_euclid(DAYS_IN_400_YEARS);
    let day = days.rem_euclid(DAYS_IN_400_YEARS);
    // The leap days before this day are taken out, so that every year has 365 days.
    let leap_days =
        day / (DAYS_IN_4_YEARS - 1) - day / DAYS_IN_100_YEARS + day / (DAYS_IN_400_YEARS - 1);
    let year = (day - leap_days) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    // From March on, the months of any five have 31, 30, 31, 30 and 31 days: 153.
    let month = (5 * day_of_year + 2) / 153;
    let day_of_month = day_of_year - (153 * month + 2) / 5 + 1;
    let is_next_year = month >= 10;
    let month = if is_next_year { month - 9 } else { month + 3 };
    let year = year + 400 * period + if is_next_year { 1 } else { 0 };
    (year, month, day_of_month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_rfc_3339_has_them() {
        for (seconds, shown) in [
            (0, "1970-01-01T00:00:00Z"),
            (-1, "1969-12-31T23:59:59Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (951_868_800, "2000-03-01T00:00:00Z"),
            (4_107_542_399, "2100-02-28T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
            (1_779_883_200, "2026-05-27T12:00:00Z"),
            (253_402_300_799, "9999-12-31T23:59:59Z"),
            (253_402_300_800, "+10000-01-01T00:00:00Z"),
            (-62_167_219_200, "0000-01-01T00:00:00Z"),
            (-62_167_219_201, "-0001-12-31T23:59:59Z"),
            (i64::MAX, "+292277026596-12-04T15:30:07Z"),
            (i64::MIN, "-292277022657-01-27T08:29:52Z"),
        ] {
            assert_eq!(Civil(seconds).to_string(), shown);
        }
    }

    #[test]
    fn every_day_of_four_centuries_follows_the_one_before() {
        let mut last = date(-200_000);
        for day in -199_999..200_000 {
            let next = date(day);
            let (year, month, day_of_month) = last;
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            let days = match month {
                2 => 28 + i64::from(leap),
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            let expected = match (day_of_month == days, month) {
                (false, _) => (year, month, day_of_month + 1),
                (true, 12) => (year + 1, 1, 1),
                (true, _) => (year, month + 1, 1),
            };
            assert_eq!(next, expected);
            last = next;
        }
    }
}
