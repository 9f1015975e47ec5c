//! Files that are read while they are sent: from a path or a stream, and never one half of something else.

use std::collections::VecDeque;
use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use stripe_core::transport::{
    BoxFuture, HttpBody, HttpRequest, HttpResponse, Transport, TransportError, TransportErrorKind,
};
use stripe_core::types::FileUpload;
use stripe_core::{BaseUrl, Client, Error, ErrorKind, Headers, Request};

use crate::provider::Script;
use crate::server::{Reply, Server};
use crate::subject::{KEY, THING, Thing, builder, client};
use crate::uploads::{UPLOAD, Upload, parts};

/// A file of its own for a test, removed at its end.
struct TestFile(PathBuf);

impl TestFile {
    fn new(name: &str, content: &[u8]) -> Self {
        let id = std::process::id();
        let path = std::env::temp_dir().join(format!("stripe-core-{id}-{name}"));
        std::fs::write(&path, content).unwrap();
        Self(path)
    }
}

impl Drop for TestFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// A stream of these pieces.
pub(crate) struct Pieces(VecDeque<io::Result<Bytes>>);

pub(crate) fn pieces(pieces: &[&'static str]) -> Pieces {
    let pieces = pieces
        .iter()
        .map(|piece| Ok(Bytes::from_static(piece.as_bytes())));
    Pieces(pieces.collect())
}

impl Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front())
    }
}

fn upload(client: &Client, file: FileUpload) -> Request<Thing> {
    Request::new(client, UPLOAD, &[]).params(Upload::new(file, "dispute_evidence"))
}

fn assert_upload(error: &Error, reason: &str) {
    assert_eq!(
        (error.kind(), error.param()),
        (ErrorKind::Upload, Some("file"))
    );
    assert!(error.to_string().contains(reason), "{error}");
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn a_file_at_a_path_is_read_for_each_attempt() {
    let server = Server::start(|number, _| match number {
        0 => Reply::HangUp,
        _ => Reply::json(200, THING),
    });
    // More than one piece, and no multiple of one.
    let content: Vec<u8> = (0..700_001_u32).map(|index| (index % 251) as u8).collect();
    let file = TestFile::new(
        "whole.bin",
        b"what is there before it is sent does not matter",
    );
    let request = upload(&client(&server), FileUpload::from_path(&file.0));
    assert!(!format!("{request:?}").contains("whole"));
    std::fs::write(&file.0, &content).unwrap();
    request.await.unwrap();
    let [first, second] = &server.seen()[..] else {
        panic!("not two attempts")
    };
    assert_eq!(first.body, second.body);
    let length = first.body.len().to_string();
    assert_eq!(first.header("content-length"), Some(length.as_str()));
    let (head, sent) = &parts(first)[0];
    assert!(head.contains("-whole.bin\""), "{head}");
    assert!(*sent == content);
}

#[tokio::test]
async fn an_empty_file_is_a_file() {
    let server = Server::start(|_, _| Reply::json(200, THING));
    let file = TestFile::new("empty", b"");
    upload(&client(&server), FileUpload::from_path(&file.0))
        .await
        .unwrap();
    assert_eq!(parts(&server.only())[0].1, b"");
}

#[tokio::test]
async fn what_cannot_be_opened_is_told_before_anything_is_sent() {
    let server = Server::start(|_, _| Reply::json(200, THING));
    let client = client(&server);
    let missing = std::env::temp_dir().join("stripe-core-canary/missing.pdf");
    let error = upload(&client, FileUpload::from_path(missing))
        .await
        .unwrap_err();
    assert_upload(&error, "could not be opened");
    assert!(std::error::Error::source(&error).is_some());
    assert!(!format!("{error} {error:?}").contains("canary"));
    let directory = FileUpload::from_path(std::env::temp_dir());
    let error = upload(&client, directory).await.unwrap_err();
    assert_upload(&error, "not a file");
    assert!(!error.is_outcome_unknown());
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn another_attempt_does_not_send_another_file() {
    let file = TestFile::new("changing", b"first version");
    let path = file.0.clone();
    let server = Server::start(move |_, _| {
        std::fs::write(&path, b"second").unwrap();
        Reply::json(503, "{}")
    });
    let error = upload(&client(&server), FileUpload::from_path(&file.0))
        .await
        .unwrap_err();
    assert_upload(&error, "the file changed");
    assert!(error.is_outcome_unknown(), "the first attempt got there");
    assert_eq!(server.seen().len(), 1);
}

/// Reads a request's body as a transport does, and answers; it can fail first, and meddle with a file on the way.
#[derive(Debug)]
struct Reader {
    fails: AtomicUsize,
    bodies: Mutex<Vec<u8>>,
    after_first: Mutex<Option<(PathBuf, Vec<u8>)>>,
}

impl Reader {
    fn new(fails: usize, after_first: Option<(PathBuf, Vec<u8>)>) -> Self {
        Self {
            fails: AtomicUsize::new(fails),
            bodies: Mutex::default(),
            after_first: Mutex::new(after_first),
        }
    }

    async fn read(&self, request: &HttpRequest) -> Result<(), TransportError> {
        let mut stream = request.body.stream();
        let mut poll = |context: &mut Context<'_>| Pin::new(&mut stream).poll_next(context);
        let mut count = 0;
        while let Some(piece) = std::future::poll_fn(&mut poll).await {
            let broken = |_| TransportError::new(TransportErrorKind::Connection);
            let piece = piece.map_err(broken)?;
            assert!(!piece.is_empty());
            self.bodies.lock().unwrap().extend(piece);
            count += 1;
            // The first piece is what stands before the file.
            let meddle = self.after_first.lock().unwrap().take_if(|_| count == 2);
            if let Some((path, content)) = meddle {
                std::fs::write(path, content).unwrap();
            }
        }
        Ok(())
    }
}

impl Transport for Reader {
    fn send<'a>(
        &'a self,
        request: &'a HttpRequest,
    ) -> BoxFuture<'a, Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            if self.fails.fetch_sub(1, Ordering::SeqCst) > 0 {
                // A body that was asked for and not read is as good as new.
                drop(request.body.stream());
                return Err(TransportError::new(TransportErrorKind::Connect));
            }
            self.read(request).await?;
            let (headers, body) = (Headers::new(), HttpBody::full(THING.as_bytes().to_vec()));
            Ok(HttpResponse::new(200, headers, body))
        })
    }
}

