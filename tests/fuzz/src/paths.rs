//! Any ids: the path has exactly the segments of its template, or nothing is sent.

use stripe_core::types::Json;
use stripe_core::{ErrorKind, Operation, Request};

use crate::answer::{Answer, client, run};

const OPERATION: Operation = Operation::get("/v1/customers/{customer}/sources/{id}");

/// Two ids, separated by a zero byte, as they are and nothing else.
pub fn paths(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (first, second) = text.split_once('\0').unwrap_or((&text, "card_1"));
    let (client, asked) = client(vec![Answer::read(b"200\n\n{}")]);
    let result = run(Request::<Json>::new(&client, OPERATION, &[first, second]).send());
    let asked = asked.lock().unwrap();
    let Some((target, _)) = asked.first() else {
        let error = result.expect_err("nothing was sent");
        assert_eq!(error.kind(), ErrorKind::Validation);
        let shown = format!("{error} {error:?}");
        let repeats = |id: &str| id.len() > 30 && shown.contains(id);
        assert!(!repeats(first) && !repeats(second), "an id is repeated");
        return;
    };
    let segments: Vec<_> = target.split('/').collect();
    let ["", "v1", "customers", customer, "sources", id] = segments[..] else {
        panic!("{target} has other segments");
    };
    for (segment, id) in [(customer, first), (id, second)] {
        assert_eq!(decoded(segment), id);
        assert!(!matches!(segment, "" | "." | ".."), "{target}");
        let is_plain = |it: u8| it.is_ascii_alphanumeric() || b"-._~%".contains(&it);
        assert!(segment.bytes().all(is_plain), "{target}");
    }
}

/// Undoes percent-encoding, in which a plus is a plus.
fn decoded(segment: &str) -> String {
    let form = format!("x={}", segment.replace('+', "%2B"));
    let (_, value) = form_urlencoded::parse(form.as_bytes()).next().unwrap();
    value.into_owned()
}
