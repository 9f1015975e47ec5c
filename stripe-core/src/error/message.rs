//! Stripe's own words, as much of them as a log may hold.
//!
//! Stripe puts values into its messages: an email address that is not valid, the idempotency key that was used before, the
//! end of a key. A value follows a colon, stands in quotes, or does not look like a word. So what comes before the first
//! of these is shown, and the rest is not; [`Error::message`](crate::Error::message) has it in full.

/// The part of a message before the first value; empty if it begins with one.
pub(super) fn head(message: &str) -> String {
    let mut shown = String::new();
    let mut begins = true;
    for word in message.split(' ') {
        let end = word.trim_end_matches(['.', ',', ';', '!', '?', ':']);
        let marks = word.get(end.len()..).unwrap_or_default();
        let is_plain = marks.len() < 2 && is_word(end, begins);
        if is_plain {
            if !shown.is_empty() {
                shown.push(' ');
            }
            shown.push_str(end);
        }
        if !is_plain || marks == ":" {
            shown.push_str(if shown.is_empty() { "" } else { " \u{2026}" });
            break;
        }
        shown.push_str(marks);
        begins = matches!(marks, "." | "!" | "?");
    }
    shown
}

/// A word of English, in lower case unless it begins a sentence, or one of Stripe's names.
fn is_word(word: &str, begins: bool) -> bool {
    /// No word of Stripe's messages is longer, and random values are.
    const LONGEST: usize = 20;
    let (stem, suffix) = word.split_once('\'').unwrap_or((word, ""));
    let suffix_is_plain = matches!(suffix, "" | "s" | "t" | "re" | "ve");
    let rest = match stem.strip_prefix(|c: char| c.is_ascii_uppercase()) {
        Some(rest) if begins => rest,
        _ => stem,
    };
    let is_lower = rest
        .split('-')
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase()));
    let is_letter = stem == "A" || stem == "I";
    suffix_is_plain
        && stem.len() <= LONGEST
        && (is_lower || is_letter && begins || NAMES.contains(&stem))
}

/// Words in capitals that are no values.
const NAMES: &[&str] = &[
    "API",
    "CVC",
    "Checkout",
    "Connect",
    "HTTP",
    "HTTPS",
    "ID",
    "IDs",
    "JSON",
    "Key",
    "OAuth",
    "PaymentIntent",
    "PaymentMethod",
    "Session",
    "SetupIntent",
    "Stripe",
    "TLS",
    "URL",
    "ZIP",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_without_values_is_shown_whole() {
        for message in [
            "Your card was declined.",
            "Your card's security code is incorrect. Try another card!",
            "You can't use a non-reusable source, sorry; you did not provide an API key.",
            "A PaymentIntent needs a PaymentMethod. I say so",
        ] {
            assert_eq!(head(message), message);
        }
    }

    #[test]
    fn e1_what_follows_the_first_value_is_not_shown() {
        for (message, shown) in [
            (
                "Invalid email address: jenny@example.com",
                "Invalid email address \u{2026}",
            ),
            (
                "Invalid email address jenny@example.com",
                "Invalid email address \u{2026}",
            ),
            ("No such price: 'price_1'", "No such price \u{2026}"),
            (
                "Try a key other than 'order' if",
                "Try a key other than \u{2026}",
            ),
            (
                "Try a key other than \u{201c}order\u{201d} if",
                "Try a key other than \u{2026}",
            ),
            (
                "Invalid API Key provided: sk_test_****cdef",
                "Invalid API Key provided \u{2026}",
            ),
            ("The customer Jenny Rosen has", "The customer \u{2026}"),
            ("The customer jenny.rosen has", "The customer \u{2026}"),
            ("The customer O'Brien has", "The customer \u{2026}"),
            ("The amount 7 is", "The amount \u{2026}"),
            ("The value \u{e9}t\u{e9} is", "The value \u{2026}"),
            ("The value aaaaaaaaaaaaaaaaaaaaa is", "The value \u{2026}"),
            ("The value canaryVALUE is", "The value \u{2026}"),
            ("The value VALUE is", "The value \u{2026}"),
            ("Your card\r\nFAKE LINE", "Your \u{2026}"),
            ("E-6 \x1b[2J", ""),
            ("jenny@example.com", ""),
            ("", ""),
        ] {
            assert_eq!(head(message), shown);
        }
    }
}
