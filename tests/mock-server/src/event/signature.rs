//! The signature of a delivery, as Stripe's documentation says it.

use std::fmt::Write;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The value of `Stripe-Signature`: HMAC-SHA256 of time and payload, with the whole text of the secret as its key.
pub(super) fn header(payload: &str, secret: &str, time: u64) -> String {
    let mut header = format!("t={time},v1=");
    // A key of any length will do.
    if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) {
        mac.update(format!("{time}.{payload}").as_bytes());
        for byte in mac.finalize().into_bytes() {
            let _ = write!(header, "{byte:02x}");
        }
    }
    header
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made with `printf '1700000000.{"id":"evt_é"}' | openssl dgst -sha256 -hmac whsec_test_secret`.
    #[test]
    fn a_signature_is_what_openssl_makes() {
        let header = header(
            "{\"id\":\"evt_\u{e9}\"}",
            "whsec_test_secret",
            1_700_000_000,
        );
        let expected =
            "t=1700000000,v1=fe6845a55ee5e7a14643acd768fec75a93832051ecf9dbadbf4c7af1a62a75ee";
        assert_eq!(header, expected);
    }
}
