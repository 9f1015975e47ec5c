//! Proxies: a tunnel to the server (`CONNECT`), in which TLS hides everything from the proxy but the server's name. None is
//! used unless the client was told to.

mod bypass;
mod tunnel;
mod url;

use std::sync::Arc;

use secrecy::zeroize::Zeroizing;
use tokio::net::TcpStream;

use self::bypass::Bypass;
use self::tunnel::open_tunnel;
use super::connect::Connecting;
use crate::base_url::is_loopback;
use crate::error::Error;

pub(super) use tunnel::Refused;

/// Which proxy a client is told to use, if it is: found when the client is built.
pub(crate) type ProxyChoice = Option<Box<dyn ProxySource>>;

/// Where a client learns of its proxy. Only what tells a client to use one names a source, and everything behind it is
/// `#[inline]`: applications that use no proxy do not compile it.
pub(crate) trait ProxySource: Send + Sync {
    fn resolve(&self) -> Result<Option<Arc<dyn Tunnels>>, Error>;
}

/// The way to some servers.
pub(crate) trait Tunnels: Send + Sync {
    /// Whether connections to this server go through it. Those to this machine never do.
    fn is_for(&self, host: &str, port: u16) -> bool;

    /// A connection to a server.
    fn open<'a>(&'a self, host: &'a str, port: u16) -> Connecting<'a, TcpStream>;
}

/// The proxy at this address, which may hold a password.
pub(crate) struct ProxyAt(pub(crate) Zeroizing<String>);

/// The proxy that the environment names, if it names any.
pub(crate) struct ProxyFromEnvironment;

/// A proxy.
pub(super) struct Proxy {
    host: String,
    port: u16,
    /// The value of `Proxy-Authorization`, for the proxy alone.
    authorization: Option<Zeroizing<String>>,
    bypass: Bypass,
}

impl ProxySource for ProxyAt {
    #[inline]
    fn resolve(&self) -> Result<Option<Arc<dyn Tunnels>>, Error> {
        Ok(Some(Arc::new(Proxy::parse(&self.0, Bypass::default())?)))
    }
}

impl ProxySource for ProxyFromEnvironment {
    #[inline]
    fn resolve(&self) -> Result<Option<Arc<dyn Tunnels>>, Error> {
        match from_environment(|name| std::env::var(name).ok())? {
            Some(proxy) => Ok(Some(Arc::new(proxy))),
            None => Ok(None),
        }
    }
}

/// What curl and others read as well. Upper case first; a variable that is empty counts as not set.
#[inline]
fn from_environment(read: impl Fn(&str) -> Option<String>) -> Result<Option<Proxy>, Error> {
    let first = |names: [&str; 2]| {
        let mut values = names.into_iter().filter_map(&read);
        values.find(|value| !value.is_empty())
    };
    let Some(url) = first(["HTTPS_PROXY", "https_proxy"]).map(Zeroizing::new) else {
        return Ok(None);
    };
    let bypass = first(["NO_PROXY", "no_proxy"]).unwrap_or_default();
    Proxy::parse(&url, Bypass::parse(&bypass)).map(Some)
}

impl Tunnels for Proxy {
    #[inline]
    fn is_for(&self, host: &str, port: u16) -> bool {
        !is_loopback(host) && !self.bypass.covers(host, port)
    }

    #[inline]
    fn open<'a>(&'a self, host: &'a str, port: u16) -> Connecting<'a, TcpStream> {
        Box::pin(open_tunnel(self, host, port))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Option<Proxy>, Error> {
        let find = |name: &str| variables.iter().find(|(other, _)| *other == name);
        from_environment(|name| find(name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn t9_the_environment_names_a_proxy_and_exceptions() {
        for none in [
            &[][..],
            &[("HTTPS_PROXY", "")],
            &[("HTTP_PROXY", "http://p:1"), ("ALL_PROXY", "http://p:1")],
            &[("NO_PROXY", "*")],
        ] {
            assert!(read(none).unwrap().is_none(), "{none:?}");
        }
        for (variables, host, port) in [
            (&[("HTTPS_PROXY", "http://one:1")][..], "one", 1),
            (&[("https_proxy", "two:2")], "two", 2),
            (
                &[("HTTPS_PROXY", ""), ("https_proxy", "http://three")],
                "three",
                80,
            ),
            (
                &[("HTTPS_PROXY", "one:1"), ("https_proxy", "two:2")],
                "one",
                1,
            ),
        ] {
            let proxy = read(variables).unwrap().unwrap();
            assert_eq!((proxy.host.as_str(), proxy.port), (host, port));
            assert!(proxy.is_for("api.stripe.com", 443));
        }
        let excepted = read(&[("HTTPS_PROXY", "p:1"), ("no_proxy", "stripe.com")]).unwrap();
        assert!(!excepted.unwrap().is_for("api.stripe.com", 443));
        assert!(read(&[("HTTPS_PROXY", "socks5://p")]).is_err());
    }

    #[test]
    fn t9_this_machine_is_reached_directly() {
        let proxy = Proxy::parse("http://p:1", Bypass::default()).unwrap();
        for host in ["localhost", "127.0.0.1", "127.9.9.9", "[::1]"] {
            assert!(!proxy.is_for(host, 443), "{host}");
        }
        for host in ["api.stripe.com", "localhost.example.com", "10.0.0.1"] {
            assert!(proxy.is_for(host, 443), "{host}");
        }
    }
}
