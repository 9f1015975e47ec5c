//! Asking a proxy for a tunnel (RFC 9110, section 9.3.6). Written by hand, so that what the proxy gets is seen at a glance:
//! the server's name, and the credentials for the proxy itself.

use std::fmt;
use std::io;

use secrecy::zeroize::Zeroizing;
use tokio::net::TcpStream;

use super::Proxy;
use crate::transport::hyper::dial::dial;
use crate::transport::hyper::fault::BoxError;

/// The largest head of a proxy's answer.
const LARGEST_HEAD: usize = 16 * 1024;

/// A connection to a server, through the proxy.
#[inline]
pub(in crate::transport::hyper) async fn open_tunnel(
    proxy: &Proxy,
    host: &str,
    port: u16,
) -> Result<TcpStream, BoxError> {
    let bare = proxy.host.trim_start_matches('[').trim_end_matches(']');
    let stream = dial(bare, proxy.port).await?;
    let request = request(proxy, host, port);
    write(&stream, request.as_bytes()).await?;
    let (head, rest) = read_head(&stream).await?;
    match status(&head) {
        // In the tunnel it is for the client to speak first: bytes that are there already are not the server's.
        Some(200..=299) if rest.is_empty() => Ok(stream),
        Some(200..=299) => Err(Refused(None).into()),
        status => Err(Refused(status).into()),
    }
}

#[inline]
fn request(proxy: &Proxy, host: &str, port: u16) -> Zeroizing<String> {
    let mut request = Zeroizing::new(String::with_capacity(1024));
    let line = format!("CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n");
    request.push_str(&line);
    if let Some(authorization) = &proxy.authorization {
        request.push_str("Proxy-Authorization: ");
        request.push_str(authorization);
        request.push_str("\r\n");
    }
    request.push_str("\r\n");
    request
}

#[inline]
async fn write(stream: &TcpStream, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        stream.writable().await?;
        match stream.try_write(bytes) {
            Ok(count) => bytes = bytes.get(count..).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// The head of the answer, and what came with it.
#[inline]
async fn read_head(stream: &TcpStream) -> Result<(Vec<u8>, Vec<u8>), BoxError> {
    let mut head = Vec::new();
    let mut piece = [0; 1024];
    loop {
        stream.readable().await?;
        // The end may have come in two pieces.
        let unseen = head.len().saturating_sub(3);
        match stream.try_read(&mut piece) {
            Ok(0) => return Err(Refused(None).into()),
            Ok(count) => head.extend_from_slice(piece.get(..count).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error.into()),
        }
        let new = head.get(unseen..).unwrap_or_default();
        let end = new.windows(4).position(|window| window == b"\r\n\r\n");
        if let Some(end) = end {
            let rest = head.split_off(unseen.saturating_add(end).saturating_add(4));
            return Ok((head, rest));
        }
        if head.len() > LARGEST_HEAD {
            return Err(Refused(None).into());
        }
    }
}

#[inline]
fn status(head: &[u8]) -> Option<u16> {
    let line = head.split(|byte| *byte == b'\r').next()?;
    let mut words = std::str::from_utf8(line).ok()?.split(' ');
    words.next().filter(|word| word.starts_with("HTTP/1."))?;
    words.next().filter(|word| word.len() == 3)?.parse().ok()
}

/// The proxy did not open a tunnel: the status that it gave, if what it gave was an answer.
#[derive(Debug)]
pub(in crate::transport::hyper) struct Refused(Option<u16>);

impl Refused {
    /// Whether the proxy would refuse another attempt as well. Not if it is busy, or did not reach the server.
    pub(in crate::transport::hyper) fn is_for_good(&self) -> bool {
        matches!(self.0, Some(300..=499)) && !matches!(self.0, Some(408 | 425 | 429))
    }
}

impl fmt::Display for Refused {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(407) => f.write_str(
                "the proxy wants other credentials (407): check the user name and password in its address",
            ),
            Some(403) => f.write_str(
                "the proxy does not let connections to this server through (403): it has to allow that",
            ),
            Some(status) => write!(f, "the proxy opened no tunnel: it answered {status}"),
            None => f.write_str("the proxy opened no tunnel: what it answered is not HTTP"),
        }
    }
}

impl std::error::Error for Refused {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t9_only_what_may_pass_is_tried_again() {
        for status in [300, 302, 400, 401, 403, 404, 405, 407, 499] {
            assert!(Refused(Some(status)).is_for_good(), "{status}");
        }
        for status in [100, 199, 408, 425, 429, 500, 502, 503, 504, 599, 999] {
            assert!(!Refused(Some(status)).is_for_good(), "{status}");
        }
        assert!(!Refused(None).is_for_good());
    }

    #[tokio::test]
    async fn a_head_may_come_byte_by_byte() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let stream = TcpStream::connect(address).await.unwrap();
        let (proxy, _) = listener.accept().await.unwrap();
        proxy.set_nodelay(true).unwrap();
        let reading = tokio::spawn(async move { read_head(&stream).await });
        let head = b"HTTP/1.1 200 OK\r\nx: y\r\n\r\n";
        for byte in head {
            proxy.writable().await.unwrap();
            assert_eq!(proxy.try_write(&[*byte]).unwrap(), 1);
            // The runtime sees what came, and the reader reads it.
            for _ in 0..3 {
                tokio::task::yield_now().await;
            }
        }
        drop(proxy);
        let (read, rest) = reading.await.unwrap().unwrap();
        assert_eq!((&read[..], &rest[..]), (&head[..], &b""[..]));
    }

    #[test]
    fn only_a_status_line_has_a_status() {
        for (head, expected) in [
            ("HTTP/1.1 200 Connection established\r\n\r\n", Some(200)),
            ("HTTP/1.0 407 Nope\r\nx: y\r\n\r\n", Some(407)),
            ("HTTP/1.1 200\r\n\r\n", Some(200)),
            ("HTTP/2 200\r\n\r\n", None),
            ("HTTP/1.1 2000\r\n\r\n", None),
            ("HTTP/1.1 +20\r\n\r\n", Some(20)),
            ("200 OK\r\n\r\n", None),
            ("\r\n\r\n", None),
        ] {
            assert_eq!(status(head.as_bytes()), expected, "{head:?}");
        }
    }
}
