//! What a client can say of its network: whom to trust, how long to wait for a connection, which proxy to go through.

use std::time::Duration;

use super::{ProxyChoice, Roots};

/// For the name, the TCP connection, the proxy and the TLS handshake together.
const CONNECT: Duration = Duration::from_secs(30);

pub(crate) struct Settings {
    pub(crate) roots: Roots,
    pub(crate) connect_timeout: Duration,
    pub(crate) proxy: ProxyChoice,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            roots: Roots::default(),
            connect_timeout: CONNECT,
            proxy: None,
        }
    }
}
