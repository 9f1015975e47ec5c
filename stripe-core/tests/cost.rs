//! What a hostile answer costs to read: time and memory that grow with its length, and no faster.

#![allow(missing_docs, reason = "the subject of the tests")]
#![allow(clippy::unwrap_used, reason = "tests may panic")]

use std::time::{Duration, Instant};

use stripe_core::decode::Decode;
use stripe_core::list::List;

stripe_core::object! {
    pub struct Thing {
        pub amount: i64,
        pub id: String,
    }
}

/// Megabytes of it take seconds in a build without optimisation; what is quadratic would take hours.
const LONGEST: Duration = Duration::from_secs(60);

const COUNT: usize = 100_000;

fn page(objects: impl Iterator<Item = String>) -> String {
    let objects = objects.collect::<Vec<_>>().join(",");
    format!(r#"{{"object":"list","data":[{objects}],"has_more":false,"url":"/v1/x"}}"#)
}

fn object(fields: impl Iterator<Item = String>) -> String {
    let fields = fields.collect::<Vec<_>>().join(",");
    format!(r#"{{"id":"x","amount":1,{fields}}}"#)
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "what is measured is this machine"
)]
fn row_16_a_hostile_page_is_read_in_time() {
    let many = 0..COUNT;
    let objects = many
        .clone()
        .map(|it| format!(r#"{{"id":"{it}","amount":{it}}}"#));
    let unknown = many.clone().map(|it| format!(r#""unknown_{it}":[{{}}]"#));
    let equal = many.clone().map(|_| r#""unknown":"x""#.to_owned());
    let known = many.clone().map(|it| format!(r#""amount":{it}"#));
    let escaped = many.map(|_| r#""\u0061\u0061":"\u0062""#.to_owned());
    for (name, text, length) in [
        ("many objects", page(objects), COUNT),
        (
            "many unknown fields",
            page([object(unknown)].into_iter()),
            1,
        ),
        (
            "one unknown field many times",
            page([object(equal)].into_iter()),
            1,
        ),
        (
            "one known field many times",
            page([object(known)].into_iter()),
            1,
        ),
        ("many escapes", page([object(escaped)].into_iter()), 1),
    ] {
        let begun = Instant::now();
        let read = List::<Thing>::decode(text.as_bytes()).unwrap();
        assert_eq!(read.data.len(), length, "{name}");
        assert!(begun.elapsed() < LONGEST, "{name}: {:?}", begun.elapsed());
    }
}
