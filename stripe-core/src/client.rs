//! The client: a key, settings and a pool of connections, shared by all its clones.

mod app_info;
mod bases;
mod builder;
mod identity;
mod telemetry;

use std::fmt;
use std::sync::Arc;

pub use app_info::AppInfo;
pub use builder::ClientBuilder;

pub(crate) use bases::Bases;

use identity::Identity;
use telemetry::Telemetry;

use crate::clock::Clock;
use crate::error::Error;
use crate::idempotency::Random;
use crate::key::{ApiKey, KeyProvider, KeySource, LiveKeys, Provided};
use crate::observe::Observer;
use crate::options::Options;
use crate::retry::Budget;
use crate::transport::Transport;

/// A client of Stripe's API. Cheap to clone; clones share their connections.
///
/// There is no global state: two clients, with different keys, know nothing of each other. Requests are awaited in a
/// tokio runtime that has its drivers for I/O and time enabled.
///
/// ```no_run
/// use stripe_core::{ApiKey, Client};
///
/// let client = Client::builder(ApiKey::from_env()?)
///     .timeout(std::time::Duration::from_secs(20))
///     .max_retries(3)
///     .build()?;
/// # Ok::<(), stripe_core::Error>(())
/// ```
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) key: KeySource,
    pub(crate) live_keys: LiveKeys,
    pub(crate) options: Options,
    pub(crate) bases: Bases,
    pub(crate) identity: Identity,
    pub(crate) telemetry: Telemetry,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Box<dyn Random>,
    pub(crate) budget: Budget,
    pub(crate) pinned: Pinned,
    pub(crate) observer: Option<Arc<dyn Observer>>,
    #[cfg(feature = "blocking")]
    pub(crate) runtime: crate::blocking::Runtime,
}

/// What is known of the document that the generated crate was made from.
#[derive(Default)]
pub(crate) struct Pinned {
    /// The version of the API.
    pub(crate) version: Option<String>,
    /// The table of what can be expanded.
    pub(crate) expansions: &'static str,
}

impl Client {
    /// Starts a client for a key.
    pub fn builder(key: ApiKey) -> ClientBuilder {
        ClientBuilder::new(KeySource::Given(key))
    }

    /// Starts a client that asks for its key before its first request, and again if Stripe refuses it.
    pub fn builder_with_key_provider(provider: impl KeyProvider) -> ClientBuilder {
        ClientBuilder::new(KeySource::Provided(Provided::new(provider)))
    }

    /// A client for the key in `STRIPE_SECRET_KEY`, or in `STRIPE_API_KEY` if that is not set. It names no version of the
    /// API, so that the account's default counts: generated crates start their clients with theirs.
    ///
    /// # Errors
    ///
    /// [`Config`](crate::ErrorKind::Config) if there is no key, or it is not one.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder(ApiKey::from_env()?).build()
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.inner
    }
}

impl fmt::Debug for Client {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("key", &self.inner.key)
            .field("options", &self.inner.options)
            .field("bases", &self.inner.bases)
            .finish_non_exhaustive()
    }
}
