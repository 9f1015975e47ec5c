//! The program: what the command line says holds, and what it cannot do it says.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Output, Stdio};

use mock_server::MockServer;

use crate::client::{Answer, call_at};

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mock-server"));
    command.args(arguments);
    command
}

/// A program that serves, until it is dropped.
struct Running {
    process: Child,
    line: String,
}

impl Running {
    fn start(arguments: &[&str]) -> Self {
        let mut process = program(arguments).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        Self { process, line }
    }

    fn get(&self, target: &str) -> Answer {
        let url = self.line.split(' ').next().unwrap();
        call_at(url.strip_prefix("http://").unwrap(), "GET", target).send()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

fn fails(arguments: &[&str]) -> String {
    let Output { status, stderr, .. } = program(arguments).output().unwrap();
    assert_eq!(status.code(), Some(2), "{arguments:?}");
    String::from_utf8(stderr).unwrap()
}

#[test]
fn it_says_where_it_is_and_does_what_it_is_told() {
    let fail = [
        "--fail",
        "GET /v1/balance@1=status:503",
        "--fail",
        "/v1/events=drop",
    ];
    let running = Running::start(&[&["--port", "0", "--items", "3"], &fail[..]].concat());
    let said = running.line.trim_end();
    assert!(
        said.ends_with("serves 619 operations of version 2026-05-27.dahlia"),
        "{said}"
    );
    let customers = running.get("/v1/customers").ok();
    assert_eq!(customers["data"].as_array().unwrap().len(), 3);
    assert_eq!(running.get("/v1/balance").status, 503);
    assert_eq!(running.get("/v1/balance").status, 200);
}

#[test]
fn it_serves_another_document() {
    let file = std::env::temp_dir().join(format!("mock-server-{}.json", std::process::id()));
    let path = r#"{"get": {"responses": {"200": {"content": {"application/json": {"schema": {"type": "object"}}}}}}}"#;
    let document = format!(
        r#"{{"info": {{"version": "x"}}, "components": {{"schemas": {{}}}}, "paths": {{"/v1/thing": {path}}}}}"#
    );
    std::fs::write(&file, document).unwrap();
    let running = Running::start(&["--port", "0", "--spec", file.to_str().unwrap()]);
    std::fs::remove_file(file).unwrap();
    assert_eq!(running.get("/v1/thing").ok(), serde_json::json!({}));
    assert_eq!(running.get("/v1/balance").status, 404);
}

#[test]
fn what_it_cannot_do_it_says() {
    let other = MockServer::start().unwrap();
    let taken = other.address().port().to_string();
    assert!(fails(&["--port", &taken]).contains("cannot listen on this machine"));
    assert!(fails(&["--spec", "/no/such/file.json"]).contains("/no/such/file.json"));
    assert!(fails(&["--fail", "*=explode"]).contains("write [METHOD ]PATH"));
    assert!(fails(&["--color"]).contains("--color"));
}
