//! The connections of one client, kept for its next requests. It belongs to the client alone, so that no state of one key
//! reaches another.
//!
//! An HTTP/1.1 connection has one request at a time and comes back only after its answer was read to the end. An HTTP/2
//! connection is shared. Nothing reaps in the background: what the server closes closes itself, and what has been idle for
//! too long is let go the next time its server is asked for something.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use hyper::body::Incoming;
use tokio::time::Instant;

use super::connect::Connector;
use super::connection::{Outgoing, Sender, Unanswered};
use super::fault;
#[cfg(feature = "http2")]
use super::opening::{Opening, Turn};
use crate::base_url::BaseUrl;
use crate::transport::TransportError;

/// Stripe's servers close idle connections after about a minute. One that is closed just as a request is sent fails the
/// request, so idle ones are given up well before.
const IDLE: Duration = Duration::from_secs(30);

/// How many idle connections to a server are kept after a burst of calls.
const MOST_IDLE: usize = 32;

pub(super) struct Pool {
    connector: Connector,
    /// A client talks to four servers at most: a list is all the map it takes. The lock is never held while waiting.
    origins: Mutex<Vec<Origin>>,
}

/// The connections to one server.
struct Origin {
    base: BaseUrl,
    idle: Vec<Idle>,
    #[cfg(feature = "http2")]
    shared: Option<Idle>,
    #[cfg(feature = "http2")]
    opening: Opening,
}

struct Idle {
    sender: Sender,
    since: Instant,
}

impl Idle {
    fn is_fresh(&self, now: Instant) -> bool {
        !self.sender.is_closed() && now.duration_since(self.since) < IDLE
    }
}

impl Pool {
    pub(super) fn new(connector: Connector) -> Arc<Self> {
        Arc::new(Self {
            connector,
            origins: Mutex::default(),
        })
    }

    /// A connection that was used before.
    pub(super) fn reuse(self: &Arc<Self>, base: &BaseUrl) -> Option<Lease> {
        let sender = self.with(base, |origin| origin.take(Instant::now()))?;
        Some(self.lease(base, sender))
    }

    /// A new connection, or one that another request has just opened for all.
    pub(super) async fn open(self: &Arc<Self>, base: &BaseUrl) -> Result<Lease, TransportError> {
        let opening = self.connector.in_time(Box::pin(self.open_in_turn(base)));
        let sender = opening.await.map_err(fault::before_sending)?;
        Ok(self.lease(base, sender))
    }

    #[cfg(not(feature = "http2"))]
    async fn open_in_turn(&self, base: &BaseUrl) -> Result<Sender, fault::BoxError> {
        Sender::new(self.connector.connect(base).await?).await
    }

    #[cfg(feature = "http2")]
    async fn open_in_turn(&self, base: &BaseUrl) -> Result<Sender, fault::BoxError> {
        let turn = match self.with(base, |origin| origin.opening.turn()) {
            Turn::Mine(turn) => Some(turn),
            Turn::Anyones => None,
            Turn::After(other) => {
                other.over().await;
                if let Some(sender) = self.with(base, |origin| origin.take(Instant::now())) {
                    return Ok(sender);
                }
                None
            }
        };
        let sender = Sender::new(self.connector.connect(base).await?).await?;
        self.with(base, |origin| origin.opened(&sender, Instant::now()));
        drop(turn);
        Ok(sender)
    }

    fn lease(self: &Arc<Self>, base: &BaseUrl, sender: Sender) -> Lease {
        Lease {
            pool: Arc::clone(self),
            base: base.clone(),
            sender,
        }
    }

    fn with<T>(&self, base: &BaseUrl, act: impl FnOnce(&mut Origin) -> T) -> T {
        let mut origins: MutexGuard<'_, Vec<Origin>> =
            self.origins.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(origin) = origins.iter_mut().find(|origin| origin.base == *base) {
            return act(origin);
        }
        let mut origin = Origin::new(base.clone());
        let result = act(&mut origin);
        origins.push(origin);
        result
    }
}

impl Origin {
    fn new(base: BaseUrl) -> Self {
        Self {
            #[cfg(feature = "http2")]
            opening: Opening::new(base.is_secure()),
            base,
            idle: Vec::new(),
            #[cfg(feature = "http2")]
            shared: None,
        }
    }

    /// The connection that was used last: it is the likeliest to live. Those that wait for the end of their last exchange
    /// stay.
    fn take(&mut self, now: Instant) -> Option<Sender> {
        #[cfg(feature = "http2")]
        if let Some(sender) = self.share(now) {
            return Some(sender);
        }
        self.idle.retain(|idle| idle.is_fresh(now));
        let ready = self.idle.iter().rposition(|idle| idle.sender.is_ready())?;
        Some(self.idle.remove(ready).sender)
    }

