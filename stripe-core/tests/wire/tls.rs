//! Certificates: only a server that proves its name with a chain to a trusted root gets to see a request.

use rcgen::{CertificateParams, DnType, KeyPair, SanType, date_time_ymd};
use rustls::ServerConfig;
use stripe_core::{ApiKey, BaseUrl, Client, ErrorKind, Request};

use crate::authority::{Authority, config};
use crate::clock::TestClock;
use crate::server::{Reply, Server};
use crate::subject::{GET, KEY, POST, THING, Thing};

fn start(config: ServerConfig) -> Server {
    Server::start_tls(config, |_, _| Reply::json(200, THING))
}

pub(crate) fn client(address: &str, pem: &str) -> Client {
    let base = BaseUrl::parse(address).unwrap();
    let builder = Client::builder(ApiKey::new(KEY).unwrap()).base_url_for_all(&base);
    builder
        .add_root_certificate(pem.as_bytes())
        .clock(TestClock::default())
        .build()
        .unwrap()
}

async fn call(client: &Client) -> Result<Thing, stripe_core::Error> {
    Request::new(client, GET, &["thing_1"]).await
}

/// Whether the client took the server for what it says it is.
async fn is_trusted(server: &Server, pem: &str) -> bool {
    is_trusted_as(server, server.address(), pem).await
}

async fn is_trusted_as(server: &Server, address: &str, pem: &str) -> bool {
    match call(&client(address, pem)).await {
        Ok(_) => true,
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::Tls, "{error:?}");
            assert!(!error.is_outcome_unknown());
            assert_eq!(
                server.seen().len(),
                0,
                "nothing is sent before the server is known"
            );
            assert_eq!(server.connections(), 1, "another attempt would not help");
            false
        }
    }
}

#[tokio::test]
async fn t2_an_added_root_is_trusted() {
    let authority = Authority::new();
    let server = start(authority.sign(|_| {}));
    assert!(is_trusted(&server, &authority.pem()).await);
    let named = server.address().replace("127.0.0.1", "localhost");
    assert!(is_trusted_as(&server, &named, &authority.pem()).await);
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn t3_an_unknown_authority_is_not_trusted() {
    let server = start(Authority::new().sign(|_| {}));
    assert!(!is_trusted(&server, &Authority::new().pem()).await);
}

#[tokio::test]
async fn t3_a_server_that_vouches_for_itself_is_not_trusted() {
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
    let certificate = params.self_signed(&key).unwrap();
    let server = start(config(&certificate, &key, rustls::ALL_VERSIONS));
    assert!(!is_trusted(&server, &Authority::new().pem()).await);
}

#[tokio::test]
async fn t3_an_expired_certificate_is_not_trusted() {
    let authority = Authority::new();
    let server = start(authority.sign(|params| params.not_after = date_time_ymd(2020, 1, 1)));
    assert!(!is_trusted(&server, &authority.pem()).await);
}

#[tokio::test]
async fn t3_a_certificate_of_the_future_is_not_trusted() {
    let authority = Authority::new();
    let server = start(authority.sign(|params| params.not_before = date_time_ymd(4000, 1, 1)));
    assert!(!is_trusted(&server, &authority.pem()).await);
}

#[tokio::test]
async fn t3_another_name_is_not_trusted() {
    let authority = Authority::new();
    let server = start(authority.sign(|params| {
        params.subject_alt_names = vec![SanType::DnsName("api.stripe.com".try_into().unwrap())];
    }));
    assert!(!is_trusted(&server, &authority.pem()).await);
    let server = start(authority.sign(|params| {
        params.subject_alt_names = vec![SanType::DnsName("api.stripe.com".try_into().unwrap())];
    }));
    let named = server.address().replace("127.0.0.1", "localhost");
    assert!(!is_trusted_as(&server, &named, &authority.pem()).await);
}

#[tokio::test]
async fn t3_an_address_that_is_not_named_is_not_trusted() {
    let authority = Authority::new();
    let server = start(authority.sign(|params| {
        params.subject_alt_names = vec![SanType::DnsName("localhost".try_into().unwrap())];
    }));
    assert!(!is_trusted(&server, &authority.pem()).await);
}

#[tokio::test]
async fn t3_a_common_name_alone_is_not_trusted() {
    let authority = Authority::new();
    let server = start(authority.sign(|params| {
        params.subject_alt_names = Vec::new();
        params
            .distinguished_name
            .push(DnType::CommonName, "localhost");
    }));
    let named = server.address().replace("127.0.0.1", "localhost");
    assert!(!is_trusted_as(&server, &named, &authority.pem()).await);
}

#[tokio::test]
async fn t7_without_an_added_root_only_mozillas_count() {
    let authority = Authority::new();
    let server = start(authority.sign(|_| {}));
    let base = BaseUrl::parse(server.address()).unwrap();
    let client = Client::builder(ApiKey::new(KEY).unwrap())
        .base_url_for_all(&base)
        .build()
        .unwrap();
    assert_eq!(call(&client).await.unwrap_err().kind(), ErrorKind::Tls);
    assert_eq!(server.seen().len(), 0);
}

#[test]
fn t2_roots_that_are_none_are_refused() {
    let builder = || Client::builder(ApiKey::new(KEY).unwrap());
    for pem in [
        "",
        "canary",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    ] {
        let error = builder()
            .add_root_certificate(pem.as_bytes())
            .build()
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config, "{pem}");
    }
    assert!(builder().only_added_root_certificates().build().is_err());
    let pem = Authority::new().pem();
    let only = builder()
        .add_root_certificate(pem.as_bytes())
        .only_added_root_certificates();
    assert!(only.build().is_ok());
}

