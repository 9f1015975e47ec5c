//! Measures the mock server as cargo built it: a benchmark for people, not a test. `cargo run -p mock-server --example bench`
//!
//! The server is a process of its own, of this same program, so that its processor time and memory are known (on Linux).
//! Rates are per second of processor time: what else the machine does plays no part in them. It stops by itself.

use std::error::Error;
use std::io::{self, BufRead, BufReader, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use mock_server::MockServer;

type Outcome<T> = Result<T, Box<dyn Error>>;

const SMALL: &str = "/v1/coupons/free";

fn main() -> Outcome<()> {
    if std::env::args().any(|it| it == "serve") {
        return serve();
    }
    let server = Server::start()?;
    say(&format!("started and listening in {:.2?}", server.started))?;
    for (path, rounds) in [
        (SMALL, 400),
        ("/v1/customers/cus_1", 200),
        ("/v1/customers?limit=10", 20),
    ] {
        rate(&server, path, rounds)?;
    }
    hold(&server, 1_000)?;
    for _ in 0..3 {
        garbage(&server)?;
    }
    Ok(())
}

fn serve() -> Outcome<()> {
    let server = MockServer::start()?;
    say(server.url().trim_start_matches("http://"))?;
    // Ends with the benchmark, which holds the other end.
    io::stdin().read_line(&mut String::new())?;
    Ok(())
}

fn say(line: &str) -> io::Result<()> {
    writeln!(io::stdout(), "{line}")
}

/// Answers a second of processor time, over 50 connections.
fn rate(server: &Server, path: &str, rounds: usize) -> Outcome<()> {
    let mut streams = server.connect(50)?;
    let before = server.processor_time();
    for _ in 0..rounds {
        ask_all(&mut streams, path)?;
    }
    let count = rounds * streams.len();
    let Some(used) = server
        .processor_time()
        .zip(before)
        .map(|(now, then)| now - then)
    else {
        return Ok(say("the processor time of a process is not known here")?);
    };
    let each = used / u32::try_from(count)?;
    let rate = Duration::from_secs(1).as_nanos() / each.as_nanos().max(1);
    Ok(say(&format!(
        "{path}: {rate} a second on one core ({each:.1?} each)"
    ))?)
}

/// So many connections at once, all of which are answered twice.
fn hold(server: &Server, count: usize) -> Outcome<()> {
    let start = Instant::now();
    let mut streams = server.connect(count)?;
    for _ in 0..2 {
        ask_all(&mut streams, SMALL)?;
    }
    let took = start.elapsed();
    Ok(say(&format!(
        "{count} connections held, each answered twice, in {took:.1?}; {}",
        server.memory()
    ))?)
}

fn ask_all(streams: &mut [BufReader<TcpStream>], path: &str) -> Outcome<()> {
    for stream in &mut *streams {
        send(stream, "GET", path, "text/plain", b"")?;
    }
    for stream in streams {
        let status = answer(stream)?;
        if status != 200 {
            return Err(format!("{path} is answered with {status}").into());
        }
    }
    Ok(())
}

/// Whatever no client should send.
fn garbage(server: &Server) -> Outcome<()> {
    let nested = "[".repeat(100_000);
    let (form, json) = ("application/x-www-form-urlencoded", "application/json");
    let long = vec![b'a'; 64 * 1024 * 1024];
    for (path, media, body) in [
        ("/v1/customers", form, &b"email=%zz"[..]),
        ("/v1/customers", form, b"email=%ff"),
        ("/v1/customers", form, b"email=\xff"),
        (
            "/v1/customers",
            form,
            format!("a{}=1", "[b]".repeat(100_000)).as_bytes(),
        ),
        (
            "/v2/core/accounts",
            json,
            format!("{{\"a\":{nested}").as_bytes(),
        ),
        ("/v2/core/accounts", json, b"{\"a\":\"\xff\"}"),
        ("/v1/customers", form, &long),
        ("/v2/core/accounts", json, &long),
        ("/v1/files", "multipart/form-data; boundary=a", &long),
    ] {
        let mut stream = BufReader::new(TcpStream::connect(&server.address)?);
        send(&mut stream, "POST", path, media, body)?;
        let status = answer(&mut stream)?;
        if !(400..500).contains(&status) {
            return Err(format!("garbage is answered with {status}").into());
        }
    }
    Ok(say(&format!(
        "garbage is answered with 4xx; {}",
        server.memory()
    ))?)
}

fn send(
    stream: &mut BufReader<TcpStream>,
    method: &str,
    path: &str,
    media: &str,
    body: &[u8],
) -> io::Result<()> {
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer sk_test_x\r\nStripe-Version: 2026-05-27.x\r\n\
         Content-Type: {media}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.get_mut().write_all(head.as_bytes())?;
    stream.get_mut().write_all(body)
}

/// Reads an answer, and gives its status.
fn answer(stream: &mut BufReader<TcpStream>) -> Outcome<u16> {
    let mut line = String::new();
    stream.read_line(&mut line)?;
    let status = line
        .split(' ')
        .nth(1)
        .ok_or("the connection ended")?
        .parse()?;
    let mut length = 0;
    while line != "\r\n" {
        line.clear();
        if stream.read_line(&mut line)? == 0 {
            return Err("the connection ended in a head".into());
        }
        if let Some(text) = line.strip_prefix("content-length: ") {
            length = text.trim().parse()?;
        }
    }
    io::copy(&mut io::Read::take(stream, length), &mut io::sink())?;
    Ok(status)
}

/// The server's process.
struct Server {
    process: Child,
    address: String,
    started: Duration,
}

impl Server {
    fn start() -> Outcome<Self> {
        let start = Instant::now();
        let mut command = Command::new(std::env::current_exe()?);
        let command = command
            .arg("serve")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut process = command.spawn()?;
        let mut line = String::new();
        let output = process.stdout.take().ok_or("the server has no output")?;
        BufReader::new(output).read_line(&mut line)?;
        Ok(Self {
            process,
            address: line.trim().to_owned(),
            started: start.elapsed(),
        })
    }

    fn connect(&self, count: usize) -> io::Result<Vec<BufReader<TcpStream>>> {
        let connect = |_| TcpStream::connect(&self.address).map(BufReader::new);
        (0..count).map(connect).collect()
    }

    /// What the server's threads have used so far, where the system says so.
    fn processor_time(&self) -> Option<Duration> {
        let threads = std::fs::read_dir(format!("/proc/{}/task", self.process.id())).ok()?;
        let used = threads.map(|thread| {
            let text = std::fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
            text.split(' ')
                .next()?
                .parse()
                .ok()
                .map(Duration::from_nanos)
        });
        used.sum()
    }

    /// Now and at most, where the system says so.
    fn memory(&self) -> String {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()));
        let status = status.unwrap_or_default();
        let lines = status
            .lines()
            .filter(|it| it.starts_with("VmRSS") || it.starts_with("VmHWM"));
        let lines: Vec<String> = lines
            .map(|it| it.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        format!("memory {}", lines.join(", "))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Its standard input ends, and the server with it.
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}
