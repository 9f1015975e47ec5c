//! A server that speaks HTTP/2: the library below traces what goes over its connections.

use std::convert::Infallible;
use std::sync::Arc;

use hyper::server::conn::http2::Builder;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio_rustls::TlsAcceptor;

use crate::authority::Authority;

/// Starts it, and gives its address.
pub(crate) async fn start(authority: &Authority) -> String {
    let mut config = authority.sign(|_| {});
    config.alpn_protocols = vec![b"h2".to_vec()];
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let stream = TokioIo::new(acceptor.accept(stream).await.unwrap());
            let server = Builder::new(TokioExecutor::new());
            tokio::spawn(server.serve_connection(stream, service_fn(answer)));
        }
    });
    address
}

async fn answer<B>(_: Request<B>) -> Result<Response<String>, Infallible> {
    let answer = Response::builder().header("stripe-notice", "canaryBODY");
    let body = r#"{"id":"x","amount":1,"new":"canaryBODY"}"#.to_owned();
    Ok(answer.body(body).unwrap())
}
