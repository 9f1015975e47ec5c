//! The connections to one server from one runtime.

use std::time::Duration;

use tokio::time::Instant;

use super::Endpoint;
use crate::transport::hyper::connection::Connection;
#[cfg(feature = "http2")]
use crate::transport::hyper::opening::Opening;

/// Stripe's servers close idle connections after about a minute. One that is closed just as a request is sent fails the
/// request, so idle ones are given up well before.
const IDLE: Duration = Duration::from_secs(30);

/// How many idle connections to a server are kept after a burst of calls.
const MOST_IDLE: usize = 32;

pub(super) struct Origin {
    endpoint: Endpoint,
    /// Those that one request at a time can have, and none has.
    idle: Vec<Idle>,
    #[cfg(feature = "http2")]
    shared: Option<Idle>,
    #[cfg(feature = "http2")]
    pub(super) opening: Opening,
}

struct Idle {
    connection: Connection,
    since: Instant,
}

impl Idle {
    fn is_fresh(&self, now: Instant) -> bool {
        self.connection.is_ready() && now.duration_since(self.since) < IDLE
    }
}

impl Origin {
    pub(super) fn new(endpoint: Endpoint) -> Self {
        Self {
            #[cfg(feature = "http2")]
            opening: Opening::new(endpoint.base.is_secure()),
            endpoint,
            idle: Vec::new(),
            #[cfg(feature = "http2")]
            shared: None,
        }
    }

    pub(super) fn is_at(&self, endpoint: &Endpoint) -> bool {
        self.endpoint == *endpoint
    }

    /// Lets go of what is of no more use; whether anything is left to keep.
    pub(super) fn tidy(&mut self, now: Instant) -> bool {
        self.idle.retain(|idle| idle.is_fresh(now));
        #[cfg(feature = "http2")]
        {
            self.shared.take_if(|shared| !shared.is_fresh(now));
            if self.shared.is_some() || self.opening.is_under_way() {
                return true;
            }
        }
        !self.idle.is_empty()
    }

    /// The connection that was used last: it is the likeliest to live.
    pub(super) fn take(&mut self, now: Instant) -> Option<Connection> {
        self.tidy(now);
        #[cfg(feature = "http2")]
        if let Some(shared) = &mut self.shared {
            shared.since = now;
            return shared.connection.to_share();
        }
        self.idle.pop().map(|idle| idle.connection)
    }

    /// Keeps a connection that is ready.
    pub(super) fn put(&mut self, connection: Connection, now: Instant) {
        #[cfg(feature = "http2")]
        if connection.to_share().is_some() {
            if let Some(shared) = &mut self.shared {
                shared.since = now;
            }
            return;
        }
        if self.idle.len() >= MOST_IDLE {
            self.idle.remove(0);
        }
        self.idle.push(Idle {
            connection,
            since: now,
        });
    }

    /// A connection was opened. All can have it, if its protocol allows that.
    #[cfg(feature = "http2")]
    pub(super) fn opened(&mut self, connection: &Connection, now: Instant) {
        let shared = connection.to_share();
        self.opening.was(shared.is_some());
        if let Some(connection) = shared {
            self.shared = Some(Idle {
                connection,
                since: now,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Waker};

    use tokio::net::{TcpListener, TcpStream};

    use super::*;
    use crate::base_url::BaseUrl;
    use crate::transport::hyper::stream::Stream;

    /// A connection that is ready, and the server's end of it.
    async fn connection(listener: &TcpListener) -> (Connection, TcpStream) {
        let address = listener.local_addr().unwrap();
        let stream = TcpStream::connect(address).await.unwrap();
        let mut connection = Connection::new(Stream::plain(stream)).await.ok().unwrap();
        let (end, _) = listener.accept().await.unwrap();
        connection.drive(&mut Context::from_waker(Waker::noop()));
        assert!(connection.is_ready());
        (connection, end)
    }

    fn origin() -> Origin {
        let base = BaseUrl::plain_http_on_loopback("http://127.0.0.1:1").unwrap();
        Origin::new(Endpoint::here(&base).unwrap())
    }

    fn later(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[tokio::test]
    async fn an_idle_connection_is_kept_for_half_a_minute() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let now = Instant::now();
        for (seconds, is_kept) in [(0, true), (29, true), (30, false), (3_600, false)] {
            let (connection, _end) = connection(&listener).await;
            let mut origin = origin();
            origin.put(connection, now);
            let taken = origin.take(now + later(seconds));
            assert_eq!(taken.is_some(), is_kept, "{seconds}");
            assert!(origin.idle.is_empty());
        }
    }

    #[tokio::test]
    async fn what_is_left_to_keep_is_told() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let now = Instant::now();
        let mut origin = origin();
        assert!(!origin.tidy(now));
        origin.put(connection(&listener).await.0, now);
        assert!(origin.tidy(now + later(29)));
        assert!(!origin.tidy(now + later(30)));
    }

    #[tokio::test]
    async fn the_last_used_is_taken_first_and_the_oldest_of_too_many_goes() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let start = Instant::now();
        let mut origin = origin();
        let mut ends = Vec::new();
        for number in 0..40 {
            let (connection, end) = connection(&listener).await;
            ends.push(end);
            origin.put(connection, start + Duration::from_millis(number));
        }
        assert_eq!(origin.idle.len(), MOST_IDLE);
        let since = |number| start + Duration::from_millis(number);
        assert_eq!(origin.idle[0].since, since(8));
        assert!(origin.take(since(40)).is_some());
        assert_eq!(origin.idle.last().unwrap().since, since(38));
    }
}
