//! Paths from a template and ids. An id can never change which operation is called: it stays one segment of the path,
//! whatever it holds, or it is refused.
//!
//! Some ids are the user's own words (a coupon may be called `25% off`), so that nothing is refused that is merely odd.
//! Errors name the parameter, never the value.

use std::fmt;

use crate::form;

/// The most characters that Stripe takes in an id.
const LONGEST: usize = 5000;

/// How often an id may be encoded over and over; no honest one is encoded more than once.
const MOST_DECODINGS: usize = 8;

/// Why a path was not built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// The parameter's name in the template.
    pub(crate) param: &'static str,
    pub(crate) reason: &'static str,
}

impl fmt::Display for Refusal {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "path parameter `{}`: {}", self.param, self.reason)
    }
}

/// Fills the parameters of `template` with `ids`, in order.
pub(crate) fn build(template: &'static str, ids: &[&str]) -> Result<String, Refusal> {
    let mut path = String::with_capacity(template.len().saturating_add(32));
    let mut ids = ids.iter();
    for segment in template.split('/').skip(1) {
        path.push('/');
        let Some(param) = segment
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'))
        else {
            path.push_str(segment);
            continue;
        };
        let refuse = |reason| Refusal { param, reason };
        let id = ids.next().ok_or_else(|| refuse("it was not given"))?;
        check(id).map_err(refuse)?;
        form::escape_all(id, &mut path);
    }
    match ids.next() {
        None => Ok(path),
        Some(_) => Err(Refusal {
            param: "",
            reason: "there are more ids than parameters",
        }),
    }
}

/// What is wrong with an encoded path, perhaps with a query, that was not built here. Its segments have to be such as could
/// have been: an empty one is refused as well, and with it `//host`.
pub(crate) fn find_fault(target: &str) -> Option<&'static str> {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !b"\\#<>\"".contains(&byte);
    if !target.bytes().all(is_plain) {
        return Some("it holds a character that has to be percent-encoded, or a fragment");
    }
    let path = target.split('?').next().unwrap_or_default();
    match path.strip_prefix('/') {
        None => Some("it does not begin with a slash"),
        Some(segments) => segments.split('/').find_map(|segment| check(segment).err()),
    }
}

/// A path that somebody else wrote, as [`find_fault`] wants it.
#[inline]
pub(crate) fn written(target: &str) -> Result<String, Refusal> {
    match find_fault(target) {
        None => Ok(target.to_owned()),
        Some(reason) => Err(Refusal {
            param: "path",
            reason,
        }),
    }
}

/// The same with an id for the first segment in braces.
#[inline]
pub(crate) fn fill(target: &str, id: &str) -> Result<String, Refusal> {
    let refuse = |reason| Refusal {
        param: "path",
        reason,
    };
    check(id).map_err(refuse)?;
    let (path, query) = target.split_at(target.find('?').unwrap_or(target.len()));
    let (before, rest) = path.split_once("/{").ok_or_else(|| refuse(SURPLUS))?;
    let (_, after) = rest.split_once('}').ok_or_else(|| refuse(UNFILLED))?;
    if !after.is_empty() && !after.starts_with('/') {
        // What follows would join the id, and the two together were not checked.
        return Err(refuse(PARTIAL));
    }
    let mut filled = format!("{before}/");
    form::escape_all(id, &mut filled);
    filled.push_str(after);
    filled.push_str(query);
    Ok(filled)
}

/// Whether all ids that a path needs are there. What an id holds is encoded, so that a brace is one of the path's own.
pub(crate) fn is_filled(target: &str) -> bool {
    !target
        .split('?')
        .next()
        .unwrap_or_default()
        .contains(['{', '}'])
}

const PARTIAL: &str = "braces stand for a whole part of the path: put a slash after them";

const SURPLUS: &str = "there are more ids than parts in braces";

pub(crate) const UNFILLED: &str = "an id is missing: one for each part in braces";

