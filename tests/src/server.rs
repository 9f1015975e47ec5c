//! A server on this machine that answers from a script and keeps every request byte for byte.
//!
//! HTTP/1.1 by hand, a thread per connection, and nothing shared with the client that it tests: what the client's own
//! stack would write wrongly is read here as it is.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

/// One answer of the script.
#[derive(Clone, Debug)]
pub struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Answer {
    /// An answer of this content type. It carries `Request-Id: req_test_1`, as all of Stripe's do.
    #[must_use]
    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let answer = Self {
            status,
            headers: Vec::new(),
            body: body.into(),
        };
        answer
            .with("Content-Type", content_type)
            .with("Request-Id", "req_test_1")
    }

    /// JSON with status 200.
    #[must_use]
    pub fn json(body: impl Into<Vec<u8>>) -> Self {
        Self::new(200, "application/json", body)
    }

    /// Adds a header.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    fn bytes(&self) -> Vec<u8> {
        let mut text = format!("HTTP/1.1 {} Scripted\r\n", self.status);
        for (name, value) in &self.headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        text.push_str(&format!("Content-Length: {}\r\n\r\n", self.body.len()));
        [text.as_bytes(), &self.body].concat()
    }
}

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// Everything before the body, with its line ends.
    pub head: String,
    /// The body.
    pub body: Vec<u8>,
}

impl Recorded {
    /// The first line without the protocol: `GET /v1/balance`.
    ///
    /// # Panics
    ///
    /// If the line does not end in `HTTP/1.1`.
    #[must_use]
    pub fn line(&self) -> &str {
        let line = self.head.split("\r\n").next().unwrap_or_default();
        line.strip_suffix(" HTTP/1.1")
            .expect("a request of HTTP/1.1")
    }

    /// The target of the first line: path and query.
    #[must_use]
    pub fn target(&self) -> &str {
        self.line().split_once(' ').map_or("", |(_, target)| target)
    }

    /// The header of this name, in any case.
    ///
    /// # Panics
    ///
    /// If it was sent twice.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let headers = self.head.split("\r\n").skip(1);
        let pairs = headers.filter_map(|line| line.split_once(':'));
        let mut found = pairs.filter(|(header, _)| header.eq_ignore_ascii_case(name));
        let (_, value) = found.next()?;
        assert!(found.next().is_none(), "{name} was sent twice");
        Some(value.trim_start_matches(' '))
    }

    /// The body as text.
    ///
    /// # Panics
    ///
    /// If it is not UTF-8.
    #[must_use]
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("a body in UTF-8")
    }

    /// Asserts the header and its value, or with `None` that it was not sent.
    ///
    /// # Panics
    ///
    /// If it is not so.
    pub fn assert_header(&self, name: &str, value: Option<&str>) {
        assert_eq!(self.header(name), value, "header {name} of {}", self.line());
    }
}

/// A server that runs until the test program ends.
#[derive(Debug)]
pub struct Server {
    address: String,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    script: Mutex<VecDeque<Answer>>,
    recorded: Mutex<Vec<Recorded>>,
}

impl Server {
    /// Gives these answers in turn. A request for which none is left is recorded and answered with status 599.
    ///
    /// # Panics
    ///
    /// If there is no free port.
    #[must_use]
    pub fn start(script: impl IntoIterator<Item = Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let shared = Arc::new(Shared {
            script: Mutex::new(script.into_iter().collect()),
            recorded: Mutex::default(),
        });
        let accepting = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&accepting);
                thread::spawn(move || serve(&stream, &shared));
            }
        });
        Self {
            address: format!("http://127.0.0.1:{port}"),
            shared,
        }
    }

    /// Its address, such as `http://127.0.0.1:4711`.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The host and port that a client names in `Host`.
    #[must_use]
    pub fn authority(&self) -> &str {
        self.address.trim_start_matches("http://")
    }

    /// The requests so far.
    #[must_use]
    pub fn recorded(&self) -> Vec<Recorded> {
        lock(&self.shared.recorded).clone()
    }

    /// The only request.
    ///
    /// # Panics
    ///
    /// If there was none, or more than one.
    #[must_use]
    pub fn only(&self) -> Recorded {
        let mut recorded = self.recorded();
        assert_eq!(recorded.len(), 1, "requests");
        recorded.remove(0)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Answers one connection until the client ends it.
fn serve(stream: &TcpStream, shared: &Shared) {
    let mut reader = BufReader::new(stream);
    let mut writer = stream;
    while let Ok(request) = read(&mut reader) {
        lock(&shared.recorded).push(request);
        let answer = lock(&shared.script).pop_front();
        let answer = answer
            .unwrap_or_else(|| Answer::new(599, "text/plain", *b"the script has no more answers"));
        if writer.write_all(&answer.bytes()).is_err() {
            return;
        }
    }
}

fn read(reader: &mut impl BufRead) -> io::Result<Recorded> {
    let mut head = String::new();
    loop {
        let start = head.len();
        if reader.read_line(&mut head)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if head.get(start..) == Some("\r\n") {
            break;
        }
    }
    let mut request = Recorded {
        head,
        body: Vec::new(),
    };
    assert!(
        request.header("transfer-encoding").is_none(),
        "bodies come with their length"
    );
    let length = request
        .header("content-length")
        .map_or(0, |text| text.parse().expect("a length"));
    request.body.resize(length, 0);
    reader.read_exact(&mut request.body)?;
    Ok(request)
}
