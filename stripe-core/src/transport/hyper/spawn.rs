//! The tasks that drive connections of HTTP/2. All of them have one type: the runtime's machinery is compiled anew for each
//! type of task, and it is large.

use std::future::Future;
use std::pin::Pin;

type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Runs a task beside the one that calls this, in the same runtime.
pub(super) fn spawn(task: Task) {
    // It ends with its connection.
    drop(tokio::spawn(task));
}

/// Gives hyper's own tasks to the runtime.
#[derive(Clone, Copy)]
pub(super) struct Executor;

impl<F: Future<Output = ()> + Send + 'static> hyper::rt::Executor<F> for Executor {
    fn execute(&self, task: F) {
        spawn(Box::pin(task));
    }
}
