//! Percent-decoding that refuses what other decoders guess: a `%` without two hex digits, and bytes that are not UTF-8.

use percent_encoding::percent_decode_str;

/// Decodes a path segment; `+` is a plus.
pub(crate) fn decode_segment(text: &str) -> Option<String> {
    let complete = text.split('%').skip(1).all(|after| {
        let mut digits = after.bytes();
        let mut is_digit = || digits.next().is_some_and(|byte| byte.is_ascii_hexdigit());
        is_digit() && is_digit()
    });
    let decoded = complete.then(|| percent_decode_str(text).decode_utf8().ok())?;
    decoded.map(Into::into)
}

/// Decodes a name or a value of a form; `+` is a space.
pub(crate) fn decode_form(text: &str) -> Option<String> {
    if text.contains('+') {
        return decode_segment(&text.replace('+', " "));
    }
    decode_segment(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_proper_encodings_are_decoded() {
        for (given, segment, form) in [
            ("plain", Some("plain"), Some("plain")),
            ("a%20b+c", Some("a b+c"), Some("a b c")),
            ("%C3%A9", Some("é"), Some("é")),
            ("%2B", Some("+"), Some("+")),
            ("%", None, None),
            ("%2", None, None),
            ("%zz", None, None),
            ("a%2", None, None),
            ("%ff", None, None),
            ("%%20", None, None),
        ] {
            assert_eq!(decode_segment(given).as_deref(), segment, "{given}");
            assert_eq!(decode_form(given).as_deref(), form, "{given}");
        }
    }
}