/// Whether an id is safe as one segment, whatever decoding and normalising a server or a proxy does on its way.
fn check(id: &str) -> Result<(), &'static str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if !id.is_empty() && id.len() <= LONGEST && id.bytes().all(is_plain) {
        // As nearly all are: nothing in it can be decoded or normalised.
        return Ok(());
    }
    if id.chars().all(is_blank) {
        return Err("it is empty");
    }
    if id.chars().count() > LONGEST {
        return Err("it is longer than 5000 characters");
    }
    let mut text = fold(id);
    for _ in 0..MOST_DECODINGS {
        check_text(&text)?;
        let decoded = fold(&decode(&text));
        if decoded == text {
            return Ok(());
        }
        text = decoded;
    }
    Err("it is percent-encoded many times over")
}

fn check_text(text: &str) -> Result<(), &'static str> {
    if text.contains(['/', '\\']) {
        return Err("it contains a slash");
    }
    if text.contains(char::is_control) {
        return Err("it contains a control character");
    }
    // Wide slashes are legal in an id, but must not hide a dot segment; some servers end a segment at `;`, and all do at
    // what begins a query or a fragment.
    let mut pieces = text.split(['\u{ff0f}', '\u{ff3c}', ';', '?', '#']);
    let is_dots = |piece: &str| matches!(piece.trim_matches(is_blank), "." | "..");
    if pieces.any(is_dots) {
        return Err("it is a dot segment");
    }
    Ok(())
}

fn is_blank(c: char) -> bool {
    // What has no width looks empty in a dashboard, and some normalisers drop it.
    c.is_whitespace()
        || matches!(
            c,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
        )
}

/// What compatibility normalisation makes of the characters that matter here.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{ff0e}' | '\u{fe52}' | '\u{2024}' => folded.push('.'),
            '\u{2025}' => folded.push_str(".."),
            '\u{ff05}' | '\u{fe6a}' => folded.push('%'),
            _ => folded.push(c),
        }
    }
    folded
}

