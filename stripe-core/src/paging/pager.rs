//! What the streams share whatever they are streams of: the request for the next page, and whether there is one.

use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::task::{Context, Poll};

use super::cursor::{self, Direction, Next, Turn};
use crate::base_url::BaseUrl;
use crate::client::Client;
use crate::error::{Error, ErrorKind};
use crate::execute::execute;
use crate::operation::Operation;
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
    /// Hashes of where it has been, sorted: coming back there would never end.
    visited: Vec<u64>,
}

enum State {
    Ready(Option<Turn>),
    Waiting(BoxFuture<'static, Result<RawResponse, Error>>),
    Failed(Error),
    Ended,
}

impl Pager {
    pub(super) fn new(parts: Box<Parts>) -> Self {
        let direction = match &parts.params {
            Some(params)
                if cursor::is_set(params.as_object(), "ending_before")
                    && !cursor::is_set(params.as_object(), "starting_after") =>
            {
                Direction::Backward
            }
            _ => Direction::Forward,
        };
        let turn = parts.turn.clone();
        Self {
            parts,
            state: State::Ready(turn),
            direction,
            visited: Vec::new(),
        }
    }

    pub(super) fn direction(&self) -> Direction {
        self.direction
    }

    /// The next page, not yet decoded. It has to be followed by [`advance`](Self::advance) or [`end`](Self::end).
    pub(super) fn poll(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<RawResponse, Error>>> {
        if let State::Ready(turn) = &self.state {
            let mut parts = self.parts.clone();
            parts.turn.clone_from(turn);
            self.state = State::Waiting(Box::pin(execute(parts)));
        }
        if let State::Waiting(work) = &mut self.state {
            let result = std::task::ready!(work.as_mut().poll(context));
            self.state = State::Ended;
            return Poll::Ready(Some(result));
        }
        match std::mem::replace(&mut self.state, State::Ended) {
            State::Failed(error) => Poll::Ready(Some(Err(error))),
            _ => Poll::Ready(None),
        }
    }

    /// Goes on to where the last page says.
    pub(super) fn advance(&mut self, next: Next) {
        let base = self
            .parts
            .client
            .inner()
            .bases
            .get(self.parts.operation.host);
        self.state = match turn(base, next) {
            Ok(None) => State::Ended,
            Ok(Some(turn)) => match self.visited.binary_search(&hash(&turn)) {
                Ok(_) => State::Failed(refuse(
                    "the pages do not advance: one refers to a page that was read before",
                )),
                Err(place) => {
                    self.visited.insert(place, hash(&turn));
                    State::Ready(Some(turn))
                }
            },
            Err(error) => State::Failed(error),
        };
        // The key was for the first page: with other parameters it would be refused.
        self.parts.options.idempotency_key = None;
    }

    /// Ends after an error.
    pub(super) fn end(&mut self) {
        self.state = State::Ended;
    }
}

impl fmt::Debug for Pager {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.state {
            State::Ended => f.write_str("none"),
            _ => self.parts.fmt(f),
        }
    }
}

/// The request for what follows in a list with a URL of its own.
pub(super) fn nested(client: &Client, url: &str, next: Next) -> Result<Option<Box<Parts>>, Error> {
    let operation = Operation::get("(a list's own URL)");
    let base = client.inner().bases.get(operation.host);
    let Some(turn) = turn(base, next)? else {
        return Ok(None);
    };
    let mut parts = Parts::new(client, operation, &[]);
    parts.path = Ok(target(base, url)?);
    parts.turn = Some(turn);
    Ok(Some(parts))
}

fn turn(base: &BaseUrl, next: Next) -> Result<Option<Turn>, Error> {
    match next {
        Next::End => Ok(None),
        Next::Cursor(name, value) => Ok(Some(Turn::Cursor(name, value))),
        Next::Url(url) => target(base, &url).map(|target| Some(Turn::Target(target))),
        Next::Unknown(reason) => Err(refuse(reason)),
    }
}

/// The path and query of a URL that a server gave, which must be of the same server.
fn target(base: &BaseUrl, url: &str) -> Result<String, Error> {
    let target = url.strip_prefix(base.as_str()).unwrap_or(url);
    let path = target.split('?').next().unwrap_or_default();
    let segments = path.strip_prefix('/').ok_or_else(elsewhere)?;
    let is_plain = target
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && !b"\\#<>\"".contains(&byte));
    // An empty segment is refused as well, and with it `//host`.
    if is_plain && segments.split('/').all(path::is_segment) {
        Ok(target.to_owned())
    } else {
        Err(elsewhere())
    }
}

fn elsewhere() -> Error {
    refuse("the next page is said to be on another server, or at no address at all")
}

fn refuse(reason: &'static str) -> Error {
    Error::new(ErrorKind::Paging, reason)
}

fn hash(turn: &Turn) -> u64 {
    let mut hasher = DefaultHasher::new();
    match turn {
        Turn::Cursor(_, text) | Turn::Target(text) => text.hash(&mut hasher),
    }
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
