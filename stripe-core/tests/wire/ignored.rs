//! What a server says and the client does not do: keep cookies, and unpack what it did not ask to be packed.

use stripe_core::{ErrorKind, Request};

use crate::server::{Reply, Server};
use crate::subject::{GET, THING, Thing, client, request};

#[tokio::test]
async fn t10_no_cookie_comes_back() {
    let server = Server::start(|_, _| Reply::json(200, THING).with("set-cookie", "a=b; path=/"));
    let client = client(&server);
    for _ in 0..2 {
        request(&client, GET).await.unwrap();
    }
    let seen = server.seen();
    assert_eq!((seen.len(), server.connections()), (2, 1));
    assert!(seen.iter().all(|it| it.header("cookie").is_none()));
    // Nor was anything asked for that would have to be unpacked.
    assert!(seen.iter().all(|it| it.header("accept-encoding").is_none()));
}

/// A thing in gzip, by a server that was not asked for it.
fn packed() -> Vec<u8> {
    // gzip, a block of deflate that is stored, and no check sum: whoever unpacks it gets that far.
    let text = THING.as_bytes();
    let length = u16::try_from(text.len()).unwrap();
    let head = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    let block = [&[1][..], &length.to_le_bytes(), &(!length).to_le_bytes()].concat();
    [&head[..], &block, text].concat()
}

#[tokio::test]
async fn row_13_what_is_compressed_is_not_unpacked() {
    for encoding in ["gzip", "deflate", "br"] {
        let server = Server::start(move |_, _| {
            Reply::Answer(
                200,
                vec![("content-encoding", encoding.to_owned())],
                packed(),
            )
        });
        let client = client(&server);
        let error = Request::<Thing>::new(&client, GET, &["x"])
            .await
            .unwrap_err();
        assert_eq!((error.kind(), server.seen().len()), (ErrorKind::Decode, 1));
        assert!(error.is_outcome_unknown());
    }
}
