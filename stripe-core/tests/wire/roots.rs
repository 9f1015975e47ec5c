//! The system's roots, where a client asked for them: here the system is told by its environment which they are.

use stripe_core::{ApiKey, BaseUrl, Client, ClientBuilder, Error, ErrorKind, Request};

use crate::authority::Authority;
use crate::child;
use crate::clock::TestClock;
use crate::server::{Reply, Server};
use crate::subject::{GET, KEY, THING, Thing};

fn builder() -> ClientBuilder {
    Client::builder(ApiKey::new(KEY).unwrap()).clock(TestClock::default())
}

/// Checks that the system's roots count, all of them and no others, with clients that `ask` for them.
async fn check(test: &str, ask: fn(ClientBuilder) -> ClientBuilder) {
    if child::is_child() {
        return child::tell(call(ask(builder())).await);
    }
    let authority = Authority::new();
    let server = Server::start_tls(authority.sign(|_| {}), |_, _| Reply::json(200, THING));
    assert_eq!(trusting(test, "right.pem", &authority.pem(), &server), "ok");
    assert_eq!(server.seen().len(), 1);
    let other = Authority::new().pem();
    assert_eq!(trusting(test, "other.pem", &other, &server), "Tls");
    // Whether the system has other roots beside that file differs.
    assert_ne!(trusting(test, "none.pem", "", &server), "ok");
    assert_eq!(server.seen().len(), 1);
}

/// What becomes of a child's call when the system's roots are in this file.
fn trusting(test: &str, name: &str, pem: &str, server: &Server) -> String {
    let name = format!("{}-{name}", test.replace("::", "-"));
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&file, pem).unwrap();
    let environment = [
        ("SERVER", server.address()),
        ("SSL_CERT_FILE", file.to_str().unwrap()),
    ];
    child::run(test, &environment)
}

async fn call(builder: ClientBuilder) -> Result<Thing, Error> {
    let base = BaseUrl::parse(&child::variable("SERVER")).unwrap();
    let client = builder.base_url_for_all(&base).build()?;
    Request::new(&client, GET, &["x"]).await
}

#[tokio::test]
#[cfg(feature = "native-roots")]
async fn t7_the_systems_roots_count_where_they_were_asked_for() {
    let test = "roots::t7_the_systems_roots_count_where_they_were_asked_for";
    check(test, ClientBuilder::use_native_roots).await;
}

#[tokio::test]
#[cfg(feature = "platform-verifier")]
async fn t7_the_platform_decides_where_it_was_asked_to() {
    let test = "roots::t7_the_platform_decides_where_it_was_asked_to";
    check(test, ClientBuilder::use_platform_verifier).await;
}

#[test]
#[cfg(feature = "platform-verifier")]
fn t7_the_platform_decides_alone() {
    let pem = Authority::new().pem();
    let builder = builder().add_root_certificate(pem.as_bytes());
    let error = builder.use_platform_verifier().build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
}