#[tokio::test]
async fn t6_no_provider_is_installed_for_the_process() {
    let authority = Authority::new();
    let server = start(authority.sign(|_| {}));
    assert!(is_trusted(&server, &authority.pem()).await);
    assert!(rustls::crypto::CryptoProvider::get_default().is_none());
}

#[tokio::test]
async fn t4_tls_1_2_is_taken() {
    let authority = Authority::new();
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params
        .subject_alt_names
        .push(SanType::IpAddress([127, 0, 0, 1].into()));
    let key = KeyPair::generate().unwrap();
    let certificate = params.signed_by(&key, &authority.issuer).unwrap();
    let server = start(config(&certificate, &key, &[&rustls::version::TLS12]));
    assert!(is_trusted(&server, &authority.pem()).await);
}

#[tokio::test]
async fn t4_tls_1_1_is_not() {
    // A ServerHello that picks TLS 1.1, by hand: no library offers it any more.
    let mut hello = vec![
        0x16, 0x03, 0x02, 0x00, 0x2a, 0x02, 0x00, 0x00, 0x26, 0x03, 0x02,
    ];
    hello.extend_from_slice(&[7; 32]);
    hello.extend_from_slice(&[0x00, 0xc0, 0x13, 0x00]);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("https://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        use std::io::{Read, Write};
        let (mut stream, _) = listener.accept().unwrap();
        let mut read = [0; 4096];
        let _ = stream.read(&mut read);
        let _ = stream.write_all(&hello);
        let _ = stream.read(&mut read);
    });
    let error = call(&client(&address, &Authority::new().pem()))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Tls);
}

#[tokio::test]
async fn t4_http_1_1_is_offered_and_http_2_with_its_feature() {
    let authority = Authority::new();
    let mut config = authority.sign(|_| {});
    // The server picks HTTP/1.1 if it is offered; with h2 alone the test's server could not read a request.
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    let server = start(config);
    assert!(is_trusted(&server, &authority.pem()).await);
    let mut config = authority.sign(|_| {});
    config.alpn_protocols = vec![b"h2".to_vec()];
    let server = start(config);
    let error = call(&client(server.address(), &authority.pem()))
        .await
        .unwrap_err();
    // With h2 agreed on, the server breaks it; not offered h2, it ends the handshake.
    let expected = if cfg!(feature = "http2") {
        ErrorKind::Connection
    } else {
        ErrorKind::Tls
    };
    assert_eq!(error.kind(), expected, "{error:?}");
    assert_eq!(server.seen().is_empty(), !cfg!(feature = "http2"));
}

/// A server that makes a secure connection, reads a request, and then sends what `end` makes of it.
fn breaking(
    config: ServerConfig,
    end: impl Fn(&mut rustls::ServerConnection, &mut std::net::TcpStream) + Send + 'static,
) -> (String, std::sync::Arc<std::sync::atomic::AtomicUsize>) {
    use std::io::Read;
    use std::sync::atomic::{AtomicUsize, Ordering};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("https://{}", listener.local_addr().unwrap());
    let read = std::sync::Arc::new(AtomicUsize::new(0));
    let count = std::sync::Arc::clone(&read);
    let config = std::sync::Arc::new(config);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut tls = rustls::ServerConnection::new(std::sync::Arc::clone(&config)).unwrap();
            let mut request = rustls::Stream::new(&mut tls, &mut stream);
            if request.read(&mut [0; 4096]).is_ok_and(|length| length > 0) {
                count.fetch_add(1, Ordering::SeqCst);
            }
            end(&mut tls, &mut stream);
            // Until the client gives up: a reset could overtake what was sent.
            let _ = stream.read(&mut [0; 4096]);
        }
    });
    (address, read)
}

#[tokio::test]
async fn tls_that_breaks_after_the_request_may_have_acted() {
    use std::io::Write;
    type End = fn(&mut rustls::ServerConnection, &mut std::net::TcpStream);
    let garbage: End = |_, stream| {
        // A record that claims to be encrypted, and is not with this connection's key.
        let mut record = vec![0x17, 0x03, 0x03, 0x00, 0x20];
        record.resize(5 + 0x20, 7);
        stream.write_all(&record).unwrap();
    };
    let nonsense: End = |_, stream| stream.write_all(b"HTTP/1.1 400 Bad Request\r\n").unwrap();
    let alert: End = |tls, stream| {
        // What is not TLS makes the server's own library send an alert in the connection's encryption.
        let _ = tls.read_tls(
            &mut &[
                0x17, 0x03, 0x03, 0x00, 0x11, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
            ][..],
        );
        assert!(tls.process_new_packets().is_err());
        while tls.wants_write() {
            tls.write_tls(stream).unwrap();
        }
    };
    for (name, end) in [
        ("garbage", garbage),
        ("nonsense", nonsense),
        ("alert", alert),
    ] {
        for version in [&rustls::version::TLS12, &rustls::version::TLS13] {
            let authority = Authority::new();
            let mut params = CertificateParams::new(Vec::new()).unwrap();
            params
                .subject_alt_names
                .push(SanType::IpAddress([127, 0, 0, 1].into()));
            let key = KeyPair::generate().unwrap();
            let certificate = params.signed_by(&key, &authority.issuer).unwrap();
            let (address, read) = breaking(config(&certificate, &key, &[version]), end);
            let request: Request<Thing> =
                Request::new(&client(&address, &authority.pem()), POST, &["thing_1"]);
            let error = request.await.unwrap_err();
            let what = format!("{name} {version:?}: {error:?}");
            assert_eq!(error.kind(), ErrorKind::Connection, "{what}");
            assert!(error.is_outcome_unknown() && error.is_retryable(), "{what}");
            assert_eq!(read.load(std::sync::atomic::Ordering::SeqCst), 3, "{what}");
        }
    }
}
