//! Addresses of servers. They are https, and nothing but an origin: what is sent where is decided by the operation.
//!
//! Plain http is for tests against a server on the same machine, and has a constructor of its own that says so.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};

use crate::error::Error;

/// The address of a server: a scheme, a host and perhaps a port. Two are equal if they name the same origin.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct BaseUrl {
    origin: String,
    secure: bool,
}

impl BaseUrl {
    /// An address that starts with `https://`.
    ///
    /// # Errors
    ///
    /// [`Config`](crate::ErrorKind::Config) for anything else, and for an address with a user name, a path, a query or a
    /// fragment.
    #[inline]
    pub fn parse(url: &str) -> Result<Self, Error> {
        let Some(authority) = strip_scheme(url, "https://") else {
            return Err(refuse("it has to start with https://"));
        };
        let (host, port) = host_and_port(authority).map_err(refuse)?;
        Ok(Self::new(&host, port, true))
    }

    /// An address on this machine, for tests: `http://127.0.0.1:12111`. What is sent there, the API key included, is not
    /// encrypted.
    ///
    /// # Errors
    ///
    /// [`Config`](crate::ErrorKind::Config) if the host is not `localhost`, in `127.0.0.0/8` or `[::1]`, or where
    /// [`parse`](Self::parse) would refuse it.
    #[inline]
    pub fn plain_http_on_loopback(url: &str) -> Result<Self, Error> {
        let Some(authority) = strip_scheme(url, "http://") else {
            return Err(refuse("a plain address has to start with http://"));
        };
        let (host, port) = host_and_port(authority).map_err(refuse)?;
        if !is_loopback(&host) {
            return Err(refuse(
                "plain http is for this machine only: localhost, 127.0.0.0/8 or [::1]",
            ));
        }
        Ok(Self::new(&host, port, false))
    }

    /// Stripe's own address: a constant, so parsing cannot fail.
    pub(crate) fn known(url: &'static str) -> Self {
        Self {
            origin: url.to_owned(),
            secure: true,
        }
    }

    #[inline]
    fn new(host: &str, port: Option<u16>, secure: bool) -> Self {
        let scheme = if secure { "https" } else { "http" };
        let default_port = if secure { 443 } else { 80 };
        let origin = match port.filter(|port| *port != default_port) {
            Some(port) => format!("{scheme}://{host}:{port}"),
            None => format!("{scheme}://{host}"),
        };
        Self { origin, secure }
    }

    /// The address without a final slash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.origin
    }

    /// Whether the connection is encrypted; if not, the server is on this machine.
    #[must_use]
    pub const fn is_secure(&self) -> bool {
        self.secure
    }
}

impl fmt::Debug for BaseUrl {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.origin)
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.origin)
    }
}

/// The URL itself is not repeated: it may hold a password.
#[inline]
fn refuse(reason: &'static str) -> Error {
    Error::config(format!("a base address was refused: {reason}"))
}

#[inline]
fn strip_scheme<'a>(url: &'a str, scheme: &str) -> Option<&'a str> {
    let start = url.get(..scheme.len())?;
    if start.eq_ignore_ascii_case(scheme) {
        url.get(scheme.len()..)
    } else {
        None
    }
}

/// The host in lower case, and the port. If it is neither, why.
#[inline]
pub(crate) fn host_and_port(authority: &str) -> Result<(String, Option<u16>), &'static str> {
    let authority = authority.strip_suffix('/').unwrap_or(authority);
    if authority.contains('@') {
        return Err("it holds a user name");
    }
    if authority.contains(['/', '?', '#', '\\']) {
        return Err("it holds more than a host and a port");
    }
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(parse_port(port)?)),
        _ => (authority, None),
    };
    if !is_host(host) {
        return Err("its host is neither a name in ASCII nor an IP address");
    }
    Ok((host.to_ascii_lowercase(), port))
}

#[inline]
fn parse_port(port: &str) -> Result<u16, &'static str> {
    let digits = port.bytes().all(|byte| byte.is_ascii_digit());
    match port.parse::<u16>() {
        Ok(port) if digits && port != 0 => Ok(port),
        _ => Err("its port is not a number from 1 to 65535"),
    }
}

#[inline]
fn is_host(host: &str) -> bool {
    if let Some(inner) = host.strip_prefix('[') {
        return inner
            .strip_suffix(']')
            .is_some_and(|address| address.parse::<Ipv6Addr>().is_ok());
    }
    let label = |label: &str| {
        let safe = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        !label.is_empty() && label.len() <= 63 && label.bytes().all(safe)
    };
    host.len() <= 253 && host.split('.').all(label)
}

#[inline]
pub(crate) fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    match bare.parse::<IpAddr>() {
        Ok(address) => address.is_loopback(),
        // Not `127.1` or `0x7f.1`: what resolvers make of them differs.
        Err(_) => host == "localhost",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_origins_are_taken_and_made_equal() {
        for (given, origin) in [
            ("https://api.stripe.com", "https://api.stripe.com"),
            ("https://api.stripe.com/", "https://api.stripe.com"),
            ("HTTPS://API.Stripe.com:443", "https://api.stripe.com"),
            (
                "https://gateway.internal:8443",
                "https://gateway.internal:8443",
            ),
            ("https://[::1]:8443/", "https://[::1]:8443"),
        ] {
            assert_eq!(BaseUrl::parse(given).unwrap().as_str(), origin);
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for given in [
            "",
            "http://api.stripe.com",
            "api.stripe.com",
            "https://",
            "https:///",
            "https://user@host",
            "https://user:pass@host",
            "https://host/v1",
            "https://host?x",
            "https://host#x",
            "https://host:0",
            "https://host:65536",
            "https://host:+1",
            "https://host:",
            "https://ho st",
            "https://host\\evil",
            "https://h\u{f6}st",
            "https://host\n",
            "https://a..b",
            "https://[::1",
            "https://::1",
            "ftp://host",
            "https://.",
            " https://host",
        ] {
            assert!(BaseUrl::parse(given).is_err(), "{given:?}");
        }
    }

    #[test]
    fn plain_http_is_for_loopback() {
        for given in [
            "http://127.0.0.1:1",
            "http://localhost:12111",
            "http://[::1]:9",
            "http://127.9.9.9/",
        ] {
            let url = BaseUrl::plain_http_on_loopback(given).unwrap();
            assert!(!url.is_secure());
        }
        for given in [
            "http://api.stripe.com",
            "https://127.0.0.1",
            "http://127.1",
            "http://localhost.evil.com",
            "http://10.0.0.1",
            "http://0.0.0.0",
            "http://[::]:1",
            "http://127.0.0.1@evil.com",
            "http://localhost@evil.com",
        ] {
            assert!(BaseUrl::plain_http_on_loopback(given).is_err(), "{given:?}");
        }
    }

    #[test]
    fn a_refusal_does_not_repeat_the_address() {
        let error = BaseUrl::parse("https://user:hunter2@host").unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hunter2"));
    }
}
