//! The time of a scripted Stripe: waiting takes none, and nothing ever takes too long unless a reply says so.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::clock::Clock;
use crate::transport::BoxFuture;

/// A clock that only moves when somebody sleeps, and then at once.
#[derive(Clone, Debug, Default)]
pub(super) struct MockClock(Arc<Mutex<Duration>>);

impl Clock for MockClock {
    fn now(&self) -> Duration {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        let clock = self.clone();
        Box::pin(async move {
            let mut now = clock.0.lock().unwrap_or_else(PoisonError::into_inner);
            *now = now.saturating_add(time);
        })
    }

    /// Never: whether something hangs is a matter of the script, not of how busy the machine is.
    fn alarm(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::pending())
    }
}
