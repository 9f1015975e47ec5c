//! One client in many runtimes: a connection is served by the runtime that it was made in, so it is used in no other.

use std::time::Duration;

use stripe_core::{Client, Request};
use tokio::runtime::{Builder, Runtime};

#[cfg(feature = "http2")]
use crate::http2::Http2Server;
use crate::server::{Reply, Server};
use crate::subject::{GET, THING, Thing, builder};

/// A runtime that runs only while something is awaited in it.
fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// A client that does not wait for long, so that a call that nobody serves fails.
fn client(server: &Server) -> Client {
    let builder = builder(server).timeout(Duration::from_secs(10));
    builder.max_retries(0).build().unwrap()
}

fn call(runtime: &Runtime, client: &Client) {
    let request: Request<Thing> = Request::new(client, GET, &["thing_1"]);
    runtime.block_on(request.into_future()).unwrap();
}

#[test]
fn t11_a_connection_is_used_only_in_the_runtime_that_it_was_made_in() {
    let server = Server::start(|_, _| Reply::json(200, THING));
    let client = client(&server);
    let (one, other) = (runtime(), runtime());
    for _ in 0..10 {
        call(&one, &client);
        call(&other, &client);
    }
    assert_eq!(server.connections(), 2, "each keeps its own");
    drop(one);
    call(&other, &client);
    assert_eq!(server.connections(), 2);
}

#[test]
fn t11_a_client_outlives_the_runtimes_that_it_was_used_in() {
    let server = Server::start(|_, _| Reply::json(200, THING));
    let client = client(&server);
    for round in 1..=20 {
        call(&runtime(), &client);
        assert_eq!(server.connections(), round);
    }
}

#[test]
fn t11_threads_of_one_runtime_share_connections() {
    let server = Server::start(|_, _| Reply::json(200, THING));
    let client = client(&server);
    let runtime = Runtime::new().unwrap();
    for _ in 0..50 {
        // Another thread each time, if the runtime likes.
        let request: Request<Thing> = Request::new(&client, GET, &["thing_1"]);
        let call = runtime.spawn(request.into_future());
        runtime.block_on(call).unwrap().unwrap();
    }
    call(&runtime, &client);
    assert_eq!(server.connections(), 1);
}

/// The same over HTTP/2, whose server runs as long as the first of these is kept.
#[cfg(feature = "http2")]
fn http2() -> (Runtime, Http2Server, Client) {
    let serving = Runtime::new().unwrap();
    let server = serving.block_on(Http2Server::start());
    let builder = server.builder().timeout(Duration::from_secs(10));
    let client = builder.max_retries(0).build().unwrap();
    (serving, server, client)
}

#[cfg(feature = "http2")]
#[test]
fn t11_connections_of_http_2_are_shared_within_a_runtime_only() {
    let (_serving, server, client) = http2();
    let (one, other) = (runtime(), runtime());
    for _ in 0..10 {
        call(&one, &client);
        call(&other, &client);
    }
    assert_eq!(server.connections(), 2);
}

#[cfg(feature = "http2")]
#[test]
fn t11_nobody_waits_for_a_connection_that_another_runtime_opens() {
    use std::future::Future;
    use std::task::Poll;

    let (_serving, _server, client) = http2();
    let stalled = runtime();
    let request: Request<Thing> = Request::new(&client, GET, &["thing_1"]);
    let mut begun = request.into_future();
    // As far as it comes until it has to wait for the network.
    stalled.block_on(async {
        for _ in 0..3 {
            std::future::poll_fn(|context| {
                assert!(std::pin::Pin::new(&mut begun).poll(context).is_pending());
                Poll::Ready(())
            })
            .await;
        }
    });
    call(&runtime(), &client);
}
