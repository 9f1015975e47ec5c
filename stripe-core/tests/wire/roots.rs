//! The system's roots, where a client asked for them: here the system is told by its environment which they are.

use stripe_core::{ApiKey, BaseUrl, Client, ClientBuilder, ErrorKind, Request};

use crate::authority::Authority;
use crate::child;
use crate::clock::TestClock;
use crate::server::{Reply, Server};
use crate::subject::{GET, KEY, THING, Thing};

fn builder() -> ClientBuilder {
    Client::builder(ApiKey::new(KEY).unwrap()).clock(TestClock::default())
}

/// Whether a child trusts a server when the system's roots are in this file.
fn is_trusted(test: &str, name: &str, pem: &str, server: &Server) -> bool {
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&file, pem).unwrap();
    let environment = [
        ("SERVER", server.address()),
        ("SSL_CERT_FILE", file.to_str().unwrap()),
    ];
    child::run(test, &environment)
}

/// Whether the system's roots count, all of them and no others.
fn check(test: &str) {
    let authority = Authority::new();
    let server = Server::start_tls(authority.sign(|_| {}), |_, _| Reply::json(200, THING));
    assert!(is_trusted(test, "right.pem", &authority.pem(), &server));
    assert_eq!(server.seen().len(), 1);
    let other = Authority::new().pem();
    assert!(!is_trusted(test, "other.pem", &other, &server));
    assert!(!is_trusted(test, "none.pem", "", &server));
    assert_eq!(server.seen().len(), 1);
}

async fn call(builder: ClientBuilder) {
    let base = BaseUrl::parse(&std::env::var("SERVER").unwrap()).unwrap();
    let client = builder.base_url_for_all(&base).build().unwrap();
    Request::<Thing>::new(&client, GET, &["x"]).await.unwrap();
}

#[test]
#[cfg(feature = "native-roots")]
fn t7_the_systems_roots_count_where_they_were_asked_for() {
    check("roots::child_with_native_roots");
}

#[tokio::test]
#[cfg(feature = "native-roots")]
#[ignore = "run by t7_the_systems_roots_count_where_they_were_asked_for"]
async fn child_with_native_roots() {
    call(builder().use_native_roots()).await;
}

#[test]
#[cfg(feature = "platform-verifier")]
fn t7_the_platform_decides_where_it_was_asked_to() {
    check("roots::child_with_the_platforms_verifier");
}

#[tokio::test]
#[cfg(feature = "platform-verifier")]
#[ignore = "run by t7_the_platform_decides_where_it_was_asked_to"]
async fn child_with_the_platforms_verifier() {
    call(builder().use_platform_verifier()).await;
}

#[test]
#[cfg(feature = "platform-verifier")]
fn t7_the_platform_decides_alone() {
    let pem = Authority::new().pem();
    let builder = builder().add_root_certificate(pem.as_bytes());
    let error = builder.use_platform_verifier().build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
}
