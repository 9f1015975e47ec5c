//! Proxies see the server's name and their own credentials, and nothing else.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use rcgen::SanType;
use stripe_core::{ApiKey, BaseUrl, Client, ClientBuilder, Error, ErrorKind, Request};

use crate::authority::Authority;
use crate::child;
use crate::clock::TestClock;
use crate::server::{Reply, Server};
use crate::subject::{KEY, POST, THING, Thing};

/// A proxy that records every byte that reaches it before and in its tunnels, all of which lead to one server.
struct Proxy {
    address: String,
    seen: Arc<Mutex<Vec<Recorded>>>,
}

#[derive(Clone, Default)]
struct Recorded {
    head: String,
    tunnel: Vec<u8>,
}

impl Proxy {
    fn start(answer: &'static str, server: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let seen: Arc<Mutex<Vec<Recorded>>> = Arc::default();
        let recording = Arc::clone(&seen);
        let server = server.rsplit_once('/').unwrap().1.to_owned();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (recording, server) = (Arc::clone(&recording), server.clone());
                std::thread::spawn(move || tunnel(stream.unwrap(), answer, &server, &recording));
            }
        });
        Self { address, seen }
    }

    fn seen(&self) -> Vec<Recorded> {
        self.seen.lock().unwrap().clone()
    }
}

fn tunnel(mut stream: TcpStream, answer: &str, server: &str, seen: &Mutex<Vec<Recorded>>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if stream.read(&mut byte).unwrap_or(0) == 0 {
            return;
        }
        head.push(byte[0]);
    }
    let index = {
        let mut seen = seen.lock().unwrap();
        let head = String::from_utf8(head).unwrap();
        seen.push(Recorded {
            head,
            tunnel: Vec::new(),
        });
        seen.len() - 1
    };
    let _ = stream.write_all(answer.as_bytes());
    if !answer.contains(" 200 ") {
        return;
    }
    let mut upstream = TcpStream::connect(server).unwrap();
    let (mut back, mut from) = (stream.try_clone().unwrap(), upstream.try_clone().unwrap());
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut from, &mut back);
        let _ = back.shutdown(Shutdown::Both);
    });
    let mut piece = [0; 4096];
    while let Ok(length @ 1..) = stream.read(&mut piece) {
        seen.lock().unwrap()[index]
            .tunnel
            .extend_from_slice(&piece[..length]);
        let _ = upstream.write_all(&piece[..length]);
    }
}

const OPEN: &str = "HTTP/1.1 200 Connection established\r\n\r\n";

/// A server that says it is `api.stripe.com`, and an authority that vouches for it.
fn server() -> (Server, String) {
    let authority = Authority::new();
    let config = authority.sign(|params| {
        let name = SanType::DnsName("api.stripe.com".try_into().unwrap());
        params.subject_alt_names.push(name);
    });
    let server = Server::start_tls(config, |_, _| Reply::json(200, THING));
    (server, authority.pem())
}

fn builder(pem: &str) -> ClientBuilder {
    Client::builder(ApiKey::new(KEY).unwrap())
        .add_root_certificate(pem.as_bytes())
        .clock(TestClock::default())
        .max_retries(0)
}

async fn call(client: &Client) -> Result<Thing, Error> {
    Request::new(client, POST, &["thing_1"]).await
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}

#[tokio::test]
async fn t9_a_proxy_gets_the_name_of_the_server_and_its_own_credentials() {
    let (server, pem) = server();
    let proxy = Proxy::start(OPEN, server.address());
    let url = format!("http://user:hunter2@{}", proxy.address);
    let client = builder(&pem).proxy(&url).build().unwrap();
    assert!(!format!("{client:?}").contains("hunter2"));
    for _ in 0..3 {
        call(&client).await.unwrap();
    }
    let [seen] = &proxy.seen()[..] else {
        panic!("one tunnel is enough for all calls")
    };
    let expected = "CONNECT api.stripe.com:443 HTTP/1.1\r\nHost: api.stripe.com:443\r\n\
                    Proxy-Authorization: Basic dXNlcjpodW50ZXIy\r\n\r\n";
    assert_eq!(seen.head, expected);
    assert!(!seen.tunnel.is_empty());
    for secret in [KEY, "Bearer", "/v1/things", "Proxy-Authorization"] {
        assert!(!contains(&seen.tunnel, secret), "{secret}");
    }
    for request in server.seen() {
        assert_eq!(request.header("proxy-authorization"), None);
        assert_eq!(request.header("host"), Some("api.stripe.com"));
        assert!(request.header("authorization").unwrap().ends_with(KEY));
    }
}

