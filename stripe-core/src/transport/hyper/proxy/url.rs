//! Addresses of proxies: `http://user:password@host:port`. An address is never part of an error: it may hold a password.

use secrecy::zeroize::Zeroizing;

use super::Proxy;
use super::bypass::Bypass;
use crate::base_url::host_and_port;
use crate::error::Error;

const DEFAULT_PORT: u16 = 80;

impl Proxy {
    #[inline]
    pub(super) fn parse(url: &str, bypass: Bypass) -> Result<Self, Error> {
        let rest = match url.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => rest,
            Some(_) => {
                return Err(refuse(
                    "it has to start with http://. What goes through it is encrypted for the server all the same",
                ));
            }
            None => url,
        };
        let (user, authority) = match rest.rsplit_once('@') {
            Some((user, authority)) => (Some(user), authority),
            None => (None, rest),
        };
        let (host, port) = host_and_port(authority).map_err(refuse)?;
        Ok(Self {
            host,
            port: port.unwrap_or(DEFAULT_PORT),
            authorization: user.map(basic).transpose()?,
            bypass,
        })
    }
}

#[inline]
fn refuse(reason: &'static str) -> Error {
    Error::config(format!("the address of the proxy was refused: {reason}"))
}

/// The credentials in the form that `Proxy-Authorization` takes (RFC 7617).
#[inline]
fn basic(user: &str) -> Result<Zeroizing<String>, Error> {
    let (name, password) = user.split_once(':').unwrap_or((user, ""));
    let (name, password) = (decode(name)?, decode(password)?);
    if name.contains(&b':') {
        return Err(refuse("a user name cannot hold a colon"));
    }
    let plain = Zeroizing::new([&name, &b":"[..], &password].concat());
    Ok(Zeroizing::new(format!("Basic {}", *base64(&plain))))
}

/// Bytes in place of `%41` and the like.
#[inline]
fn decode(text: &str) -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut pieces = text.split('%');
    bytes.extend_from_slice(pieces.next().unwrap_or_default().as_bytes());
    for piece in pieces {
        let byte = piece
            .get(..2)
            .filter(|hex| hex.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|hex| u8::from_str_radix(hex, 16).ok())
            .ok_or_else(|| refuse("a percent sign in the user name or password is not escaped"))?;
        bytes.push(byte);
        bytes.extend_from_slice(piece.as_bytes().get(2..).unwrap_or_default());
    }
    Ok(bytes)
}

/// Base64 with padding (RFC 4648, section 4).
#[inline]
fn base64(bytes: &[u8]) -> Zeroizing<String> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let room = bytes.len().div_ceil(3).saturating_mul(4);
    let mut text = Zeroizing::new(String::with_capacity(room));
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for (place, shift) in [18, 12, 6, 0].into_iter().enumerate() {
            let digit = usize::try_from(bits >> shift & 63).unwrap_or_default();
            let digit = DIGITS.get(digit).filter(|_| place <= chunk.len());
            text.push(char::from(*digit.unwrap_or(&b'=')));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_proxies() {
        for (url, host, port, authorization) in [
            ("http://proxy:3128", "proxy", 3128, None),
            ("HTTP://Proxy.Example.com/", "proxy.example.com", 80, None),
            ("proxy:8080", "proxy", 8080, None),
            ("http://[::1]:1", "[::1]", 1, None),
            (
                "http://user:pass@proxy:1",
                "proxy",
                1,
                Some("Basic dXNlcjpwYXNz"),
            ),
            ("http://user@proxy", "proxy", 80, Some("Basic dXNlcjo=")),
            (
                "http://us%40er:p%3Aa%25@proxy",
                "proxy",
                80,
                Some("Basic dXNAZXI6cDphJQ=="),
            ),
            ("http://a:b@c@proxy", "proxy", 80, Some("Basic YTpiQGM=")),
        ] {
            let proxy = Proxy::parse(url, Bypass::default()).unwrap();
            assert_eq!((proxy.host.as_str(), proxy.port), (host, port), "{url}");
            let found = proxy.authorization.as_ref().map(|value| value.as_str());
            assert_eq!(found, authorization, "{url}");
        }
    }

    #[test]
    fn t9_what_is_no_address_is_refused_without_repeating_it() {
        for url in [
            "",
            "http://",
            "https://canary:canary@proxy",
            "socks5://canary@proxy",
            "http://canary:canary@",
            "http://proxy/canary",
            "http://proxy:0",
            "http://canary:can%zzary@proxy",
            "http://canary:can%+1ary@proxy",
            "http://canary:canary%@proxy",
            "http://canary%3a:canary@proxy",
            "http://pro xy",
            "http://proxy\r\nx: canary",
        ] {
            let error = Proxy::parse(url, Bypass::default()).err();
            let shown = format!("{:?}", error.expect(url));
            assert!(!shown.contains("canary"), "{shown}");
        }
    }

    #[test]
    fn base64_is_that_of_the_rfc() {
        for (plain, encoded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
            ("\u{ff}\u{fe}?>", "w7/Dvj8+"),
        ] {
            assert_eq!(*base64(plain.as_bytes()), encoded);
        }
    }
}
