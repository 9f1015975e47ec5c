//! What the streams share whatever they are streams of: the request for the next page, and whether there is one.

use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::task::{Context, Poll};

use super::cursor::{Direction, Next, Turn, given};
use super::resume;
use crate::base_url::BaseUrl;
use crate::client::Client;
use crate::error::{Error, ErrorKind};
use crate::execute::execute;
use crate::headers::Headers;
use crate::operation::Operation;
use crate::options::Options;
use crate::path;
use crate::request::Parts;
use crate::response::RawResponse;
use crate::transport::BoxFuture;

/// The way through the pages of one list.
pub(super) struct Pager {
    /// The first request, from which the others are made.
    parts: Box<Parts>,
    state: State,
    direction: Direction,
    /// The page that is read next, or that could not be read.
    next: Option<Turn>,
    /// The page that was read last.
    last: Option<Turn>,
    /// Hashes of where it has been, sorted: coming back there would never end.
    visited: Vec<u64>,
    /// Why no further page can be asked for, if there should be one.
    fault: Option<&'static str>,
}

enum State {
    Ready,
    Waiting(BoxFuture<'static, Result<RawResponse, Error>>),
    Failed(Error),
    /// After an error.
    Stopped,
    /// After the last page.
    Complete,
}

impl Pager {
    #[inline]
    pub(super) fn new(mut parts: Box<Parts>) -> Self {
        let after = given(&parts, "starting_after");
        let before = given(&parts, "ending_before");
        let (direction, start) = match (after, before) {
            (None, Some(before)) => (Direction::Backward, Some(before)),
            (after, _) => (Direction::Forward, after),
        };
        let (state, next) = match parts.turn() {
            Ok(turn) => {
                // Checked and read. The options may still be wrong, which is found when it is sent.
                parts.resume = None;
                (State::Ready, turn)
            }
            Err(error) => (State::Failed(error), None),
        };
        let start = start.as_deref().map(hash);
        let visited = next.as_ref().map(|turn| hash(turn.text())).or(start);
        Self {
            parts,
            state,
            direction,
            next,
            last: None,
            visited: visited.into_iter().collect(),
            fault: None,
        }
    }

    /// For a list with a URL of its own.
    #[inline]
    pub(super) fn nested(client: &Client, url: &str) -> Self {
        let operation = Operation::get("(a list's own URL)");
        let mut parts = Parts::new(client, operation, &[]);
        let base = client.inner().bases.get(operation.host);
        let path = target(base, url);
        let fault = path.is_err().then_some(ELSEWHERE);
        if let Ok(path) = path {
            parts.path = Ok(path);
        }
        Self {
            fault,
            ..Self::new(parts)
        }
    }

    #[cfg(feature = "blocking")]
    #[inline]
    pub(super) fn client(&self) -> &Client {
        &self.parts.client
    }

    #[inline]
    pub(super) fn direction(&self) -> Direction {
        self.direction
    }

    #[inline]
    pub(super) fn options_mut(&mut self) -> &mut Options {
        &mut self.parts.options
    }

    /// Whether there is nothing more, not even an error.
    #[inline]
    pub(super) fn is_over(&self) -> bool {
        matches!(self.state, State::Stopped | State::Complete)
    }

    /// The token of the page that is read next; none after the last.
    #[inline]
    pub(super) fn next_token(&self) -> Option<String> {
        match self.state {
            State::Complete => None,
            _ => Some(resume::token(&self.parts, self.next.as_ref())),
        }
    }

    /// The token of the page that was read last.
    #[inline]
    pub(super) fn last_token(&self) -> String {
        resume::token(&self.parts, self.last.as_ref())
    }

