//! The feature `serde`: what has a field is kept exactly, through JSON and through other formats.

#![cfg(feature = "serde")]
#![allow(missing_docs, reason = "the subjects of the tests")]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "tests may panic"
)]

use std::fmt;

use serde::de::IntoDeserializer;
use serde::{Deserialize, Serialize};
use stripe_core::types::{Decimal, Json, Map, Timestamp};
use stripe_core::{List, MaybeDeleted};

stripe_core::object! {
    pub struct Part {
        pub float: f64,
        pub int: i64,
        pub text: Option<String>,
    }
}

stripe_core::union! {
    pub enum Owner {
        Part(Part) = "part",
    }
}

stripe_core::object! {
    pub struct Whole {
        pub any: Option<Json>,
        pub decimal: Option<Decimal>,
        pub entries: Option<Map<i64>>,
        pub id: Option<stripe_core::ObjectId>,
        pub list: Option<List<Part>>,
        pub owner: Option<Owner>,
        pub parts: Option<Vec<Part>>,
        pub present: Option<MaybeDeleted<Part>>,
        pub time: Option<Timestamp>,
    }
}

const WHOLE: &str = r#"{"decimal":"1.10","entries":{"a":-9223372036854775808,"b\n":9223372036854775807},"id":"x","list":{"data":[],"has_more":false,"url":"/v1/x"},"owner":{"object":"part","float":-0.1,"int":1},"parts":[{"float":1e300,"int":9007199254740993,"text":"\"\u0001é"},{"float":1.0,"int":0}],"present":{"float":0.30000000000000004,"int":-1},"time":1700000000}"#;

fn whole() -> Whole {
    serde_json::from_str(WHOLE).unwrap()
}

#[test]
fn fields_are_kept_exactly() {
    let value = whole();
    let parts = value.parts.as_ref().unwrap();
    assert_eq!(parts[0].int, 9_007_199_254_740_993);
    assert_eq!(parts[0].text.as_deref(), Some("\"\u{1}\u{e9}"));
    let written = serde_json::to_string(&value).unwrap();
    // What is looked into before it is known comes back with `object` at its place among the unknown fields.
    let expected = WHOLE
        .replace(
            r#"{"object":"part","float":-0.1,"int":1}"#,
            r#"{"float":-0.1,"int":1,"object":"part"}"#,
        )
        .replace("1e300", "1e+300");
    assert_eq!(written.replace("1e300", "1e+300"), expected);
    assert!(matches!(value.owner, Some(Owner::Part(_))));
    let again: Whole = serde_json::from_str(&written).unwrap();
    assert_eq!(serde_json::to_string(&again).unwrap(), written);
}

#[test]
fn other_formats_are_read_and_written_too() {
    let other = serde_json::to_value(whole()).unwrap();
    assert_eq!(other["parts"][0]["int"], 9_007_199_254_740_993_i64);
    assert_eq!(other["entries"]["a"], i64::MIN);
    assert!(other.get("any").is_none(), "what is absent is not written");
    let back = Whole::deserialize(other.clone()).unwrap();
    assert_eq!(serde_json::to_value(&back).unwrap(), other);
    let borrowed = Whole::deserialize(&other).unwrap();
    assert_eq!(serde_json::to_value(borrowed).unwrap(), other);
}

#[test]
fn json_without_a_field_keeps_its_meaning() {
    let text = r#"{"any":{"z":1.5,"a":[18446744073709551615,null]},"new":{"b":true}}"#;
    let value: Whole = serde_json::from_str(text).unwrap();
    assert_eq!(value.extra.get("new"), Some(r#"{"b":true}"#));
    assert_eq!(
        serde_json::to_string(&value).unwrap(),
        r#"{"any":{"a":[18446744073709551615,null],"z":1.5},"new":{"b":true}}"#
    );
}

#[test]
fn what_does_not_fit_is_told_without_its_value() {
    let error = serde_json::from_str::<Whole>(r#"{"parts":[{"float":1,"int":"canary"}]}"#);
    let told = error.unwrap_err().to_string();
    assert!(told.contains("parts[0].int in Part"), "{told}");
    assert!(!told.contains("canary"), "{told}");
    for bad in [
        r#"{"parts":"#,
        r#"{"parts":[{"float":1}]}"#,
        "[]",
        "1",
        r#""canary""#,
    ] {
        let told = serde_json::from_str::<Whole>(bad).unwrap_err().to_string();
        assert!(!told.is_empty() && !told.contains("canary"), "{told}");
    }
}

#[test]
fn what_no_format_can_hold_is_refused() {
    let mut value = whole();
    if let Some(part) = value.parts.as_mut().and_then(|parts| parts.first_mut()) {
        part.float = f64::NAN;
    }
    assert!(serde_json::to_string(&value).is_err());
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    value = whole();
    value.any = Some(deep.parse().unwrap());
    assert!(value.serialize(serde_json::value::Serializer).is_err());
}

#[test]
fn formats_that_know_nothing_of_json_get_values() {
    // The standard library's formatter takes numbers and texts, and nothing that only `serde_json` understands.
    struct Shown(Json);
    impl fmt::Display for Shown {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            self.0.serialize(f)
        }
    }
    assert_eq!(Shown("-5".parse().unwrap()).to_string(), "-5");
    assert_eq!(Shown(r#""x""#.parse().unwrap()).to_string(), "x");
    type Error = serde::de::value::Error;
    let reader = IntoDeserializer::<Error>::into_deserializer(-5_i64);
    assert_eq!(Json::deserialize(reader).unwrap().as_str(), "-5");
    let fields = [("float", 2.5), ("new", 0.5)].into_iter();
    let reader = serde::de::value::MapDeserializer::<_, Error>::new(fields);
    let told = Part::deserialize(reader).unwrap_err().to_string();
    assert_eq!(told, "expected a required field, found none at int in Part");
}
