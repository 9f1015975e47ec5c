//! Addresses: which ones may be linked to, and where a relative one leads.
//!
//! The texts are written for the site that shows them, so `/docs/x` and `/api/x` are pages of Stripe's documentation.

use std::fmt::Write as _;

use super::text::Text;

/// The longest address that is looked for.
const ADDRESS_CHARS: usize = 2_000;

const SITE: &str = "https://docs.stripe.com";

/// The whole address, if it is one to link to: pages and mail, nothing that runs or reads anything.
pub(super) fn absolute(address: &str) -> Option<String> {
    let address = address.trim();
    let start = address.split(['/', '?', '#']).next().unwrap_or_default();
    let whole = match start.split_once(':') {
        Some((scheme, rest)) if may_be_linked(scheme, rest, address) => page(address),
        Some(_) => return None,
        None if address.is_empty() || address.starts_with("//") => return None,
        None => relative(address),
    };
    Some(encoded(&whole))
}

/// `rest` is what stands between the colon and the first slash.
fn may_be_linked(scheme: &str, rest: &str, address: &str) -> bool {
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => {
            let host = address.split_once("://").map(|(_, host)| host);
            rest.is_empty() && host.is_some_and(|host| host.starts_with(char::is_alphanumeric))
        }
        "mailto" => rest.contains('@'),
        _ => false,
    }
}

fn relative(address: &str) -> String {
    if address.starts_with('#') {
        return format!("{SITE}/api{address}");
    }
    let path = address.strip_prefix('/').unwrap_or(address);
    match path.strip_prefix("docs") {
        Some(rest) if rest.is_empty() || rest.starts_with(['/', '#', '?']) => {
            format!("{SITE}{rest}")
        }
        _ => format!("{SITE}/{path}"),
    }
}

/// The host of the API has no pages: links to sections of it mean its reference.
fn page(address: &str) -> String {
    match address.strip_prefix("https://api.stripe.com#") {
        Some(section) => format!("{SITE}/api#{section}"),
        None => address.to_owned(),
    }
}

/// With everything percent-encoded that has no place in an address or means something in Markdown.
fn encoded(address: &str) -> String {
    let mut encoded = String::with_capacity(address.len());
    for byte in address.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'*+,;=%".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// The width of an address in angle brackets, with them.
pub(super) fn angle_width(text: &Text, at: usize) -> Option<usize> {
    let rest = text.slice_up_to(at + 1, ADDRESS_CHARS);
    let width = rest
        .iter()
        .position(|c| matches!(c, '<' | '>' | ' ' | '\n'))?;
    let is_closed = rest.get(width) == Some(&'>');
    (is_closed && is_bare(rest.iter().copied())).then_some(width + 2)
}

/// Whether the address of a page starts there.
pub(super) fn is_bare(chars: impl Iterator<Item = char>) -> bool {
    let mut chars = chars.map(|c| c.to_ascii_lowercase());
    let is_http = "http".chars().all(|c| chars.next() == Some(c));
    let colon = match chars.next() {
        Some('s') => chars.next(),
        other => other,
    };
    let is_page =
        is_http && colon == Some(':') && chars.next() == Some('/') && chars.next() == Some('/');
    is_page && chars.next().is_some_and(|c| c.is_ascii_alphanumeric())
}

/// The address at the start of these characters, without what follows it in a sentence.
pub(super) fn bare(chars: impl Iterator<Item = char>) -> String {
    let ends = |c: &char| {
        c.is_whitespace()
            || matches!(
                c,
                '<' | '>' | '"' | '[' | ']' | '{' | '}' | '|' | '\\' | '^' | '`'
            )
    };
    let mut address: String = chars.take(ADDRESS_CHARS).take_while(|c| !ends(c)).collect();
    while let Some(last) = address.chars().last() {
        let is_stray_bracket =
            last == ')' && address.matches(')').count() > address.matches('(').count();
        if !is_stray_bracket
            && !matches!(
                last,
                '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '’' | '”'
            )
        {
            break;
        }
        address.pop();
    }
    address
}

/// An address in round brackets behind a link's text: the address and its width, with the brackets.
///
/// A title behind it is dropped.
pub(super) fn destination(chars: impl Iterator<Item = char>) -> Option<(String, usize)> {
    let mut address = String::new();
    let mut depth = 0_usize;
    let mut is_title = false;
    for (index, c) in chars.take(ADDRESS_CHARS).enumerate() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '[' | ']' | '<' | '>' => return None,
            ' ' if !address.is_empty() => is_title = true,
            _ => {}
        }
        if depth == 0 {
            let address = address.strip_prefix('(')?.trim().to_owned();
            return Some((address, index + 1));
        }
        if !is_title {
            address.push(c);
        }
    }
    None
}
