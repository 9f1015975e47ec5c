//! Deliveries, by the program and by the library, to an endpoint that does as it is told.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Output};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use mock_server::{Document, Endpoint, EndpointError, Event, MockServer};
use serde_json::Value;

use crate::client::{get, post};

const SECRET: &str = "whsec_FAKE0123456789";

/// What an endpoint does with a request.
#[derive(Clone, Copy)]
enum Then {
    Answer(u16),
    HangUp,
    /// Says something that is no answer, byte by byte, and never ends.
    Drip,
}

/// A request as it came.
struct Came {
    head: BTreeMap<String, String>,
    line: String,
    body: String,
}

/// An endpoint that does these things in turn, the last of them for ever. Its URL, and what comes.
fn endpoint(script: &'static [Then]) -> (String, Receiver<Came>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hooks?a=b", listener.local_addr().unwrap());
    let (told, coming) = channel();
    thread::spawn(move || {
        let mut script = script.iter().chain(script.last().into_iter().cycle());
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            if told.send(receive(&mut stream)).is_err() {
                return;
            }
            match *script.next().unwrap() {
                Then::Answer(status) => {
                    let answer = format!("HTTP/1.1 {status} Told\r\nContent-Length: 0\r\n\r\n");
                    stream.write_all(answer.as_bytes()).unwrap();
                }
                Then::HangUp => {}
                Then::Drip => while stream.write_all(b"x").is_ok() {},
            }
        }
    });
    (url, coming)
}

