//! The settings of a client's network, which count unless it is given a transport of its own.

use std::time::Duration;

use secrecy::zeroize::Zeroizing;

use super::ClientBuilder;
use crate::transport::hyper::{ProxyAt, ProxyFromEnvironment, RootSource};

impl ClientBuilder {
    /// How long it may take to get a connection — the name, TCP, the proxy and TLS together: 30 seconds unless set. It
    /// counts as part of the attempt, whose [`timeout`](Self::timeout) may be shorter.
    ///
    /// A call that finds no connection in this time fails with
    /// [`TimeoutPhase::Connect`](crate::TimeoutPhase::Connect), and nothing was sent.
    #[inline]
    pub const fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.network.connect_timeout = timeout;
        self
    }

    /// Goes through an HTTP proxy: `http://host:port`, or `http://user:password@host:port` with what is special in them
    /// escaped as `%40`; the port is 80 unless given. None is used unless this or
    /// [`proxy_from_env`](Self::proxy_from_env) says so.
    ///
    /// The proxy is asked for a tunnel (`CONNECT`), in which TLS hides all but the server's name from it. Its credentials
    /// go to the proxy alone, and the API key never does. Servers on this machine are reached without it. The connection
    /// to the proxy itself is not encrypted: `https://` proxies are not supported, and neither is SOCKS.
    ///
    /// [`build`](Self::build) reports an address that is none. A proxy that opens no tunnel is an error of the kind
    /// [`Connect`](crate::ErrorKind::Connect).
    ///
    /// ```
    /// use stripe_core::{ApiKey, Client};
    ///
    /// let client = Client::builder(ApiKey::new("sk_test_123")?)
    ///     .proxy("http://user:p%40ssword@proxy.example.com:3128")
    ///     .build()?;
    /// # Ok::<(), stripe_core::Error>(())
    /// ```
    #[inline]
    pub fn proxy(mut self, url: &str) -> Self {
        let url = Zeroizing::new(url.to_owned());
        self.network.proxy = Some(Box::new(ProxyAt(url)));
        self
    }

    /// Goes through the [`proxy`](Self::proxy) that the environment names when the client is built: in `HTTPS_PROXY` or
    /// `https_proxy`, if there is one. Servers that `NO_PROXY` or `no_proxy` lists are reached without it: names, which
    /// stand for all below them too, addresses and networks such as `10.0.0.0/8`, separated by commas; `*` is all.
    #[inline]
    pub fn proxy_from_env(mut self) -> Self {
        self.network.proxy = Some(Box::new(ProxyFromEnvironment));
        self
    }

    /// Trusts the certificates in this PEM text, such as those of a company's gateway, beside Mozilla's.
    #[inline]
    pub fn add_root_certificate(mut self, pem: &[u8]) -> Self {
        self.network.roots.added.push(pem.to_vec());
        self
    }

    /// Trusts the added root certificates and no others.
    #[inline]
    pub const fn only_added_root_certificates(mut self) -> Self {
        self.network.roots.source = RootSource::None;
        self
    }

    /// Trusts the root certificates of the system in place of Mozilla's, beside those that were added. They are read once,
    /// when the client is built: on Linux from the usual files, or from what `SSL_CERT_FILE` and `SSL_CERT_DIR` name.
    ///
    /// [`build`](Self::build) reports a system that has none.
    #[cfg(feature = "native-roots")]
    #[cfg_attr(docsrs, doc(cfg(feature = "native-roots")))]
    pub const fn use_native_roots(mut self) -> Self {
        self.network.roots.source = RootSource::System;
        self
    }

    /// Lets the system decide whom to trust, in place of Mozilla's roots: on Windows, macOS, iOS and Android by its own
    /// rules for the company's certificates and revocation, elsewhere by the system's root certificates.
    ///
    /// It decides alone: [`build`](Self::build) refuses root certificates that were added as well.
    #[cfg(feature = "platform-verifier")]
    #[cfg_attr(docsrs, doc(cfg(feature = "platform-verifier")))]
    pub const fn use_platform_verifier(mut self) -> Self {
        self.network.roots.source = RootSource::Platform;
        self
    }
}
