//! What a request says, as single facts that can be compared and listed: `query limit` is `10`.
//!
//! Order and spelling on the wire are no facts: pairs are decoded, JSON is parsed, header names are lower-case.

use std::collections::BTreeMap;

use serde_json::Value;
use tests::server::Recorded;

/// Facts by where they stand. What stands twice in a request is numbered.
pub(crate) type Facts = BTreeMap<String, String>;

/// What is random is only compared by its form.
const RANDOM: &str = "(random)";

/// The facts of a request that came in at this host.
pub(crate) fn facts(host: &str, request: &Recorded) -> Facts {
    let mut facts = Facts::new();
    let (path, query) = request
        .target()
        .split_once('?')
        .unwrap_or_else(|| (request.target(), ""));
    let (method, _) = request.line().split_once(' ').unwrap();
    add(&mut facts, "host", host);
    add(&mut facts, "method", method);
    add(&mut facts, "path", path);
    pairs(&mut facts, "query", query.as_bytes());
    headers(&mut facts, request);
    let content_type = request.header("content-type").unwrap_or_default();
    if content_type.starts_with("application/json") {
        let body = serde_json::from_slice(&request.body).unwrap();
        json(&mut facts, "json ", &body);
    } else if let Some((_, boundary)) = content_type.split_once("boundary=") {
        parts(&mut facts, boundary, request);
    } else {
        pairs(&mut facts, "form", &request.body);
    }
    facts
}

fn add(facts: &mut Facts, at: &str, value: &str) {
    let mut name = at.to_owned();
    for count in 2.. {
        if !facts.contains_key(&name) {
            break;
        }
        name = format!("{at} ({count})");
    }
    facts.insert(name, value.to_owned());
}

fn pairs(facts: &mut Facts, kind: &str, encoded: &[u8]) {
    for (name, value) in form_urlencoded::parse(encoded) {
        add(facts, &format!("{kind} {name}"), &value);
    }
}

/// All headers but the call's number, the length that follows from the body, and the port of the server.
fn headers(facts: &mut Facts, request: &Recorded) {
    let lines = request.head.split("\r\n").skip(1);
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        let name = name.to_lowercase();
        let value = value.trim_start_matches(' ');
        let value = match &*name {
            "x-call" | "content-length" | "host" => continue,
            "idempotency-key" if is_random(value) => RANDOM,
            "user-agent" => {
                let (api, bindings) = value.split_once(' ').unwrap();
                add(facts, "header user-agent bindings", bindings);
                api
            }
            "content-type" => value
                .split_once("boundary=")
                .map_or(value, |(start, _)| start),
            _ => value,
        };
        add(facts, &format!("header {name}"), value);
    }
}

/// 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12.
fn is_random(key: &str) -> bool {
    let groups: Vec<_> = key.split('-').collect();
    let are_hex = key.bytes().all(|it| it.is_ascii_hexdigit() || it == b'-');
    are_hex && groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
}

fn json(facts: &mut Facts, at: &str, value: &Value) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (name, value) in members {
                json(facts, &format!("{at}/{name}"), value);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (index, value) in items.iter().enumerate() {
                json(facts, &format!("{at}/{index}"), value);
            }
        }
        other => add(facts, at, &other.to_string()),
    }
}

/// A part by its `name`: its other headers, and its content.
fn parts(facts: &mut Facts, boundary: &str, request: &Recorded) {
    let body = request.text();
    let body = body
        .strip_suffix("\r\n")
        .unwrap_or(body)
        .strip_suffix(&format!("--{boundary}--"))
        .unwrap();
    for part in body.split(&format!("--{boundary}\r\n")).skip(1) {
        let (head, content) = part.split_once("\r\n\r\n").unwrap();
        let content = content.strip_suffix("\r\n").unwrap();
        let (_, name) = head.split_once(" name=\"").unwrap();
        let (name, _) = name.split_once('"').unwrap();
        add(facts, &format!("part {name}"), content);
        add(facts, &format!("part {name} head"), head);
    }
}
