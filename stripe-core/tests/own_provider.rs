//! A TLS provider that the application brings: with the feature `client` alone there is no other. In a process of its own,
//! since a provider is installed for a process, and once.

#![cfg(all(feature = "client", not(any(feature = "aws-lc-rs", feature = "ring"))))]
#![allow(clippy::unwrap_used, reason = "tests may panic")]

use stripe_core::{ApiKey, Client, ErrorKind};

#[test]
fn t6_the_provider_of_the_process_is_used_and_needed() {
    let build = || Client::builder(ApiKey::new("sk_test_FAKE0123456789abcdef").unwrap()).build();
    let error = build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.to_string().contains("no TLS provider"), "{error}");
    rustls::crypto::ring::default_provider()
        .install_default()
        .unwrap();
    assert!(build().is_ok());
}
