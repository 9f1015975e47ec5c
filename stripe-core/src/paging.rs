//! All pages of a list or search, and all objects on them, as streams that ask for the next page when it is needed.
//!
//! Filters, account and API version are those of the first request. What a server says of where to go on is only
//! followed within that server, and a list that does not advance ends with an error instead of never.

mod cursor;
mod pager;

use std::collections::VecDeque;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

pub use cursor::{Direction, Next, Page};

use self::pager::Pager;
use crate::call::Reply as _;
use crate::client::Client;
use crate::error::Error;
use crate::list::List;
use crate::request::Request;

pub(crate) use cursor::Turn;

impl<P: Page> Request<P> {
    /// This page and all that follow. With `ending_before` among the parameters, this page and those before it.
    pub fn pages(self) -> Pages<P> {
        Pages {
            pager: Pager::new(self.into_parts()),
            page: PhantomData,
        }
    }

    /// The objects on this page and on all that follow. With `ending_before` among the parameters, those on this page and
    /// the pages before it, from the last to the first.
    pub fn items(self) -> Items<P> {
        Items {
            pages: self.pages(),
            ready: VecDeque::new(),
        }
    }
}

impl<T> List<T>
where
    Self: Page,
{
    /// The request for what follows in a list that came as part of another object, such as the lines of an invoice; none
    /// if this is all. Set an account on it if the object was asked for with one.
    ///
    /// # Errors
    ///
    /// [`Paging`](crate::ErrorKind::Paging) if the list cannot be followed.
    pub fn next_page(&self, client: &Client) -> Result<Option<Request<Self>>, Error> {
        let next = self.next(Direction::Forward);
        let parts = pager::nested(client, &self.url, next)?;
        Ok(parts.map(Request::from_parts))
    }
}

/// The pages of a list, one after another. After an error there is nothing more.
#[must_use = "pages are only asked for while they are awaited"]
pub struct Pages<P> {
    pager: Pager,
    page: PhantomData<fn() -> P>,
}

impl<P: Page> Pages<P> {
    /// The next page, or `None` after the last.
    pub async fn next(&mut self) -> Option<Result<P, Error>> {
        std::future::poll_fn(|context| self.poll_page(context)).await
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<P, Error>>> {
        let Some(raw) = std::task::ready!(self.pager.poll(context)) else {
            return Poll::Ready(None);
        };
        let page = raw.and_then(P::read);
        match &page {
            Ok(page) => self.pager.advance(page.next(self.pager.direction())),
            Err(_) => self.pager.end(),
        }
        Poll::Ready(Some(page))
    }
}

impl<P: Page> Stream for Pages<P> {
    type Item = Result<P, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_page(context)
    }
}

impl<P> fmt::Debug for Pages<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("next", &self.pager).finish()
    }
}

/// The objects of a list, one after another. After an error there is nothing more.
#[must_use = "pages are only asked for while they are awaited"]
pub struct Items<P: Page> {
    pages: Pages<P>,
    ready: VecDeque<P::Item>,
}

impl<P: Page> Items<P> {
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
            match std::task::ready!(self.pages.poll_page(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                // A page may be empty and not the last.
                Some(Ok(page)) => self.ready = page.into_items().into(),
            }
            if self.pages.pager.direction() == Direction::Backward {
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

impl<P: Page> fmt::Debug for Items<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("ready", &self.ready.len())
            .field("next", &self.pages.pager)
            .finish()
    }
}
