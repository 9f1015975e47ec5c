//! The stream of objects.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::{FusedStream, Stream};

use super::cursor::{Direction, Page};
use super::pages::Pages;
use crate::error::Error;

/// The objects of a list, one after another. After an error there is nothing more.
///
/// To stop waiting for the next object, or to drop what waits, loses nothing, as for [`Pages`].
#[must_use = "pages are only asked for while they are awaited"]
pub struct Items<P: Page> {
    pages: Pages<P>,
    ready: VecDeque<P::Item>,
}

impl<P: Page> Items<P> {
    pub(super) fn new(pages: Pages<P>) -> Self {
        Self {
            pages,
            ready: VecDeque::new(),
        }
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn client(&self) -> &crate::client::Client {
        self.pages.client()
    }

    /// The objects of at most `count` pages: see [`Pages::take_pages`].
    pub fn take_pages(mut self, count: usize) -> Self {
        self.pages = self.pages.take_pages(count);
        self
    }

    /// The connected account that the next pages are asked for with: see [`Pages::account`].
    pub fn account(mut self, account: &str) -> Self {
        self.pages = self.pages.account(account);
        self
    }

    /// The context that the next pages are asked for in: see [`Pages::context`].
    pub fn context(mut self, context: &str) -> Self {
        self.pages = self.pages.context(context);
        self
    }

    /// The version of the API that the next pages are asked for in: see [`Pages::api_version`].
    pub fn api_version(mut self, version: &str) -> Self {
        self.pages = self.pages.api_version(version);
        self
    }

    /// Where the page is that the next object is on: see [`Pages::resume_token`]. What was given of that page is given
    /// again: an object may come twice, but none is left out.
    #[must_use]
    pub fn resume_token(&self) -> Option<String> {
        if self.ready.is_empty() {
            self.pages.resume_token()
        } else {
            Some(self.pages.pager.last_token())
        }
    }

    /// The next object, or `None` after the last.
    pub async fn next(&mut self) -> Option<Result<P::Item, Error>> {
        std::future::poll_fn(|context| self.poll_item(context)).await
    }

    /// At most `count` objects; no page is asked for that is not needed.
    ///
    /// # Errors
    ///
    /// The first error; what was read by then is lost.
    pub async fn collect_up_to(mut self, count: usize) -> Result<Vec<P::Item>, Error> {
        let mut items = Vec::new();
        while items.len() < count {
            match self.next().await {
                Some(item) => items.push(item?),
                None => break,
            }
        }
        Ok(items)
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<P::Item, Error>>> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll_page(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                // A page may be empty and not the last.
                Some(Ok(page)) => self.ready = page.into_items().into(),
            }
            if self.pages.direction() == Direction::Backward {
                self.ready.make_contiguous().reverse();
            }
        }
    }
}

impl<P: Page> Unpin for Items<P> {}

impl<P: Page> Stream for Items<P> {
    type Item = Result<P::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}

impl<P: Page> FusedStream for Items<P> {
    fn is_terminated(&self) -> bool {
        self.ready.is_empty() && self.pages.is_terminated()
    }
}

impl<P: Page> fmt::Debug for Items<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("ready", &self.ready.len())
            .field("next", &self.pages.pager)
            .finish()
    }
}
