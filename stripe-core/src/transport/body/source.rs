//! Where a body reads pieces from while it is sent. What is read, and how, is for who implements it.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;

use crate::error::Error;

/// Getting ready.
pub(crate) type Opening = Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>;

/// What can be read again for each attempt.
pub(crate) trait Source: Send + Sync {
    /// How many bytes it has, if that is known.
    fn length(&self) -> Option<u64>;

    /// Gets ready for an attempt.
    fn open(self: Arc<Self>) -> Opening;

    /// Reads it from the start.
    fn read(self: Arc<Self>) -> Box<dyn Pieces>;
}

/// What is left to read.
pub(crate) trait Pieces: Send + Sync {
    /// The next piece. After an error it must not be asked again.
    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>>;
}
