//! Whose certificates are trusted: Mozilla's roots as they were when this was built, unless the client says otherwise.
//! Nothing here can turn verification off.

use rustls::client::WantsClientCert;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, ConfigBuilder, RootCertStore, WantsVerifier};

use crate::error::Error;

/// Whose certificates are trusted.
#[derive(Default)]
pub(crate) struct Roots {
    /// Certificates in PEM that are trusted as well.
    pub(crate) added: Vec<Vec<u8>>,
    pub(crate) source: RootSource,
}

/// Where roots come from that were not added.
#[derive(Clone, Copy, Default)]
pub(crate) enum RootSource {
    #[default]
    Mozilla,
    /// From nowhere: only what was added counts.
    None,
    #[cfg(feature = "native-roots")]
    System,
    /// The system itself decides.
    #[cfg(feature = "platform-verifier")]
    Platform,
}

impl Roots {
    /// Makes the configuration verify servers by these roots.
    pub(super) fn verify(
        &self,
        builder: ConfigBuilder<ClientConfig, WantsVerifier>,
    ) -> Result<ConfigBuilder<ClientConfig, WantsClientCert>, Error> {
        let mut store = RootCertStore::empty();
        match self.source {
            RootSource::Mozilla => store.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
            RootSource::None => {}
            #[cfg(feature = "native-roots")]
            RootSource::System => add_system(&mut store)?,
            #[cfg(feature = "platform-verifier")]
            RootSource::Platform => return self.verify_by_platform(builder),
        }
        for pem in &self.added {
            add(pem, &mut store)?;
        }
        if store.is_empty() {
            return Err(Error::config("no root certificate is trusted"));
        }
        Ok(builder.with_root_certificates(store))
    }

    #[cfg(feature = "platform-verifier")]
    fn verify_by_platform(
        &self,
        builder: ConfigBuilder<ClientConfig, WantsVerifier>,
    ) -> Result<ConfigBuilder<ClientConfig, WantsClientCert>, Error> {
        use rustls_platform_verifier::BuilderVerifierExt;

        if !self.added.is_empty() {
            return Err(Error::config(
                "the platform decides alone whom to trust: install the added root certificate there, or do without the platform's verifier",
            ));
        }
        builder.with_platform_verifier().map_err(|error| {
            Error::config("the platform cannot verify certificates").with_source(error)
        })
    }
}

fn add(pem: &[u8], store: &mut RootCertStore) -> Result<(), Error> {
    let before = store.len();
    for certificate in CertificateDer::pem_slice_iter(pem) {
        let certificate = certificate.map_err(refuse)?;
        store.add(certificate).map_err(refuse)?;
    }
    if store.len() == before {
        return Err(Error::config(
            "a root certificate was given that holds none",
        ));
    }
    Ok(())
}

fn refuse(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::config("a root certificate was given that is not one").with_source(error)
}

/// The system's roots. Some systems hold certificates that are none; those are left out.
#[cfg(feature = "native-roots")]
fn add_system(store: &mut RootCertStore) -> Result<(), Error> {
    let found = rustls_native_certs::load_native_certs();
    let (added, _) = store.add_parsable_certificates(found.certs);
    match found.errors.into_iter().next() {
        _ if added > 0 => Ok(()),
        Some(error) => {
            Err(Error::config("the system's root certificates cannot be read").with_source(error))
        }
        None => Err(Error::config("the system has no root certificates")),
    }
}
