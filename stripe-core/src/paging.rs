//! All pages of a list or search, and all objects on them, as streams that ask for the next page when it is needed.
//!
//! Parameters, key, account, context, version, timeouts and retries are those of the first request; its idempotency key and
//! its headers are for it alone. What a server says of where to go on is only followed within that server, and a list that
//! does not advance, or that has more and does not say where, ends with an error instead of never or too early.
//!
//! All of it is compiled where pages are asked for, and nowhere else.

mod cursor;
mod items;
mod nested;
mod pager;
mod pages;
mod resume;

pub use cursor::{Direction, Next, Page};
pub use items::Items;
pub use pages::Pages;

use self::pager::Pager;
use crate::request::Request;

pub(crate) use cursor::Turn;
pub(crate) use resume::Resume;

impl<P: Page> Request<P> {
    /// This page and all that follow. With `ending_before` among the parameters, this page and those before it.
    ///
    /// ```no_run
    /// # use stripe_core::{Error, List, Request};
    /// # async fn example<T>(request: Request<List<T>>) -> Result<(), Error>
    /// # where List<T>: stripe_core::paging::Page<Item = T> {
    /// let mut pages = request.pages();
    /// while let Some(page) = pages.next().await {
    ///     println!("{} objects, go on at {:?}", page?.data.len(), pages.resume_token());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn pages(self) -> Pages<P> {
        Pages::new(Pager::new(self.into_parts()), None)
    }

    /// The objects on this page and on all that follow. With `ending_before` among the parameters, those on this page and
    /// the pages before it, from the last to the first.
    #[inline]
    pub fn items(self) -> Items<P> {
        Items::new(self.pages())
    }

    /// Goes on where [`Pages::resume_token`] or [`Items::resume_token`] was, perhaps in another process: the page, or the
    /// first of the pages, is the one that the token stands for.
    ///
    /// The request has to be the one that the token is from: the same operation, ids, parameters, account and context. The
    /// key and the version may be others. Anything else is refused with [`Validation`](crate::ErrorKind::Validation) when
    /// it is sent. A token holds no key and nothing of an object but the id of one, and it is not signed: whoever can change
    /// it can choose where in the list reading goes on, and in version 2 of the API with which filters.
    #[inline]
    pub fn resume(mut self, token: &str) -> Self {
        self.parts_mut().resume = Some(Resume::at(token));
        self
    }
}
