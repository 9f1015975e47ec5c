//! Lists that came as part of another object, such as the lines of an invoice: they go on at a URL of their own.

use super::cursor::{Direction, Page};
use super::items::Items;
use super::pager::Pager;
use super::pages::Pages;
use crate::client::Client;
use crate::error::Error;
use crate::list::List;
use crate::request::Request;

impl<T> List<T>
where
    Self: Page<Item = T>,
{
    /// This list, which came as part of another object, and all pages that follow it.
    ///
    /// The list does not know how the object was asked for: if that was with an account, a context or another version, set
    /// the same on what this gives.
    ///
    /// ```no_run
    /// # use stripe_core::{Client, Error, List};
    /// # async fn example<T>(client: &Client, lines: List<T>) -> Result<(), Error>
    /// # where List<T>: stripe_core::paging::Page<Item = T> {
    /// let mut lines = lines.items(client).account("acct_123");
    /// while let Some(line) = lines.next().await {
    ///     let line = line?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn pages(self, client: &Client) -> Pages<Self> {
        Pages::new(Pager::nested(client, &self.url), Some(self))
    }

    /// The objects of this list, which came as part of another object, and of all pages that follow it: see
    /// [`pages`](Self::pages).
    pub fn items(self, client: &Client) -> Items<Self> {
        Items::new(self.pages(client))
    }

    /// The request for what follows in a list that came as part of another object; none if this is all. Set an account on
    /// it if the object was asked for with one.
    ///
    /// # Errors
    ///
    /// [`Paging`](crate::ErrorKind::Paging) if the list cannot be followed.
    pub fn next_page(&self, client: &Client) -> Result<Option<Request<Self>>, Error> {
        let mut pager = Pager::nested(client, &self.url);
        pager.advance(self.next(Direction::Forward));
        Ok(pager.into_next()?.map(Request::from_parts))
    }
}
