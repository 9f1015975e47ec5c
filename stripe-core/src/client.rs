//! The client: a key, settings and a pool of connections, shared by all its clones.

mod app_info;
mod builder;
mod identity;

use std::fmt;
use std::sync::Arc;

pub use app_info::AppInfo;
pub use builder::ClientBuilder;

use identity::Identity;

use crate::base_url::BaseUrl;
use crate::clock::Clock;
use crate::error::Error;
use crate::host::Host;
use crate::idempotency::Random;
use crate::key::ApiKey;
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
    pub(crate) key: ApiKey,
    pub(crate) options: Options,
    pub(crate) bases: Bases,
    pub(crate) identity: Identity,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Box<dyn Random>,
    pub(crate) budget: Budget,
}

/// The addresses of the servers.
#[derive(Clone, Debug)]
pub(crate) struct Bases {
    api: BaseUrl,
    files: BaseUrl,
    connect: BaseUrl,
    meter_events: BaseUrl,
}

impl Bases {
    pub(crate) fn get(&self, host: Host) -> &BaseUrl {
        match host {
            Host::Api => &self.api,
            Host::Files => &self.files,
            Host::Connect => &self.connect,
            Host::MeterEvents => &self.meter_events,
        }
    }

    fn set(&mut self, host: Host, base: BaseUrl) {
        match host {
            Host::Api => self.api = base,
            Host::Files => self.files = base,
            Host::Connect => self.connect = base,
            Host::MeterEvents => self.meter_events = base,
        }
    }
}

impl Default for Bases {
    fn default() -> Self {
        let known = |host: Host| BaseUrl::known(host.default_url());
        Self {
            api: known(Host::Api),
            files: known(Host::Files),
            connect: known(Host::Connect),
            meter_events: known(Host::MeterEvents),
        }
    }
}

impl Client {
    /// Starts a client for a key.
    pub fn builder(key: ApiKey) -> ClientBuilder {
        ClientBuilder::new(key)
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
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("key", &self.inner.key)
            .field("options", &self.inner.options)
            .field("bases", &self.inner.bases)
            .finish_non_exhaustive()
    }
}
