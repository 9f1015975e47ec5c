//! Time as the client sees it: what it is, and waiting. Injected, so that tests of waits and retries do not wait.

use std::fmt::Debug;
use std::time::Duration;

use crate::transport::BoxFuture;

/// A source of time.
pub trait Clock: Debug + Send + Sync + 'static {
    /// The time since any fixed moment; it never goes back.
    fn now(&self) -> Duration;

    /// Ends after `time`.
    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()>;

    /// Ends after `time`, which is what something else may take: as [`sleep`](Self::sleep), unless the clock knows better.
    fn alarm(&self, time: Duration) -> BoxFuture<'static, ()> {
        self.sleep(time)
    }

    /// Whether it runs: [`sleep`](Self::sleep) is not called where it does not.
    fn is_running(&self) -> bool {
        true
    }
}

/// The clock of the tokio runtime.
#[derive(Debug)]
pub(crate) struct TokioClock {
    start: tokio::time::Instant,
}

impl TokioClock {
    pub(crate) fn new() -> Self {
        Self {
            start: tokio::time::Instant::now(),
        }
    }
}

impl Clock for TokioClock {
    fn now(&self) -> Duration {
        self.start.elapsed()
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "this is the clock that is injected"
    )]
    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(time))
    }

    fn is_running(&self) -> bool {
        tokio::runtime::Handle::try_current().is_ok()
    }
}

/// Waits for `work`, but no longer than `limit`; `None` if that was not enough.
pub(crate) async fn within<T>(
    clock: &dyn Clock,
    limit: Duration,
    mut work: BoxFuture<'_, T>,
) -> Option<T> {
    let mut alarm = clock.alarm(limit);
    std::future::poll_fn(move |context| {
        // The work first: an answer that is there counts, even if the time is up as well.
        if let std::task::Poll::Ready(output) = work.as_mut().poll(context) {
            return std::task::Poll::Ready(Some(output));
        }
        alarm.as_mut().poll(context).map(|()| None)
    })
    .await
}
