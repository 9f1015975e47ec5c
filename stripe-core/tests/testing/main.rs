//! The test kit, as a test of an application uses it: in no runtime but its own, with rules, replies and assertions.

#![cfg(all(feature = "client", feature = "testing"))]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests may panic"
)]

mod assertions;
mod replies;
mod rules;
mod uploads;

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use stripe_core::testing::MockStripe;
use stripe_core::types::Json;
use stripe_core::{Client, Error, Method};

/// Waits for a future without any runtime, which shows that none is needed.
fn wait<F: IntoFuture>(work: F) -> F::Output {
    let mut work = pin!(work.into_future());
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(output) = work.as_mut().poll(&mut context) {
            return output;
        }
    }
}

fn client(stripe: &MockStripe) -> Client {
    stripe.settings().build().unwrap()
}

/// Sends a request without parameters.
fn call(client: &Client, method: Method, path: &str) -> Result<Json, Error> {
    wait(client.raw_request(method, path))
}

/// What a panic said.
fn said(assertion: impl FnOnce()) -> String {
    let assertion = std::panic::AssertUnwindSafe(assertion);
    let panic = std::panic::catch_unwind(assertion).unwrap_err();
    match panic.downcast::<String>() {
        Ok(text) => *text,
        Err(panic) => (*panic.downcast::<&str>().unwrap()).to_owned(),
    }
}
