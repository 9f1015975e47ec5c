//! Calls through the generated crate, end to end over TCP: what reaches the server, byte for byte, and what comes back.

mod errors;
mod headers;
mod hosts;
mod v1;
mod v2;

use stripe_generated::stripe_core::BaseUrl;
use stripe_generated::{ApiKey, Client, ClientBuilder};
use tests::server::Server;

/// Not a key: a text of the shape of one.
pub(crate) const KEY: &str = "sk_test_FAKE0123456789abcdef";

const CUSTOMER: &str =
    r#"{"id":"cus_1","object":"customer","created":1767225600,"livemode":false}"#;

pub(crate) fn builder() -> ClientBuilder {
    Client::builder(ApiKey::new(KEY).unwrap()).max_retries(0)
}

/// The opt-in to plain http that a test server needs.
pub(crate) fn base(server: &Server) -> BaseUrl {
    BaseUrl::plain_http_on_loopback(server.address()).unwrap()
}

/// A client all of whose calls go to this server.
pub(crate) fn client(server: &Server) -> Client {
    let builder = builder().base_url_for_all(&base(server));
    Client::build(builder).unwrap()
}

/// A client of a server that is not there: for what must not need one.
pub(crate) fn nowhere() -> Client {
    let nowhere = BaseUrl::plain_http_on_loopback("http://127.0.0.1:1").unwrap();
    Client::build(builder().base_url_for_all(&nowhere)).unwrap()
}
