//! Connections: TLS to everywhere, and plain TCP to addresses that were named as being on this machine.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::Uri;
use hyper::http::uri::Scheme;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder, MaybeHttpsStream};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tower_service::Service;

use crate::base_url::BaseUrl;

/// For the name, the TCP connection and the TLS handshake together.
const CONNECT: Duration = Duration::from_secs(30);

type BoxError = Box<dyn std::error::Error + Send + Sync>;
type Connection = MaybeHttpsStream<TokioIo<TcpStream>>;

#[derive(Clone)]
pub(super) struct Connector {
    tls: HttpsConnector<HttpConnector>,
    plain: HttpConnector,
    loopback: Arc<[BaseUrl]>,
}

impl Connector {
    pub(super) fn new(config: rustls::ClientConfig, loopback: Vec<BaseUrl>) -> Self {
        let mut plain = HttpConnector::new();
        plain.set_nodelay(true);
        let mut tcp = plain.clone();
        // The scheme of what it is given is https; it only makes the TCP connection.
        tcp.enforce_http(false);
        let tls = HttpsConnectorBuilder::new()
            .with_tls_config(config)
            .https_only()
            .enable_all_versions()
            .wrap_connector(tcp);
        Self {
            tls,
            plain,
            loopback: loopback.into(),
        }
    }

    fn is_named_loopback(&self, uri: &Uri) -> bool {
        let authority = uri.authority().map_or("", |authority| authority.as_str());
        let named = |base: &BaseUrl| {
            !base.is_secure() && base.as_str().strip_prefix("http://") == Some(authority)
        };
        uri.scheme() == Some(&Scheme::HTTP) && self.loopback.iter().any(named)
    }
}

impl Service<Uri> for Connector {
    type Response = Connection;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Connection, BoxError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        // Both connectors are always ready.
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let connecting: Self::Future = if self.is_named_loopback(&uri) {
            let connecting = self.plain.call(uri);
            Box::pin(async move { Ok(MaybeHttpsStream::Http(connecting.await?)) })
        } else {
            // It refuses every other scheme than https.
            self.tls.call(uri)
        };
        Box::pin(in_time(connecting))
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "below the injected clock: it guards the real network"
)]
async fn in_time(
    connecting: Pin<Box<dyn Future<Output = Result<Connection, BoxError>> + Send>>,
) -> Result<Connection, BoxError> {
    match tokio::time::timeout(CONNECT, connecting).await {
        Ok(connected) => connected,
        Err(_) => Err(TimedOut.into()),
    }
}

/// No connection was made in time.
#[derive(Debug)]
pub(super) struct TimedOut;

impl fmt::Display for TimedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("connecting took longer than 30 seconds")
    }
}

impl std::error::Error for TimedOut {}

#[cfg(all(test, any(feature = "aws-lc-rs", feature = "ring")))]
mod tests {
    use super::*;
    use crate::transport::hyper::tls::{Roots, config};

    #[tokio::test]
    async fn t1_plain_http_is_refused_but_for_the_named_address() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let named = BaseUrl::plain_http_on_loopback(&format!("http://127.0.0.1:{port}")).unwrap();
        let config = config(&Roots::default()).unwrap();
        let mut connector = Connector::new(config, vec![named]);
        let mut connect = |uri: String| connector.call(uri.parse().unwrap());
        assert!(
            connect(format!("http://127.0.0.1:{port}/v1/x"))
                .await
                .is_ok()
        );
        for uri in [
            format!("http://localhost:{port}/"),
            format!("http://127.0.0.1:{port}@example.com/"),
            "http://api.stripe.com/".to_owned(),
            "http://127.0.0.1/".to_owned(),
            format!("ftp://127.0.0.1:{port}/"),
        ] {
            let error = connect(uri.clone()).await.unwrap_err();
            assert!(
                error.to_string().contains("unsupported scheme"),
                "{uri}: {error}"
            );
        }
    }
}