    /// The next page, not yet decoded. It is the last one, unless [`advance`](Self::advance) follows.
    #[inline]
    pub(super) fn poll(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<RawResponse, Error>>> {
        if let State::Ready = &self.state {
            self.state = State::Waiting(execute(self.request()));
        }
        if let State::Waiting(work) = &mut self.state {
            let result = std::task::ready!(work.as_mut().poll(context));
            self.state = State::Stopped;
            return Poll::Ready(Some(result));
        }
        match std::mem::replace(&mut self.state, State::Stopped) {
            State::Failed(error) => Poll::Ready(Some(Err(error))),
            over => {
                self.state = over;
                Poll::Ready(None)
            }
        }
    }

    /// The request for the next page.
    #[inline]
    fn request(&self) -> Box<Parts> {
        let mut parts = self.parts.clone();
        parts.turn.clone_from(&self.next);
        parts
    }

    /// The request for the next page, if there is one.
    #[inline]
    pub(super) fn into_next(self) -> Result<Option<Box<Parts>>, Error> {
        match self.state {
            State::Failed(error) => Err(error),
            State::Complete => Ok(None),
            _ => Ok(Some(self.request())),
        }
    }

    /// Goes on to where the last page says.
    #[inline]
    pub(super) fn advance(&mut self, next: Next) {
        self.state = match self.go_to(next) {
            Ok(true) => State::Ready,
            Ok(false) => State::Complete,
            // Where to go on is not known. To read the last page again gives the same error, and hides nothing.
            Err(error) => State::Failed(error),
        };
        // The key was for the first page: with other parameters it would be refused.
        self.parts.options.idempotency_key = None;
        self.parts.options.headers = Headers::new();
    }

    /// Whether there is a next page.
    #[inline]
    fn go_to(&mut self, next: Next) -> Result<bool, Error> {
        self.last.clone_from(&self.next);
        let host = self.parts.operation.host;
        let base = self.parts.client.inner().bases.get(host);
        let Some(turn) = turn(base, next)? else {
            return Ok(false);
        };
        if let Some(fault) = self.fault {
            return Err(refuse(fault));
        }
        let hash = hash(turn.text());
        match self.visited.binary_search(&hash) {
            Ok(_) => Err(refuse(REPEATED)),
            Err(place) => {
                self.visited.insert(place, hash);
                self.next = Some(turn);
                Ok(true)
            }
        }
    }
}

impl fmt::Debug for Pager {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_over() {
            f.write_str("none")
        } else {
            self.parts.fmt(f)
        }
    }
}

#[inline]
fn turn(base: &BaseUrl, next: Next) -> Result<Option<Turn>, Error> {
    match next {
        Next::End => Ok(None),
        Next::Cursor(name, value) => Ok(Some(Turn::Cursor(name, value))),
        Next::Url(url) => target(base, &url).map(|target| Some(Turn::Target(target))),
        Next::Unknown(reason) => Err(refuse(reason)),
    }
}

/// The path and query of a URL that a server gave, which must be of the same server.
#[inline]
pub(super) fn target(base: &BaseUrl, url: &str) -> Result<String, Error> {
    let target = url.strip_prefix(base.as_str()).unwrap_or(url);
    match path::find_fault(target) {
        None => Ok(target.to_owned()),
        Some(_) => Err(refuse(ELSEWHERE)),
    }
}

const ELSEWHERE: &str = "the next page is said to be on another server, or at no address at all";

const REPEATED: &str = "the pages do not advance: one refers to a page that was read before";

#[inline]
fn refuse(reason: &'static str) -> Error {
    Error::new(ErrorKind::Paging, reason)
}

#[inline]
fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn row_5_only_the_same_server_is_followed() {
        let base = BaseUrl::parse("https://api.stripe.com").unwrap();
        for (url, expected) in [
            (
                "/v2/core/events?page=abc%2F&limit=2",
                "/v2/core/events?page=abc%2F&limit=2",
            ),
            (
                "https://api.stripe.com/v2/core/events?page=x",
                "/v2/core/events?page=x",
            ),
            ("/v1/customers", "/v1/customers"),
        ] {
            assert_eq!(target(&base, url).unwrap(), expected);
        }
        for url in [
            "",
            "v2/core/events",
            "https://evil.com/v2/core/events",
            "http://api.stripe.com/v2/x",
            "//evil.com/v2/x",
            "https:evil.com",
            "/\\evil.com",
            "\\\\evil.com",
            "https://api.stripe.com.evil.com/v2/x",
            "https://api.stripe.com@evil.com/v2/x",
            "https://api.stripe.com:444/v2/x",
            "/v2/../v1/x",
            "/v2/%2e%2e/x",
            "/v2/x\r\nhost: evil",
            "/v2/x y",
            "/v2//x",
            "/v2/x#f",
            "/",
            "?page=x",
            "/v2/\u{e9}",
            "/v2/x/",
        ] {
            assert_eq!(
                target(&base, url).unwrap_err().kind(),
                ErrorKind::Paging,
                "{url:?}"
            );
        }
    }
}
