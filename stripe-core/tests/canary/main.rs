//! E-1: what is secret is in no output. Canaries go into every place that may hold a secret, calls are made to end in every
//! way, and everything that can be printed is searched, the traces of all libraries included.

#![cfg(any(feature = "aws-lc-rs", feature = "ring"))]
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
#[path = "../wire/authority.rs"]
mod authority;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "../wire/clock.rs"]
mod clock;
mod declared;
#[cfg(feature = "http2")]
mod http2;
mod panics;
mod payment;
mod proxy;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "../wire/server.rs"]
mod server;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "../wire/subject.rs"]
mod subject;
mod traces;
mod types;
mod webhooks;

use std::error::Error as _;
use std::fmt::Write;
use std::time::Duration;

use stripe_core::types::Binary;
use stripe_core::{ApiKey, BaseUrl, Client, ClientBuilder, Error, Request};

use crate::authority::Authority;
use crate::clock::TestClock;
use crate::payment::{Payment, SEARCH, pay, query};
use crate::server::{Reply, Server};
use crate::subject::{GET, POST, POST_V2};
use crate::traces::{take_all, traces};

/// One for each thing that may be a secret, or say something of a customer.
const CANARIES: [&str; 14] = [
    "canaryKEY",
    "canaryWHSEC",
    "canaryCLIENT",
    "canaryCARD",
    "canaryCVC",
    "canarySSN",
    "canaryIBAN",
    "canaryIDEM",
    "canaryEMAIL",
    "canaryQUERY",
    "canaryPATH",
    "canaryHEADER",
    "canaryBODY",
    "canaryPROXY",
];

fn find_canary(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    CANARIES.into_iter().find(|canary| {
        let hex: String = canary.bytes().map(|byte| format!("{byte:02x}")).collect();
        let percent: String = canary.bytes().map(|byte| format!("%{byte:02x}")).collect();
        let bytes = format!("{:?}", canary.as_bytes());
        let bytes = bytes.trim_matches(['[', ']']);
        let in_base64 = base64(canary).iter().any(|it| text.contains(it));
        let is_plain = lower.contains(&canary.to_lowercase());
        let is_in_digits = [&*hex, &percent, bytes].iter().any(|it| lower.contains(it));
        is_plain || is_in_digits || in_base64
    })
}

/// What a text becomes within a longer one in Base64: it depends on where in three bytes it begins.
fn base64(text: &str) -> [String; 3] {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    [0, 1, 2].map(|before| {
        let bytes = [&vec![0; before][..], text.as_bytes()].concat();
        // Only what depends on the text alone: neither what is before it nor what follows.
        let whole = bytes.chunks_exact(3).skip(usize::from(before > 0));
        let letters = whole.flat_map(|it| {
            let bits = it
                .iter()
                .fold(0, |bits, byte| bits << 8 | usize::from(*byte));
            [18, 12, 6, 0].map(|shift| char::from(LETTERS[bits >> shift & 63]))
        });
        letters.collect()
    })
}

fn assert_clean(name: &str, text: &str) {
    assert_eq!(find_canary(text), None, "{name}: {text}");
}

fn shown(error: &Error) -> String {
    let mut text = format!("{error} {error:?} {error:#?} {:?} ", error.headers());
    let mut cause = error.source();
    while let Some(current) = cause {
        write!(text, "{current} {current:?} ").unwrap();
        cause = current.source();
    }
    text
}

