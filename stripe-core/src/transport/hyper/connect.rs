//! Connections: TLS to everywhere, and plain TCP to addresses that were named as being on this machine.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::Uri;
use hyper::http::uri::Scheme;
use tokio_rustls::TlsConnector;

use super::dial::dial;
use super::fault::{BoxError, TimedOut};
use super::proxy::Tunnels;
use super::settings::Settings;
use super::stream::Stream;
use super::tls;
use crate::base_url::BaseUrl;
use crate::error::Error;

pub(crate) type Connecting<'a, T> = Pin<Box<dyn Future<Output = Result<T, BoxError>> + Send + 'a>>;

pub(super) struct Connector {
    tls: TlsConnector,
    proxy: Option<Arc<dyn Tunnels>>,
    loopback: Vec<BaseUrl>,
    limit: Duration,
}

impl Connector {
    pub(super) fn new(settings: &Settings, loopback: Vec<BaseUrl>) -> Result<Self, Error> {
        if settings.connect_timeout.is_zero() {
            let reason = "it has to be longer than nothing";
            return Err(Error::validation("connect_timeout", reason));
        }
        Ok(Self {
            tls: TlsConnector::from(Arc::new(tls::config(&settings.roots)?)),
            proxy: match &settings.proxy {
                Some(source) => source.resolve()?,
                None => None,
            },
            loopback,
            limit: settings.connect_timeout,
        })
    }

    /// Connects to a server: with TLS, unless it was named as one on this machine that does without.
    pub(super) async fn connect(&self, base: &BaseUrl) -> Result<Stream, BoxError> {
        let uri: Uri = base.as_str().parse()?;
        let (host, port) = host_and_port(&uri);
        if base.is_secure() {
            let proxy = self.proxy.as_ref();
            let tcp = match proxy.filter(|proxy| proxy.is_for(host, port)) {
                Some(proxy) => proxy.open(uri.host().unwrap_or_default(), port).await?,
                None => dial(host, port).await?,
            };
            return Stream::encrypted(&self.tls, host, tcp).await;
        }
        if !self.loopback.contains(base) {
            let reason = "plain http goes only to an address on this machine that was named: use https, or make the base \
                with `BaseUrl::plain_http_on_loopback` and give it to the client";
            return Err(reason.into());
        }
        Ok(Stream::plain(dial(host, port).await?))
    }

    /// Waits for a connection, but no longer than a connection may take.
    #[expect(
        clippy::disallowed_methods,
        reason = "below the injected clock: it guards the real network"
    )]
    pub(super) async fn in_time<T>(&self, connecting: Connecting<'_, T>) -> Result<T, BoxError> {
        match tokio::time::timeout(self.limit, connecting).await {
            Ok(connected) => connected,
            Err(_) => Err(TimedOut.into()),
        }
    }
}

/// The host without brackets, and the port.
fn host_and_port(uri: &Uri) -> (&str, u16) {
    let host = uri.host().unwrap_or_default();
    let default_port = if uri.scheme() == Some(&Scheme::HTTPS) {
        443
    } else {
        80
    };
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    (bare, uri.port_u16().unwrap_or(default_port))
}

#[cfg(all(test, any(feature = "aws-lc-rs", feature = "ring")))]
mod tests {
    use super::*;

    #[tokio::test]
    async fn t1_plain_http_is_refused_but_for_the_named_address() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let plain = |url: &str| BaseUrl::plain_http_on_loopback(url).unwrap();
        let named = plain(&format!("http://127.0.0.1:{port}"));
        let connector = Connector::new(&Settings::default(), vec![named.clone()]).unwrap();
        assert!(connector.connect(&named).await.is_ok());
        for other in [
            plain(&format!("http://localhost:{port}")),
            plain("http://127.0.0.1"),
        ] {
            let error = connector.connect(&other).await.err().unwrap();
            assert!(error.to_string().contains("that was named"), "{error}");
        }
    }
}