    fn put(&mut self, sender: Sender, now: Instant) {
        if sender.is_closed() {
            return;
        }
        #[cfg(feature = "http2")]
        if sender.to_share().is_some() {
            if let Some(shared) = &mut self.shared {
                shared.since = now;
            }
            return;
        }
        if self.idle.len() >= MOST_IDLE {
            self.idle.remove(0);
        }
        self.idle.push(Idle { sender, since: now });
    }

    #[cfg(feature = "http2")]
    fn share(&mut self, now: Instant) -> Option<Sender> {
        self.shared.take_if(|shared| !shared.is_fresh(now));
        let shared = self.shared.as_mut()?;
        shared.since = now;
        shared.sender.to_share()
    }

    /// A connection was opened. All can have it, if its protocol allows that.
    #[cfg(feature = "http2")]
    fn opened(&mut self, sender: &Sender, now: Instant) {
        let shared = sender.to_share();
        self.opening.was(shared.is_some());
        if let Some(sender) = shared {
            self.shared = Some(Idle { sender, since: now });
        }
    }
}

/// The use of a connection for one request. Dropping it closes an HTTP/1.1 connection, and ends the request alone on one of
/// HTTP/2.
pub(super) struct Lease {
    pool: Arc<Pool>,
    base: BaseUrl,
    sender: Sender,
}

impl Lease {
    /// Sends a request and waits for the head of the answer, whose body still needs the connection.
    pub(super) async fn send(
        mut self,
        request: Outgoing,
    ) -> Result<(hyper::Response<Incoming>, Self), Unanswered> {
        let response = self.sender.send(request).await?;
        Ok((response, self))
    }

    /// Lets others have the connection. Only for after the end of the answer.
    pub(super) fn give_back(self) {
        let Self { pool, base, sender } = self;
        pool.with(&base, |origin| origin.put(sender, Instant::now()));
    }
}

#[cfg(test)]
mod tests {
    use hyper_rustls::MaybeHttpsStream;
    use hyper_util::rt::TokioIo;
    use tokio::net::{TcpListener, TcpStream};

    use super::*;

    /// A connection that is ready, and the server's end of it.
    async fn connection(listener: &TcpListener) -> (Sender, TcpStream) {
        let address = listener.local_addr().unwrap();
        let stream = TcpStream::connect(address).await.unwrap();
        let stream = MaybeHttpsStream::Http(TokioIo::new(stream));
        let sender = Sender::new(stream).await.ok().unwrap();
        let (end, _) = listener.accept().await.unwrap();
        while !sender.is_ready() {
            tokio::task::yield_now().await;
        }
        (sender, end)
    }

    fn origin() -> Origin {
        Origin::new(BaseUrl::plain_http_on_loopback("http://127.0.0.1:1").unwrap())
    }

    fn later(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[tokio::test]
    async fn an_idle_connection_is_kept_for_half_a_minute() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let now = Instant::now();
        for (seconds, is_kept) in [(0, true), (29, true), (30, false), (3_600, false)] {
            let (sender, _end) = connection(&listener).await;
            let mut origin = origin();
            origin.put(sender, now);
            let taken = origin.take(now + later(seconds));
            assert_eq!(taken.is_some(), is_kept, "{seconds}");
            assert!(origin.idle.is_empty());
        }
    }

    #[tokio::test]
    async fn the_last_used_is_taken_first_and_the_oldest_of_too_many_goes() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let start = Instant::now();
        let mut origin = origin();
        let mut ends = Vec::new();
        for number in 0..40 {
            let (sender, end) = connection(&listener).await;
            ends.push(end);
            origin.put(sender, start + Duration::from_millis(number));
        }
        assert_eq!(origin.idle.len(), MOST_IDLE);
        let since = |number| start + Duration::from_millis(number);
        assert_eq!(origin.idle[0].since, since(8));
        assert!(origin.take(since(40)).is_some());
        assert_eq!(origin.idle.last().unwrap().since, since(38));
    }

    #[tokio::test]
    async fn a_connection_that_the_server_closed_is_not_taken() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let now = Instant::now();
        let mut origin = origin();
        let (sender, end) = connection(&listener).await;
        drop(end);
        origin.put(sender, now);
        while origin.idle.iter().any(|idle| !idle.sender.is_closed()) {
            tokio::task::yield_now().await;
        }
        assert!(origin.take(now).is_none());
    }
}
