//! The client of the examples. No example by itself.

use stripe_generated::stripe_core::BaseUrl;
use stripe_generated::{ApiKey, Client, Error};

/// A client with the key in `STRIPE_SECRET_KEY`: of Stripe, or of the mock server at the address in `STRIPE_MOCK_URL`.
/// The examples are no place for a live key.
pub(crate) fn from_env() -> Result<Client, Error> {
    let settings = Client::builder(ApiKey::from_env()?).deny_live_keys();
    Client::build(match std::env::var("STRIPE_MOCK_URL") {
        Ok(address) => settings.base_url_for_all(&BaseUrl::plain_http_on_loopback(&address)?),
        Err(_) => settings,
    })
}
