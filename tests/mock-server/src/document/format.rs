//! What `format` says about a text. Numbers in a form are texts too, and are read in `check`.

/// A format that the document uses and that can be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// The content of a file.
    Binary,
    /// Three letters. Stripe takes upper case too.
    Currency,
    /// RFC 3339.
    DateTime,
    /// A number in decimal notation, as text, with at most 12 digits after the point.
    Decimal,
    /// A whole number of 64 bits, as text where the type is a string.
    Int64,
    /// Seconds since 1970, an integer: a time of a year of four digits, which one in milliseconds is not.
    UnixTime,
}

impl Format {
    /// The format of this name; `None` for one that restricts nothing here.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "binary" => Self::Binary,
            "currency" => Self::Currency,
            "date-time" => Self::DateTime,
            "decimal" => Self::Decimal,
            "int64" => Self::Int64,
            "unix-time" => Self::UnixTime,
            _ => return None,
        })
    }

    /// Whether `text` is written so.
    pub(crate) fn accepts(self, text: &str) -> bool {
        match self {
            Self::Binary => true,
            Self::Currency => {
                text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_alphabetic())
            }
            Self::DateTime => is_date_time(text),
            Self::Decimal => is_decimal(text) && fraction(text).len() <= 12,
            Self::Int64 => text.parse::<i64>().is_ok(),
            Self::UnixTime => text.parse().is_ok_and(is_unix_time),
        }
    }

    /// What is expected, for an error message.
    pub(crate) fn expectation(self) -> &'static str {
        match self {
            Self::Binary => "the content of a file",
            Self::Currency => "a three-letter ISO currency code, in lowercase",
            Self::DateTime => "a timestamp as of RFC 3339, such as 2025-01-31T12:00:00Z",
            Self::Decimal => "a decimal number, such as 12.5",
            Self::Int64 => "a whole number of at most 64 bits",
            Self::UnixTime => "an integer Unix timestamp in seconds",
        }
    }
}

/// `-12.5`, but not `12.`, `.5`, `1e3` or `+1`.
pub(crate) fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let all_digits =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match digits.split_once('.') {
        None => all_digits(digits),
        Some((whole, fraction)) => all_digits(whole) && all_digits(fraction),
    }
}

fn fraction(text: &str) -> &str {
    text.split_once('.').map_or("", |(_, fraction)| fraction)
}

/// From 0001-01-01 to the end of 9999-12-31.
pub(crate) fn is_unix_time(seconds: i64) -> bool {
    (-62_135_596_800..=253_402_300_799).contains(&seconds)
}

fn is_date_time(text: &str) -> bool {
    let Some((date, rest)) = text.split_once(['T', 't']) else {
        return false;
    };
    let Some(offset_at) = rest.find(['Z', 'z', '+', '-']) else {
        return false;
    };
    let (time, offset) = rest.split_at(offset_at);
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    numbers(date, '-', &[(4, 0, 9999), (2, 1, 12), (2, 1, 31)])
        && numbers(time, ':', &[(2, 0, 23), (2, 0, 59), (2, 0, 60)])
        && !fraction.is_empty()
        && fraction.bytes().all(|byte| byte.is_ascii_digit())
        && (offset.eq_ignore_ascii_case("z")
            || numbers(
                offset.get(1..).unwrap_or_default(),
                ':',
                &[(2, 0, 23), (2, 0, 59)],
            ))
}

/// Whether `text` is numbers of these widths and ranges, with `separator` between them.
fn numbers(text: &str, separator: char, expected: &[(usize, u32, u32)]) -> bool {
    let parts: Vec<&str> = text.split(separator).collect();
    parts.len() == expected.len()
        && parts
            .iter()
            .zip(expected)
            .all(|(part, &(width, least, most))| {
                part.len() == width
                    && part.bytes().all(|byte| byte.is_ascii_digit())
                    && part
                        .parse::<u32>()
                        .is_ok_and(|number| (least..=most).contains(&number))
            })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_accept_what_they_name() {
        for (format, text, accepted) in [
            (Format::Currency, "usd", true),
            (Format::Currency, "USD", true),
            (Format::Currency, "us", false),
            (Format::Currency, "us1", false),
            (Format::Decimal, "12", true),
            (Format::Decimal, "-12.50", true),
            (Format::Decimal, "0.123456789012", true),
            (Format::Decimal, "0.1234567890123", false),
            (Format::Decimal, "12.", false),
            (Format::Decimal, ".5", false),
            (Format::Decimal, "1e3", false),
            (Format::Decimal, "+1", false),
            (Format::Decimal, "", false),
            (Format::Int64, "-9223372036854775808", true),
            (Format::Int64, "9223372036854775808", false),
            (Format::UnixTime, "1700000000", true),
            (Format::UnixTime, "2020-01-01", false),
            (Format::UnixTime, "253402300799", true),
            (Format::UnixTime, "253402300800", false),
            (Format::UnixTime, "-62135596801", false),
        ] {
            assert_eq!(format.accepts(text), accepted, "{format:?} {text}");
        }
    }

    #[test]
    fn date_times_are_rfc_3339() {
        for (text, accepted) in [
            ("2025-01-31T12:00:00Z", true),
            ("2025-01-31t12:00:00.123z", true),
            ("2025-01-31T12:00:00+02:00", true),
            ("2025-01-31T12:00:60-23:59", true),
            ("2025-01-31", false),
            ("2025-01-31 12:00:00Z", false),
            ("2025-01-31T12:00:00", false),
            ("2025-13-31T12:00:00Z", false),
            ("2025-01-31T24:00:00Z", false),
            ("2025-01-31T12:00:00.Z", false),
            ("2025-01-31T12:00:00+2", false),
            ("25-1-1T1:1:1Z", false),
        ] {
            assert_eq!(Format::DateTime.accepts(text), accepted, "{text}");
        }
    }
}