/// Undoes one level of percent-encoding; what is not an escape stays as it is.
pub(crate) fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escape = match (first, after) {
            (b'%', [high, low, ..]) => hex(*high).zip(hex(*low)),
            _ => None,
        };
        match escape {
            Some((high, low)) => {
                bytes.push(high << 4 | low);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "/v1/customers/{customer}";

    fn one(id: &str) -> Result<String, Refusal> {
        build(ONE, &[id])
    }

    #[test]
    fn ids_become_single_segments() {
        for (id, segment) in [
            ("cus_123", "cus_123"),
            ("25% off", "25%25%20off"),
            ("a?x=1", "a%3Fx%3D1"),
            ("a#f", "a%23f"),
            ("a+b&c", "a%2Bb%26c"),
            ("50%de", "50%25de"),
            ("v1.2..3", "v1.2..3"),
            ("...", "..."),
            ("\u{5546}\u{54c1}\u{ff0f}A", "%E5%95%86%E5%93%81%EF%BC%8FA"),
            ("100%", "100%25"),
            ("~_-.x", "~_-.x"),
        ] {
            assert_eq!(one(id).unwrap(), format!("/v1/customers/{segment}"), "{id}");
        }
    }

    #[test]
    fn ids_that_could_change_the_route_are_refused() {
        for id in [
            "",
            " ",
            "\t",
            "\u{3000}",
            "\u{200b}",
            "\u{feff}",
            ".",
            "..",
            " .. ",
            "a/b",
            "a/../b",
            "/",
            "a\\b",
            "a\0",
            "a\nb",
            "\u{7f}",
            "\u{85}",
            "%2e",
            "%2e%2e",
            "%2E.",
            ".%2e",
            "%252e%252e",
            "%25252e.",
            "%2F",
            "a%2fb",
            "%5c",
            "a%00",
            "a%0a",
            "..;",
            "..;x=1",
            ";..",
            "..?x",
            "..#",
            "\u{ff0e}\u{ff0e}",
            "\u{ff0e}.",
            "\u{2025}",
            "\u{2024}\u{2024}",
            "\u{fe52}",
            "\u{ff05}2e\u{ff05}2e",
            "\u{ff0e}\u{ff0e}\u{ff0f}x",
            "%ef%bc%8e%ef%bc%8e",
        ] {
            assert_eq!(one(id).unwrap_err().param, "customer", "{id:?}");
        }
        assert!(one(&"x".repeat(5000)).is_ok());
        assert!(one(&"x".repeat(5001)).is_err());
        assert!(one(&format!("%{}", "25".repeat(2000))).is_err());
    }

    #[test]
    fn several_parameters_go_in_order() {
        let path = build(
            "/v1/customers/{customer}/sources/{id}/verify",
            &["cus_1", "src_2"],
        )
        .unwrap();
        assert_eq!(path, "/v1/customers/cus_1/sources/src_2/verify");
        assert_eq!(build("/v1/balance", &[]).unwrap(), "/v1/balance");
    }

    #[test]
    fn row_9_written_paths_are_held_to_the_same_rules() {
        for path in ["/v1", "/v1/x?a=b&c[d]=e%2F..", "/v1/%20x", "/v1/{id}/y"] {
            assert_eq!(written(path).as_deref(), Ok(path));
        }
        for path in [
            "",
            "v1/x",
            "/",
            "//evil.com/v1",
            "/v1/",
            "/v1//x",
            "/v1/../v2",
            "/v1/%2e%2e/x",
            "/v1/a%2Fb",
            "/v1/x y",
            "/v1/x\r\nhost: evil",
            "/v1/x#f",
            "/v1/\u{e9}",
            "/\\evil.com",
            "?a=b",
            "https://api.stripe.com/v1/x",
            "/v1/x?a=\0",
        ] {
            assert!(written(path).is_err(), "{path:?}");
        }
    }

    #[test]
    fn braces_are_filled_in_order() {
        let path = fill("/v1/{a}/x/{b}?c={d}", "25% {off}").unwrap();
        assert_eq!(path, "/v1/25%25%20%7Boff%7D/x/{b}?c={d}");
        assert!(!is_filled(&path));
        let path = fill(&path, "b").unwrap();
        assert_eq!(path, "/v1/25%25%20%7Boff%7D/x/b?c={d}");
        assert!(is_filled(&path));
        assert!(fill(&path, "c").is_err());
        for id in ["", "..", "a/b", "%2e%2e"] {
            assert!(fill("/v1/{a}", id).is_err(), "{id}");
        }
    }

    #[test]
    fn the_count_of_ids_is_checked() {
        assert_eq!(build(ONE, &[]).unwrap_err().param, "customer");
        assert!(build(ONE, &["a", "b"]).is_err());
    }

    #[test]
    fn whatever_is_accepted_keeps_the_number_of_segments() {
        // A walk through all pairs of characters that matter to paths, with something harmless on either side.
        let parts = [
            ".", "..", "/", "\\", "%", "%2e", "%2f", "2e", ";", "?", "#", " ", "\0", "\u{ff0e}",
            "a", "\u{e9}", "",
        ];
        for first in parts {
            for second in parts {
                for third in parts {
                    let id = format!("{first}{second}{third}");
                    let Ok(path) = one(&id) else { continue };
                    let segments: Vec<_> = path.split('/').collect();
                    assert_eq!(segments.len(), 4, "{id:?}");
                    assert_eq!(&segments[..3], ["", "v1", "customers"]);
                    assert!(!matches!(segments[3], "" | "." | ".."), "{id:?}");
                    assert!(
                        path.bytes()
                            .all(|byte| byte.is_ascii_graphic() && !b"?#\\".contains(&byte)),
                        "{id:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_refusal_does_not_repeat_the_id() {
        let error = one("secret/secret").unwrap_err();
        assert!(!format!("{error} {error:?}").contains("secret"));
    }
}
