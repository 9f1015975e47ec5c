//! JSON without a type, taken apart one level at a time: nothing is copied but names and strings, and no tree is built.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The outermost level of a JSON text.
pub(crate) enum Shape<'a> {
    Null,
    /// A string, without quotes and escapes.
    Text(String),
    /// A boolean or a number, as written.
    Literal(&'a str),
    List(Vec<&'a RawValue>),
    Object(Vec<(String, &'a RawValue)>),
}

impl<'a> Shape<'a> {
    /// `None` if the text is not JSON.
    pub(crate) fn of(text: &'a str) -> Option<Self> {
        let text = text.trim_ascii();
        match text.bytes().next()? {
            b'"' => parsed(text).map(Self::Text),
            b'[' => parsed(text).map(Self::List),
            b'{' => entries(text).map(Self::Object),
            b'n' if text == "null" => Some(Self::Null),
            _ => {
                let literal: &RawValue = parsed(text)?;
                Some(Self::Literal(literal.get()))
            }
        }
    }
}

/// The fields of an object, in the order of the text; `None` if it is not one.
pub(crate) fn entries(text: &str) -> Option<Vec<(String, &RawValue)>> {
    let entries: Entries<'_> = parsed(text)?;
    Some(entries.0)
}

/// Reads bytes as the decoder does: for texts, `serde_json` has a reader of its own, which would be compiled as well.
pub(crate) fn parsed<'a, T: Deserialize<'a>>(text: &'a str) -> Option<T> {
    serde_json::from_slice(text.as_bytes()).ok()
}

struct Entries<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_map(EntriesVisitor)
    }
}

struct EntriesVisitor;

impl<'de> Visitor<'de> for EntriesVisitor {
    type Value = Entries<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Entries(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_level_is_taken_apart() {
        let Some(Shape::Object(entries)) = Shape::of(r#" {"a": [1, 2], "b": {"c": null}} "#) else {
            panic!("not an object");
        };
        let entries: Vec<_> = entries
            .iter()
            .map(|(name, raw)| (name.as_str(), raw.get()))
            .collect();
        assert_eq!(entries, [("a", "[1, 2]"), ("b", r#"{"c": null}"#)]);
        assert!(matches!(
            Shape::of("-1.5e3"),
            Some(Shape::Literal("-1.5e3"))
        ));
        assert!(matches!(Shape::of("null"), Some(Shape::Null)));
        assert!(
            matches!(Shape::of(r#""\u00e9\n""#), Some(Shape::Text(text)) if text == "\u{e9}\n")
        );
    }

    #[test]
    fn what_is_not_json_has_no_shape() {
        for text in [
            "",
            " ",
            "{",
            "[1,",
            "nul",
            "nulls",
            "1 2",
            "{} {}",
            "'a'",
            "NaN",
            r#"{"a" 1}"#,
        ] {
            assert!(Shape::of(text).is_none(), "{text}");
        }
    }

    #[test]
    fn row_14_depth_costs_no_stack() {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        let Some(Shape::List(items)) = Shape::of(&deep) else {
            panic!("not a list");
        };
        assert_eq!(items.len(), 1);
    }
}
