//! Signing as Stripe does, for tests of a handler.

use std::fmt::Write;

use super::mac;
use super::secret::WebhookSecret;
use crate::types::Timestamp;

/// The header `Stripe-Signature` that Stripe would send with this payload at this time.
///
/// ```
/// use stripe_core::types::Timestamp;
/// use stripe_core::webhook::{Verifier, WebhookSecret, sign};
///
/// let secret = WebhookSecret::new("whsec_test_secret")?;
/// let payload = br#"{"id":"evt_1","object":"event"}"#;
/// let time = Timestamp::from_unix(1_700_000_000);
/// let header = sign(payload, &secret, time);
/// assert!(Verifier::new(secret).verify_at(payload, header, time).is_ok());
/// # Ok::<(), stripe_core::Error>(())
/// ```
#[must_use]
pub fn sign(payload: &[u8], secret: &WebhookSecret, time: Timestamp) -> String {
    let time = time.as_unix().to_string();
    let signature = mac::signature(secret, &time, payload).unwrap_or_default();
    let mut header = format!("t={time},v1=");
    for byte in signature {
        // Writing to a string does not fail.
        let _ = write!(header, "{byte:02x}");
    }
    header
}
