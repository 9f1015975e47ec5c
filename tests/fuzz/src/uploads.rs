//! Any file to send: its multipart body has exactly the parts that were asked for, as they were asked for.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use futures_core::Stream;
use stripe_core::transport::{
    BoxFuture, HttpBody, HttpRequest, HttpResponse, Transport, TransportError,
};
use stripe_core::types::{FileUpload, Json, Metadata};
use stripe_core::{ApiKey, Client, Headers, Operation, Request};

use crate::KEY;
use crate::answer::run;

const OPERATION: Operation = Operation::post_multipart("/v1/files");

/// What stands in the header before the boundary.
const TYPE: &str = "multipart/form-data; boundary=";

stripe_core::params! {
    /// A file and what goes with it.
    pub struct Upload {
        pub file: FileUpload,
        pub metadata: Metadata,
    }
}

/// The header `content-type` and the body.
type Sent = Arc<Mutex<Option<(String, Vec<u8>)>>>;

/// Keeps what it is given.
#[derive(Debug)]
struct Keeper(Sent);

impl Transport for Keeper {
    fn send<'a>(
        &'a self,
        request: &'a HttpRequest,
    ) -> BoxFuture<'a, Result<HttpResponse, TransportError>> {
        let content_type = request.headers.get("content-type").unwrap();
        let mut stream = request.body.stream();
        let mut context = Context::from_waker(Waker::noop());
        let mut body = Vec::new();
        while let Poll::Ready(Some(piece)) = Pin::new(&mut stream).poll_next(&mut context) {
            body.extend_from_slice(&piece.unwrap());
        }
        assert_eq!(request.body.length(), u64::try_from(body.len()).ok());
        *self.0.lock().unwrap() = Some((content_type.to_owned(), body));
        let response = HttpResponse::new(200, Headers::new(), HttpBody::full("{}"));
        Box::pin(std::future::ready(Ok(response)))
    }
}

/// The first three lines are the name of the file, a name in metadata and its value; the rest is the file.
pub fn uploads(data: &[u8]) {
    let mut pieces = data.splitn(4, |byte| *byte == b'\n');
    let mut line = || String::from_utf8_lossy(pieces.next().unwrap_or_default()).into_owned();
    let (file, name, value) = (line(), line(), line());
    let content = pieces.next().unwrap_or_default();
    let sent = Sent::default();
    let client = Client::builder(ApiKey::new(KEY).unwrap()).transport(Keeper(Arc::clone(&sent)));
    let upload = Upload::new()
        .file(FileUpload::new(&file, content))
        .metadata(Metadata::new().set(&name, &value));
    let request = Request::<Json>::new(&client.build().unwrap(), OPERATION, &[]).params(upload);
    let result = run(request.send());
    let Some((content_type, body)) = sent.lock().unwrap().take() else {
        result.expect_err("nothing was sent");
        return;
    };
    result.expect("it was sent and answered");
    let is_sayable = !name.is_empty() && !name.contains(['[', ']']) && !value.is_empty();
    assert!(is_sayable, "{name:?}: {value:?}");
    let boundary = content_type.strip_prefix(TYPE).unwrap();
    let expected = [
        (
            format!("name=\"file\"; filename=\"{}\"", quoted(&file)),
            "application/octet-stream",
            content,
        ),
        (
            format!("name=\"metadata[{}]\"", quoted(&name)),
            "",
            value.as_bytes(),
        ),
    ];
    let expected = expected.map(|(name, kind, content)| Part {
        disposition: format!("form-data; {name}"),
        kind: kind.to_owned(),
        content: content.to_vec(),
    });
    assert_eq!(parts(&body, boundary), expected);
}

/// What a server sees of a part.
#[derive(Debug, PartialEq)]
struct Part {
    disposition: String,
    kind: String,
    content: Vec<u8>,
}

/// Reads a body as a server does, which knows nothing but the boundary: whatever stands between two lines with it is a part.
fn parts(body: &[u8], boundary: &str) -> Vec<Part> {
    assert!(boundary.len() >= 32 && boundary.bytes().all(|it| it.is_ascii_alphanumeric()));
    // As if a line had ended before the first one.
    let body = [b"\r\n", body].concat();
    let mut pieces = split(&body, format!("\r\n--{boundary}").as_bytes());
    assert_eq!(pieces.remove(0), b"", "something stands before the parts");
    assert_eq!(pieces.pop(), Some(&b"--\r\n"[..]), "it does not end");
    pieces.into_iter().map(part).collect()
}

fn part(piece: &[u8]) -> Part {
    let piece = piece.strip_prefix(b"\r\n").expect("a line of its own");
    let mut halves = piece.windows(4);
    let end = halves.position(|it| it == b"\r\n\r\n").expect("headers");
    let headers = std::str::from_utf8(&piece[..end]).unwrap();
    let (mut disposition, mut kind) = (String::new(), String::new());
    for line in headers.split("\r\n") {
        assert!(!line.contains(char::is_control), "{line:?}");
        match line.split_once(": ").expect("a name and a value") {
            ("Content-Disposition", value) => value.clone_into(&mut disposition),
            ("Content-Type", value) => value.clone_into(&mut kind),
            (name, _) => panic!("a header {name:?} that nobody asked for"),
        }
    }
    Part {
        disposition,
        kind,
        content: piece[end + 4..].to_vec(),
    }
}

fn split<'a>(mut text: &'a [u8], at: &[u8]) -> Vec<&'a [u8]> {
    let mut pieces = Vec::new();
    while let Some(found) = text.windows(at.len()).position(|it| it == at) {
        pieces.push(&text[..found]);
        text = &text[found + at.len()..];
    }
    pieces.push(text);
    pieces
}

/// A name as browsers write it; what else would end a line or a text is replaced.
fn quoted(name: &str) -> String {
    let name = name.replace('"', "%22").replace('\r', "%0D");
    name.replace('\n', "%0A").replace(char::is_control, "_")
}
