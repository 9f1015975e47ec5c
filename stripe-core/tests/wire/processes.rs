//! What only another process shows: keys drawn twice, files left behind, and roots of a system of its own.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use stripe_core::{ApiKey, BaseUrl, Client, ClientBuilder, Error, Request};

use crate::child;
use crate::server::{Reply, Server};
use crate::subject::{KEY, POST, THING, Thing};

/// An empty folder of its own for a test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn builder(base: &BaseUrl) -> ClientBuilder {
    Client::builder(ApiKey::new(KEY).unwrap()).base_url_for_all(base)
}

/// What a child does: it calls the server that it was told of.
async fn calls(count: usize) -> Result<(), Error> {
    let base = BaseUrl::plain_http_on_loopback(&child::variable("SERVER"))?;
    let client = builder(&base).telemetry(true).build()?;
    for _ in 0..count {
        Request::<Thing>::new(&client, POST, &["x"]).await?;
    }
    Ok(())
}

/// A generator that begins alike everywhere gives two processes the same keys.
#[tokio::test]
async fn row_22_no_two_processes_draw_the_same_keys() {
    if child::is_child() {
        return child::tell(calls(20).await);
    }
    let server = Server::start(|_, _| Reply::json(200, THING));
    let test = "processes::row_22_no_two_processes_draw_the_same_keys";
    for _ in 0..3 {
        assert_eq!(child::run(test, &[("SERVER", server.address())]), "ok");
    }
    let seen = server.seen();
    let keys: BTreeSet<_> = seen.iter().map(|it| it.header("idempotency-key")).collect();
    assert!(!keys.contains(&None));
    assert_eq!((seen.len(), keys.len()), (60, 60));
}

/// Where programs keep what they remember.
const PLACES: [&str; 6] = [
    "APPDATA",
    "HOME",
    "LOCALAPPDATA",
    "TMPDIR",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
];

#[tokio::test]
async fn row_34_nothing_is_kept_in_a_file() {
    if child::is_child() {
        std::env::set_current_dir(child::variable("HOME")).unwrap();
        return child::tell(calls(2).await);
    }
    let server = Server::start(|_, _| Reply::json(200, THING));
    let home = folder("home-of-a-child");
    let mut environment = vec![("SERVER", server.address())];
    environment.extend(PLACES.map(|name| (name, home.to_str().unwrap())));
    let test = "processes::row_34_nothing_is_kept_in_a_file";
    assert_eq!(child::run(test, &environment), "ok");
    assert_eq!(server.seen().len(), 2);
    let left: Vec<_> = std::fs::read_dir(&home).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
}

/// The root of the system, and one that is added to it: servers of both are trusted.
#[cfg(all(target_os = "linux", feature = "native-roots"))]
#[tokio::test]
async fn t2_an_added_root_leaves_the_others() {
    use crate::authority::Authority;
    if child::is_child() {
        let base = BaseUrl::parse(&child::variable("SERVER")).unwrap();
        let added = child::variable("ADDED");
        let builder = builder(&base).use_native_roots().max_retries(0);
        let client = builder
            .add_root_certificate(added.as_bytes())
            .build()
            .unwrap();
        return child::tell(Request::<Thing>::new(&client, POST, &["x"]).await);
    }
    let (system, added) = (Authority::new(), Authority::new());
    let file = folder("roots-of-a-child").join("system.pem");
    std::fs::write(&file, system.pem()).unwrap();
    let server = |authority: &Authority| {
        Server::start_tls(authority.sign(|_| {}), |_, _| Reply::json(200, THING))
    };
    for server in [server(&system), server(&added)] {
        let environment = [
            ("SERVER", server.address()),
            ("SSL_CERT_FILE", file.to_str().unwrap()),
            ("ADDED", &added.pem()),
        ];
        let test = "processes::t2_an_added_root_leaves_the_others";
        assert_eq!(child::run(test, &environment), "ok");
        assert_eq!(server.seen().len(), 1);
    }
}
