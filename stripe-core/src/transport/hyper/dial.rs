//! TCP connections by name: all addresses of a host, so that one that leads nowhere does not cost the whole timeout.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::net::TcpStream;

/// How long an attempt has before the next address is tried beside it (RFC 8305, section 5).
const HEAD_START: Duration = Duration::from_millis(250);

type Attempt = Pin<Box<dyn Future<Output = io::Result<TcpStream>> + Send>>;

/// Connects to a host: a name, or an address without brackets.
pub(super) async fn dial(host: &str, port: u16) -> io::Result<TcpStream> {
    let found = tokio::net::lookup_host((host, port)).await?.collect();
    let mut race = Race::new(in_turn(found));
    let stream = std::future::poll_fn(|context| race.poll(context)).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// The two families in turn, beginning with the resolver's first choice, and then what is left of one.
fn in_turn(mut addresses: Vec<SocketAddr>) -> Vec<SocketAddr> {
    let mut is_ipv6 = addresses.first().is_some_and(SocketAddr::is_ipv6);
    let mut all = Vec::with_capacity(addresses.len());
    while let Some(next) = addresses.iter().position(|it| it.is_ipv6() == is_ipv6) {
        all.push(addresses.remove(next));
        is_ipv6 = !is_ipv6;
    }
    all.append(&mut addresses);
    all
}

/// Attempts that run beside each other. Dropping it ends them all.
struct Race {
    waiting: std::vec::IntoIter<SocketAddr>,
    running: Vec<Attempt>,
    head_start: Pin<Box<tokio::time::Sleep>>,
    failure: io::Error,
}

#[expect(
    clippy::disallowed_methods,
    reason = "below the injected clock: it is about the real network"
)]
fn head_start() -> Pin<Box<tokio::time::Sleep>> {
    Box::pin(tokio::time::sleep(HEAD_START))
}

impl Race {
    fn new(waiting: Vec<SocketAddr>) -> Self {
        Self {
            waiting: waiting.into_iter(),
            running: Vec::new(),
            head_start: head_start(),
            failure: io::Error::new(io::ErrorKind::NotFound, "the host has no address"),
        }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<io::Result<TcpStream>> {
        loop {
            let before = self.running.len();
            if let Some(stream) = self.poll_running(context) {
                return Poll::Ready(Ok(stream));
            }
            let is_next_due = self.running.is_empty()
                || self.running.len() < before
                || self.head_start.as_mut().poll(context).is_ready();
            if !is_next_due {
                return Poll::Pending;
            }
            if let Some(address) = self.waiting.next() {
                self.running.push(Box::pin(TcpStream::connect(address)));
                self.head_start = head_start();
            } else if self.running.is_empty() {
                let failure = std::mem::replace(&mut self.failure, io::ErrorKind::Other.into());
                return Poll::Ready(Err(failure));
            } else {
                return Poll::Pending;
            }
        }
    }

    /// The first connection that was made. Attempts that failed are left out from now on.
    fn poll_running(&mut self, context: &mut Context<'_>) -> Option<TcpStream> {
        let mut made = None;
        self.running
            .retain_mut(|attempt| match attempt.as_mut().poll(context) {
                Poll::Pending => true,
                Poll::Ready(Ok(stream)) => {
                    made.get_or_insert(stream);
                    false
                }
                Poll::Ready(Err(failure)) => {
                    self.failure = failure;
                    false
                }
            });
        made
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::{TcpListener, TcpSocket};

    use super::*;

    fn addresses(of: &[&str]) -> Vec<SocketAddr> {
        of.iter().map(|address| address.parse().unwrap()).collect()
    }

    #[test]
    fn families_take_turns() {
        for (found, expected) in [
            (&[][..], &[][..]),
            (&["1.1.1.1:1"], &["1.1.1.1:1"]),
            (
                &["[::1]:1", "[::2]:1", "[::3]:1", "1.1.1.1:1"],
                &["[::1]:1", "1.1.1.1:1", "[::2]:1", "[::3]:1"],
            ),
            (
                &["1.1.1.1:1", "[::1]:1", "[::2]:1"],
                &["1.1.1.1:1", "[::1]:1", "[::2]:1"],
            ),
        ] {
            assert_eq!(in_turn(addresses(found)), addresses(expected));
        }
    }

    async fn race(addresses: Vec<SocketAddr>) -> io::Result<TcpStream> {
        let mut race = Race::new(addresses);
        std::future::poll_fn(|context| race.poll(context)).await
    }

    /// An address that lets nobody in: what waits to be accepted is already more than it takes.
    async fn full() -> (SocketAddr, Vec<Attempt>, TcpListener) {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let listener = socket.listen(1).unwrap();
        let address = listener.local_addr().unwrap();
        let mut waiting: Vec<Attempt> = Vec::new();
        for _ in 0..8 {
            let mut attempt: Attempt = Box::pin(TcpStream::connect(address));
            std::future::poll_fn(|context| {
                let _ = attempt.as_mut().poll(context);
                Poll::Ready(())
            })
            .await;
            waiting.push(attempt);
        }
        (address, waiting, listener)
    }

    #[tokio::test]
    async fn an_address_that_refuses_or_says_nothing_does_not_stop_the_next() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let good = listener.local_addr().unwrap();
        let closed = {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            listener.local_addr().unwrap()
        };
        let (silent, _waiting, _listener) = full().await;
        for list in [
            vec![good],
            vec![closed, good],
            vec![silent, good],
            vec![closed, silent, closed, good],
        ] {
            let stream = race(list.clone()).await.unwrap();
            assert_eq!(stream.peer_addr().unwrap(), good, "{list:?}");
        }
        let refused = race(vec![closed, closed]).await.unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::ConnectionRefused);
        let none = race(Vec::new()).await.unwrap_err();
        assert_eq!(none.kind(), io::ErrorKind::NotFound);
    }
}
