//! Deliveries to an endpoint, as Stripe makes them: signed when they are sent, and tried again until they are taken. Which
//! events, and in which order, is the caller's business.

mod address;
mod post;
mod schedule;

use std::fmt;
use std::io;
use std::thread;
use std::time::{Duration, UNIX_EPOCH};

use crate::event::Event;

use address::Address;
pub use schedule::schedule;

/// So long an endpoint has for its answer, unless told otherwise.
const TIMEOUT: Duration = Duration::from_secs(10);

/// So often a delivery that was not taken is tried again, unless told otherwise; and so long after.
const RETRIES: usize = 2;
const PAUSE: Duration = Duration::from_millis(500);

/// An endpoint that events are delivered to, over plain HTTP.
///
/// Delivering blocks the thread. In an async test, do it in a thread in which the app does not run.
///
/// ```no_run
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use mock_server::{Endpoint, MockServer, schedule};
///
/// let stripe = MockServer::start()?;
/// let events = ["invoice.created", "invoice.paid"];
/// let events: Vec<_> = events.iter().filter_map(|it| stripe.document().event(it)).collect();
/// let endpoint = Endpoint::new("http://127.0.0.1:4242/webhooks", "whsec_test")?;
/// for event in schedule(&events, 3, Some(7)) {
///     assert!(endpoint.deliver(event).is_taken());
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Endpoint {
    address: Address,
    secret: String,
    timeout: Duration,
    retries: usize,
    pause: Duration,
}

/// Why there cannot be such an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EndpointError {
    /// Not the URL of something that speaks plain HTTP.
    Url,
    /// The secret is empty, or not text on one line.
    Secret,
}

impl fmt::Display for EndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Url => {
                "not a URL to deliver to: write http://HOST[:PORT][/PATH]; https is not spoken here"
            }
            Self::Secret => "the webhook secret is empty or has white space in it",
        })
    }
}

impl std::error::Error for EndpointError {}

/// What became of a delivery.
#[derive(Debug)]
pub struct Delivered {
    event: String,
    name: String,
    attempts: usize,
    last: io::Result<u16>,
}

impl Endpoint {
    /// An endpoint at a URL, and the secret that it verifies with.
    ///
    /// # Errors
    ///
    /// If the URL does not begin with `http://` or is none, and if the secret is empty or has white space in it.
    pub fn new(url: &str, secret: &str) -> Result<Self, EndpointError> {
        if secret.is_empty() || secret.contains(char::is_whitespace) {
            return Err(EndpointError::Secret);
        }
        Ok(Self {
            address: Address::parse(url).ok_or(EndpointError::Url)?,
            secret: secret.to_owned(),
            timeout: TIMEOUT,
            retries: RETRIES,
            pause: PAUSE,
        })
    }

    /// How long the endpoint has for each answer; 10 seconds unless it is set.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How often a delivery that was not taken is tried again; twice unless it is set.
    #[must_use]
    pub fn retries(mut self, retries: usize) -> Self {
        self.retries = retries;
        self
    }

    /// How long after it is tried again; half a second unless it is set.
    #[must_use]
    pub fn pause(mut self, pause: Duration) -> Self {
        self.pause = pause;
        self
    }

    /// Delivers an event, until the endpoint answers with 2xx or there are no retries left.
    #[must_use]
    pub fn deliver(&self, event: &Event) -> Delivered {
        let mut attempts = 1;
        let mut last = self.attempt(event);
        while attempts <= self.retries && !is_taken(&last) {
            thread::sleep(self.pause);
            attempts += 1;
            last = self.attempt(event);
        }
        Delivered {
            event: event.id().to_owned(),
            name: event.name().to_owned(),
            attempts,
            last,
        }
    }

    /// Each attempt has a time and a signature of its own.
    fn attempt(&self, event: &Event) -> io::Result<u16> {
        let now = UNIX_EPOCH.elapsed().unwrap_or_default().as_secs();
        let signature = event.signature(&self.secret, now);
        post::post(&self.address, &signature, event.payload(), self.timeout)
    }
}

/// Without the secret.
impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endpoint")
            .field("address", &self.address)
            .field("timeout", &self.timeout)
            .field("retries", &self.retries)
            .field("pause", &self.pause)
            .finish_non_exhaustive()
    }
}

impl Delivered {
    /// Whether the endpoint answered with 2xx in the end.
    #[must_use]
    pub fn is_taken(&self) -> bool {
        is_taken(&self.last)
    }

    /// The status of the last answer; `None` if there was none.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.last.as_ref().ok().copied()
    }

    /// How often it was sent.
    #[must_use]
    pub fn attempts(&self) -> usize {
        self.attempts
    }
}

fn is_taken(answer: &io::Result<u16>) -> bool {
    matches!(answer, Ok(200..=299))
}

/// A line: the event, its type, and the last answer.
impl fmt::Display for Delivered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ", self.event, self.name)?;
        match &self.last {
            Ok(status) => write!(f, "{status}")?,
            Err(error) => write!(f, "no answer: {error}")?,
        }
        match self.attempts {
            1 => Ok(()),
            attempts => write!(f, " after {attempts} attempts"),
        }
    }
}
