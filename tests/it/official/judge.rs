//! The official SDK as a judge of the mock server: it makes every call that it has, the server accepts each, and each
//! answer is of the types that the SDK declares. So the server is not judged by our own client alone.
//!
//! What is sent is made by the mock from its own reading of the document: what is required, and then everything, in as
//! many variants as it takes until every parameter and every arm of a union was sent.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use mock_server::{Fill, MockServer, Operation, Use};
use serde_json::{Value, json};

use super::arguments::FACTS;
use super::python::python;
use crate::document::read;

/// Far more variants than any operation needs.
const MOST_VARIANTS: usize = 200;

/// The official SDK in a process of its own.
struct Sdk {
    process: Child,
    calls: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Sdk {
    fn start(server: &MockServer) -> Self {
        let hosts = ["api", "connect", "files", "meter_events"];
        let bases = hosts.map(|host| (host, server.url()));
        let mut command = python("judge.py", &BTreeMap::from(bases));
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = piped.spawn().unwrap();
        Self {
            calls: process.stdin.take().unwrap(),
            answers: BufReader::new(process.stdout.take().unwrap()),
            process,
        }
    }

    /// What is wrong with a call, or with its answer.
    fn judge(&mut self, call: &Value) -> Option<String> {
        writeln!(self.calls, "{call}").unwrap();
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        let judged: Value = serde_json::from_str(&line).unwrap_or_else(|_| json!("Python failed"));
        judged.as_str().map(str::to_owned)
    }

    fn end(mut self) {
        drop(self.calls);
        assert!(self.process.wait().unwrap().success(), "Python failed");
    }
}

/// An operation, by one of the official SDK's names for it.
struct Case<'a> {
    name: &'a str,
    operation: &'a Operation,
}

impl Case<'_> {
    fn call(&self, server: &MockServer, fill: Fill, variant: usize) -> Value {
        let arguments = server.document().arguments(self.operation, fill, variant);
        json!({"name": self.name, "ids": arguments.path, "params": arguments.params})
    }

    /// Whether a place of the document belongs to the operation.
    fn has(&self, pointer: &str) -> bool {
        let rest = pointer.strip_prefix(self.operation.pointer());
        rest.is_some_and(|it| it.starts_with('/'))
    }
}

/// All of them, in the order of the facts.
fn cases<'a>(server: &'a MockServer, facts: &'a str) -> Vec<Case<'a>> {
    let case = |line: &'a str| {
        let [method, path, name] = line.split(',').collect::<Vec<_>>().try_into().unwrap();
        let mut operations = server.document().operations().iter();
        let operation = operations.find(|it| it.method() == method && it.path() == path);
        let operation = operation.unwrap_or_else(|| panic!("the document has no {method} {path}"));
        Case { name, operation }
    };
    facts.lines().skip(1).map(case).collect()
}

/// The parameters and arms of these operations that were never sent.
fn unsent(server: &MockServer, cases: &[Case<'_>]) -> Vec<String> {
    let missing = server.ledger().missing().into_iter();
    let unsent = missing.filter(|it| matches!(it.what, Use::Parameter | Use::Arm));
    let unsent = unsent.map(|it| it.pointer);
    unsent
        .filter(|it| cases.iter().any(|case| case.has(it)))
        .collect()
}

/// What is wrong with each call that anything is wrong with, by operation.
fn judged(server: &MockServer, cases: &[Case<'_>]) -> BTreeMap<String, String> {
    let mut sdk = Sdk::start(server);
    let mut complaints = BTreeMap::new();
    let mut judge = |case: &Case<'_>, fill, variant| {
        if let Some(complaint) = sdk.judge(&case.call(server, fill, variant)) {
            let operation = case.operation.pointer().to_owned();
            let complaint = format!("{} {fill:?} {variant}: {complaint}", case.name);
            complaints.entry(operation).or_insert(complaint);
        }
    };
    cases.iter().for_each(|case| judge(case, Fill::Required, 0));
    for variant in 0..MOST_VARIANTS {
        let unsent = unsent(server, cases);
        let open = |case: &&Case<'_>| variant == 0 || unsent.iter().any(|it| case.has(it));
        let mut open = cases.iter().filter(open).peekable();
        if open.peek().is_none() {
            break;
        }
        open.for_each(|case| judge(case, Fill::Everything, variant));
    }
    sdk.end();
    complaints
}

#[test]
fn the_official_sdk_has_every_call_accepted_and_its_answer_in_its_own_types() {
    let server = MockServer::builder().items(2).start().unwrap();
    let facts = read(FACTS);
    let cases = cases(&server, &facts);
    let complaints = judged(&server, &cases);
    let operations: BTreeSet<_> = cases.iter().map(|it| it.operation.pointer()).collect();
    let accepted = operations.len() - complaints.len();
    println!(
        "the official SDK: {accepted} of {} operations accepted and parsed",
        operations.len()
    );
    let complaints: Vec<_> = complaints.into_values().collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    let unsent = unsent(&server, &cases);
    assert!(unsent.is_empty(), "never sent:\n{}", unsent.join("\n"));
    let missing = server.ledger().missing().into_iter();
    let mut missing = missing.filter(|it| it.what == Use::Operation);
    assert!(!missing.any(|it| operations.contains(&*it.pointer)));
    assert_eq!(accepted, 564);
}
