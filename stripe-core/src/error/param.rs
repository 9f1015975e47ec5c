//! The name of a parameter, made safe to print: the keys of metadata are data of the application.

use std::fmt;

use super::text::Escaped;

/// Shows a parameter's name, such as `items[0][price]`, with the keys of metadata as `*`.
pub(crate) struct ParamName<'a>(pub(crate) &'a str);

impl fmt::Display for ParamName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match metadata_key(self.0) {
            Some((before, '[')) => write!(f, "{}[*]", Escaped(before)),
            Some((before, _)) => write!(f, "{}.*", Escaped(before)),
            None => Escaped(self.0).fmt(f),
        }
    }
}

/// What comes before a key of metadata, and how the key begins: `metadata[key]` in version 1, `metadata.key` in version 2.
fn metadata_key(name: &str) -> Option<(&str, char)> {
    const METADATA: &str = "metadata";
    let end = name.find(METADATA)?.checked_add(METADATA.len())?;
    let (before, rest) = name.split_at_checked(end)?;
    // `subscription_data[metadata][key]`
    let (before, rest) = match rest.strip_prefix(']') {
        Some(rest) => (name.get(..end.checked_add(1)?)?, rest),
        None => (before, rest),
    };
    let opens = rest.chars().next().filter(|c| matches!(c, '[' | '.'))?;
    Some((before, opens))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_metadata_are_hidden() {
        for (name, shown) in [
            ("amount", "amount"),
            ("items[0][price]", "items[0][price]"),
            ("metadata", "metadata"),
            ("metadata_field", "metadata_field"),
            ("metadata[jenny@example.com]", "metadata[*]"),
            (
                "subscription_data[metadata][jenny]",
                "subscription_data[metadata][*]",
            ),
            ("metadata.jenny.rosen", "metadata.*"),
            ("items.0.metadata.jenny", "items.0.metadata.*"),
            ("a\x1b[2J", "a\\u{1b}[2J"),
        ] {
            assert_eq!(ParamName(name).to_string(), shown);
        }
    }
}
