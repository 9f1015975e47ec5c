//! Measures how many requests a second a running mock server answers: a benchmark for people, not a test.
//!
//! `cargo run -p mock-server --example load -- 127.0.0.1:12111 50 5 /v1/coupons/free` holds 50 connections for 5 seconds.

use std::error::Error;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use tokio::net::TcpStream;
use tokio::task::JoinSet;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [address, connections, seconds, path] = arguments.as_slice() else {
        return Err("give ADDRESS CONNECTIONS SECONDS PATH".into());
    };
    let (connections, seconds): (usize, u64) = (connections.parse()?, seconds.parse()?);
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer sk_test_x\r\n\
         Stripe-Version: 2026-05-27.dahlia\r\n\r\n"
    );
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let (total, took) = runtime.block_on(run(address, connections, seconds, &request))?;
    let rate = u128::from(total) * 1000 / took.as_millis().max(1);
    writeln!(
        io::stdout(),
        "{total} answers on {connections} connections in {took:.1?}: {rate} a second"
    )?;
    Ok(())
}

async fn run(
    address: &str,
    connections: usize,
    seconds: u64,
    request: &str,
) -> io::Result<(u64, Duration)> {
    let mut streams = Vec::new();
    for _ in 0..connections {
        streams.push(TcpStream::connect(address).await?);
    }
    let (start, mut tasks) = (Instant::now(), JoinSet::new());
    let end = start + Duration::from_secs(seconds);
    for stream in streams {
        tasks.spawn(ask(stream, request.to_owned(), end));
    }
    let mut total = 0;
    while let Some(answered) = tasks.join_next().await {
        total += answered.map_err(io::Error::other)??;
    }
    Ok((total, start.elapsed()))
}

/// Asks again and again until the time is over.
async fn ask(stream: TcpStream, request: String, end: Instant) -> io::Result<u64> {
    let mut answered = 0;
    while Instant::now() < end {
        stream.writable().await?;
        stream.try_write(request.as_bytes())?;
        answer(&stream).await?;
        answered += 1;
    }
    Ok(answered)
}

/// Reads one answer, whose length its head announces.
async fn answer(stream: &TcpStream) -> io::Result<()> {
    let (mut read, mut buffer) = (Vec::new(), vec![0; 64 * 1024]);
    loop {
        stream.readable().await?;
        match stream.try_read(&mut buffer) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(count) => read.extend_from_slice(buffer.get(..count).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => continue,
            Err(error) => return Err(error),
        }
        if is_complete(&read)? {
            return Ok(());
        }
    }
}

fn is_complete(read: &[u8]) -> io::Result<bool> {
    let text = String::from_utf8_lossy(read);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return Ok(false);
    };
    if !head.starts_with("HTTP/1.1 200") {
        return Err(io::Error::other(
            head.lines().next().unwrap_or_default().to_owned(),
        ));
    }
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length.and_then(|it| it.parse().ok()).unwrap_or_default();
    Ok(body.len() >= length)
}
