//! What can be measured of calls: a hook that is told of every attempt and every call. It is told numbers, constants and
//! Stripe's own path templates, and nothing that a customer or the application has written.

use std::fmt::Debug;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use crate::error::ErrorKind;
use crate::host::Host;
use crate::method::Method;
use crate::operation::Operation;

/// Is told how calls went, for metrics.
///
/// Both methods run on the task that makes the call, and hold it up: count, and leave the rest to others. A panic in them
/// is caught, as a payment that was made must not look like one that was not; the process's panic hook still reports it.
/// A call that is dropped before its end is not told.
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
/// use stripe_core::{ApiKey, Client, Observation, Observer};
///
/// #[derive(Debug, Default)]
/// struct Retries(AtomicU64);
///
/// impl Observer for Retries {
///     fn after_attempt(&self, attempt: &Observation) {
///         if attempt.retry_delay.is_some() {
///             self.0.fetch_add(1, Ordering::Relaxed);
///         }
///     }
/// }
///
/// # #[cfg(feature = "ring")]
/// let client = Client::builder(ApiKey::new("sk_test_123")?).observer(Retries::default()).build()?;
/// # Ok::<(), stripe_core::Error>(())
/// ```
pub trait Observer: Debug + Send + Sync + 'static {
    /// After each attempt of a call.
    fn after_attempt(&self, attempt: &Observation) {
        let _ = attempt;
    }

    /// After each call, with all its attempts and waits. Decoding is still to come: a success that is not understood counts
    /// as a success here. Of a streamed answer this is the head.
    fn after_call(&self, call: &Observation) {
        let _ = call;
    }
}

/// How an attempt or a call went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Observation {
    /// The method.
    pub method: Method,
    /// The path with its parameters in braces, such as `/v1/customers/{customer}`.
    pub route: &'static str,
    /// The server.
    pub host: Host,
    /// The HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// What went wrong, if something did.
    pub kind: Option<ErrorKind>,
    /// Of an attempt: its number, from 1. Of a call: how many attempts it took; 0 if nothing was tried, as for a parameter
    /// that was refused.
    pub attempt: u32,
    /// How long it took, by the client's clock.
    pub duration: Duration,
    /// How long the call waits before it tries again; none if it does not.
    pub retry_delay: Option<Duration>,
}

impl Observation {
    /// A success of unknown status that took no time.
    pub(crate) fn of(operation: &Operation) -> Self {
        Self {
            method: operation.method,
            route: operation.path,
            host: operation.host,
            status: None,
            kind: None,
            attempt: 0,
            duration: Duration::ZERO,
            retry_delay: None,
        }
    }
}

/// Calls the hook, if there is one, whatever it does.
pub(crate) fn tell(observer: Option<&dyn Observer>, tell: impl FnOnce(&dyn Observer)) {
    if let Some(observer) = observer {
        // What it made of its own state is its own affair.
        let _ = catch_unwind(AssertUnwindSafe(|| tell(observer)));
    }
}
