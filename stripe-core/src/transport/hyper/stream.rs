//! What HTTP is spoken over. One type for all of it, plain or encrypted, straight to the server or through a proxy: hyper is
//! compiled for it once.

use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::fault::BoxError;

/// The bytes of a connection, as hyper reads and writes them.
pub(super) type Wire = TokioIo<Box<dyn Duplex>>;

/// What can be read and written.
pub(super) trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Duplex for T {}

/// A connection, and what is agreed on about it.
pub(super) struct Stream {
    pub(super) wire: Wire,
    /// Whether HTTP/2 was agreed on with TLS.
    #[cfg(feature = "http2")]
    pub(super) is_http2: bool,
}

impl Stream {
    /// Without encryption.
    pub(super) fn plain(tcp: TcpStream) -> Self {
        Self {
            wire: TokioIo::new(Box::new(tcp)),
            #[cfg(feature = "http2")]
            is_http2: false,
        }
    }

    /// With TLS, once the server has proved that it is `host`: a name, or an address without brackets.
    pub(super) async fn encrypted(
        tls: &TlsConnector,
        host: &str,
        tcp: TcpStream,
    ) -> Result<Self, BoxError> {
        let host = ServerName::try_from(host.to_owned())?;
        let stream = tls.connect(host, tcp).await?;
        Ok(Self {
            #[cfg(feature = "http2")]
            is_http2: stream.get_ref().1.alpn_protocol() == Some(b"h2"),
            wire: TokioIo::new(Box::new(stream)),
        })
    }
}
