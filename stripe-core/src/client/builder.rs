//! Building a client: every setting in one place, and every fault reported before there is a client.

mod network;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::{AppInfo, Bases, Client, Identity, Inner, Pinned, Telemetry};
use crate::base_url::BaseUrl;
use crate::clock::{Clock, TokioClock};
use crate::error::Error;
use crate::host::Host;
use crate::key::{KeySource, LiveKeys};
use crate::observe::Observer;
use crate::options::{Options, StripeContext};
use crate::retry::Budget;
use crate::transport::Transport;
use crate::transport::hyper::{HyperTransport, ProviderRandom, Settings};

const HOSTS: [Host; 4] = [Host::Api, Host::Files, Host::Connect, Host::MeterEvents];

/// The settings of a client to be.
#[must_use]
pub struct ClientBuilder {
    key: KeySource,
    options: Options,
    bases: Bases,
    app_info: Option<AppInfo>,
    transport: Option<Arc<dyn Transport>>,
    clock: Option<Arc<dyn Clock>>,
    #[cfg(feature = "testing")]
    random: Option<Box<dyn crate::idempotency::Random>>,
    observer: Option<Arc<dyn Observer>>,
    network: Settings,
    deny_live_keys: bool,
    telemetry: bool,
    pinned: Pinned,
}

impl ClientBuilder {
    pub(super) fn new(key: KeySource) -> Self {
        Self {
            key,
            options: Options::default(),
            bases: Bases::default(),
            app_info: None,
            transport: None,
            clock: None,
            #[cfg(feature = "testing")]
            random: None,
            observer: None,
            network: Settings::default(),
            deny_live_keys: false,
            telemetry: false,
            pinned: Pinned::default(),
        }
    }

    /// The connected account that requests act for, unless they name another.
    #[inline]
    pub fn account(mut self, account: &str) -> Self {
        self.options.set_account(account);
        self
    }

    /// The context that requests act in, unless they name another: account ids separated by slashes.
    #[inline]
    pub fn context(mut self, context: &str) -> Self {
        self.options.set_context(context);
        self
    }

    /// The same as a value. An empty one is none.
    #[inline]
    pub fn in_context(mut self, context: &StripeContext) -> Self {
        self.options.set_stripe_context(context);
        self
    }

    /// The version of Stripe's API. The types are those of the version that the generated crate sets: under another one,
    /// an answer may not be understood.
    pub fn api_version(mut self, version: &str) -> Self {
        self.options.set_api_version(version);
        self
    }

    /// The version of Stripe's API to send where no other was set: the generated crate's own.
    #[doc(hidden)]
    pub fn default_api_version(mut self, version: &str) -> Self {
        self.pinned.version = Some(version.to_owned());
        if self.options.api_version.is_none() {
            self.options.set_api_version(version);
        }
        self
    }

    /// The fields that can be expanded, as the generated crate has them.
    #[doc(hidden)]
    pub fn expansions(mut self, table: &'static str) -> Self {
        self.pinned.expansions = table;
        self
    }

