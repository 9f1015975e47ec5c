//! Interim answers (1xx) say that the answer is still to come. A server that sends them without end would keep a call busy,
//! so there is a limit.
//!
//! Over HTTP/2 there is none: hyper tells of those of HTTP/1.1 alone, and below it h2 skips them while it waits for the
//! answer. None of them is kept, the head of each has the limit that the head of an answer has, and the time limit of the
//! attempt ends them all.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use super::connection::Outgoing;

const MOST_INTERIM: u32 = 3;

/// How many interim answers came to a request.
pub(super) struct Interim(Arc<AtomicU32>);

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
    pub(super) fn of(request: &mut Outgoing) -> Self {
        let count = Arc::new(AtomicU32::new(0));
        let counting = Arc::clone(&count);
        hyper::ext::on_informational(request, move |_| {
            counting.fetch_add(1, Ordering::Relaxed);
        });
        Self(count)
    }

    pub(super) fn check(&self) -> Result<(), TooManyInterim> {
        if self.0.load(Ordering::Relaxed) > MOST_INTERIM {
            return Err(TooManyInterim);
        }
        Ok(())
    }
}
