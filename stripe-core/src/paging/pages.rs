//! The stream of pages.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::{FusedStream, Stream};

use super::cursor::{Direction, Page};
use super::pager::Pager;
use crate::call::Reply as _;
use crate::error::Error;

/// The pages of a list, one after another. After an error there is nothing more.
///
/// To stop waiting for the next page, or to drop what waits, loses nothing: the next call goes on with the same request.
#[must_use = "pages are only asked for while they are awaited"]
pub struct Pages<P> {
    pub(super) pager: Pager,
    /// A page that came as part of another object.
    here: Option<P>,
    /// How many more may be given.
    left: Option<usize>,
}

impl<P> Pages<P> {
    pub(super) fn new(pager: Pager, here: Option<P>) -> Self {
        Self {
            pager,
            here,
            left: None,
        }
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn client(&self) -> &crate::client::Client {
        self.pager.client()
    }

    /// At most `count` pages, those of a nested list that are there already included. What follows them can be read later:
    /// see [`resume_token`](Self::resume_token).
    pub fn take_pages(mut self, count: usize) -> Self {
        self.left = Some(count);
        self
    }

    /// The connected account that the next pages are asked for with. Only a nested list needs it, as it does not know how
    /// the object around it was asked for.
    pub fn account(mut self, account: &str) -> Self {
        self.pager.options_mut().set_account(account);
        self
    }

    /// The context that the next pages are asked for in, for a nested list as [`account`](Self::account).
    pub fn context(mut self, context: &str) -> Self {
        self.pager.options_mut().set_context(context);
        self
    }

    /// The version of the API that the next pages are asked for in, for a nested list as [`account`](Self::account).
    pub fn api_version(mut self, version: &str) -> Self {
        self.pager.options_mut().set_api_version(version);
        self
    }

    /// Where the next page is, as a text for [`Request::resume`](crate::Request::resume): to go on after a crash, or with
    /// the next request of a user. After an error it is the page that could not be read. `None` once all were read.
    #[must_use]
    pub fn resume_token(&self) -> Option<String> {
        self.pager.next_token()
    }

    /// Whether there is nothing more to give.
    fn is_over(&self) -> bool {
        self.left == Some(0) || self.here.is_none() && self.pager.is_over()
    }

    pub(super) fn direction(&self) -> Direction {
        self.pager.direction()
    }
}

impl<P: Page> Pages<P> {
    /// The next page, or `None` after the last.
    pub async fn next(&mut self) -> Option<Result<P, Error>> {
        std::future::poll_fn(|context| self.poll_page(context)).await
    }

    pub(super) fn poll_page(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<P, Error>>> {
        if self.is_over() {
            return Poll::Ready(None);
        }
        let page = match self.here.take() {
            Some(page) => Ok(page),
            None => match ready!(self.pager.poll(context)) {
                Some(raw) => raw.and_then(P::read),
                None => return Poll::Ready(None),
            },
        };
        if let Ok(page) = &page {
            self.pager.advance(page.next(self.pager.direction()));
        }
        self.left = self.left.map(|left| left.saturating_sub(1));
        Poll::Ready(Some(page))
    }
}

impl<P> Unpin for Pages<P> {}

impl<P: Page> Stream for Pages<P> {
    type Item = Result<P, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_page(context)
    }
}

impl<P: Page> FusedStream for Pages<P> {
    fn is_terminated(&self) -> bool {
        self.is_over()
    }
}

impl<P> fmt::Debug for Pages<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("next", &self.pager).finish()
    }
}