    /// How long one attempt may take, from connecting to the last byte of the answer: 80 seconds unless set.
    #[inline]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.set_timeout(timeout);
        self
    }

    /// How long a call may take with all its attempts and the waits between them: unlimited unless set.
    #[inline]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.options.set_deadline(deadline);
        self
    }

    /// How often a failed attempt is repeated: twice unless set.
    #[inline]
    pub fn max_retries(mut self, count: u32) -> Self {
        self.options.max_retries = Some(count);
        self
    }

    /// A header that requests carry unless they set it themselves, such as one for a company's gateway. Those that the
    /// client computes cannot be set.
    #[inline]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.options.add_header(name, value);
        self
    }

    /// Does not check parameters before they are sent: what Stripe thinks of them counts alone. Ids in paths, and options,
    /// are checked all the same.
    ///
    /// Unless this or [`force_validation`](Self::force_validation) is set, the parameters of a request are checked if it
    /// is of the API version that the generated crate was made from.
    #[inline]
    pub fn skip_validation(mut self) -> Self {
        self.options.validation = Some(false);
        self
    }

    /// Checks parameters under whatever version of the API.
    #[inline]
    pub fn force_validation(mut self) -> Self {
        self.options.validation = Some(true);
        self
    }

    /// Another address for one of Stripe's servers.
    #[inline]
    pub fn base_url(mut self, host: Host, base: BaseUrl) -> Self {
        self.bases.set(host, base);
        self
    }

    /// One address for all of Stripe's servers, as for a mock server.
    #[inline]
    pub fn base_url_for_all(mut self, base: &BaseUrl) -> Self {
        for host in HOSTS {
            self.bases.set(host, base.clone());
        }
        self
    }

    /// What the application says of itself.
    #[inline]
    pub fn app_info(mut self, info: AppInfo) -> Self {
        self.app_info = Some(info);
        self
    }

    /// Whether Stripe is told of the request before: its id, and how long it took. It is not, unless this turns it on.
    /// Nothing is said of the machine, and nothing is written to a file.
    #[inline]
    pub fn telemetry(mut self, is_on: bool) -> Self {
        self.telemetry = is_on;
        self
    }

    /// Refuses keys that move real money, as tests should: the client's, a provider's and those of single requests. Secret
    /// keys that do not say what they are for are refused too. The environment variable `STRIPE_DENY_LIVE=1` does the same.
    #[inline]
    pub fn deny_live_keys(mut self) -> Self {
        self.deny_live_keys = true;
        self
    }

    /// Another way to send requests than hyper over rustls.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        #[cfg(feature = "testing")]
        {
            // What can be foreseen is for what stays in this process.
            self.random = None;
        }
        self
    }

    /// Bytes that can be foreseen, instead of the TLS provider's, for as long as the transport is the one that was set.
    #[cfg(feature = "testing")]
    pub(crate) fn random(mut self, random: impl crate::idempotency::Random) -> Self {
        self.random = Some(Box::new(random));
        self
    }

    /// Another clock than tokio's, for tests.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Some(Arc::new(clock));
        self
    }

    /// Is told how calls go, for metrics. There is one: the last that was set.
    pub fn observer(mut self, observer: impl Observer) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// [`Validation`](crate::ErrorKind::Validation) if a setting was refused;
    /// [`Config`](crate::ErrorKind::Config) if a live key is denied or there is no TLS provider.
    pub fn build(self) -> Result<Client, Error> {
        self.options.check()?;
        if self.app_info.as_ref().is_some_and(|info| !info.is_valid()) {
            return Err(Error::validation(
                "app_info",
                "it has to be of visible ASCII characters",
            ));
        }
        let live_keys = LiveKeys::new(self.deny_live_keys);
        if let KeySource::Given(key) = &self.key {
            live_keys.check(key)?;
        }
        let transport = match self.transport {
            Some(transport) => transport,
            None => Arc::new(HyperTransport::new(&self.network, loopback(&self.bases))?),
        };
        #[cfg(feature = "testing")]
        let random = match self.random {
            Some(random) => random,
            None => Box::new(ProviderRandom::new()?),
        };
        #[cfg(not(feature = "testing"))]
        let random = Box::new(ProviderRandom::new()?);
        let inner = Inner {
            key: self.key,
            live_keys,
            options: self.options,
            bases: self.bases,
            identity: Identity::new(self.app_info.as_ref()),
            telemetry: Telemetry::new(self.telemetry),
            transport,
            clock: self.clock.unwrap_or_else(|| Arc::new(TokioClock::new())),
            random,
            budget: Budget::new(),
            pinned: self.pinned,
            observer: self.observer,
            #[cfg(feature = "blocking")]
            runtime: crate::blocking::Runtime::default(),
        };
        Ok(Client {
            inner: Arc::new(inner),
        })
    }
}

/// The addresses that plain http may go to.
fn loopback(bases: &Bases) -> Vec<BaseUrl> {
    let mut found = Vec::new();
    for base in &bases.all() {
        if !base.is_secure() {
            found.push((*base).clone());
        }
    }
    found
}

impl fmt::Debug for ClientBuilder {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("key", &self.key)
            .field("options", &self.options)
            .field("bases", &self.bases)
            .finish_non_exhaustive()
    }
}
