//! How much of a body is read: what an endpoint takes and no more, whatever was declared beforehand.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use http::{Request, Response};
use http_body_util::Empty;
use hyper::body::{Body, Bytes, Frame, SizeHint};
use stripe_core::webhook::{Endpoint, Verified, VerifyLayer, sign};
use tower::{Layer, ServiceExt, service_fn};

use crate::{NOW, secret, verifier};

/// A body that comes in pieces, and declares at least so many bytes.
struct Pieces {
    pieces: VecDeque<Bytes>,
    declared: u64,
}

impl Pieces {
    fn new(pieces: &[usize], declared: u64) -> Self {
        let piece = |length: &usize| Bytes::from(vec![b'x'; *length]);
        Self {
            pieces: pieces.iter().map(piece).collect(),
            declared,
        }
    }
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.pieces.pop_front().map(|piece| Ok(Frame::data(piece))))
    }

    fn size_hint(&self) -> SizeHint {
        let mut hint = SizeHint::new();
        hint.set_lower(self.declared);
        hint
    }
}

/// The status that a signed body of `length` times `x` gets, in these pieces.
async fn status(endpoint: Endpoint, pieces: &[usize], declared: u64) -> u16 {
    let inside = service_fn(|delivery: Request<Verified<'static>>| async move {
        assert!(delivery.body().payload().iter().all(|byte| *byte == b'x'));
        Ok::<_, Infallible>(Response::new(Empty::<Bytes>::new()))
    });
    let whole = vec![b'x'; pieces.iter().sum()];
    let request = Request::builder().header("stripe-signature", sign(&whole, &secret(), NOW));
    let request = request.body(Pieces::new(pieces, declared)).unwrap();
    let service = VerifyLayer::new(endpoint).layer(inside);
    service.oneshot(request).await.unwrap().status().as_u16()
}

#[tokio::test]
async fn row_28_a_body_is_taken_up_to_its_limit_and_not_a_byte_more() {
    let endpoint = || Endpoint::new(verifier()).body_limit(100);
    for (pieces, declared, expected) in [
        (&[100][..], 100, 200),
        (&[100], 0, 200),
        (&[60, 40], 0, 200),
        (&[60, 0, 40], 100, 200),
        (&[101], 101, 413),
        (&[101], 0, 413),
        (&[60, 41], 0, 413),
        (&[60, 60], 0, 413),
        (&[100, 1], 100, 413),
        // A length that nobody has room for is refused before room is made.
        (&[1], 101, 413),
        (&[1], u64::MAX, 413),
    ] {
        let found = status(endpoint(), pieces, declared).await;
        assert_eq!(found, expected, "{pieces:?}, {declared} declared");
    }
}

#[tokio::test]
async fn an_endpoint_takes_a_mebibyte_unless_it_is_set() {
    let endpoint = || Endpoint::new(verifier());
    assert_eq!(status(endpoint(), &[1 << 20], 0).await, 200);
    assert_eq!(status(endpoint(), &[1 << 20, 1], 0).await, 413);
}