fn with(reader: Reader) -> Client {
    let server = Server::start(|_, _| Reply::HangUp);
    let clock = crate::clock::TestClock::default();
    builder(&server)
        .transport(reader)
        .clock(clock)
        .build()
        .unwrap()
}

#[tokio::test]
async fn a_file_that_changes_while_it_is_sent_breaks_the_upload_off() {
    let content = vec![1; 500_000];
    for changed in [vec![1; 400_000], vec![1; 500_001], Vec::new()] {
        let file = TestFile::new("meddled", &content);
        let client = with(Reader::new(0, Some((file.0.clone(), changed))));
        let error = upload(&client, FileUpload::from_path(&file.0))
            .await
            .unwrap_err();
        assert_upload(&error, "the file changed");
        assert!(!error.is_outcome_unknown());
    }
    let file = TestFile::new("meddled", &content);
    let client = with(Reader::new(0, None));
    upload(&client, FileUpload::from_path(&file.0))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_stream_of_known_length_says_how_long_it_is() {
    let server = Server::start(|_, _| Reply::json(200, THING));
    let file = FileUpload::from_stream("a.txt", Some(6), pieces(&["ab", "", "cdef"]));
    upload(&client(&server), file).await.unwrap();
    let seen = server.only();
    let length = seen.body.len().to_string();
    assert_eq!(seen.header("content-length"), Some(length.as_str()));
    assert_eq!(parts(&seen)[0].1, b"abcdef");
}

#[tokio::test]
async fn a_stream_of_unknown_length_goes_in_chunks() {
    let server = Server::start(|_, _| Reply::json(200, THING));
    let file = FileUpload::from_stream("a.txt", None, pieces(&["ab", "", "cdef"]));
    upload(&client(&server), file).await.unwrap();
    let seen = server.only();
    assert_eq!(seen.header("content-length"), None);
    assert_eq!(seen.header("transfer-encoding"), Some("chunked"));
    assert_eq!(parts(&seen)[0].1, b"abcdef");
    assert_eq!(parts(&seen)[1].1, b"dispute_evidence");
}

#[tokio::test]
async fn a_stream_that_fails_is_never_passed_off_as_whole() {
    let broken = |length| {
        let mut pieces = pieces(&["abc"]);
        pieces
            .0
            .push_back(Err(io::Error::other("the source is gone")));
        FileUpload::from_stream("a.txt", length, pieces)
    };
    let short = |length| FileUpload::from_stream("a.txt", Some(length), pieces(&["abc"]));
    for (file, reason) in [
        (broken(None), "its stream failed"),
        (broken(Some(6)), "its stream failed"),
        (short(4), "fewer bytes"),
        (short(2), "more bytes"),
        (short(0), "more bytes"),
    ] {
        let server = Server::start(|_, _| Reply::json(200, THING));
        let error = upload(&client(&server), file).await.unwrap_err();
        assert_upload(&error, reason);
        assert!(!error.is_outcome_unknown());
        assert!(server.seen().is_empty(), "no request came to its end");
        assert!(server.connections() <= 1);
    }
}

#[tokio::test]
async fn a_stream_is_sent_once() {
    let server = Server::start(|_, _| Reply::HangUp);
    let client = client(&server);
    let file = FileUpload::from_stream("a.txt", Some(3), pieces(&["abc"]));
    let request = upload(&client, file).max_retries(5);
    let error = request.clone().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(error.is_outcome_unknown());
    assert_eq!(server.seen().len(), 1, "there is nothing to send again");
    let error = request.await.unwrap_err();
    assert_upload(&error, "sent before");
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_stream_is_not_sent_with_another_key_either() {
    let server = Server::start(|_, _| Reply::json(401, r#"{"error":{}}"#));
    let provider = Script::new(&[Ok(KEY), Ok("rk_test_FAKEnew0123456789new")]);
    let base = BaseUrl::plain_http_on_loopback(server.address()).unwrap();
    let client = Client::builder_with_key_provider(provider.clone()).base_url_for_all(&base);
    let client = client.build().unwrap();
    let file = FileUpload::from_stream("a.txt", Some(3), pieces(&["abc"]));
    let error = upload(&client, file).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Authentication);
    assert_eq!(server.seen().len(), 1);
    upload(&client, FileUpload::new("a.txt", *b"abc"))
        .await
        .unwrap_err();
    let last = server.seen().pop().unwrap();
    let key = last.header("authorization").unwrap();
    assert!(key.contains("FAKEnew"), "the next call has it");
}

#[tokio::test]
async fn a_stream_of_which_nothing_was_sent_is_tried_again() {
    let client = with(Reader::new(2, None));
    let file = FileUpload::from_stream("a.txt", Some(3), pieces(&["", "abc", ""]));
    upload(&client, file).max_retries(2).await.unwrap();
}
