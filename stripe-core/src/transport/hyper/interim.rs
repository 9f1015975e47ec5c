//! Interim answers (1xx) say that the answer is still to come. A server that sends them without end would keep a call busy,
//! so there is a limit. hyper tells of those of HTTP/1.1 alone; over HTTP/2 they are skipped one by one, and the time limit
//! of the attempt ends them.

use std::fmt;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::Poll;

use tokio::sync::Notify;

use super::connection::Outgoing;

const MOST_INTERIM: u32 = 3;

/// How many interim answers came to a request.
#[derive(Default)]
pub(super) struct Interim {
    count: AtomicU32,
    too_many: Notify,
}

/// More interim answers came than any server has a reason for.
#[derive(Debug)]
pub(super) struct TooManyInterim;

impl fmt::Display for TooManyInterim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "more than {MOST_INTERIM} interim answers (1xx) came")
    }
}

impl std::error::Error for TooManyInterim {}

impl Interim {
    /// Counts those that will come to this request.
    pub(super) fn of(request: &mut Outgoing) -> Arc<Self> {
        let counted = Arc::new(Self::default());
        let counting = Arc::clone(&counted);
        hyper::ext::on_informational(request, move |_| counting.add_one());
        counted
    }

    fn add_one(&self) {
        if self.count.fetch_add(1, Ordering::Relaxed) >= MOST_INTERIM {
            self.too_many.notify_one();
        }
    }

    /// Waits for the answer, unless too many others come before it.
    pub(super) async fn limit<T>(
        &self,
        mut answer: Pin<Box<dyn Future<Output = T> + Send + '_>>,
    ) -> Result<T, TooManyInterim> {
        let mut too_many = pin!(self.too_many.notified());
        std::future::poll_fn(|context| {
            let answered = answer.as_mut().poll(context);
            // They may have come together with the answer.
            if too_many.as_mut().poll(context).is_ready() {
                return Poll::Ready(Err(TooManyInterim));
            }
            answered.map(Ok)
        })
        .await
    }
}
