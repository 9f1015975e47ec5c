//! The fields of one JSON object, read leniently: a field that is not what it should be counts as missing, so that nothing
//! that Stripe adds or changes can keep an event from being read.

use serde_json::value::RawValue;

use crate::json;
use crate::types::Json;

/// The fields of an object. Of two with one name, the last counts.
pub(super) struct Fields<'a>(Vec<(String, &'a RawValue)>);

impl<'a> Fields<'a> {
    /// `None` if the text is no JSON object.
    pub(super) fn of(text: &'a str) -> Option<Self> {
        json::entries(text).map(Self)
    }

    fn raw(&self, name: &str) -> Option<&'a RawValue> {
        let found = self.0.iter().rev().find(|(it, _)| it == name);
        found.map(|(_, raw)| *raw)
    }

    /// A string that is not empty: Stripe writes empty ones for none.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        let text: String = json::parsed(self.raw(name)?.get())?;
        (!text.is_empty()).then_some(text)
    }

    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        json::parsed(self.raw(name)?.get())
    }

    pub(super) fn int(&self, name: &str) -> Option<i64> {
        json::parsed(self.raw(name)?.get())
    }

    pub(super) fn object(&self, name: &str) -> Option<Self> {
        Self::of(self.raw(name)?.get())
    }

    /// The JSON of an object.
    pub(super) fn json(&self, name: &str) -> Option<Json> {
        let raw = self.raw(name)?;
        raw.get()
            .starts_with('{')
            .then(|| Json::from(raw.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_counts_as_missing() {
        let fields = r#"{"a":"x","b":7,"c":true,"d":{"e":"y"},"f":"","a":"z"}"#;
        let fields = Fields::of(fields).unwrap();
        assert_eq!(fields.text("a").unwrap(), "z");
        assert_eq!(fields.int("b"), Some(7));
        assert_eq!(fields.flag("c"), Some(true));
        assert_eq!(fields.object("d").unwrap().text("e").unwrap(), "y");
        assert_eq!(fields.json("d").unwrap().as_str(), r#"{"e":"y"}"#);
        for name in ["b", "c", "d", "f", "g"] {
            assert!(fields.text(name).is_none(), "{name}");
        }
        assert!(fields.int("a").is_none() && fields.flag("b").is_none());
        assert!(fields.json("a").is_none() && fields.object("b").is_none());
        for text in ["", "[]", "null", "{", "\"{}\"", "{}x"] {
            assert!(Fields::of(text).is_none(), "{text}");
        }
    }
}
