//! What the tests make calls with: a client, an object, and parameters.

use stripe_core::value::Params;
use stripe_core::{ApiKey, BaseUrl, Client, ClientBuilder, Operation, Request};

use crate::clock::TestClock;
use crate::server::Server;

pub(crate) const KEY: &str = "sk_test_FAKE0123456789abcdef";

stripe_core::object! {
    /// What is asked for.
    pub struct Thing {
        /// Its amount.
        pub amount: i64,
        /// Its id.
        #[shown = true]
        pub id: String,
    }
}

pub(crate) const THING: &str = r#"{"id":"thing_1","amount":5,"new_field":[1,2]}"#;

stripe_core::params! {
    /// What is asked with.
    pub struct Ask {
        #[set(text)]
        pub email: String,
        #[set(texts)]
        pub expand: Vec<String>,
        pub flag: bool,
        #[set(clear, clear_limit)]
        pub limit: i64,
    }
}

pub(crate) const GET: Operation = Operation::get("/v1/things/{thing}");
pub(crate) const LIST: Operation = Operation::get("/v1/things");
pub(crate) const POST: Operation = Operation::post_form("/v1/things/{thing}");
pub(crate) const POST_V2: Operation = Operation::post_json("/v2/core/things");
pub(crate) const DELETE: Operation = Operation::delete("/v1/things/{thing}");
pub(crate) const DELETE_V2: Operation = Operation::delete("/v2/core/things/{id}");

pub(crate) fn ask() -> Ask {
    Ask::new()
}

pub(crate) fn builder(server: &Server) -> ClientBuilder {
    let base = BaseUrl::plain_http_on_loopback(server.address()).unwrap();
    Client::builder(ApiKey::new(KEY).unwrap()).base_url_for_all(&base)
}

pub(crate) fn client(server: &Server) -> Client {
    builder(server).clock(TestClock::default()).build().unwrap()
}

/// A request for the thing that the path names, if it names one.
pub(crate) fn request(client: &Client, operation: Operation) -> Request<Thing> {
    let ids: &[&str] = if operation.path.contains('{') {
        &["thing_1"]
    } else {
        &[]
    };
    Request::new(client, operation, ids)
}

/// So that a test says which trait it needs.
#[allow(dead_code, reason = "checked, not called")]
fn are_params(_: impl Params) {}
