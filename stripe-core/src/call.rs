//! A call under way, and what its answer can be read as.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::decode::Decode;
use crate::error::Error;
use crate::execute::execute;
use crate::request::Parts;
use crate::response::{RawResponse, Response};
use crate::transport::BoxFuture;

/// A call under way. Dropping it stops it, with all retries; what was sent by then may still act.
#[must_use = "a call only goes on while it is awaited"]
pub struct Call<T> {
    work: BoxFuture<'static, Result<RawResponse, Error>>,
    #[cfg(feature = "blocking")]
    client: crate::client::Client,
    reply: PhantomData<fn() -> T>,
}

impl<T> Call<T> {
    #[inline]
    pub(crate) fn new(parts: Box<Parts>) -> Self {
        Self {
            #[cfg(feature = "blocking")]
            client: parts.client.clone(),
            work: execute(parts),
            reply: PhantomData,
        }
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn client(&self) -> &crate::client::Client {
        &self.client
    }
}

impl<T: Reply> Future for Call<T> {
    type Output = Result<T, Error>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.work.as_mut().poll(context) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(Ok(raw)) => Poll::Ready(T::read(raw)),
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
        }
    }
}

impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Call")
    }
}

/// What a successful answer can be read as: anything that decodes, or that with the [`Response`] around it.
pub trait Reply: Sized + sealed::Sealed {
    /// Reads an answer.
    ///
    /// # Errors
    ///
    /// [`Decode`](crate::ErrorKind::Decode) if it is not understood.
    #[doc(hidden)]
    fn read(raw: RawResponse) -> Result<Self, Error>;
}

impl<T: Decode> Reply for T {
    #[inline]
    fn read(raw: RawResponse) -> Result<T, Error> {
        match T::decode(raw.body()) {
            Ok(value) => Ok(value),
            Err(error) => Err(raw.not_understood(error)),
        }
    }
}

impl<T: Decode> Reply for Response<T> {
    #[inline]
    fn read(raw: RawResponse) -> Result<Self, Error> {
        match T::decode(raw.body()) {
            Ok(value) => Ok(Self::new(value, raw)),
            Err(error) => Err(raw.not_understood(error)),
        }
    }
}

mod sealed {
    #[allow(unnameable_types, reason = "that it cannot be named is what seals")]
    pub trait Sealed {}

    impl<T: crate::decode::Decode> Sealed for T {}

    impl<T: crate::decode::Decode> Sealed for crate::response::Response<T> {}
}
