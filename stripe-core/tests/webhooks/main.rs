//! Webhooks through the public API, from the bytes of a delivery on. The clock is injected, and nothing is sent.

#![cfg(all(feature = "webhooks", feature = "testing"))]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "tests may panic"
)]

#[cfg(feature = "tower")]
mod bodies;
mod events;
#[cfg(feature = "client")]
mod fetching;
mod fixtures;
#[cfg(all(feature = "axum", feature = "tower"))]
mod handlers;
mod mutations;
mod names;
mod notifications;
mod routing;
mod signatures;
mod times;

use stripe_core::types::Timestamp;
use stripe_core::webhook::{Verifier, WebhookSecret};

/// When the tests take place.
const NOW: Timestamp = Timestamp::from_unix(1_700_000_000);

const PAYLOAD: &[u8] = br#"{"id":"evt_test_webhook","object":"event"}"#;

fn secret() -> WebhookSecret {
    WebhookSecret::new("whsec_test_secret").unwrap()
}

fn other_secret() -> WebhookSecret {
    WebhookSecret::new("whsec_other_secret").unwrap()
}

/// A verifier for which it is always [`NOW`].
fn verifier() -> Verifier {
    Verifier::new(secret()).with_clock(|| NOW)
}
