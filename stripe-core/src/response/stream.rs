//! Answers that are read piece by piece: documents, however large they are.
//!
//! Attempts are repeated only until the head of the answer is there. What breaks off later is an error of the stream.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::{FusedStream, Stream};

use super::RawResponse;
use crate::client::Client;
use crate::error::{Error, Exchange, TimeoutPhase};
use crate::execute;
use crate::headers::Headers;
use crate::request::{Parts, Request};
use crate::transport::{BoxFuture, HttpBody};
use crate::types::Binary;

/// How long a body may stall, unless the request says otherwise.
const STALL: Duration = Duration::from_secs(30);

impl Request<Binary> {
    /// Sends the request, and gives the document piece by piece. It may be of any size.
    ///
    /// The timeout and the deadline are for the head of the answer. After that each piece has to come within 30 seconds:
    /// see [`stall_timeout`](Self::stall_timeout). Anything but a success is read as a whole and is an error, as always.
    ///
    /// ```no_run
    /// # use stripe_core::{Error, Request, types::Binary};
    /// async fn save(pdf: Request<Binary>, file: &mut impl std::io::Write) -> Result<(), Box<dyn std::error::Error>> {
    ///     let mut pdf = pdf.stream().await?;
    ///     while let Some(piece) = pdf.next().await {
    ///         file.write_all(&piece?)?;
    ///     }
    ///     Ok(())
    /// }
    /// ```
    #[inline]
    pub fn stream(mut self) -> StreamingCall {
        self.parts_mut().is_streamed = true;
        StreamingCall::new(self.into_parts())
    }

    /// How long a streamed document may stall before it fails with [`TimeoutPhase::Stream`]: 30 seconds unless set.
    #[inline]
    pub fn stall_timeout(mut self, timeout: Duration) -> Self {
        self.parts_mut().options.set_stall_timeout(timeout);
        self
    }

    /// The largest document that is taken as a whole, in bytes: 32 MiB unless set. A larger one is an error,
    /// [`BodyTooLarge`](crate::ErrorKind::BodyTooLarge); streams have no limit.
    #[inline]
    pub fn max_bytes(mut self, count: usize) -> Self {
        self.parts_mut().options.max_bytes = Some(count);
        self
    }
}

/// A call under way whose answer is streamed. Dropping it stops it, with all retries.
#[must_use = "a call only goes on while it is awaited"]
pub struct StreamingCall {
    work: BoxFuture<'static, Result<StreamingResponse, Error>>,
    #[cfg(feature = "blocking")]
    client: Client,
}

impl StreamingCall {
    #[inline]
    fn new(parts: Box<Parts>) -> Self {
        Self {
            #[cfg(feature = "blocking")]
            client: parts.client.clone(),
            work: Box::pin(execute::execute_streaming(parts)),
        }
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }
}

impl Future for StreamingCall {
    type Output = Result<StreamingResponse, Error>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.work.as_mut().poll(context)
    }
}

impl fmt::Debug for StreamingCall {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StreamingCall")
    }
}

/// A successful answer whose body is still to come: a [`Stream`] of its pieces. After an error there is nothing more.
///
/// Dropping it gives up the connection, unless all was read.
#[must_use = "the body is only read while it is asked for"]
pub struct StreamingResponse {
    client: Client,
    /// Its body is empty.
    raw: RawResponse,
    /// None after the end.
    body: Option<HttpBody>,
    stall: Duration,
    /// Set while a piece is waited for.
    alarm: Option<BoxFuture<'static, ()>>,
}

impl StreamingResponse {
    #[inline]
    pub(crate) fn new(
        client: Client,
        raw: RawResponse,
        body: Option<HttpBody>,
        stall: Option<Duration>,
    ) -> Self {
        Self {
            client,
            raw,
            body,
            stall: stall.unwrap_or(STALL),
            alarm: None,
        }
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// The HTTP status.
    #[inline]
    #[must_use]
    pub fn status(&self) -> u16 {
        self.raw.inner.status
    }

    /// The headers.
    #[inline]
    #[must_use]
    pub fn headers(&self) -> &Headers {
        &self.raw.inner.headers
    }

    /// Stripe's id for the request, which its support and the dashboard's logs can be asked about.
    #[inline]
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.headers().get("request-id")
    }

    /// The next piece, or `None` after the last.
    #[inline]
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        std::future::poll_fn(|context| self.poll_piece(context)).await
    }

    #[inline]
    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        let Some(body) = &mut self.body else {
            return Poll::Ready(None);
        };
        let error = match Pin::new(body).poll_next(context) {
            Poll::Ready(Some(Ok(piece))) => {
                self.alarm = None;
                return Poll::Ready(Some(Ok(piece)));
            }
            Poll::Ready(None) => {
                self.end();
                return Poll::Ready(None);
            }
            Poll::Ready(Some(Err(error))) => execute::failure(error),
            Poll::Pending => {
                let clock = &self.client.inner().clock;
                let stall = self.stall;
                let alarm = self.alarm.get_or_insert_with(|| clock.alarm(stall));
                std::task::ready!(alarm.as_mut().poll(context));
                Error::timeout(TimeoutPhase::Stream)
            }
        };
        self.end();
        Poll::Ready(Some(Err(error.with_exchange(self.exchange()))))
    }

    #[inline]
    fn end(&mut self) {
        self.body = None;
        self.alarm = None;
    }

    /// What an error tells of the answer that broke off.
    #[inline]
    fn exchange(&self) -> Exchange {
        let inner = &self.raw.inner;
        Exchange {
            route: Some(inner.route),
            status: Some(inner.status),
            request_id: self.request_id().map(str::to_owned),
            idempotency_key: inner.idempotency_key.clone(),
            headers: inner.headers.clone(),
            ..Exchange::default()
        }
    }
}

impl Stream for StreamingResponse {
    type Item = Result<Bytes, Error>;

    #[inline]
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_piece(context)
    }
}

impl FusedStream for StreamingResponse {
    #[inline]
    fn is_terminated(&self) -> bool {
        self.body.is_none()
    }
}

impl fmt::Debug for StreamingResponse {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamingResponse")
            .field("status", &self.raw.inner.status)
            .field("headers", &self.raw.inner.headers)
            .finish_non_exhaustive()
    }
}
