//! The body of a request: bytes that are there, and for uploads pieces that are read while they are sent.
//!
//! Every attempt reads it from the start. What goes wrong with reading is kept here, as a transport only sees that the body
//! broke off.

mod file;
mod once;
mod source;

use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use self::once::Drain;
use self::source::Pieces;
use crate::error::Error;

pub(crate) use self::file::FileSource;
pub(crate) use self::once::OnceStream;
pub(crate) use self::source::Source;

/// The body of a request.
#[derive(Default)]
pub struct RequestBody {
    segments: Vec<Segment>,
    failure: Failure,
}

/// Why the body could not be read, in the last attempt.
#[derive(Clone, Default)]
struct Failure(Arc<Mutex<Option<Error>>>);

/// A stretch of a body.
pub(crate) enum Segment {
    Bytes(Bytes),
    File(Arc<dyn Source>),
    /// The parameter that the stream stands for, and the stream.
    Stream(String, Arc<OnceStream>),
}

impl RequestBody {
    pub(crate) fn new(segments: Vec<Segment>) -> Self {
        Self {
            segments,
            failure: Failure::default(),
        }
    }

    /// How many bytes it has, if that is known.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        let lengths = self.segments.iter().map(|segment| match segment {
            Segment::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Segment::File(file) => file.length(),
            Segment::Stream(_, stream) => stream.length(),
        });
        lengths.into_iter().try_fold(0, |sum: u64, length| {
            length.and_then(|length| sum.checked_add(length))
        })
    }

    /// All of it, if it is there: a form or JSON. Uploads are not: see [`stream`](Self::stream).
    #[inline]
    #[must_use]
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match self.segments.as_slice() {
            [] => Some(&[]),
            [Segment::Bytes(bytes)] => Some(bytes),
            _ => None,
        }
    }

    /// Its bytes, from the start. Nothing is read before they are asked for.
    ///
    /// If a piece is an error, what was sent so far must not be passed off as the whole: break the connection off.
    #[must_use]
    pub fn stream(&self) -> RequestStream {
        let parts = self.segments.iter().map(|segment| match segment {
            Segment::Bytes(bytes) => Part::Bytes(bytes.clone()),
            Segment::File(file) => Part::File(Arc::clone(file).read()),
            Segment::Stream(param, stream) => Part::Stream(Drain::new(param, Arc::clone(stream))),
        });
        RequestStream {
            parts: parts.collect::<Vec<_>>().into_iter(),
            now: None,
            left: self.length(),
            failure: self.failure.clone(),
        }
    }

    /// Gets ready for an attempt: opens files, so that a missing one is noticed before anything is sent, and lengths are
    /// known.
    pub(crate) async fn open(&self) -> Result<(), Error> {
        self.failure.take();
        for segment in &self.segments {
            match segment {
                Segment::Bytes(_) => {}
                Segment::File(file) => Arc::clone(file).open().await?,
                Segment::Stream(param, stream) => stream.check(param)?,
            }
        }
        Ok(())
    }

    /// Whether another attempt could send it: not if part of a stream is gone.
    pub(crate) fn is_replayable(&self) -> bool {
        self.segments.iter().all(|segment| match segment {
            Segment::Stream(_, stream) => stream.is_whole(),
            _ => true,
        })
    }

    /// Why it could not be read, if that is why the attempt failed.
    pub(crate) fn take_failure(&self) -> Option<Error> {
        self.failure.take()
    }
}

impl Failure {
    fn set(&self, error: Error) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
    }

    fn take(&self) -> Option<Error> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl<T: Into<Bytes>> From<T> for RequestBody {
    fn from(bytes: T) -> Self {
        let bytes = bytes.into();
        if bytes.is_empty() {
            return Self::default();
        }
        Self::new(vec![Segment::Bytes(bytes)])
    }
}

impl fmt::Debug for RequestBody {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length() {
            Some(length) => write!(f, "[{length} bytes]"),
            None => f.write_str("[a stream]"),
        }
    }
}

/// The bytes of a [`RequestBody`] on their way out.
pub struct RequestStream {
    parts: std::vec::IntoIter<Part>,
    /// The one of which pieces are read.
    now: Option<Part>,
    left: Option<u64>,
    failure: Failure,
}

enum Part {
    Bytes(Bytes),
    File(Box<dyn Pieces>),
    Stream(Drain),
}

impl Part {
    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        match self {
            Self::Bytes(bytes) if bytes.is_empty() => Poll::Ready(None),
            Self::Bytes(bytes) => Poll::Ready(Some(Ok(std::mem::take(bytes)))),
            Self::File(reader) => reader.poll_piece(context),
            Self::Stream(drain) => drain.poll_piece(context),
        }
    }
}

impl RequestStream {
    /// How many bytes are left, if that is known.
    #[must_use]
    pub fn left(&self) -> Option<u64> {
        self.left
    }
}

impl Stream for RequestStream {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let Some(part) = &mut self.now else {
                self.now = self.parts.next();
                if self.now.is_none() {
                    return Poll::Ready(None);
                }
                continue;
            };
            match std::task::ready!(part.poll_piece(context)) {
                Some(Ok(piece)) => {
                    let length = u64::try_from(piece.len()).unwrap_or(u64::MAX);
                    self.left = self.left.map(|left| left.saturating_sub(length));
                    return Poll::Ready(Some(Ok(piece)));
                }
                Some(Err(error)) => {
                    self.failure.set(error);
                    (self.now, self.parts) = (None, Vec::new().into_iter());
                    let broken = io::Error::other("the body of the request could not be read");
                    return Poll::Ready(Some(Err(broken)));
                }
                None => self.now = None,
            }
        }
    }
}

impl fmt::Debug for RequestStream {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestStream")
            .field("left", &self.left)
            .finish_non_exhaustive()
    }
}
