//! HTTP/2 servers that send without end, or what nobody asked for. A call ends with an error, before memory does.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use stripe_core::{ApiKey, BaseUrl, Client, ErrorKind, Request};

use crate::authority::Authority;
use crate::clock::TestClock;
use crate::subject::{GET, KEY, Thing};

/// The types of frames.
const DATA: u8 = 0x0;
const HEADERS: u8 = 0x1;
const SETTINGS: u8 = 0x4;
const PUSH_PROMISE: u8 = 0x5;
const CONTINUATION: u8 = 0x9;

/// The end of a head.
const END_HEADERS: u8 = 0x4;

/// `:status: 200`, by its number in the table that both sides know.
const STATUS_200: u8 = 0x88;

/// Far more than a client may take of any of these before it gives up.
const MOST: usize = 64 << 20;

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    let head = [&length[1..], &[kind, flags], &stream.to_be_bytes()];
    [&head.concat(), payload].concat()
}

/// What a server sends at first, and then over and over.
struct Flood {
    name: &'static str,
    first: Vec<u8>,
    then: Vec<u8>,
}

fn floods() -> Vec<Flood> {
    let flood = |name, first, then| Flood { name, first, then };
    let header = [&[0x00, 0x7f, 0x81, 0x01][..], &[b'a'; 256]].concat();
    let open = frame(HEADERS, END_HEADERS, 1, &[STATUS_200]);
    vec![
        flood(
            "a head that goes on and on",
            frame(HEADERS, 0, 1, &[STATUS_200]),
            frame(CONTINUATION, 0, 1, &header),
        ),
        flood(
            "a head of nothing that goes on and on",
            frame(HEADERS, 0, 1, &[STATUS_200]),
            frame(CONTINUATION, 0, 1, &[]),
        ),
        flood(
            "frames of no known stream",
            Vec::new(),
            frame(HEADERS, 0, 9, &[0; 16]),
        ),
        flood(
            "frames that are too large",
            Vec::new(),
            frame(DATA, 0, 1, &[0; 0x4001]),
        ),
        flood(
            // The client confirms each. A server that never reads that would wait for ever itself.
            "settings upon settings",
            frame(SETTINGS, 0, 0, &[]).repeat(1_000),
            Vec::new(),
        ),
        flood("pieces of nothing", open.clone(), frame(DATA, 0, 1, &[])),
        flood(
            "another answer than was asked for",
            Vec::new(),
            frame(
                PUSH_PROMISE,
                END_HEADERS,
                1,
                &[&2_u32.to_be_bytes()[..], &[STATUS_200]].concat(),
            ),
        ),
        flood(
            "more than the window lets through",
            open,
            frame(DATA, 0, 1, &[b' '; 0x4000]),
        ),
    ]
}

/// Reads what a client begins with, and its frames up to the head of its request.
fn read_request(stream: &mut impl Read) {
    const PREFACE: usize = 24;
    stream.read_exact(&mut [0; PREFACE]).unwrap();
    let mut head = [0; 9];
    while head[3] != HEADERS {
        stream.read_exact(&mut head).unwrap();
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        stream.read_exact(&mut vec![0; length as usize]).unwrap();
    }
}

/// A server that speaks just enough HTTP/2 to be believed, and how many bytes it got rid of.
fn start(authority: &Authority, flood: Flood) -> (String, Arc<AtomicUsize>) {
    let mut config = authority.sign(|_| {});
    config.alpn_protocols = vec![b"h2".to_vec()];
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("https://{}", listener.local_addr().unwrap());
    let sent = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&sent);
    std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let limit = Some(Duration::from_secs(20));
        stream.set_read_timeout(limit).unwrap();
        stream.set_write_timeout(limit).unwrap();
        let tls = rustls::ServerConnection::new(config).unwrap();
        let mut stream = rustls::StreamOwned::new(tls, stream);
        stream.write_all(&frame(SETTINGS, 0, 0, &[])).unwrap();
        read_request(&mut stream);
        let _ = stream.write_all(&flood.first);
        let is_endless = !flood.then.is_empty();
        while is_endless
            && counted.load(Ordering::SeqCst) < MOST
            && stream.write_all(&flood.then).is_ok()
        {
            counted.fetch_add(flood.then.len(), Ordering::SeqCst);
        }
    });
    (address, sent)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn row_18_a_server_that_floods_is_an_error() {
    for flood in floods() {
        let (name, authority) = (flood.name, Authority::new());
        let (address, sent) = start(&authority, flood);
        let base = BaseUrl::parse(&address).unwrap();
        let builder = Client::builder(ApiKey::new(KEY).unwrap()).base_url_for_all(&base);
        let builder = builder.add_root_certificate(authority.pem().as_bytes());
        let client = builder.clock(TestClock::default()).max_retries(0).build();
        let request: Request<Thing> = Request::new(&client.unwrap(), GET, &["x"]);
        let error = request.await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connection, "{name}: {error:?}");
        assert!(sent.load(Ordering::SeqCst) < MOST, "{name}");
    }
}
