//! Reads a body into memory up to a limit. Beyond it, what still comes is read and thrown away, so that a client that
//! writes before it reads gets its answer, and memory stays where it was.

use std::future::poll_fn;
use std::pin::Pin;

use hyper::body::{Body, Incoming};

/// The longest body that is kept: a file with its form around it.
const LONGEST: usize = 8 * 1024 * 1024;

/// After so much waste the connection is given up.
const MOST_WASTE: usize = 256 * 1024 * 1024;

/// What became of a body.
#[derive(Debug)]
pub(crate) enum Received {
    Complete(Vec<u8>),
    TooLong,
    /// The client went away, or cannot be listened to any longer.
    Broken,
}

/// Reads a body to its end.
pub(crate) async fn receive(mut body: Incoming) -> Received {
    let announced = body.size_hint().lower();
    let mut too_long = usize::try_from(announced).map_or(true, |it| it > LONGEST);
    let (mut kept, mut wasted) = (Vec::new(), 0_usize);
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let Ok(frame) = frame else {
            return Received::Broken;
        };
        let Ok(data) = frame.into_data() else {
            continue;
        };
        too_long |= kept.len() + data.len() > LONGEST;
        if !too_long {
            kept.extend_from_slice(&data);
            continue;
        }
        kept = Vec::new();
        wasted += data.len();
        if wasted > MOST_WASTE {
            return Received::Broken;
        }
    }
    if too_long {
        return Received::TooLong;
    }
    Received::Complete(kept)
}
