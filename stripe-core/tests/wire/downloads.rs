//! Documents: as a whole within bounds, or piece by piece without; errors are errors in both ways.

use std::time::Duration;

use stripe_core::types::Binary;
use stripe_core::{Client, Error, ErrorCode, ErrorKind, Host, Operation, Request, TimeoutPhase};

use crate::clock::TestClock;
use crate::server::{Reply, Server};
use crate::subject::{builder, client};

const PDF: Operation = Operation::get("/v1/quotes/{quote}/pdf").host(Host::Files);
const NOT_FOUND: &str = r#"{"error":{"type":"invalid_request_error","code":"resource_missing"}}"#;
const LARGE: usize = 40 * 1024 * 1024;

fn pdf(client: &Client) -> Request<Binary> {
    Request::new(client, PDF, &["qt_1"])
}

fn document(bytes: Vec<u8>) -> Reply {
    let headers = vec![
        ("content-type", "application/pdf".to_owned()),
        ("request-id", "req_pdf".to_owned()),
    ];
    Reply::Answer(200, headers, bytes)
}

fn subject(server: &Server) -> (Client, TestClock) {
    let clock = TestClock::default();
    (builder(server).clock(clock.clone()).build().unwrap(), clock)
}

/// The head of an answer of 100 bytes, and the first of these.
fn begun() -> Vec<u8> {
    b"HTTP/1.1 200 OK\r\nrequest-id: req_pdf\r\ncontent-length: 100\r\n\r\n%PDF".to_vec()
}

#[tokio::test]
async fn row_13_a_stream_has_no_limit() {
    let server = Server::start(|_, _| document(vec![7; LARGE]));
    let mut stream = pdf(&client(&server)).stream().await.unwrap();
    assert_eq!(
        (stream.status(), stream.request_id()),
        (200, Some("req_pdf"))
    );
    assert_eq!(
        stream.headers().get("content-type"),
        Some("application/pdf")
    );
    let mut count = 0;
    while let Some(piece) = stream.next().await {
        let piece = piece.unwrap();
        assert!(piece.len() < LARGE / 10, "it is not held as a whole");
        assert!(piece.iter().all(|byte| *byte == 7));
        count += piece.len();
    }
    assert_eq!(count, LARGE);
    assert!(stream.next().await.is_none(), "it stays at its end");
}

#[tokio::test]
async fn row_13_as_a_whole_a_document_has_a_limit_that_can_be_raised() {
    let server = Server::start(|_, _| document(vec![7; LARGE]));
    let client = client(&server);
    let error = pdf(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
    let whole = pdf(&client).max_bytes(LARGE).await.unwrap();
    assert_eq!(whole.as_bytes().len(), LARGE);
    let error = pdf(&client).max_bytes(LARGE - 1).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
}

/// One piece, several, and one whose length is nowhere declared.
#[tokio::test]
async fn row_13_the_limit_counts_what_comes_and_not_what_is_declared() {
    for body in [
        "transfer-encoding: chunked\r\n\r\n4\r\n%PDF\r\n0\r\n\r\n",
        "transfer-encoding: chunked\r\n\r\n2\r\n%P\r\n2\r\nDF\r\n0\r\n\r\n",
        "connection: close\r\n\r\n%PDF",
        "content-length: 4\r\n\r\n%PDF",
    ] {
        let answer = format!("HTTP/1.1 200 OK\r\n{body}").into_bytes();
        let server = Server::start(move |_, _| Reply::Bytes(answer.clone()));
        let client = client(&server);
        let error = pdf(&client).max_bytes(3).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::BodyTooLarge, "{body}");
        let whole = pdf(&client).max_bytes(4).await.unwrap();
        assert_eq!(whole.as_bytes(), b"%PDF", "{body}");
    }
}

#[tokio::test]
async fn errors_are_read_and_understood_as_always() {
    let server = Server::start(|_, _| Reply::json(404, NOT_FOUND));
    let error: Error = pdf(&client(&server)).stream().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.code(), error.request_id()),
        (
            ErrorKind::InvalidRequest,
            Some(ErrorCode::RESOURCE_MISSING),
            Some("req_test_1")
        )
    );
    assert_eq!(error.raw_json(), Some(NOT_FOUND));
}

#[tokio::test]
async fn row_13_the_body_of_an_error_has_its_limit_still() {
    let lying = b"HTTP/1.1 404 Not Found\r\ncontent-length: 99999999999\r\n\r\n{".to_vec();
    let server = Server::start(move |_, _| Reply::Stall(lying.clone()));
    let error = pdf(&client(&server)).stream().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.status()),
        (ErrorKind::BodyTooLarge, Some(404))
    );
}

#[tokio::test]
async fn attempts_are_repeated_until_the_head_is_there_and_then_no_more() {
    let server = Server::start(|number, _| match number {
        0 => Reply::json(503, "{}"),
        1 => Reply::HangUp,
        _ => Reply::Bytes(begun()),
    });
    let (client, clock) = subject(&server);
    let mut stream = pdf(&client).stream().await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap(), "%PDF");
    let error = stream.next().await.unwrap().unwrap_err();
    assert_eq!(
        (error.kind(), error.status(), error.request_id()),
        (ErrorKind::Connection, Some(200), Some("req_pdf"))
    );
    assert_eq!(error.headers().unwrap().get("content-length"), Some("100"));
    assert!(stream.next().await.is_none());
    assert_eq!((server.seen().len(), clock.waits().len()), (3, 2));
}

#[tokio::test]
async fn t8_a_stream_that_stalls_is_given_up() {
    for (timeout, seconds) in [(None, 30), (Some(Duration::from_secs(7)), 7)] {
        let server = Server::start(|_, _| Reply::Stall(begun()));
        let (client, clock) = subject(&server);
        let mut request = pdf(&client).timeout(Duration::from_secs(9));
        if let Some(timeout) = timeout {
            request = request.stall_timeout(timeout);
        }
        let mut stream = request.stream().await.unwrap();
        assert_eq!(stream.next().await.unwrap().unwrap(), "%PDF");
        clock.run_out();
        let error = stream.next().await.unwrap().unwrap_err();
        assert_eq!(
            (error.kind(), error.timeout_phase()),
            (ErrorKind::Timeout, Some(TimeoutPhase::Stream))
        );
        assert_eq!(
            clock.limits(),
            [9, seconds].map(Duration::from_secs),
            "one for the head, and one for the piece that did not come"
        );
        assert!(stream.next().await.is_none());
    }
}

#[tokio::test]
async fn t8_the_head_has_the_limit_of_an_attempt() {
    let server = Server::start(|_, _| Reply::Stall(Vec::new()));
    let (client, clock) = subject(&server);
    clock.run_out();
    let error = pdf(&client).max_retries(0).stream().await.unwrap_err();
    assert_eq!(error.timeout_phase(), Some(TimeoutPhase::Attempt));
    assert_eq!(clock.limits(), [Duration::from_secs(80)]);
}

#[tokio::test]
async fn a_stream_that_is_dropped_gives_the_connection_up() {
    let server = Server::start(|_, _| Reply::Stall(begun()));
    let (client, _) = subject(&server);
    let stream = pdf(&client).stream().await.unwrap();
    assert_eq!(server.given_up(), 0);
    drop(stream);
    while server.given_up() == 0 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_bad_option_is_told_before_anything_is_sent() {
    let server = Server::start(|_, _| document(Vec::new()));
    let request = pdf(&client(&server)).stall_timeout(Duration::ZERO);
    let error = request.stream().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.param()),
        (ErrorKind::Validation, Some("stall_timeout"))
    );
    assert_eq!(server.connections(), 0);
}
