//! Clearing is never an accident: in forms an empty text means the same to Stripe as an order to clear, so it is refused.

#![allow(missing_docs, reason = "the subjects of the tests")]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "tests may panic"
)]

use stripe_core::types::{Currency, Json, Metadata};
use stripe_core::value::Value;
use stripe_core::{form, json};

stripe_core::params! {
    pub struct Nested {
        #[set(text)]
        pub line: String,
    }
}

stripe_core::params! {
    pub struct Update {
        pub currency: Currency,
        pub metadata: Metadata,
        #[set(clear_text, clear_name)]
        pub name: String,
        pub nested: Vec<Nested>,
        pub raw: Json,
        #[set(texts)]
        pub tags: Vec<String>,
        #[set(text)]
        pub title: String,
    }
}

fn raw(text: &str) -> Json {
    text.parse().unwrap()
}

#[test]
fn an_empty_text_is_refused_in_forms() {
    let update = Update::new;
    for (param, params) in [
        ("name", update().name("")),
        ("title", update().title("")),
        ("currency", update().currency(Currency::from(""))),
        ("tags[1]", update().tags(&["a", ""])),
        (
            "metadata[order]",
            update().metadata(Metadata::new().set("order", "")),
        ),
        (
            "nested[0][line]",
            update().nested(vec![Nested::new().line("")]),
        ),
        ("raw[a][0]", update().raw(raw(r#"{"a":[""]}"#))),
    ] {
        let error = form::encode(&params).unwrap_err();
        assert_eq!(error.param(), param);
        assert!(error.reason().contains("clear_"), "{error}");
        assert!(error.reason().contains("unset"), "{error}");
    }
}

#[test]
fn clearing_on_purpose_is_not() {
    let params = Update::new()
        .clear_name()
        .metadata(Metadata::new().unset("order").set("kept", " "))
        .raw(raw(r#"{"a":null}"#));
    assert_eq!(
        form::encode(&params).unwrap(),
        "metadata[kept]=+&metadata[order]=&name=&raw[a]="
    );
}

#[test]
fn json_says_what_is_empty_and_what_is_cleared() {
    let params = Update::new()
        .name("")
        .metadata(Metadata::new().unset("order").set("kept", ""));
    assert_eq!(
        json::write(params.node()).unwrap(),
        r#"{"metadata":{"kept":"","order":null},"name":""}"#
    );
}
