//! Whatever arrives: an error of the client, never one of the server, and memory stays where it was.

use std::io::{BufReader, Write};
use std::net::TcpStream;

use mock_server::MockServer;

use crate::client::{FORM, JSON, call, get, post, read};

#[test]
fn bodies_that_are_garbage_are_errors_of_the_client() {
    let server = MockServer::start().unwrap();
    let nested_form = format!("a{}=1", "[b]".repeat(100_000));
    let open_form = format!("{}=1", "a[".repeat(100_000));
    let nested_json = format!("{{\"a\":{}", "[".repeat(100_000));
    let deep_objects = "{\"a\":".repeat(100_000);
    let many = "metadata[]=1&".repeat(100_000);
    for (target, content_type, body) in [
        ("/v1/customers", FORM, &b"email=%"[..]),
        ("/v1/customers", FORM, b"email=%zz"),
        ("/v1/customers", FORM, b"email=%ff%fe"),
        ("/v1/customers", FORM, b"email=\xff\xfe"),
        ("/v1/customers", FORM, b"\x00\x01\x02"),
        ("/v1/customers", FORM, nested_form.as_bytes()),
        ("/v1/customers", FORM, open_form.as_bytes()),
        ("/v1/customers", FORM, many.as_bytes()),
        (
            "/v1/files",
            "multipart/form-data; boundary=B",
            b"--B\r\n\r\n",
        ),
        ("/v2/core/accounts", JSON, nested_json.as_bytes()),
        ("/v2/core/accounts", JSON, deep_objects.as_bytes()),
        ("/v2/core/accounts", JSON, b"{\"a\":\"\xff\"}"),
        ("/v2/core/accounts", JSON, b"[]"),
        ("/v2/core/accounts", JSON, b"{\"a\":1e999999}"),
    ] {
        let answer = call(&server, "POST", target)
            .body(content_type, body)
            .send();
        assert_eq!(answer.status, 400, "{:?}", &body[..body.len().min(30)]);
        assert!(answer.json()["error"]["message"].is_string());
    }
    get(&server, "/v1/balance").ok();
}

#[test]
fn queries_that_are_garbage_are_errors_of_the_client() {
    let server = MockServer::start().unwrap();
    for query in [
        "%",
        "a=%ff",
        "limit",
        "a[=1",
        "a]b=1",
        "=",
        "limit=1&limit=2",
    ] {
        assert_eq!(
            get(&server, &format!("/v1/customers?{query}")).status,
            400,
            "{query}"
        );
    }
}

#[test]
fn a_body_that_is_too_long_is_read_to_its_end_and_refused() {
    let server = MockServer::start().unwrap();
    let body = vec![b'a'; 64 * 1024 * 1024];
    let before = resident();
    for (target, content_type) in [
        ("/v1/customers", FORM),
        ("/v2/core/accounts", JSON),
        ("/v1/files", "multipart/form-data; boundary=B"),
    ] {
        let answer = call(&server, "POST", target)
            .body(content_type, &body)
            .send();
        assert_eq!(answer.status, 413, "{target}");
        assert!(answer.header("request-id").is_some());
    }
    let grown = resident().saturating_sub(before);
    assert!(
        grown < 80 * 1024,
        "the client's own copy is 64 MiB of it; {grown} KiB more"
    );
}

/// KiB of memory that this process has, where the system says so.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|it| it.trim().strip_suffix(" kB"));
    number.and_then(|it| it.parse().ok()).unwrap_or_default()
}

#[test]
fn heads_that_are_garbage_end_the_connection_and_nothing_else() {
    let server = MockServer::start().unwrap();
    for head in [
        &b"\r\n\r\n\r\n\r\n"[..],
        b"GET\r\n\r\n",
        b"\x16\x03\x01\x02\x00",
        b"GET / HTTP/1.1\r\nA\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\n",
    ] {
        let mut stream = TcpStream::connect(server.address()).unwrap();
        stream.write_all(head).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        if let Ok(answer) = read(&mut BufReader::new(stream)) {
            assert!(
                (400..500).contains(&answer.status),
                "{head:?} {}",
                answer.status
            );
        }
    }
    get(&server, "/v1/balance").ok();
}

#[test]
fn many_connections_are_held_at_once() {
    let server = MockServer::start().unwrap();
    let request = "GET /v1/balance HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer sk_test_x\r\n\r\n";
    let streams: Vec<TcpStream> = (0..300)
        .map(|_| TcpStream::connect(server.address()).unwrap())
        .collect();
    for _ in 0..2 {
        for mut stream in &streams {
            stream.write_all(request.as_bytes()).unwrap();
        }
        for stream in &streams {
            assert_eq!(read(&mut BufReader::new(stream)).unwrap().status, 200);
        }
    }
}

#[test]
fn objects_and_keys_do_not_pile_up() {
    let server = MockServer::builder().items(0).start().unwrap();
    for number in 0..3 {
        let form = format!("id=c{number}&percent_off=1");
        post(&server, "/v1/coupons", &form).ok();
        post(&server, "/v1/coupons", &form).ok();
    }
    let list = get(&server, "/v1/coupons").ok();
    assert_eq!(list["data"].as_array().unwrap().len(), 3, "one of each id");
}