/// Answers in JSON, or in what should have been JSON.
const ANSWERS: &[(&str, u16, &str)] = &[
    (
        "success",
        200,
        r#"{"id":"x","amount":1,"client_secret":"pi_1_secret_canaryCLIENT","number":"canaryCARD","new":"canaryBODY",
            "free":{"canaryBODY":"canaryCARD"},"metadata":{"canaryEMAIL":"canarySSN"}}"#,
    ),
    (
        "card error",
        402,
        r#"{"error":{"type":"card_error","client_secret":"canaryCLIENT","x":{"canaryBODY":1},
            "message":"No such email: canaryEMAIL","param":"metadata[canaryBODY]","user_message":"canaryBODY"}}"#,
    ),
    (
        "failure",
        500,
        r#"{"error":{"payment_intent":{"client_secret":"canaryCLIENT"}}}"#,
    ),
    (
        "reused key",
        400,
        r#"{"error":{"type":"idempotency_error","message":"Try a key other than canaryIDEM or 'canaryIDEM'."}}"#,
    ),
    (
        "refused grant",
        400,
        r#"{"error":"invalid_grant","error_description":"canaryBODY"}"#,
    ),
    ("failure of a proxy", 502, "<html>canaryBODY</html>"),
    ("wrong type", 200, r#"{"id":"x","amount":"canaryBODY"}"#),
    ("wrong name", 200, r#"{"id":"x","amount":{"canaryBODY":1}}"#),
    ("no JSON", 200, "canaryBODY"),
];

/// Bytes after which the server hangs up.
const BYTES: &[(&str, &[u8])] = &[
    ("hang up", b""),
    (
        "half an answer",
        b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\ncanaryBODY",
    ),
    ("not HTTP", b"canaryBODY\r\n\r\n"),
    ("bad header", b"HTTP/1.1 200 OK\r\ncanaryBODY\r\n\r\n"),
    (
        "too large",
        b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\ncanaryBODY",
    ),
];

/// Ways in which a call can end, and the server that makes it.
fn ends() -> Vec<(&'static str, Server)> {
    let answers = ANSWERS.iter().map(|&(name, status, body)| {
        let server = Server::start(move |_, _| Reply::json(status, body));
        (name, server)
    });
    let bytes = BYTES.iter().map(|&(name, bytes)| {
        let server = Server::start(move |_, _| Reply::Bytes(bytes.to_vec()));
        (name, server)
    });
    let redirect = Server::start(|_, _| {
        Reply::json(307, "canaryBODY").with("location", "https://u:canaryBODY@x/canaryBODY")
    });
    let untrusted = Server::start_tls(Authority::new().sign(|_| {}), |_, _| Reply::HangUp);
    let others = [("redirect", redirect), ("untrusted", untrusted)];
    answers.chain(bytes).chain(others).collect()
}

fn builder(address: &str) -> ClientBuilder {
    let base = BaseUrl::plain_http_on_loopback(address)
        .or_else(|_| BaseUrl::parse(address))
        .unwrap();
    let builder = Client::builder(ApiKey::new("sk_test_FAKEcanaryKEY0123456789").unwrap())
        .base_url_for_all(&base);
    assert_clean("builder", &format!("{builder:?} {builder:#?}"));
    builder
}

fn client(address: &str, clock: TestClock) -> Client {
    builder(address).clock(clock).build().unwrap()
}

fn requests(client: &Client) -> [Request<Payment>; 3] {
    [(POST, pay()), (POST_V2, pay()), (SEARCH, query())].map(|(operation, params)| {
        let ids: &[&str] = if operation.path.contains('{') {
            &["canaryPATH"]
        } else {
            &[]
        };
        let request = Request::new(client, operation, ids).params(params);
        request
            .idempotency_key("canaryIDEM")
            .account("acct_canaryHEADER")
            .header("x-note", "canaryHEADER")
    })
}

/// Makes calls of every kind, and searches all that they print.
async fn search(name: &str, client: &Client) {
    assert_clean(name, &format!("{client:?} {client:#?}"));
    for request in requests(client) {
        assert_clean(name, &format!("{request:?} {request:#?}"));
        let result = request.send().await;
        match &result {
            Ok(response) => assert_clean(name, &format!("{response:?} {response:#?}")),
            Err(error) => assert_clean(name, &shown(error)),
        }
        assert_clean(name, &panics::unwrapped(result));
    }
    let document: Request<Binary> = Request::new(client, GET, &["canaryPATH"]);
    match document.stream().await {
        Ok(mut answer) => {
            assert_clean(name, &format!("{answer:?} {answer:#?}"));
            while let Some(piece) = answer.next().await {
                assert_clean(name, &piece.err().as_ref().map_or_else(String::new, shown));
            }
        }
        Err(error) => assert_clean(name, &shown(&error)),
    }
}

#[tokio::test]
async fn e1_no_secret_is_in_any_output() {
    take_all();
    for (name, server) in ends() {
        search(name, &client(server.address(), TestClock::default())).await;
    }
    #[cfg(feature = "http2")]
    {
        let authority = Authority::new();
        let builder = builder(&http2::start(&authority).await);
        let builder = builder.add_root_certificate(authority.pem().as_bytes());
        search("HTTP/2", &builder.build().unwrap()).await;
    }
    let server = Server::start(|_, _| Reply::Stall(Vec::new()));
    let clock = TestClock::default();
    let [request, ..] = requests(&client(server.address(), clock.clone()));
    clock.run_out();
    assert_clean(
        "timeout",
        &shown(&request.timeout(Duration::from_secs(9)).await.unwrap_err()),
    );
    for bad in requests(&client(server.address(), TestClock::default())) {
        let bad = bad
            .header("x", "canaryHEADER\n")
            .account("canaryHEADER\n")
            .idempotency_key("canaryIDEM\n");
        assert_clean("refused", &shown(&bad.await.unwrap_err()));
    }
    assert_traces_clean();
}

#[tokio::test]
async fn e1_the_password_of_a_proxy_is_in_no_output() {
    take_all();
    proxy::search().await;
    assert_clean("traces", &traces());
}

fn assert_traces_clean() {
    let traces = traces();
    assert!(traces.contains("rustls::"), "{traces}");
    // Over HTTP/1.1 nothing else below this crate traces today.
    #[cfg(feature = "http2")]
    assert!(traces.contains("Headers"), "{traces}");
    #[cfg(feature = "tracing")]
    assert!(traces.contains("url.template"), "{traces}");
    assert_clean("traces", &traces);
}

#[test]
fn the_search_finds_what_it_is_for() {
    assert!(find_canary("x 63616e6172794b4559 x").is_some());
    assert!(find_canary("Canarykey").is_some());
    assert!(find_canary("%63%61%6E%61%72%79%4B%45%59").is_some());
    // Of `u:canaryPROXY`, `us:canaryPROXY` and `use:canaryPROXY`.
    assert!(find_canary("Basic dTpjYW5hcnlQUk9YWQ==").is_some());
    assert!(find_canary("Basic dXM6Y2FuYXJ5UFJPWFk=").is_some());
    assert!(find_canary("Basic dXNlOmNhbmFyeVBST1hZ").is_some());
    assert!(find_canary("99, 97, 110, 97, 114, 121, 75, 69, 89").is_some());
    assert!(find_canary("canary").is_none());
}
