//! The password of a proxy: in its address, and in Base64 in the header that it becomes.

use std::io::{Read, Write};
use std::net::TcpListener;

use stripe_core::{ApiKey, BaseUrl, Client, ClientBuilder, Request};

use crate::clock::TestClock;
use crate::subject::{POST, Thing};
use crate::{assert_clean, shown};

/// A proxy that answers so, and then hangs up.
fn start(answer: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(answer);
        }
    });
    address
}

fn builder(proxy: &str) -> ClientBuilder {
    let key = ApiKey::new("sk_test_FAKEcanaryKEY0123456789").unwrap();
    let base = BaseUrl::parse("https://api.example").unwrap();
    let builder = Client::builder(key).base_url_for_all(&base).proxy(proxy);
    assert_clean(proxy_name(proxy), &format!("{builder:?} {builder:#?}"));
    builder.clock(TestClock::default())
}

/// What of an address may be printed here.
fn proxy_name(proxy: &str) -> &str {
    proxy.rsplit('@').next().unwrap()
}

/// Makes calls through proxies that do what they can, and searches all that is printed. What the libraries below trace is
/// searched by the caller.
pub(crate) async fn search() {
    let answers: [&[u8]; 6] = [
        b"",
        b"HTTP/1.1 407 Authenticate\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\ncanaryBODY",
        b"HTTP/1.1 302 canaryBODY\r\nlocation: https://canaryPROXY@x\r\n\r\n",
        b"canaryBODY\r\n\r\n",
    ];
    for answer in answers {
        // One letter more or less in front moves every letter of Base64.
        for user in ["u", "us", "use"] {
            let proxy = format!("http://{user}:canaryPROXY@{}", start(answer));
            let client = builder(&proxy).build().unwrap();
            assert_clean(proxy_name(&proxy), &format!("{client:?} {client:#?}"));
            let request: Request<Thing> = Request::new(&client, POST, &["x"]);
            let error = request.await.unwrap_err();
            assert_clean(proxy_name(&proxy), &shown(&error));
        }
    }
    for refused in [
        "socks5://u:canaryPROXY@x",
        "http://u:canaryPROXY@",
        "http://u:canaryPROXY@x:y",
        "http://u:canaryPROXY@x/path",
        "http://u:canaryPROXY@x y",
    ] {
        let error = builder(refused).build().unwrap_err();
        assert_clean("refused", &shown(&error));
    }
}
