//! A clock for tests: waits between attempts are over at once, and time runs out only when a test says so.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use stripe_core::Clock;
use stripe_core::transport::BoxFuture;

/// No wait between attempts is longer.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

#[derive(Clone, Debug, Default)]
pub(crate) struct TestClock(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    now: Duration,
    waits: Vec<Duration>,
    limits: Vec<Duration>,
    time_is_up: bool,
    wakers: Vec<Waker>,
}

impl TestClock {
    /// The waits between attempts so far.
    pub(crate) fn waits(&self) -> Vec<Duration> {
        self.0.lock().unwrap().waits.clone()
    }

    /// The limits of the attempts so far.
    pub(crate) fn limits(&self) -> Vec<Duration> {
        self.0.lock().unwrap().limits.clone()
    }

    /// Lets every limit run out, now and from now on.
    pub(crate) fn run_out(&self) {
        let mut state = self.0.lock().unwrap();
        state.time_is_up = true;
        for waker in state.wakers.drain(..) {
            waker.wake();
        }
    }

    pub(crate) fn advance(&self, time: Duration) {
        self.0.lock().unwrap().now += time;
    }
}

impl Clock for TestClock {
    fn now(&self) -> Duration {
        self.0.lock().unwrap().now
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        let mut state = self.0.lock().unwrap();
        if time <= LONGEST_WAIT {
            state.waits.push(time);
            state.now += time;
            return Box::pin(std::future::ready(()));
        }
        state.limits.push(time);
        Box::pin(Limit(Arc::clone(&self.0)))
    }
}

struct Limit(Arc<Mutex<State>>);

impl Future for Limit {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.0.lock().unwrap();
        if state.time_is_up {
            return Poll::Ready(());
        }
        state.wakers.push(context.waker().clone());
        Poll::Pending
    }
}
