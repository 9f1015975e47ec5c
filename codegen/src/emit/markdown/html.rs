//! The little HTML that descriptions hold: tags, character references, and text between tags.
//!
//! No document tree: what a tag means is decided by [`super::scan`].

use super::link;
use super::text::Text;

/// The longest tag that is looked for.
const TAG_CHARS: usize = 2_000;

/// One tag.
pub(super) struct Tag {
    /// In lower case.
    pub(super) name: String,
    pub(super) is_end: bool,
    attributes: String,
    /// The place after it.
    pub(super) end: usize,
}

impl Tag {
    /// The address that the tag links to, if that is one to link to.
    pub(super) fn address(&self) -> Option<String> {
        let (_, value) = self.attributes.split_once("href")?;
        let value = value.trim_start().strip_prefix('=')?.trim_start();
        let value = match value.strip_prefix(['"', '\'']) {
            Some(quoted) => quoted.split(['"', '\'']).next()?,
            None => value.split_whitespace().next()?,
        };
        link::absolute(&value.replace("&amp;", "&"))
    }
}

/// The tag that starts there.
pub(super) fn tag(text: &Text, at: usize) -> Option<Tag> {
    let is_end = text.get(at + 1) == '/';
    let start = at + 1 + usize::from(is_end);
    let rest = text.slice_up_to(start, TAG_CHARS);
    let end = rest.iter().position(|c| matches!(c, '<' | '>'))?;
    let rest = rest.get(..end)?;
    if text.get(start + end) != '>' || !text.get(start).is_ascii_alphabetic() {
        return None;
    }
    let width = rest
        .iter()
        .take_while(|c| c.is_ascii_alphanumeric())
        .count();
    let (name, attributes) = rest.split_at_checked(width)?;
    if !matches!(attributes.first(), None | Some(' ' | '\n' | '/')) {
        return None;
    }
    let name = name.iter().map(char::to_ascii_lowercase).collect();
    Some(Tag {
        name,
        is_end,
        attributes: attributes.iter().collect(),
        end: start + end + 1,
    })
}

/// Where the end tag of this name starts, and the place after it.
pub(super) fn end_tag(text: &Text, from: usize, name: &str) -> Option<(usize, usize)> {
    let mut at = from;
    while !text.is_end(at) {
        if text.get(at) == '<' {
            if let Some(tag) = tag(text, at).filter(|tag| tag.is_end && tag.name == name) {
                return Some((at, tag.end));
            }
        }
        at += 1;
    }
    None
}

/// The text there without tags, with character references replaced.
pub(super) fn plain(text: &Text, from: usize, to: usize) -> String {
    let mut plain = String::new();
    let mut at = from;
    while at < to {
        let c = text.get(at);
        if c == '<' {
            if let Some(tag) = tag(text, at).filter(|tag| tag.end <= to && is_inline(&tag.name)) {
                at = tag.end;
                continue;
            }
        }
        match (c == '&').then(|| entity(text, at)).flatten() {
            Some((c, width)) => {
                plain.push(c);
                at += width;
            }
            None => {
                plain.push(c);
                at += 1;
            }
        }
    }
    plain
}

fn is_inline(name: &str) -> bool {
    matches!(name, "a" | "b" | "code" | "em" | "i" | "span" | "strong")
}

/// The character that a reference such as `&amp;` or `&#x2014;` stands for, and the width of the reference.
pub(super) fn entity(text: &Text, at: usize) -> Option<(char, usize)> {
    let name: String = text
        .slice_up_to(at + 1, 12)
        .iter()
        .take_while(|c| c.is_ascii_alphanumeric() || **c == '#')
        .collect();
    if text.get(at + 1 + name.len()) != ';' {
        return None;
    }
    let c = match name.strip_prefix('#') {
        Some(number) => numbered(number)?,
        None => named(&name)?,
    };
    Some((c, name.len() + 2))
}

fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    // What no reader sees does not come in by this door either.
    let c = char::from_u32(code.ok()?)?;
    Some(if crate::diagnostic::is_invisible(c) {
        ' '
    } else {
        c
    })
}

fn named(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "apos" => '\'',
        "bull" => '•',
        "cent" => '¢',
        "copy" => '©',
        "deg" => '°',
        "euro" => '€',
        "gt" => '>',
        "hellip" => '…',
        "laquo" => '«',
        "larr" => '←',
        "ldquo" => '“',
        "lsquo" => '‘',
        "lt" => '<',
        "mdash" => '—',
        "middot" => '·',
        "nbsp" => ' ',
        "ndash" => '–',
        "pound" => '£',
        "quot" => '"',
        "raquo" => '»',
        "rarr" => '→',
        "rdquo" => '”',
        "reg" => '®',
        "rsquo" => '’',
        "sect" => '§',
        "times" => '×',
        "trade" => '™',
        "yen" => '¥',
        _ => return None,
    })
}
