//! Support for the tests: nothing here is published.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has to stop, and say where"
)]

#[cfg(all(doctest, feature = "guide"))]
mod guide;
pub mod server;

use stripe_generated::stripe_core::BaseUrl;
use stripe_generated::{ApiKey, Client};

/// A client of a server on this machine, with a key that is none.
///
/// # Panics
///
/// If the address is not on this machine.
#[must_use]
pub fn client(address: &str) -> Client {
    let base = BaseUrl::plain_http_on_loopback(address).expect("an address on this machine");
    let key = ApiKey::new("sk_test_mock").expect("the form of a key");
    let settings = Client::builder(key).base_url_for_all(&base);
    Client::build(settings).expect("settings that go together")
}
