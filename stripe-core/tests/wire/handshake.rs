//! How a connection comes about: by the newest TLS that both sides speak, and in half a minute or not at all.

use std::io::Read;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use stripe_core::{ApiKey, BaseUrl, Client, ErrorKind, Request, TimeoutPhase};
use tokio::time::Instant;

use crate::authority::Authority;
use crate::clock::TestClock;
use crate::subject::{GET, KEY, Thing};

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn t4_tls_1_3_is_preferred() {
    let authority = Authority::new();
    let config = Arc::new(authority.sign(|_| {}));
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("https://{}", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let tls = rustls::ServerConnection::new(config).unwrap();
        let mut stream = rustls::StreamOwned::new(tls, stream);
        assert!(stream.read(&mut [0; 1024]).unwrap() > 0);
        stream.conn.protocol_version()
    });
    let base = BaseUrl::parse(&address).unwrap();
    let builder = Client::builder(ApiKey::new(KEY).unwrap()).base_url_for_all(&base);
    let builder = builder.add_root_certificate(authority.pem().as_bytes());
    let client = builder.clock(TestClock::default()).max_retries(0).build();
    // The server hangs up once it knows.
    let _ = Request::<Thing>::new(&client.unwrap(), GET, &["x"]).await;
    let spoken = server.join().unwrap();
    assert_eq!(spoken, Some(rustls::ProtocolVersion::TLSv1_3));
}

/// The clock of the runtime stands still, and goes on to the next limit when there is nothing else to do.
#[tokio::test(start_paused = true)]
async fn t8_connecting_has_30_seconds_unless_set() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = BaseUrl::parse(&format!("https://{}", listener.local_addr().unwrap())).unwrap();
    let builder = || Client::builder(ApiKey::new(KEY).unwrap()).base_url_for_all(&base);
    let set = builder().connect_timeout(Duration::from_secs(7));
    for (builder, seconds) in [(builder(), 30), (set, 7)] {
        let client = builder.clock(TestClock::default()).max_retries(0).build();
        let begun = Instant::now();
        let request: Request<Thing> = Request::new(&client.unwrap(), GET, &["x"]);
        let error = request.await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout, "{error:?}");
        assert_eq!(error.timeout_phase(), Some(TimeoutPhase::Connect));
        let limit = Duration::from_secs(seconds);
        let elapsed = begun.elapsed();
        assert!(
            (limit..limit + Duration::from_secs(1)).contains(&elapsed),
            "{elapsed:?}"
        );
    }
}
