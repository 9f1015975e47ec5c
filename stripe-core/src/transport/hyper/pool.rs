//! The connections of one client, kept for its next requests. It belongs to the client alone, so that no state of one key
//! reaches another.
//!
//! An HTTP/1.1 connection has one request at a time and comes back only after its answer was read to the end. An HTTP/2
//! connection is shared. Nothing reaps in the background: what has been idle for too long is let go the next time the
//! client asks for something, and what the server closed is noticed then.

mod origin;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Waker};

use hyper::body::Incoming;
use tokio::runtime::{self, Handle};
use tokio::time::Instant;

use self::origin::Origin;
use super::connect::Connector;
use super::connection::{Connection, Outgoing, Unanswered};
use super::fault;
#[cfg(feature = "http2")]
use super::opening::Turn;
use crate::base_url::BaseUrl;
use crate::transport::{TransportError, TransportErrorKind};

pub(super) struct Pool {
    connector: Connector,
    /// A client talks to four servers at most, mostly from one runtime: a list is all the map it takes. The lock is never
    /// held while waiting.
    origins: Mutex<Vec<Origin>>,
}

/// Where connections lead, and the runtime that they were made in. It alone tells them that there is something to read: in
/// another one, a call would wait for a runtime that may be idle or gone.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Endpoint {
    base: BaseUrl,
    runtime: runtime::Id,
}

impl Endpoint {
    /// A server, as it is reached from the runtime that this is called in.
    pub(super) fn here(base: &BaseUrl) -> Result<Self, TransportError> {
        let runtime = Handle::try_current()
            .map_err(|error| TransportError::with_source(TransportErrorKind::Unsendable, error))?;
        Ok(Self {
            base: base.clone(),
            runtime: runtime.id(),
        })
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
    pub(super) fn reuse(self: &Arc<Self>, endpoint: &Endpoint) -> Option<Lease> {
        let now = Instant::now();
        // Also in runtimes that may never ask again.
        self.origins()
            .retain_mut(|origin| origin.tidy(now) || origin.is_at(endpoint));
        let connection = self.with(endpoint, |origin| origin.take(now))?;
        Some(self.lease(endpoint, connection))
    }

    /// A new connection, or one that another request has just opened for all.
    pub(super) async fn open(
        self: &Arc<Self>,
        endpoint: &Endpoint,
    ) -> Result<Lease, TransportError> {
        let opening = self
            .connector
            .in_time(Box::pin(self.open_in_turn(endpoint)));
        let connection = opening.await.map_err(fault::before_sending)?;
        Ok(self.lease(endpoint, connection))
    }

    #[cfg(not(feature = "http2"))]
    async fn open_in_turn(&self, endpoint: &Endpoint) -> Result<Connection, fault::BoxError> {
        Connection::new(self.connector.connect(&endpoint.base).await?).await
    }

    #[cfg(feature = "http2")]
    async fn open_in_turn(&self, endpoint: &Endpoint) -> Result<Connection, fault::BoxError> {
        let turn = match self.with(endpoint, |origin| origin.opening.turn()) {
            Turn::Mine(turn) => Some(turn),
            Turn::Anyones => None,
            Turn::After(other) => {
                other.over().await;
                if let Some(connection) = self.with(endpoint, |origin| origin.take(Instant::now()))
                {
                    return Ok(connection);
                }
                None
            }
        };
        let connection = Connection::new(self.connector.connect(&endpoint.base).await?).await?;
        self.with(endpoint, |origin| {
            origin.opened(&connection, Instant::now());
        });
        drop(turn);
        Ok(connection)
    }

    fn lease(self: &Arc<Self>, endpoint: &Endpoint, connection: Connection) -> Lease {
        Lease {
            pool: Arc::clone(self),
            endpoint: endpoint.clone(),
            connection,
        }
    }

    fn origins(&self) -> MutexGuard<'_, Vec<Origin>> {
        self.origins.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with<T>(&self, endpoint: &Endpoint, act: impl FnOnce(&mut Origin) -> T) -> T {
        let mut origins = self.origins();
        if let Some(origin) = origins.iter_mut().find(|origin| origin.is_at(endpoint)) {
            return act(origin);
        }
        let mut origin = Origin::new(endpoint.clone());
        let result = act(&mut origin);
        origins.push(origin);
        result
    }
}

/// The use of a connection for one request. Dropping it closes an HTTP/1.1 connection, and ends the request alone on one of
/// HTTP/2.
pub(super) struct Lease {
    pool: Arc<Pool>,
    endpoint: Endpoint,
    connection: Connection,
}

impl Lease {
    /// Sends a request and waits for the head of the answer, whose body still needs the connection.
    pub(super) async fn send(
        mut self,
        request: Outgoing,
    ) -> Result<(hyper::Response<Incoming>, Self), Unanswered> {
        let response = self.connection.send(request).await?;
        Ok((response, self))
    }

    /// Moves the exchange on: without this nothing more of the answer may come.
    pub(super) fn drive(&mut self, context: &mut Context<'_>) {
        self.connection.drive(context);
    }

    /// Lets others have the connection. Only for after the end of the answer. If the request is still on its way, as when
    /// an upload was refused early, the connection is closed.
    pub(super) fn give_back(mut self) {
        // It settles, and from now on has nobody to wake.
        self.drive(&mut Context::from_waker(Waker::noop()));
        if self.connection.is_ready() {
            let Self {
                pool,
                endpoint,
                connection,
            } = self;
            pool.with(&endpoint, |origin| origin.put(connection, Instant::now()));
        }
    }
}
