//! The signature itself: HMAC-SHA256 over `{time}.{payload}`, under the whole secret.

use hmac::digest::CtOutput;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::header::Header;
use super::secret::WebhookSecret;

/// The signature that one secret gives. Comparing two of it takes the same time wherever they differ.
fn mac(secret: &WebhookSecret, time: &str, payload: &[u8]) -> Option<CtOutput<Hmac<Sha256>>> {
    // A key of any length will do, so that there is always one.
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(secret.expose()).ok()?;
    mac.update(time.as_bytes());
    mac.update(b".");
    mac.update(payload);
    Some(mac.finalize())
}

/// Whether any of the signatures is one that any of the secrets gives. All are compared, whichever fits.
pub(super) fn fits(secrets: &[WebhookSecret], header: &Header<'_>, payload: &[u8]) -> bool {
    let mut fits = false;
    for secret in secrets {
        let Some(expected) = mac(secret, header.time_text, payload) else {
            continue;
        };
        for signature in &header.signatures {
            fits |= expected == CtOutput::new((*signature).into());
        }
    }
    fits
}

/// The signature that one secret gives, as bytes.
#[cfg(any(test, feature = "testing"))]
pub(super) fn signature(secret: &WebhookSecret, time: &str, payload: &[u8]) -> Option<[u8; 32]> {
    mac(secret, time, payload).map(|mac| mac.into_bytes().into())
}
