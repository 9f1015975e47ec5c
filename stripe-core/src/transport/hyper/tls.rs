//! The TLS configuration: TLS 1.2 or later, and a provider that is chosen here and never installed for the process.

use std::sync::Arc;

use rustls::ClientConfig;
use rustls::crypto::CryptoProvider;

use super::Roots;
use crate::error::Error;
use crate::idempotency::{Random, RandomFailed};

/// A configuration and session store for one client.
pub(super) fn config(roots: &Roots) -> Result<ClientConfig, Error> {
    let builder = ClientConfig::builder_with_provider(provider()?)
        .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])
        .map_err(|error| {
            Error::config("the TLS provider lacks TLS 1.2 or 1.3").with_source(error)
        })?;
    let mut config = roots.verify(builder)?.with_no_client_auth();
    // In the order of preference. A server that speaks neither ends the handshake.
    #[cfg(feature = "http2")]
    config.alpn_protocols.push(b"h2".to_vec());
    config.alpn_protocols.push(b"http/1.1".to_vec());
    Ok(config)
}

/// The provider that a feature names: aws-lc-rs before ring, since nobody has it without asking for it. Without either, the
/// one that the application installed.
fn provider() -> Result<Arc<CryptoProvider>, Error> {
    #[cfg(feature = "aws-lc-rs")]
    let built_in = Some(rustls::crypto::aws_lc_rs::default_provider());
    #[cfg(all(feature = "ring", not(feature = "aws-lc-rs")))]
    let built_in = Some(rustls::crypto::ring::default_provider());
    #[cfg(not(any(feature = "aws-lc-rs", feature = "ring")))]
    let built_in: Option<CryptoProvider> = None;
    if let Some(provider) = built_in {
        return Ok(Arc::new(provider));
    }
    CryptoProvider::get_default().cloned().ok_or_else(|| {
        Error::config("no TLS provider: enable the feature `ring` or `aws-lc-rs`, or install one for the process")
    })
}

/// The random numbers of the TLS provider.
pub(crate) struct ProviderRandom(Arc<CryptoProvider>);

impl ProviderRandom {
    pub(crate) fn new() -> Result<Self, Error> {
        provider().map(Self)
    }
}

impl Random for ProviderRandom {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), RandomFailed> {
        self.0
            .secure_random
            .fill(bytes)
            .map_err(|rustls::crypto::GetRandomFailed| RandomFailed)
    }
}
