//! E-3: a span for each call and an event for each attempt, with the fields that are meant to be there and no others.
//!
//! In a process of its own: what is captured depends on a subscriber being there before anything is traced.

#![cfg(all(feature = "tracing", any(feature = "aws-lc-rs", feature = "ring")))]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "tests may panic"
)]

#[allow(dead_code, reason = "shared with other tests")]
#[path = "../wire/clock.rs"]
mod clock;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "../wire/server.rs"]
mod server;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "../wire/subject.rs"]
mod subject;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::{Debug, Write};
use std::sync::Once;

use stripe_core::{Operation, Request};
use tracing_core::dispatcher::{self, Dispatch};
use tracing_core::field::{Field, Visit};
use tracing_core::span::{Attributes, Id, Record};
use tracing_core::{Event, Level, Metadata, Subscriber};

use crate::server::{Reply, Server};
use crate::subject::{LIST, POST, THING, Thing, ask, client};

/// A span or an event of this crate, with all its values.
#[derive(Debug)]
struct Traced {
    name: &'static str,
    level: Level,
    /// Whether it is within the span.
    is_inner: bool,
    fields: Vec<&'static str>,
    values: BTreeMap<&'static str, String>,
}

thread_local! {
    /// What the test on this thread traced.
    static TRACED: RefCell<Vec<Traced>> = const { RefCell::new(Vec::new()) };
}

impl Visit for Traced {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let mut text = String::new();
        write!(text, "{value:?}").unwrap();
        self.values.insert(field.name(), text);
    }
}

/// Runs a call, and gives what it traced.
async fn trace(call: impl Future) -> Vec<Traced> {
    static SUBSCRIBE: Once = Once::new();
    SUBSCRIBE.call_once(|| dispatcher::set_global_default(Dispatch::new(Capture)).unwrap());
    call.await;
    TRACED.take()
}

fn last<T>(change: impl FnOnce(&mut Traced) -> T) -> T {
    TRACED.with_borrow_mut(|traced| change(traced.last_mut().unwrap()))
}

struct Capture;

impl Capture {
    fn add(metadata: &'static Metadata<'static>, is_inner: bool) -> usize {
        let traced = Traced {
            name: metadata.name(),
            level: *metadata.level(),
            is_inner,
            fields: metadata.fields().iter().map(|field| field.name()).collect(),
            values: BTreeMap::new(),
        };
        TRACED.with_borrow_mut(|all| {
            all.push(traced);
            all.len()
        })
    }
}

impl Subscriber for Capture {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "stripe_core"
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let number = Self::add(span.metadata(), false);
        last(|traced| span.record(traced));
        Id::from_u64(u64::try_from(number).unwrap())
    }

    fn record(&self, id: &Id, values: &Record<'_>) {
        let index = usize::try_from(id.into_u64()).unwrap() - 1;
        TRACED.with_borrow_mut(|all| values.record(&mut all[index]));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        Self::add(event.metadata(), event.parent() == Some(&Id::from_u64(1)));
        last(|traced| event.record(traced));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

const CALL: [&str; 8] = [
    "http.request.method",
    "url.template",
    "server.address",
    "stripe.api_version",
    "http.response.status_code",
    "stripe.request_id",
    "stripe.attempt",
    "stripe.elapsed_ms",
];

const SECRET: Operation = Operation::get("/v1/things/{thing}/secret");

#[tokio::test]
async fn e3_a_call_has_exactly_these_fields() {
    let server = Server::start(|number, _| match number {
        0 => Reply::HangUp,
        1 => Reply::json(500, r#"{"error":{"message":"canary"}}"#),
        _ => Reply::json(200, r#"{"id":"canary","amount":1}"#),
    });
    let client = client(&server);
    let request: Request<Thing> = Request::new(&client, POST, &["canary"]);
    let request = request.params(ask().email("canary"));
    let request = request.idempotency_key("canary").account("acct_canary");
    let request = request.header("x-note", "canary").api_version("2026-05-27");
    let traced = trace(async { request.await.unwrap() }).await;
    let [span, first, second, third] = &traced[..] else {
        panic!("not a span and three events: {traced:?}")
    };
    assert_eq!((span.name, span.level), ("stripe.call", Level::INFO));
    assert_eq!(span.fields, CALL);
    let expected = [
        ("http.request.method", "\"POST\""),
        ("http.response.status_code", "200"),
        ("server.address", "\"127.0.0.1\""),
        ("stripe.api_version", "2026-05-27"),
        ("stripe.attempt", "3"),
        (
            "stripe.elapsed_ms",
            span.values["stripe.elapsed_ms"].as_str(),
        ),
        ("stripe.request_id", "req_test_1"),
        ("url.template", "\"/v1/things/{thing}\""),
    ];
    let values = span.values.iter();
    let values: Vec<_> = values
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    assert_eq!(values, expected);
    for (number, event) in [first, second, third].into_iter().enumerate() {
        assert_eq!((event.name, event.level), ("stripe.attempt", Level::DEBUG));
        assert!(event.is_inner);
        assert_eq!(event.fields, CALL[4..]);
        assert_eq!(event.values["stripe.attempt"], (number + 1).to_string());
    }
    let status = |event: &Traced| event.values.get("http.response.status_code").cloned();
    assert_eq!(
        [first, second, third].map(status),
        [None, Some("500".to_owned()), Some("200".to_owned())]
    );
    assert!(!format!("{traced:?}").contains("canary"));
}

#[tokio::test]
async fn e3_what_is_in_a_path_or_a_query_is_not_traced() {
    let server = Server::start(|_, _| Reply::json(200, THING));
    let client = client(&server);
    for operation in [SECRET, LIST] {
        let ids = &["canary"][..operation.path.matches('{').count()];
        let request: Request<Thing> = Request::new(&client, operation, ids);
        let request = request.params(ask().email("canary"));
        let traced = trace(async { request.await.unwrap() }).await;
        assert_eq!(traced.len(), 2);
        assert!(!format!("{traced:?}").contains("canary"), "{traced:?}");
    }
    assert!(
        server
            .seen()
            .iter()
            .all(|seen| seen.target.contains("canary"))
    );
}

#[tokio::test]
async fn e6_an_id_from_a_server_cannot_forge_lines() {
    let server = Server::start(|_, _| {
        Reply::Answer(
            200,
            vec![("request-id", "req\u{9b}\u{202e}".repeat(400))],
            THING.as_bytes().to_vec(),
        )
    });
    let client = client(&server);
    let request: Request<Thing> = Request::new(&client, LIST, &[]);
    let traced = trace(async { request.await.unwrap() }).await;
    let id = &traced[0].values["stripe.request_id"];
    assert!(id.starts_with("req\\u{9b}\\u{202e}req"), "{id}");
    assert!(!id.contains(['\u{9b}', '\u{202e}']) && id.ends_with('\u{2026}'));
}
