//! Proxies: a tunnel to the server (`CONNECT`), in which TLS hides everything from the proxy but the server's name. None is
//! used unless the client was told to.

mod bypass;
mod tunnel;
mod url;

use secrecy::zeroize::Zeroizing;

use self::bypass::Bypass;
use crate::base_url::is_loopback;
use crate::error::Error;

pub(super) use tunnel::{Refused, open_tunnel};

/// Which proxy a client is told to use.
pub(crate) enum ProxyChoice {
    None,
    /// The one at this address, which may hold a password.
    At(Zeroizing<String>),
    /// The one that the environment names, if it names any.
    FromEnvironment,
}

/// A proxy.
pub(super) struct Proxy {
    host: String,
    port: u16,
    /// The value of `Proxy-Authorization`, for the proxy alone.
    authorization: Option<Zeroizing<String>>,
    bypass: Bypass,
}

impl ProxyChoice {
    pub(super) fn resolve(&self) -> Result<Option<Proxy>, Error> {
        match self {
            Self::None => Ok(None),
            Self::At(url) => Proxy::parse(url, Bypass::default()).map(Some),
            Self::FromEnvironment => from_environment(|name| std::env::var(name).ok()),
        }
    }
}

/// What curl and others read as well. Upper case first; a variable that is empty counts as not set.
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

impl Proxy {
    /// Whether connections to this server go through the proxy. Those to this machine never do.
    pub(super) fn is_for(&self, host: &str, port: u16) -> bool {
        !is_loopback(host) && !self.bypass.covers(host, port)
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
