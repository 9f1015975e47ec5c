//! A transport that is a service of `tower`: a client of hyper-util behind the layers of an application.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use ::tower::{Service, ServiceBuilder, service_fn};
use http::{Request as HttpRequest, Response};
use hyper_util::client::legacy::{Client as HyperClient, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use stripe_core::transport::tower::{TowerBody, TowerTransport};
use stripe_core::transport::{TransportError, TransportErrorKind};
use stripe_core::{Client, Error, ErrorKind, Request};

use crate::clock::TestClock;
use crate::server::{Reply, Server};
use crate::subject::{KEY, POST, THING, Thing, ask, builder};

fn client_over(server: &Server, transport: impl stripe_core::transport::Transport) -> Client {
    let builder = builder(server).clock(TestClock::default());
    builder.transport(transport).build().unwrap()
}

async fn call(client: &Client) -> Result<Thing, Error> {
    let request: Request<Thing> = Request::new(client, POST, &["thing_1"]);
    request.params(ask().email("a@b.c")).await
}

#[tokio::test]
async fn calls_go_through_the_services_layers() {
    let server = Server::start(|_, _| Reply::json(200, THING));
    let hyper: HyperClient<HttpConnector, TowerBody> =
        HyperClient::builder(TokioExecutor::new()).build_http();
    let passed = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&passed);
    let service = ServiceBuilder::new()
        // A service that insists on being asked whether it is ready.
        .concurrency_limit(1)
        .map_request(move |mut request: HttpRequest<TowerBody>| {
            count.fetch_add(1, Ordering::SeqCst);
            assert!(request.headers()["authorization"].is_sensitive());
            assert!(!format!("{request:?}").contains("a%40b.c"));
            let layer = http::HeaderValue::from_static("seen");
            request.headers_mut().insert("x-layer", layer);
            request
        })
        .service(hyper);
    let client = client_over(&server, TowerTransport::new(service));
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { call(&client).await.unwrap().id })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap(), "thing_1");
    }
    assert_eq!(passed.load(Ordering::SeqCst), 20);
    for seen in server.seen() {
        assert_eq!(seen.header("x-layer"), Some("seen"));
        assert!(seen.header("authorization").unwrap().ends_with(KEY));
        assert_eq!(seen.text(), "email=a%40b.c");
    }
}

#[tokio::test]
async fn what_a_service_fails_with_may_have_acted_unless_it_says_otherwise() {
    let server = Server::start(|_, _| Reply::json(200, THING));
    let fail = |error: fn() -> Box<dyn std::error::Error + Send + Sync>| {
        let service = service_fn(move |_: HttpRequest<TowerBody>| async move {
            Err::<Response<String>, _>(error())
        });
        client_over(&server, TowerTransport::new(service))
    };
    let error = call(&fail(|| "broken".into())).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(error.is_outcome_unknown());
    let known = || TransportError::new(TransportErrorKind::Tls).into();
    let error = call(&fail(known)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Tls);
    assert!(!error.is_outcome_unknown());
    let error = call(&client_over(&server, TowerTransport::new(NeverReady))).await;
    let error = error.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert!(!error.is_outcome_unknown());
    assert_eq!(server.seen().len(), 0);
}

#[derive(Clone)]
struct NeverReady;

impl Service<HttpRequest<TowerBody>> for NeverReady {
    type Response = Response<String>;
    type Error = std::io::Error;
    type Future = std::future::Ready<std::io::Result<Response<String>>>;

    fn poll_ready(
        &mut self,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<std::io::Result<()>> {
        std::task::Poll::Ready(Err(std::io::Error::other("closed")))
    }

    fn call(&mut self, _: HttpRequest<TowerBody>) -> Self::Future {
        panic!("it was not ready")
    }
}
