//! A server with a list on it, and what the tests of lists ask it with.

use stripe_core::list::List;
use stripe_core::{Client, Request};

use crate::server::{Reply, Seen, Server};
use crate::subject::{LIST, Thing};

stripe_core::params! {
    /// What a list is asked with.
    pub struct Filter {
        #[set(text)]
        pub ending_before: String,
        pub limit: i64,
        #[set(text)]
        pub query: String,
        #[set(text)]
        pub starting_after: String,
    }
}

pub(crate) fn thing(number: usize) -> String {
    format!(r#"{{"id":"thing_{number}","amount":{number}}}"#)
}

pub(crate) fn things(numbers: impl IntoIterator<Item = usize>) -> String {
    numbers.into_iter().map(thing).collect::<Vec<_>>().join(",")
}

/// The value of a query parameter.
pub(crate) fn query<'a>(seen: &'a Seen, name: &str) -> Option<&'a str> {
    let (_, query) = seen.target.split_once('?')?;
    query
        .split('&')
        .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

/// A server with things 0 to `count`, two on a page.
pub(crate) fn shelf(count: usize) -> Server {
    Server::start(move |_, seen| {
        let number = |name: &str| {
            query(seen, name).map(|id| id.strip_prefix("thing_").unwrap().parse::<usize>().unwrap())
        };
        let (range, has_more) = match (number("starting_after"), number("ending_before")) {
            (after, None) => {
                let from = after.map_or(0, |after| after + 1);
                let to = (from + 2).min(count);
                (from..to, to < count)
            }
            (_, Some(before)) => {
                let from = before.saturating_sub(2);
                (from..before, from > 0)
            }
        };
        let data = things(range);
        Reply::json(
            200,
            &format!(
                r#"{{"object":"list","data":[{data}],"has_more":{has_more},"url":"/v1/things"}}"#
            ),
        )
    })
}

pub(crate) fn list(client: &Client) -> Request<List<Thing>> {
    Request::new(client, LIST, &[])
}

pub(crate) fn targets(server: &Server) -> Vec<String> {
    server.seen().into_iter().map(|seen| seen.target).collect()
}