fn receive(stream: &mut TcpStream) -> Came {
    let mut reader = BufReader::new(stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let headers = lines[1..].iter().map(|it| it.split_once(": ").unwrap());
    let head: BTreeMap<_, _> = headers
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let mut body = vec![0; head["content-length"].parse().unwrap()];
    reader.read_exact(&mut body).unwrap();
    Came {
        head,
        line: lines.swap_remove(0),
        body: String::from_utf8(body).unwrap(),
    }
}

/// Runs the program to its end.
fn program(url: &str, arguments: &[&str]) -> (Option<i32>, Vec<String>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mock-server"));
    command.args(["--deliver", url]).args(arguments);
    let command = command.env("STRIPE_WEBHOOK_SECRET", SECRET);
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    let lines = String::from_utf8(stdout).unwrap();
    let lines = lines.lines().map(str::to_owned).collect();
    (status.code(), lines, String::from_utf8(stderr).unwrap())
}

#[test]
fn every_type_of_event_is_delivered_and_signed() {
    let (url, coming) = endpoint(&[Then::Answer(204)]);
    let (code, lines, _) = program(&url, &[]);
    let came: Vec<Came> = coming.try_iter().collect();
    assert_eq!((code, lines.len(), came.len()), (Some(0), 254, 254));
    for (came, line) in came.iter().zip(&lines) {
        assert_eq!(came.line, "POST /hooks?a=b HTTP/1.1");
        assert_eq!(came.head["content-type"], "application/json; charset=utf-8");
        let event: Value = serde_json::from_str(&came.body).unwrap();
        let (id, name) = (&event["id"], &event["type"]);
        assert_eq!(
            *line,
            format!("{} {} 204", id.as_str().unwrap(), name.as_str().unwrap())
        );
        let signature = &came.head["stripe-signature"];
        let time = signature.strip_prefix("t=").unwrap().split(',').next();
        let event = Document::vendored().unwrap().event(name.as_str().unwrap());
        let expected = event
            .unwrap()
            .signature(SECRET, time.unwrap().parse().unwrap());
        assert_eq!(*signature, expected);
    }
}

#[test]
fn events_come_as_often_and_in_the_order_that_was_asked_for() {
    let (url, coming) = endpoint(&[Then::Answer(200)]);
    let asked = "--event invoice.paid --event v2.core.account.closed --times 3";
    let asked: Vec<_> = asked.split(' ').collect();
    let types = || -> Vec<String> {
        let events = coming.try_iter().map(|it| it.body);
        let events = events.map(|it| serde_json::from_str::<Value>(&it).unwrap());
        events
            .map(|it| it["type"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(program(&url, &asked).0, Some(0));
    let plain = types();
    assert_eq!(plain, ["invoice.paid", "v2.core.account.closed"].repeat(3));
    let shuffled = [&asked[..], &["--shuffle", "1"]].concat();
    assert_eq!(program(&url, &shuffled).0, Some(0));
    let mut other = types();
    assert_ne!(other, plain);
    other.sort();
    assert_eq!(other, [[&*plain[0]; 3], [&*plain[1]; 3]].concat());
}

#[test]
fn a_delivery_that_is_never_taken_is_told_by_the_exit_code() {
    let (url, coming) = endpoint(&[Then::HangUp, Then::Answer(500), Then::Answer(302)]);
    let asked = ["--event", "invoice.paid", "--retries", "1"];
    let (code, lines, _) = program(&url, &asked);
    assert_eq!(code, Some(1));
    assert_eq!(
        lines,
        ["evt_Mockinvoicepaid invoice.paid 500 after 2 attempts"]
    );
    assert_eq!(coming.try_iter().count(), 2);
    let (code, lines, _) = program(&url, &[&asked[..2], &["--retries", "0"]].concat());
    assert_eq!(
        (code, &*lines[0]),
        (Some(1), "evt_Mockinvoicepaid invoice.paid 302")
    );
    drop(coming);
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr();
    let (code, lines, _) = program(&format!("http://{}", nobody.unwrap()), &asked);
    assert_eq!(code, Some(1));
    assert!(lines[0].contains("invoice.paid no answer: "), "{lines:?}");
}

#[test]
fn what_cannot_be_delivered_is_said() {
    for (url, arguments, expected) in [
        ("https://localhost", "", "https is not spoken here"),
        (
            "http://localhost",
            "--event invoice.payed",
            "--event invoice.payed",
        ),
        (
            "http://localhost",
            "--secret-env MOCK_SERVER_NO_SUCH",
            "set MOCK_SERVER_NO_SUCH to",
        ),
        (
            "http://localhost",
            "--secret-env PATH_OF_NOTHING --items 3",
            "--items",
        ),
        ("http://localhost", "--times x", "--times"),
    ] {
        let arguments: Vec<_> = arguments.split_whitespace().collect();
        let (code, lines, said) = program(url, &arguments);
        assert_eq!((code, lines.len()), (Some(2), 0), "{said}");
        assert!(said.contains(expected), "{said}");
    }
}

fn paid() -> Event {
    Document::vendored().unwrap().event("invoice.paid").unwrap()
}

#[test]
fn a_delivery_is_tried_again_until_it_is_taken() {
    let (url, coming) = endpoint(&[Then::Answer(500), Then::HangUp, Then::Answer(200)]);
    let endpoint = Endpoint::new(&url, SECRET).unwrap().pause(Duration::ZERO);
    let delivered = endpoint.deliver(&paid());
    assert!(delivered.is_taken());
    assert_eq!((delivered.status(), delivered.attempts()), (Some(200), 3));
    assert_eq!(coming.try_iter().count(), 3);
}

#[test]
fn an_endpoint_that_never_answers_is_given_up() {
    let (url, coming) = endpoint(&[Then::Drip]);
    let endpoint = Endpoint::new(&url, SECRET).unwrap().retries(0);
    let delivered = endpoint.deliver(&paid());
    assert!(!delivered.is_taken());
    assert!(
        delivered.to_string().contains("not HTTP/1.1"),
        "{delivered}"
    );
    drop(coming);
    // It takes connections, and nobody is there.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let silent = Endpoint::new(&url, SECRET).unwrap().retries(0);
    let delivered = silent.timeout(Duration::from_millis(50)).deliver(&paid());
    assert_eq!(delivered.status(), None);
    assert!(delivered.to_string().contains("timed out"), "{delivered}");
}

#[test]
fn an_endpoint_without_a_secret_is_none_and_shows_none() {
    for secret in ["", " ", "whsec_a b", "whsec_a\n"] {
        let made = Endpoint::new("http://localhost", secret);
        assert_eq!(made.err(), Some(EndpointError::Secret));
    }
    let endpoint = Endpoint::new("http://localhost", SECRET).unwrap();
    assert!(!format!("{endpoint:?}").contains("0123"), "{endpoint:?}");
}

#[test]
fn an_event_makes_something_happen_to_what_was_created() {
    let stripe = MockServer::start().unwrap();
    let session = post(
        &stripe,
        "/v1/checkout/sessions",
        "mode=payment&client_reference_id=order_1",
    )
    .ok();
    let id = session["id"].as_str().unwrap();
    assert_eq!(
        (&session["status"], &session["payment_status"]),
        (&"open".into(), &"unpaid".into())
    );
    let event = stripe.event("checkout.session.completed", id).unwrap();
    let payload: Value = serde_json::from_str(event.payload()).unwrap();
    let object = &payload["data"]["object"];
    assert_eq!(object["client_reference_id"], "order_1");
    assert_eq!(
        *object,
        get(&stripe, &format!("/v1/checkout/sessions/{id}")).ok()
    );
    assert_eq!(
        (&object["status"], &object["payment_status"]),
        (&"complete".into(), &"paid".into())
    );
    let again = stripe.event("checkout.session.completed", id).unwrap();
    assert_ne!(again.id(), event.id());
    assert_eq!(stripe.event("invoice.paid", id), None);
    assert_eq!(
        stripe.event("checkout.session.completed", "cs_nobody"),
        None
    );
}
