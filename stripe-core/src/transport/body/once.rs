//! Streams that are sent. They can be read only once: after the first piece was asked for there is no other attempt.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use crate::error::Error;

type Source = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

/// A stream until somebody begins to read it.
pub(crate) struct OnceStream {
    length: Option<u64>,
    stream: Mutex<Option<Source>>,
}

impl OnceStream {
    pub(crate) fn new(
        length: Option<u64>,
        stream: impl Stream<Item = io::Result<Bytes>> + Send + 'static,
    ) -> Self {
        Self {
            length,
            stream: Mutex::new(Some(Box::pin(stream))),
        }
    }

    pub(super) fn length(&self) -> Option<u64> {
        self.length
    }

    /// Whether nothing was read of it.
    pub(super) fn is_whole(&self) -> bool {
        self.stream().is_some()
    }

    pub(super) fn check(&self, param: &str) -> Result<(), Error> {
        if self.is_whole() {
            Ok(())
        } else {
            Err(already_sent(param))
        }
    }

    fn stream(&self) -> std::sync::MutexGuard<'_, Option<Source>> {
        self.stream.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn already_sent(param: &str) -> Error {
    let reason = "its stream was sent before, and can be read only once: make a new one, or give bytes or a path";
    Error::upload(param, reason)
}

/// A stream while it is read.
pub(super) struct Drain {
    param: String,
    source: Arc<OnceStream>,
    stream: Option<Source>,
    /// How many bytes have to come, if it was said how many there are.
    left: Option<u64>,
}

impl Drain {
    pub(super) fn new(param: &str, source: Arc<OnceStream>) -> Self {
        Self {
            param: param.to_owned(),
            left: source.length,
            source,
            stream: None,
        }
    }

    /// The next piece. After an error or the end it must not be asked again.
    pub(super) fn poll_piece(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Error>>> {
        if self.stream.is_none() {
            self.stream = self.source.stream().take();
        }
        loop {
            let Some(stream) = &mut self.stream else {
                return Poll::Ready(Some(Err(already_sent(&self.param))));
            };
            match std::task::ready!(stream.as_mut().poll_next(context)) {
                // To a transport that writes chunks, an empty one would be the end.
                Some(Ok(piece)) if piece.is_empty() => {}
                Some(Ok(piece)) => return Poll::Ready(Some(self.count(piece))),
                Some(Err(error)) => {
                    let failed = Error::upload(&self.param, "its stream failed");
                    return Poll::Ready(Some(Err(failed.with_source(error))));
                }
                None if self.left.is_some_and(|left| left > 0) => {
                    let reason = "its stream holds fewer bytes than it was said to";
                    return Poll::Ready(Some(Err(Error::upload(&self.param, reason))));
                }
                None => return Poll::Ready(None),
            }
        }
    }

    fn count(&mut self, piece: Bytes) -> Result<Bytes, Error> {
        let Some(left) = self.left else {
            return Ok(piece);
        };
        let length = u64::try_from(piece.len()).unwrap_or(u64::MAX);
        match left.checked_sub(length) {
            Some(left) => {
                self.left = Some(left);
                Ok(piece)
            }
            None => {
                let reason = "its stream holds more bytes than it was said to";
                Err(Error::upload(&self.param, reason))
            }
        }
    }
}
