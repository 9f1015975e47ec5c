//! Wire names to Rust identifiers: pure functions from text to text.
//!
//! Whatever the text, the result is an identifier made of ASCII letters, digits and `_`. Two texts may give the same one;
//! [`super::scope`] settles that.

use heck::{ToSnakeCase, ToUpperCamelCase};

/// Reserved words of Rust in every edition, and the names that may not be raw identifiers.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// What generated code and the core's macros call by its bare name, in every module.
const PRELUDE: &[&str] = &[
    "Box", "Err", "FnMut", "FnOnce", "From", "None", "Ok", "Option", "Result", "Self", "Some",
    "String", "Vec",
];

/// Crates that generated code calls by name, which a module beside it would hide.
pub(crate) const CRATES: &[&str] = &["std", "stripe_core"];

/// The name of a field, a method or a module.
pub(crate) fn snake(wire: &str) -> String {
    let plain = if is_snake(wire) {
        wire.to_owned()
    } else {
        separated(wire).to_snake_case()
    };
    let name = match plain.chars().next() {
        None => "empty".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("n{plain}"),
        Some(_) if plain.bytes().all(|byte| byte == b'_') => format!("underscore{plain}"),
        Some(_) => plain,
    };
    if KEYWORDS.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    }
}

/// The name of a type, from the words of its wire names.
pub(crate) fn camel(wire: &str) -> String {
    let name = separated(wire).to_upper_camel_case();
    match name.chars().next() {
        None => "Empty".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("N{name}"),
        Some(_) if PRELUDE.contains(&name.as_str()) => format!("{name}Object"),
        Some(_) => name,
    }
}

/// The name of a constant, where symbols count: `Etc/GMT+1` and `Etc/GMT-1` are not the same.
pub(crate) fn screaming(wire: &str) -> String {
    let mut words = String::new();
    let mut before: Option<char> = None;
    let mut rest = wire.chars().peekable();
    while let Some(c) = rest.next() {
        match symbol(before, c, rest.peek().copied()) {
            Some(word) => {
                words.push(' ');
                words.push_str(word);
                words.push(' ');
            }
            None => words.push(c),
        }
        before = Some(c);
    }
    let name = words_of(&separated(&words)).join("_").to_ascii_uppercase();
    match name.chars().next() {
        None => "EMPTY".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("_{name}"),
        Some(_) => name,
    }
}

/// The word for a character that is more than a separator where it stands.
fn symbol(before: Option<char>, c: char, after: Option<char>) -> Option<&'static str> {
    Some(match c {
        '*' => "star",
        '+' => "plus",
        '%' => "percent",
        '&' => "and",
        '@' => "at",
        '=' => "equals",
        '<' => "less",
        '>' => "greater",
        '!' => "not",
        '#' => "hash",
        '$' => "dollar",
        '-' if before.is_none_or(char::is_alphabetic)
            && after.is_some_and(|c| c.is_ascii_digit()) =>
        {
            "minus"
        }
        _ => return None,
    })
}

/// The words between separators, with no split inside a word: `PayNow` and `paynow` stay one word.
fn words_of(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect()
}

fn is_snake(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// ASCII only: anything else becomes a word of its code point, so that no two texts meet because they were dropped.
fn separated(wire: &str) -> String {
    let mut out = String::with_capacity(wire.len());
    for c in wire.chars() {
        match c {
            c if c.is_ascii_alphanumeric() => out.push(c),
            c if c.is_ascii() => out.push(' '),
            c => out.push_str(&format!(" u{:x} ", u32::from(c))),
        }
    }
    // Names of a megabyte are refused before; names of thousands of bytes are cut where nobody reads on.
    out.truncate(200);
    out
}

/// The singular of an English plural, by its ending alone: names of list items.
pub(crate) fn singular(word: &str) -> String {
    let ends = |ending: &str| word.len() > ending.len() + 1 && word.ends_with(ending);
    let cut = |count: usize| word.get(..word.len() - count).unwrap_or(word).to_owned();
    if ends("ies") {
        cut(3) + "y"
    } else if ["sses", "shes", "ches", "xes", "zes"]
        .iter()
        .any(|ending| ends(ending))
    {
        cut(2)
    } else if ends("s")
        && !["ss", "us", "is", "news", "sms"]
            .iter()
            .any(|ending| ends(ending))
    {
        cut(1)
    } else {
        word.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_keep_stripes_spelling() {
        for (wire, name) in [
            ("amount", "amount"),
            ("address_line1_check", "address_line1_check"),
            ("type", "type_"),
            ("self", "self_"),
            ("3d_secure", "n3d_secure"),
            ("a-b", "a_b"),
            ("camelCase", "camel_case"),
            ("", "empty"),
            ("_", "underscore_"),
            ("../etc", "etc"),
            ("é", "ue9"),
            ("\u{202e}", "u202e"),
        ] {
            assert_eq!(snake(wire), name, "{wire:?}");
        }
    }

    #[test]
    fn types_join_the_words_of_the_path() {
        for (wire, name) in [
            ("payment_intent", "PaymentIntent"),
            ("issuing.card", "IssuingCard"),
            ("v2.core.account", "V2CoreAccount"),
            ("3d_secure", "N3dSecure"),
            ("option", "OptionObject"),
            ("from", "FromObject"),
            ("fn_once", "FnOnceObject"),
            ("\"]; fn x() {}", "FnX"),
            ("", "Empty"),
        ] {
            assert_eq!(camel(wire), name, "{wire:?}");
        }
    }

    #[test]
    fn constants_name_the_symbols_that_tell_values_apart() {
        for (wire, name) in [
            ("past_due", "PAST_DUE"),
            ("*", "STAR"),
            ("Etc/GMT+1", "ETC_GMT_PLUS_1"),
            ("Etc/GMT-1", "ETC_GMT_MINUS_1"),
            ("2024-06-20", "_2024_06_20"),
            ("en-US", "EN_US"),
            (
                "account.application.authorized",
                "ACCOUNT_APPLICATION_AUTHORIZED",
            ),
            ("paynow", "PAYNOW"),
            ("", "EMPTY"),
        ] {
            assert_eq!(screaming(wire), name, "{wire:?}");
        }
    }

    #[test]
    fn plurals_lose_their_ending_only() {
        for (plural, one) in [
            ("line_items", "line_item"),
            ("capabilities", "capability"),
            ("addresses", "address"),
            ("taxes", "tax"),
            ("status", "status"),
            ("basis", "basis"),
            ("prices", "price"),
            ("s", "s"),
            ("data", "data"),
        ] {
            assert_eq!(singular(plural), one);
        }
    }
}
