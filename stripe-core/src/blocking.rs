//! Calls that block the thread, for programs without a runtime of their own: `.blocking()` where `.await` would stand.
//!
//! Each client has one runtime, on a thread of its own, from its first such call until its last clone is gone. The calling
//! thread runs the call itself; the other one serves the connections, also between calls.
//!
//! A client may be awaited in other runtimes as well: each has connections of its own.

use std::fmt;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::thread;

use futures_core::Stream;
use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

use crate::call::{Call, Reply};
use crate::client::Client;
use crate::error::Error;
use crate::paging::{Items, Page, Pages};
use crate::request::Request;
use crate::response::{StreamingCall, StreamingResponse};

/// The runtime of a client, once it was needed.
#[derive(Default)]
pub(crate) struct Runtime(Mutex<Option<Running>>);

struct Running {
    handle: Handle,
    /// The thread ends when this is dropped.
    _stop: oneshot::Sender<()>,
}

impl Runtime {
    fn handle(&self) -> Result<Handle, Error> {
        // If starting panicked, then nothing was started.
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(running) = &*running {
            return Ok(running.handle.clone());
        }
        let started = start().map_err(|error| {
            Error::config("the thread for blocking calls could not be started: the process may be out of threads or files").with_source(error)
        })?;
        Ok(running.insert(started).handle.clone())
    }
}

fn start() -> io::Result<Running> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    let (stop, stopped) = oneshot::channel();
    let serve = move || {
        // It ends with an error, as nothing is ever sent.
        let _ = runtime.block_on(stopped);
    };
    let name = "stripe-blocking".to_owned();
    thread::Builder::new().name(name).spawn(serve)?;
    Ok(Running {
        handle,
        _stop: stop,
    })
}

/// Runs work to its end on this thread. A panic in it comes out here, and dropping it at any time stops it.
fn block_on<T>(client: &Client, work: impl Future<Output = T>) -> Result<T, Error> {
    if Handle::try_current().is_ok() {
        return Err(Error::config(
            "`.blocking()` was called in an async context, which it would bring to a halt: use `.await`, or a thread \
             outside of the runtime",
        ));
    }
    let runtime = client.inner().runtime.handle()?;
    Ok(runtime.block_on(work))
}

impl<T: Reply> Request<T> {
    /// Sends the request and waits for the answer, blocking this thread. For the status and the headers as well, it is
    /// `.send().blocking()`.
    ///
    /// # Errors
    ///
    /// As when it is awaited; and [`Config`](crate::ErrorKind::Config), with nothing sent, in an async context, that is on
    /// any thread of a tokio runtime: await it there.
    ///
    /// ```no_run
    /// # use stripe_core::{Error, Request};
    /// # fn example(request: Request<i64>) -> Result<(), Error> {
    /// let balance = request.blocking()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn blocking(self) -> Result<T, Error> {
        self.into_future().blocking()
    }
}

impl<T: Reply> Call<T> {
    /// Waits for the answer, blocking this thread.
    ///
    /// # Errors
    ///
    /// As for [`Request::blocking`].
    pub fn blocking(self) -> Result<T, Error> {
        let client = self.client().clone();
        block_on(&client, self)?
    }
}

impl StreamingCall {
    /// Waits for the head of the answer, blocking this thread. Its body is read with [`StreamingResponse::blocking`].
    ///
    /// # Errors
    ///
    /// As for [`Request::blocking`].
    pub fn blocking(self) -> Result<StreamingResponse, Error> {
        let client = self.client().clone();
        block_on(&client, self)?
    }
}

impl StreamingResponse {
    /// The pieces of the body, one after another, blocking this thread.
    pub fn blocking(self) -> Blocking<Self> {
        let client = self.client().clone();
        Blocking::new(client, self)
    }
}

impl<P: Page> Pages<P> {
    /// The pages, one after another, blocking this thread while one is asked for.
    pub fn blocking(self) -> Blocking<Self> {
        let client = self.client().clone();
        Blocking::new(client, self)
    }
}

impl<P: Page> Items<P> {
    /// The objects, one after another, blocking this thread while a page is asked for.
    ///
    /// ```no_run
    /// # use stripe_core::{Error, List, Request};
    /// # fn example(list: Request<List<i64>>) -> Result<(), Error> {
    /// let first_ten: Vec<_> = list.items().blocking().take(10).collect::<Result<_, _>>()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn blocking(self) -> Blocking<Self> {
        let client = self.client().clone();
        Blocking::new(client, self)
    }
}

/// A stream as an iterator that blocks its thread. After an error there is nothing more.
///
/// In an async context, that is on any thread of a tokio runtime, it gives one error
/// ([`Config`](crate::ErrorKind::Config)) and ends.
#[must_use = "nothing is asked for before it is iterated over"]
pub struct Blocking<S> {
    client: Client,
    stream: S,
    is_over: bool,
}

impl<S> Blocking<S> {
    fn new(client: Client, stream: S) -> Self {
        Self {
            client,
            stream,
            is_over: false,
        }
    }

    /// What it iterates over, as for a resume token.
    #[must_use]
    pub fn get_ref(&self) -> &S {
        &self.stream
    }
}

impl<T, S: Stream<Item = Result<T, Error>> + Unpin> Iterator for Blocking<S> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let stream = &mut self.stream;
        let next = std::future::poll_fn(|context| Pin::new(&mut *stream).poll_next(context));
        let next = match block_on(&self.client, next) {
            Ok(next) => next,
            Err(error) => Some(Err(error)),
        };
        self.is_over = !matches!(next, Some(Ok(_)));
        next
    }
}

impl<T, S: Stream<Item = Result<T, Error>> + Unpin> std::iter::FusedIterator for Blocking<S> {}

impl<S: fmt::Debug> fmt::Debug for Blocking<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Blocking").field(&self.stream).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{RecvTimeoutError, channel};
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_thread_ends_when_the_runtime_goes() {
        let runtime = Runtime::default();
        let (guard, dropped) = channel::<()>();
        runtime.handle().unwrap().spawn(async move {
            std::future::pending::<()>().await;
            drop(guard);
        });
        let soon = Duration::from_millis(1);
        assert_eq!(dropped.recv_timeout(soon), Err(RecvTimeoutError::Timeout));
        drop(runtime);
        // The task is dropped with the runtime, at the end of its thread.
        let late = Duration::from_secs(60);
        assert_eq!(
            dropped.recv_timeout(late),
            Err(RecvTimeoutError::Disconnected)
        );
    }
}
