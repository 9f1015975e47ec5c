//! What is data is in no Debug and in no error: not the texts in parameters that take several types, and not the names
//! of entries.

#![allow(missing_docs, reason = "the subjects of the tests")]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "tests may panic"
)]

use std::fmt::Debug;

use stripe_core::MaybeDeleted;
use stripe_core::decode::Decode;
use stripe_core::types::{Clearable, Json, Map, Metadata};

stripe_core::params! {
    pub struct CardDetails {
        #[set(text)]
        pub number: String,
        pub metadata: Metadata,
    }
}

stripe_core::choice! {
    pub enum Card {
        Details(Box<CardDetails>),
        Text(String),
        Texts(Vec<String>),
        None = "none",
    }
}

stripe_core::object! {
    pub struct Person {
        pub metadata: Option<Map<String>>,
        pub name: Option<String>,
        pub nested: Option<Map<Vec<Map<i64>>>>,
    }
}

stripe_core::union! {
    pub enum Owner {
        Person(Person) = "person",
    }
}

stripe_core::either! {
    pub enum Answer {
        Number(i64),
        Text(String),
        Person(Box<Person>),
    }
}

fn shown(value: &dyn Debug) -> String {
    let text = format!("{value:?} {value:#?}");
    assert!(!text.contains("canary"), "{text}");
    format!("{value:?}")
}

#[test]
fn texts_are_hidden_whatever_holds_them() {
    let canary = || "canary".to_owned();
    let details = CardDetails::new()
        .number("canary")
        .metadata([("canary", "canary")].into());
    assert_eq!(shown(&Card::Text(canary())), "<6 characters>");
    assert_eq!(shown(&Card::Texts(vec![canary()])), "[<6 characters>]");
    assert_eq!(shown(&Card::None), "\"none\"");
    shown(&Card::Details(Box::new(details)));
    assert_eq!(shown(&Clearable::Set(canary())), "<6 characters>");
    assert_eq!(shown(&Clearable::<String>::Clear), "cleared");
    assert_eq!(shown(&Clearable::<String>::Keep), "absent");
    assert_eq!(shown(&Clearable::Set(5)), "5");
}

#[test]
fn answers_hide_their_texts_too() {
    let answer = |json: &str| shown(&Answer::decode(json.as_bytes()).unwrap());
    assert_eq!(answer("5"), "5");
    assert_eq!(answer(r#""canary""#), "<6 characters>");
    assert!(answer(r#"{"name":"canary"}"#).starts_with("Person"));
    assert_eq!(answer(r#"["canary"]"#), "<10 bytes of JSON>");
    for json in [
        r#"{"object":"person","name":"canary","metadata":{"canary":"canary"}}"#,
        r#"{"object":"dog","name":"canary"}"#,
    ] {
        shown(&Owner::decode(json.as_bytes()).unwrap());
        shown(&MaybeDeleted::<Person>::decode(json.as_bytes()).unwrap());
        shown(&json.parse::<Json>().unwrap());
    }
}

#[test]
fn no_error_shows_the_name_of_an_entry() {
    for (json, path) in [
        (r#"{"metadata":{"canary@example.com":5}}"#, "metadata[*]"),
        (
            r#"{"nested":{"a":[{},{"canary":{"canary":1}}]}}"#,
            "nested[*][1][*]",
        ),
        (r#"{"nested":{"canary":"canary"}}"#, "nested[*]"),
    ] {
        let error = Person::decode(json.as_bytes()).unwrap_err();
        assert_eq!(error.path(), path);
        let text = format!("{error} {error:?}");
        assert!(!text.contains("canary"), "{text}");
        let whole = format!(r#"{{"object":"person",{}"#, &json[1..]);
        let error = Owner::decode(whole.as_bytes()).unwrap_err();
        assert_eq!(error.path(), path);
    }
}
