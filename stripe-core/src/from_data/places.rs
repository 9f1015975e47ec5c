//! How the types that only parameters have are read from JSON. `null` clears, what is absent is kept as it is.

use serde_json::value::RawValue;

use crate::decode::{self, Blank, Error, ParsedText, RawSink, Slot, Target};
use crate::json;
use crate::types::{Clearable, FileUpload, Map, Metadata, RangeQuery};

impl<T: Slot + Blank> RawSink for Clearable<T> {
    fn accept(&mut self, raw: Box<RawValue>) -> Result<(), Error> {
        *self = if raw.get() == "null" {
            Self::Clear
        } else {
            Self::Set(decode::part(&raw)?)
        };
        Ok(())
    }
}

impl<T: Slot + Blank> Slot for Clearable<T> {
    fn target(&mut self) -> Target<'_> {
        Target::Raw(self)
    }

    fn is_required(&self) -> bool {
        false
    }
}

impl<T> Blank for Clearable<T> {
    fn blank() -> Self {
        Self::Keep
    }
}

/// A key with `null` is removed at Stripe.
impl RawSink for Metadata {
    fn accept(&mut self, raw: Box<RawValue>) -> Result<(), Error> {
        let entries: Map<Option<String>> = decode::part(&raw)?;
        *self = Self::new();
        for (key, value) in &entries {
            let changed = std::mem::take(self);
            *self = match value {
                Some(value) => changed.set(key, value),
                None => changed.unset(key),
            };
        }
        Ok(())
    }
}

impl Slot for Metadata {
    fn target(&mut self) -> Target<'_> {
        Target::Raw(self)
    }
}

impl Blank for Metadata {
    fn blank() -> Self {
        Self::new()
    }
}

/// A text is the content of a file.
impl ParsedText for FileUpload {
    fn parse(&mut self, text: &str) -> Result<(), &'static str> {
        *self = Self::new("file.txt", text.as_bytes());
        Ok(())
    }
}

impl Slot for FileUpload {
    fn target(&mut self) -> Target<'_> {
        Target::Parsed(self)
    }
}

impl Blank for FileUpload {
    fn blank() -> Self {
        Self::new("", Vec::new())
    }
}

/// A number, or its bounds by name.
impl RawSink for RangeQuery {
    fn accept(&mut self, raw: Box<RawValue>) -> Result<(), Error> {
        if let Some(number) = json::parsed::<i64>(raw.get()) {
            *self = Self::exactly(number);
            return Ok(());
        }
        let bounds: Map<i64> = decode::part(&raw)?;
        for (name, bound) in bounds {
            *self = match name.as_str() {
                "gt" => self.gt(bound),
                "gte" => self.gte(bound),
                "lt" => self.lt(bound),
                "lte" => self.lte(bound),
                _ => return Err(Error::new("RangeQuery", "a bound", "another name")),
            };
        }
        Ok(())
    }
}

impl Slot for RangeQuery {
    fn target(&mut self) -> Target<'_> {
        Target::Raw(self)
    }
}

impl Blank for RangeQuery {
    fn blank() -> Self {
        Self::new()
    }
}

#[cfg(test)]
#[allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "the subject of the tests"
)]
mod tests {
    use super::*;
    use crate::decode::Decode;
    use crate::from_data::noting;
    use crate::value::Value;

    crate::open_enum! {
        pub enum Speed {
            FAST = "fast",
        }
    }

    crate::params! {
        pub struct Inner {
            pub name: String,
        }
    }

    crate::choice! {
        pub enum When {
            Now = "now",
            Number(i64),
            Object(Inner),
            Text(String),
        }
    }

    crate::params! {
        #[new(id: &str)]
        pub struct Params {
            #[set(clear, clear_created)]
            pub created: RangeQuery,
            pub file: FileUpload,
            #[set(required)]
            pub id: String,
            #[set(clear_boxed, clear_inner)]
            pub inner: Inner,
            #[set(clear, clear_metadata)]
            pub metadata: Metadata,
            pub speed: Speed,
            pub when: When,
        }
    }

    fn written(json: &str) -> (Result<String, Error>, Vec<String>) {
        noting(|| {
            let params = Params::decode(json.as_bytes())?;
            Ok(json::write(params.node()).unwrap_or_default())
        })
    }

    #[test]
    fn parameters_are_read_as_they_are_written() {
        for json in [
            r#"{"id":"a"}"#,
            r#"{"created":null,"id":"a","inner":null,"metadata":null}"#,
            r#"{"created":5,"id":"a","inner":{"name":"x"},"metadata":{"gone":null,"set":"1"},"speed":"fast"}"#,
            r#"{"created":{"gt":1,"lte":2},"id":"a","inner":{},"when":"now"}"#,
            r#"{"id":"a","when":3}"#,
            r#"{"id":"a","when":{"name":"x"}}"#,
            r#"{"id":"a","when":"later"}"#,
        ] {
            let (text, unknown) = written(json);
            assert_eq!(
                (text.unwrap(), unknown),
                (json.to_owned(), Vec::new()),
                "{json}"
            );
        }
        let params = Params::decode(br#"{"id":"a","file":"text"}"#).unwrap();
        assert_eq!(params.file.unwrap().bytes(), Some(&b"text"[..]));
    }

    #[test]
    fn what_has_no_place_is_noted() {
        for (json, expected) in [
            (
                r#"{"id":"a","new":1,"inner":{"older":2}}"#,
                vec!["Inner.older", "Params.new"],
            ),
            (r#"{"id":"a","speed":"slow"}"#, vec!["slow"]),
        ] {
            let (text, unknown) = written(json);
            assert_eq!(
                (text.is_ok(), unknown),
                (true, expected.iter().map(|it| (*it).to_owned()).collect())
            );
        }
        // An arm that does not know all of it is not the one that was meant, and nothing is noted of it.
        let (text, unknown) = written(r#"{"id":"a","when":{"older":2}}"#);
        assert!(
            text.unwrap_err()
                .to_string()
                .contains("a value of one of its kinds")
        );
        assert!(unknown.is_empty());
    }

    #[test]
    fn what_is_required_has_to_be_there() {
        let error = Params::decode(b"{}").unwrap_err().to_string();
        assert!(error.contains("a required field"), "{error}");
    }
}