#[tokio::test]
async fn t9_a_proxy_that_refuses_is_a_failure_to_connect() {
    let (server, pem) = server();
    for (answer, told) in [
        (
            "HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\n\r\n",
            "407",
        ),
        ("HTTP/1.1 502 Bad Gateway\r\n\r\nno such host", "502"),
        ("HTTP/1.1 302 Found\r\nlocation: http://x/\r\n\r\n", "302"),
        ("SSH-2.0-OpenSSH\r\n\r\n", "not HTTP"),
        ("", "not HTTP"),
        ("HTTP/1.1 200 OK\r\n\r\nTLS before its turn", "not HTTP"),
    ] {
        let proxy = Proxy::start(answer, server.address());
        let url = format!("http://user:hunter2@{}", proxy.address);
        let client = builder(&pem).proxy(&url).build().unwrap();
        let error = call(&client).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connect, "{answer}: {error:?}");
        assert!(!error.is_outcome_unknown());
        let mut shown = format!("{error} {error:?}");
        let mut source = std::error::Error::source(&error);
        while let Some(cause) = source {
            shown.push_str(&format!(" {cause} {cause:?}"));
            source = cause.source();
        }
        assert!(shown.contains(told), "{shown}");
        for secret in ["hunter2", "aHVudGVyMg", "dXNlcjpodW50ZXIy"] {
            assert!(!shown.contains(secret), "{shown}");
        }
        assert_eq!(proxy.seen().len(), 1);
    }
    assert_eq!(server.seen().len(), 0);
}

#[tokio::test]
async fn t9_a_refusal_is_tried_again_only_if_it_may_pass() {
    let (server, pem) = server();
    for (answer, attempts, told) in [
        (
            "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n",
            1,
            "user name and password",
        ),
        (
            "HTTP/1.1 403 Forbidden\r\n\r\n",
            1,
            "lets connections to Stripe through",
        ),
        (
            "HTTP/1.1 429 Too Many Requests\r\n\r\n",
            3,
            "no connection was made",
        ),
        (
            "HTTP/1.1 503 Service Unavailable\r\n\r\n",
            3,
            "no connection was made",
        ),
        ("", 3, "no connection was made"),
    ] {
        let proxy = Proxy::start(answer, server.address());
        let builder = builder(&pem).proxy(&format!("http://{}", proxy.address));
        let error = call(&builder.max_retries(2).build().unwrap())
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connect, "{answer}");
        assert_eq!(proxy.seen().len(), attempts, "{answer}");
        assert_eq!(error.is_retryable(), attempts > 1, "{answer}");
        assert!(!error.is_outcome_unknown());
        assert!(error.to_string().contains(told), "{error}");
    }
    assert_eq!(server.seen().len(), 0);
}

#[tokio::test]
async fn t9_a_proxy_cannot_pass_itself_off_as_the_server() {
    let (_, pem) = server();
    let impostor = Server::start_tls(Authority::new().sign(|_| {}), |_, _| {
        Reply::json(200, THING)
    });
    let proxy = Proxy::start(OPEN, impostor.address());
    let client = builder(&pem)
        .proxy(&format!("http://{}", proxy.address))
        .build()
        .unwrap();
    assert_eq!(call(&client).await.unwrap_err().kind(), ErrorKind::Tls);
    assert_eq!(impostor.seen().len(), 0);
}

#[tokio::test]
async fn t9_servers_on_this_machine_are_reached_without_the_proxy() {
    let (server, pem) = server();
    let proxy = Proxy::start(OPEN, server.address());
    let plain = Server::start(|_, _| Reply::json(200, THING));
    for base in [
        BaseUrl::parse(server.address()).unwrap(),
        BaseUrl::plain_http_on_loopback(plain.address()).unwrap(),
    ] {
        let builder = builder(&pem).base_url_for_all(&base);
        let url = format!("http://{}", proxy.address);
        call(&builder.proxy(&url).build().unwrap()).await.unwrap();
    }
    assert!(proxy.seen().is_empty());
}

#[test]
fn t9_an_address_that_is_none_is_refused_without_repeating_it() {
    let builder = Client::builder(ApiKey::new(KEY).unwrap());
    let url = "https://user:hunter2@proxy.example.com";
    let error = builder.proxy(url).build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    let shown = format!("{error} {error:?}");
    assert!(
        shown.contains("http://") && !shown.contains("hunter2"),
        "{shown}"
    );
}

#[tokio::test]
async fn t9_the_environment_counts_only_when_asked() {
    if child::is_child() {
        let builder = builder(&child::variable("PEM"));
        let builder = match child::variable("ASK").as_str() {
            "yes" => builder.proxy_from_env(),
            _ => builder,
        };
        return child::tell(call(&builder.build().unwrap()).await);
    }
    let (server, pem) = server();
    let proxy = Proxy::start(OPEN, server.address());
    let url = format!("http://{}", proxy.address);
    let run = |ask, no_proxy| {
        let environment = [
            ("PEM", pem.as_str()),
            ("https_proxy", &url),
            ("ASK", ask),
            no_proxy,
        ];
        child::run(
            "proxy::t9_the_environment_counts_only_when_asked",
            &environment,
        )
    };
    assert_eq!(run("yes", ("NO_PROXY", "")), "ok");
    assert_eq!(proxy.seen().len(), 1);
    // The name has no address here, so that a call without the proxy fails.
    assert_eq!(run("no", ("NO_PROXY", "")), "Connect");
    assert_eq!(run("yes", ("NO_PROXY", "stripe.com")), "Connect");
    assert_eq!(proxy.seen().len(), 1);
}
