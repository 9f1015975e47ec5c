//! HTTP over sockets: a task for each connection, all in one thread. What is answered is decided in `exchange`.

use std::fmt;
use std::io;
use std::net::Ipv4Addr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

use crate::body::{Received, receive};
use crate::exchange::{Outcome, exchange, too_long};
use crate::reply::Reply;
use crate::request::Request;
use crate::world::World;

/// A client that has not sent its head by then is gone.
const HEAD_TIMEOUT: Duration = Duration::from_secs(60);

/// So many connections may wait to be accepted. The standard library's 128 let the others try again after a second.
const BACKLOG: u32 = 1024;

/// After an error such as "too many open files", the next connection waits.
const PAUSE: Duration = Duration::from_millis(20);

/// What a server runs in.
pub(crate) fn runtime() -> io::Result<Runtime> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
}

/// Listens on a port of this machine, for as many clients at once as a test may have.
pub(crate) fn listen(runtime: &Runtime, port: u16) -> io::Result<TcpListener> {
    let _inside = runtime.enter();
    let socket = TcpSocket::new_v4()?;
    // As the standard library does: a server that starts again gets its port again. On Windows it means something else.
    #[cfg(not(windows))]
    socket.set_reuseaddr(true)?;
    socket.bind((Ipv4Addr::LOCALHOST, port).into())?;
    socket.listen(BACKLOG)
}

/// Serves connections until the sender of `stopped` is gone.
pub(crate) fn serve(
    runtime: &Runtime,
    listener: &TcpListener,
    world: &Arc<World>,
    stopped: oneshot::Receiver<()>,
) {
    runtime.block_on(async {
        tokio::select! {
            () = accept(listener, world) => {}
            _ = stopped => {}
        }
    });
}

async fn accept(listener: &TcpListener, world: &Arc<World>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                // Answers are small, and wait for nothing.
                let _ = stream.set_nodelay(true);
                tokio::spawn(converse(stream, Arc::clone(world)));
            }
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
    }
}

async fn converse(stream: TcpStream, world: Arc<World>) {
    let service = service_fn(move |request| respond(request, Arc::clone(&world)));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .serve_connection(TokioIo::new(stream), service);
    // A client that goes away is nothing to tell anybody.
    let _ = connection.await;
}

/// The connection is to end here.
#[derive(Debug)]
struct Hangup;

impl fmt::Display for Hangup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection ends, as it was asked for")
    }
}

impl std::error::Error for Hangup {}

async fn respond(
    request: hyper::Request<Incoming>,
    world: Arc<World>,
) -> Result<Response<Content>, Hangup> {
    let (head, body) = request.into_parts();
    let body = match receive(body).await {
        Received::Complete(body) => body,
        Received::TooLong => {
            let request = Request::new(head, Vec::new());
            return response(too_long(&world, &request), false);
        }
        Received::Broken => return Err(Hangup),
    };
    let request = Request::new(head, body);
    // In a task of its own: what a client asked for happens, even if the client does not wait for it.
    let outcome = tokio::spawn(exchange(world, request)).await;
    match outcome {
        Ok(Outcome::Reply(reply)) => response(reply, false),
        Ok(Outcome::Half(reply)) => response(reply, true),
        Ok(Outcome::Nothing) | Err(_) => Err(Hangup),
    }
}

fn response(reply: Reply, breaks: bool) -> Result<Response<Content>, Hangup> {
    let mut builder = Response::builder()
        .status(StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
    for (name, value) in reply.headers {
        builder = builder.header(name, value);
    }
    let content = Content::new(reply.body, breaks);
    builder.body(content).ok().ok_or(Hangup)
}

/// The body of an answer, which may break off in the middle.
#[derive(Debug)]
struct Content {
    data: Option<Bytes>,
    announced: usize,
    breaks: bool,
}

impl Content {
    fn new(data: Bytes, breaks: bool) -> Self {
        let announced = data.len();
        let sent = if breaks {
            data.slice(..announced / 2)
        } else {
            data
        };
        Self {
            data: Some(sent).filter(|it| !it.is_empty()),
            announced,
            breaks,
        }
    }
}

impl Body for Content {
    type Data = Bytes;
    type Error = Hangup;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Hangup>>> {
        if let Some(data) = self.data.take() {
            return Poll::Ready(Some(Ok(Frame::data(data))));
        }
        if std::mem::take(&mut self.breaks) {
            // Once more, so that what was sent leaves this machine before the connection ends.
            self.data = None;
            self.announced = 0;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        if self.announced == 0 {
            return Poll::Ready(Some(Err(Hangup)));
        }
        Poll::Ready(None)
    }

    fn is_end_stream(&self) -> bool {
        self.data.is_none() && !self.breaks && self.announced > 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(u64::try_from(self.announced).unwrap_or(u64::MAX))
    }
}
