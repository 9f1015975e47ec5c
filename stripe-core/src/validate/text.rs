//! What texts look like: the formats of the document, and email addresses and country codes, where only obvious mistakes
//! are found. None of it allocates.

use super::rule::Format;
use crate::types::Currency;

/// The most digits that Stripe reads after the point of a decimal.
const FRACTION: usize = 12;

/// Whether a text is written in a format.
pub(super) fn is_of(format: Format, text: &str) -> bool {
    match format {
        Format::Currency => is_currency(text),
        Format::Decimal => is_decimal(text),
        Format::DateTime => is_date_time(text),
        Format::UnixTime => false,
    }
}

/// Whether a time is a plausible number of seconds.
pub(super) fn is_unix_time(seconds: i64) -> bool {
    /// 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z.
    const YEARS: std::ops::RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;
    YEARS.contains(&seconds)
}

fn is_currency(text: &str) -> bool {
    let is_short = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_short || Currency::KNOWN.binary_search(&text).is_ok()
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_decimal(text: &str) -> bool {
    let number = text.strip_prefix('-').unwrap_or(text);
    match number.split_once('.') {
        None => is_digits(number),
        Some((whole, fraction)) => {
            is_digits(whole) && is_digits(fraction) && fraction.len() <= FRACTION
        }
    }
}

/// `2026-05-27T12:00:00.123Z`, or with an offset.
fn is_date_time(text: &str) -> bool {
    let Some((date, rest)) = text.split_once(['T', 't']) else {
        return false;
    };
    let Some((time, offset)) = rest
        .find(['Z', 'z', '+', '-'])
        .and_then(|at| rest.split_at_checked(at))
    else {
        return false;
    };
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    is_row(date, '-', &[(4, 0, 9999), (2, 1, 12), (2, 1, 31)])
        && is_row(time, ':', &[(2, 0, 23), (2, 0, 59), (2, 0, 60)])
        && is_digits(fraction)
        && is_offset(offset)
}

fn is_offset(text: &str) -> bool {
    match text.strip_prefix(['+', '-']) {
        Some(offset) => is_row(offset, ':', &[(2, 0, 23), (2, 0, 59)]),
        None => matches!(text, "Z" | "z"),
    }
}

/// Whether a text is numbers with a separator between them, each of so many digits and within bounds.
fn is_row(text: &str, separator: char, numbers: &[(usize, u32, u32)]) -> bool {
    let mut parts = text.split(separator);
    let all = numbers.iter().all(|(width, least, most)| {
        let part = parts.next().unwrap_or_default();
        part.len() == *width
            && is_digits(part)
            && part
                .parse::<u32>()
                .is_ok_and(|it| (*least..=*most).contains(&it))
    });
    all && parts.next().is_none()
}

/// Something on both sides of an `@`, a dot within what follows it, and nothing that no address has.
pub(super) fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let is_odd =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, ',' | ';' | '<' | '>');
    let labels = domain.split('.');
    !name.is_empty()
        && !name.contains('@')
        && !text.contains(is_odd)
        && domain.contains('.')
        && labels.into_iter().all(|label| !label.is_empty())
}

/// Two ASCII letters. Which of them are countries changes, and is for Stripe to say.
pub(super) fn is_country(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_from_what_is_not_quite_them() {
        for (format, right, wrong) in [
            (
                Format::Currency,
                &["usd", "USD", "zzz", "usdc"][..],
                &["", "us", "us1", "usdx", "\u{e9}d", "u d"][..],
            ),
            (
                Format::Decimal,
                &["0", "-1", "007", "0.05", "12.123456789012"],
                &[
                    "",
                    "-",
                    ".5",
                    "5.",
                    "1e3",
                    "+1",
                    "1,5",
                    "1.2.3",
                    "0.1234567890123",
                    " 1",
                    "\u{661}",
                ],
            ),
            (
                Format::DateTime,
                &[
                    "2026-05-27T12:00:00Z",
                    "2026-05-27t23:59:60.123z",
                    "2026-05-27T00:00:00+05:30",
                    "2026-05-27T00:00:00.5-23:59",
                ],
                &[
                    "",
                    "2026-05-27",
                    "2026-05-27 12:00:00Z",
                    "2026-05-27T12:00:00",
                    "2026-13-27T12:00:00Z",
                    "2026-00-27T12:00:00Z",
                    "2026-05-32T12:00:00Z",
                    "2026-05-27T24:00:00Z",
                    "2026-05-27T12:00Z",
                    "2026-05-27T12:00:00.Z",
                    "2026-05-27T12:00:00+5:30",
                    "2026-05-27T12:00:00Zulu",
                    "26-05-27T12:00:00Z",
                    "2026-05-27-01T12:00:00Z",
                ],
            ),
        ] {
            for text in right {
                assert!(is_of(format, text), "{format:?} {text}");
            }
            for text in wrong {
                assert!(!is_of(format, text), "{format:?} {text}");
            }
        }
    }

    #[test]
    fn a_time_in_milliseconds_is_no_time_in_seconds() {
        for (seconds, plausible) in [
            (0, true),
            (-1, true),
            (1_779_883_200, true),
            (253_402_300_799, true),
            (253_402_300_800, false),
            (1_779_883_200_000, false),
            (-62_135_596_800, true),
            (-62_135_596_801, false),
            (i64::MIN, false),
        ] {
            assert_eq!(is_unix_time(seconds), plausible, "{seconds}");
        }
    }

    #[test]
    fn only_obvious_mistakes_in_addresses_are_found() {
        for text in [
            "jenny@example.com",
            "j.r+x@a.b.c",
            "\"j r\"@example.com".replace(' ', "").as_str(),
            "j@\u{e9}t\u{e9}.fr",
            "\u{e9}@b.co",
        ] {
            assert!(is_email(text), "{text}");
        }
        for text in [
            "",
            "@",
            "jenny",
            "jenny@",
            "@example.com",
            "jenny@example",
            "jenny@.com",
            "jenny@example.",
            "jenny@a..b",
            "jenny @example.com",
            "jenny@example.com ",
            "a@b.c,d@e.f",
            "Jenny <jenny@example.com>",
            "a@b@c.d",
            "a@b.c\n",
        ] {
            assert!(!is_email(text), "{text}");
        }
    }

    #[test]
    fn a_country_is_two_letters() {
        for (text, is_one) in [
            ("DE", true),
            ("us", true),
            ("XX", true),
            ("DEU", false),
            ("D", false),
            ("D1", false),
            ("", false),
            ("\u{e9}", false),
        ] {
            assert_eq!(is_country(text), is_one, "{text}");
        }
    }
}
