//! A server that does what it is told: one thread per connection, HTTP/1.1 by hand.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) method: String,
    pub(crate) target: String,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found: Vec<_> = self
            .headers
            .iter()
            .filter(|(header, _)| header == name)
            .collect();
        assert!(found.len() < 2, "{name} was sent twice");
        found.first().map(|(_, value)| value.as_str())
    }

    pub(crate) fn header_names(&self) -> Vec<&str> {
        let mut names: Vec<_> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        names
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

/// What the server does with a request.
pub(crate) enum Reply {
    /// Answers.
    Answer(u16, Vec<(&'static str, String)>, Vec<u8>),
    /// Sends these bytes, and then hangs up.
    Bytes(Vec<u8>),
    /// Hangs up without an answer.
    HangUp,
    /// Sends these bytes, and then nothing more.
    Stall(Vec<u8>),
}

impl Reply {
    pub(crate) fn json(status: u16, body: &str) -> Self {
        let headers = vec![
            ("content-type", "application/json".to_owned()),
            ("request-id", "req_test_1".to_owned()),
        ];
        Self::Answer(status, headers, body.as_bytes().to_vec())
    }

    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        if let Self::Answer(_, headers, _) = &mut self {
            headers.push((name, value.to_owned()));
        }
        self
    }
}

type Script = dyn Fn(usize, &Seen) -> Reply + Send + Sync;

pub(crate) struct Server {
    address: String,
    shared: Arc<Shared>,
}

struct Shared {
    script: Box<Script>,
    seen: Mutex<Vec<Seen>>,
    connections: AtomicUsize,
    given_up: AtomicUsize,
}

impl Server {
    /// A server that answers the n-th request, counted from 0, as `script` says.
    pub(crate) fn start(script: impl Fn(usize, &Seen) -> Reply + Send + Sync + 'static) -> Self {
        Self::start_with("http", script, serve)
    }

    /// A server that speaks TLS.
    pub(crate) fn start_tls(
        config: rustls::ServerConfig,
        script: impl Fn(usize, &Seen) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let config = Arc::new(config);
        Self::start_with("https", script, move |stream, shared| {
            let tls = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            serve(rustls::StreamOwned::new(tls, stream), shared);
        })
    }

    fn start_with(
        scheme: &str,
        script: impl Fn(usize, &Seen) -> Reply + Send + Sync + 'static,
        serve: impl Fn(TcpStream, &Shared) + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("{scheme}://{}", listener.local_addr().unwrap());
        let serve = Arc::new(serve);
        let shared = Arc::new(Shared {
            script: Box::new(script),
            seen: Mutex::default(),
            connections: AtomicUsize::new(0),
            given_up: AtomicUsize::new(0),
        });
        let accepting = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let shared = Arc::clone(&accepting);
                shared.connections.fetch_add(1, Ordering::SeqCst);
                let serve = Arc::clone(&serve);
                std::thread::spawn(move || serve(stream.unwrap(), &shared));
            }
        });
        Self { address, shared }
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.shared.seen.lock().unwrap().clone()
    }

    /// The one request that came.
    pub(crate) fn only(&self) -> Seen {
        let seen = self.seen();
        assert_eq!(seen.len(), 1);
        seen.into_iter().next().unwrap()
    }

    pub(crate) fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// On how many stalled connections the client has given up.
    pub(crate) fn given_up(&self) -> usize {
        self.shared.given_up.load(Ordering::SeqCst)
    }
}

fn serve(stream: impl Read + Write, shared: &Shared) {
    let mut stream = BufReader::new(stream);
    while let Some(request) = read(&mut stream) {
        let number = {
            let mut seen = shared.seen.lock().unwrap();
            seen.push(request.clone());
            seen.len() - 1
        };
        match (shared.script)(number, &request) {
            Reply::Answer(status, headers, body) => {
                let mut head = format!(
                    "HTTP/1.1 {status} Whatever\r\ncontent-length: {}\r\n",
                    body.len()
                );
                for (name, value) in headers {
                    head.push_str(&format!("{name}: {value}\r\n"));
                }
                head.push_str("\r\n");
                let bytes = [head.as_bytes(), &body].concat();
                if stream.get_mut().write_all(&bytes).is_err() {
                    return;
                }
            }
            Reply::Bytes(bytes) => {
                let _ = stream.get_mut().write_all(&bytes);
                return;
            }
            Reply::HangUp => return,
            Reply::Stall(bytes) => {
                let _ = stream.get_mut().write_all(&bytes);
                // Until the client gives up.
                let _ = stream.read(&mut [0]);
                shared.given_up.fetch_add(1, Ordering::SeqCst);
                return;
            }
        }
    }
}

/// The next request; none once the client has hung up.
fn read(reader: &mut impl BufRead) -> Option<Seen> {
    let first = line(reader)?;
    let mut words = first.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = Vec::new();
    loop {
        let line = line(reader)?;
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let find = |wanted: &str| headers.iter().find(|(name, _)| name == wanted);
    let body = if find("transfer-encoding").is_some() {
        chunks(reader)?
    } else {
        let length = find("content-length").map_or(0, |(_, value)| value.parse().unwrap());
        exactly(reader, length)?
    };
    Some(Seen {
        method,
        target,
        headers,
        body,
    })
}

/// A body in chunks, if it comes to its end.
fn chunks(reader: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let length = usize::from_str_radix(&line(reader)?, 16).unwrap();
        body.extend(exactly(reader, length)?);
        assert_eq!(line(reader)?, "");
        if length == 0 {
            return Some(body);
        }
    }
}

fn exactly(reader: &mut impl BufRead, length: usize) -> Option<Vec<u8>> {
    let mut bytes = vec![0; length];
    reader.read_exact(&mut bytes).ok()?;
    Some(bytes)
}

fn line(reader: &mut impl BufRead) -> Option<String> {
    let mut line = String::new();
    reader
        .read_line(&mut line)
        .ok()
        .filter(|count| *count > 0)?;
    Some(line.trim_end().to_owned())
}
