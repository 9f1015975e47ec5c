//! Uploads: a file and its parameters as parts of one body, whatever the file is called and holds.

use stripe_core::types::FileUpload;
use stripe_core::{ErrorKind, Host, Operation, Request};

use crate::server::{Reply, Seen, Server};
use crate::subject::{POST, THING, Thing, client};

stripe_core::params! {
    /// A file and what it is for.
    #[new(file: FileUpload, purpose: &str)]
    pub struct Upload {
        #[set(required)]
        pub file: FileUpload,
        #[set(boxed)]
        pub link: Link,
        #[set(required)]
        pub purpose: String,
    }
}

stripe_core::params! {
    /// A link to the file.
    pub struct Link {
        pub create: bool,
    }
}

pub(crate) const UPLOAD: Operation = Operation::post_multipart("/v1/files").host(Host::Files);

/// The parts of a multipart body: their headers and their contents.
pub(crate) fn parts(seen: &Seen) -> Vec<(String, Vec<u8>)> {
    let content_type = seen.header("content-type").unwrap();
    let boundary = content_type
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap();
    assert_eq!(boundary.len(), 32);
    let line = format!("--{boundary}").into_bytes();
    let starts: Vec<_> = (0..seen.body.len())
        .filter(|start| seen.body[*start..].starts_with(&line))
        .collect();
    let last = starts.last().copied().unwrap();
    assert_eq!(seen.body[last..], [&line[..], b"--\r\n"].concat());
    let parts = starts.windows(2).map(|pair| {
        let part = &seen.body[pair[0] + line.len() + 2..pair[1] - 2];
        let end = part
            .windows(4)
            .position(|window| window == b"\r\n\r\n")
            .unwrap();
        (
            String::from_utf8(part[..end].to_vec()).unwrap(),
            part[end + 4..].to_vec(),
        )
    });
    parts.collect()
}

#[tokio::test]
async fn a_file_goes_with_its_parameters() {
    let server = Server::start(|number, _| {
        if number == 0 {
            Reply::HangUp
        } else {
            Reply::json(200, THING)
        }
    });
    let content = b"%PDF\r\n--\r\n\0\xff".to_vec();
    let file = FileUpload::new("r\u{e9}sum\u{e9} \"1\"\r\nX: y.pdf", content.clone());
    let params = Upload::new(file, "dispute_evidence").link(Link::new().create(true));
    let request: Request<Thing> = Request::new(&client(&server), UPLOAD, &[]).params(params);
    assert!(!format!("{request:?}").contains("PDF"));
    request.expand(&["x"]).await.unwrap();
    let [first, second] = &server.seen()[..] else {
        panic!("not two attempts")
    };
    assert_eq!(
        (first.method.as_str(), first.target.as_str()),
        ("POST", "/v1/files")
    );
    let disposition = "Content-Disposition: form-data; name=";
    let expected = [
        (
            format!(
                "{disposition}\"file\"; filename=\"r\u{e9}sum\u{e9} %221%22%0D%0AX: y.pdf\"\r\n\
                 Content-Type: application/octet-stream"
            ),
            content,
        ),
        (format!("{disposition}\"link[create]\""), b"true".to_vec()),
        (
            format!("{disposition}\"purpose\""),
            b"dispute_evidence".to_vec(),
        ),
        (format!("{disposition}\"expand[0]\""), b"x".to_vec()),
    ];
    assert_eq!(parts(first), expected);
    assert_eq!(
        first.body, second.body,
        "another attempt sends the same bytes"
    );
    assert_eq!(
        first.header("idempotency-key"),
        second.header("idempotency-key")
    );
}

#[tokio::test]
async fn a_file_is_refused_where_none_can_go() {
    let server = Server::start(|_, _| Reply::json(200, THING));
    let client = client(&server);
    for operation in [
        POST,
        Operation::post_json("/v2/things/{id}"),
        Operation::get("/v1/things/{id}"),
    ] {
        let params = Upload::new(FileUpload::new("a", *b"b"), "x");
        let request: Request<Thing> = Request::new(&client, operation, &["x"]).params(params);
        let error = request.await.unwrap_err();
        assert_eq!(
            (error.kind(), error.param()),
            (ErrorKind::Validation, Some("file"))
        );
    }
    assert_eq!(server.connections(), 0);
}

/// The lines between the parts of two uploads of the same file: one that was seen does not help with the next.
#[tokio::test]
async fn row_12_every_upload_has_a_boundary_of_its_own() {
    let server = Server::start(|_, _| Reply::json(200, THING));
    let client = client(&server);
    for _ in 0..2 {
        let params = Upload::new(FileUpload::new("a", *b"b"), "x");
        let request: Request<Thing> = Request::new(&client, UPLOAD, &[]).params(params);
        request.await.unwrap();
    }
    let seen = server.seen();
    let lines: Vec<_> = seen.iter().map(|it| it.header("content-type")).collect();
    assert_ne!(lines[0], lines[1]);
}
