//! Deliveries over loopback: a signed one reaches its handler, once, and nothing else does.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;

use actix_web::dev::ServerHandle;
use stripe_generated::types::Timestamp;
use stripe_generated::webhook::EventFixture;

use super::*;

/// The app on a free port, until it is dropped.
struct Running {
    address: SocketAddr,
    handle: ServerHandle,
    paid: Arc<AtomicUsize>,
}

fn secret() -> WebhookSecret {
    WebhookSecret::new("whsec_FAKE0123456789").unwrap()
}

fn start() -> Running {
    let paid = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&paid);
    let router = Router::new().on(EventType::INVOICE_PAID, move |_event| {
        count.fetch_add(1, Ordering::Relaxed);
        async { Ok::<_, HandlerError>(()) }
    });
    let (started, starting) = mpsc::channel();
    thread::spawn(move || {
        let webhooks = web::Data::new(Webhooks::new(secret(), router));
        let app = move || App::new().configure(|app| routes(app, &webhooks));
        let server = HttpServer::new(app).workers(1).disable_signals();
        let server = server.bind(("127.0.0.1", 0)).unwrap();
        let address = server.addrs()[0];
        actix_web::rt::System::new().block_on(async {
            let server = server.run();
            started.send((address, server.handle())).unwrap();
            server.await.unwrap();
        });
    });
    let (address, handle) = starting.recv().unwrap();
    Running {
        address,
        handle,
        paid,
    }
}

impl Running {
    /// Delivers, and gives the status and the body of the answer.
    fn deliver(&self, payload: &[u8], headers: &str) -> (String, String) {
        let mut stream = TcpStream::connect(self.address).unwrap();
        let length = payload.len();
        let head = format!(
            "POST /webhooks HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(payload).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head[9..12].to_owned(), body.to_owned())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
    }
}

#[test]
fn a_signed_event_reaches_its_handler_once() {
    let app = start();
    for (id, seen) in [("evt_1", 1), ("evt_1", 1), ("evt_2", 2)] {
        let event = EventFixture::snapshot(&EventType::INVOICE_PAID).id(id);
        let (payload, signature) = event.signed(&secret(), now());
        let header = format!("Stripe-Signature: {signature}\r\n");
        assert_eq!(app.deliver(&payload, &header).0, "200");
        assert_eq!(app.paid.load(Ordering::Relaxed), seen);
    }
}

#[test]
fn row_28_what_is_not_signed_is_refused_without_a_word() {
    let app = start();
    let event = EventFixture::snapshot(&EventType::INVOICE_PAID);
    let (payload, good) = event.signed(&secret(), now());
    let other = WebhookSecret::new("whsec_FAKE_of_another").unwrap();
    let (_, forged) = event.signed(&other, now());
    let header = |value: &str| format!("Stripe-Signature: {value}\r\n");
    for headers in [
        header(&forged),
        header("\u{e9}"),
        String::new(),
        header(&good) + &header(&good),
    ] {
        let answer = app.deliver(&payload, &headers);
        assert_eq!(answer, ("400".to_owned(), String::new()), "{headers}");
    }
    let rewritten = [&payload[..], b" "].concat();
    assert_eq!(app.deliver(&rewritten, &header(&good)).0, "400");
    let long = vec![b' '; (1 << 20) + 1];
    assert_eq!(app.deliver(&long, &header(&good)).0, "413");
    assert_eq!(app.paid.load(Ordering::Relaxed), 0);
}

fn now() -> Timestamp {
    let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
    Timestamp::from_unix(now.try_into().unwrap())
}
