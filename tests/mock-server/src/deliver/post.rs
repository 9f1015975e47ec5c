//! One POST over a connection of its own. What the answer says beside its status is nobody's business.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::{Duration, Instant};

use super::address::Address;

/// As long as the first line of an answer may be, in bytes.
const LONGEST_LINE: u64 = 8 * 1024;

/// Posts a payload with its signature, and gives the status of the answer.
pub(super) fn post(
    address: &Address,
    signature: &str,
    payload: &str,
    timeout: Duration,
) -> io::Result<u16> {
    let mut connection = Connection::open(address, timeout)?;
    let head = format!(
        "POST {} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nUser-Agent: mock-server\r\nAccept: */*\r\n\
         Content-Type: application/json; charset=utf-8\r\nContent-Length: {}\r\nStripe-Signature: {signature}\r\n\r\n",
        address.target,
        address.authority,
        payload.len()
    );
    let written = connection
        .write_all(head.as_bytes())
        .and_then(|()| connection.write_all(payload.as_bytes()));
    // Who refuses may answer before everything was sent.
    match read_status(connection) {
        Ok(status) => Ok(status),
        Err(error) => Err(written.err().unwrap_or(error)),
    }
}

fn read_status(connection: Connection) -> io::Result<u16> {
    let mut line = String::new();
    BufReader::new(connection.take(LONGEST_LINE)).read_line(&mut line)?;
    if line.is_empty() {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let status = line.strip_prefix("HTTP/1.").and_then(|it| it.get(2..5));
    let status = status.and_then(|it| it.parse().ok());
    status.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "the answer is not HTTP/1.1"))
}

/// A connection that ends at a time, whatever the other side does.
#[derive(Debug)]
struct Connection {
    stream: TcpStream,
    deadline: Instant,
}

impl Connection {
    fn open(address: &Address, timeout: Duration) -> io::Result<Self> {
        let deadline = Instant::now() + timeout;
        let mut last = io::Error::from(io::ErrorKind::NotFound);
        // `localhost` is two addresses, and the app may listen on one of them.
        for socket in address.socket.to_socket_addrs()? {
            match TcpStream::connect_timeout(&socket, left(deadline)?) {
                Ok(stream) => return Ok(Self { stream, deadline }),
                Err(error) => last = error,
            }
        }
        Err(last)
    }
}

/// The time that is left.
fn left(deadline: Instant) -> io::Result<Duration> {
    let left = deadline.saturating_duration_since(Instant::now());
    match left.is_zero() {
        true => Err(io::ErrorKind::TimedOut.into()),
        false => Ok(left),
    }
}

/// Some systems say that it would block where the time is over.
fn in_time<T>(result: io::Result<T>) -> io::Result<T> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
            Err(io::ErrorKind::TimedOut.into())
        }
        other => other,
    }
}

impl Read for Connection {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stream.set_read_timeout(Some(left(self.deadline)?))?;
        in_time(self.stream.read(buffer))
    }
}

impl Write for Connection {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.set_write_timeout(Some(left(self.deadline)?))?;
        in_time(self.stream.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}
