//! Who opens a connection that all will share. When many requests find none, the first opens it and the others wait for
//! that one attempt, instead of each greeting the server to learn that one greeting was enough.

use std::sync::Arc;

use tokio::sync::Semaphore;

/// What is known of a server, and who is connecting to it.
pub(super) struct Opening {
    /// Whether a connection will be shared: guessed until the first one tells.
    is_shared: bool,
    attempt: Option<Attempt>,
}

/// An attempt that others wait for. The semaphore has no permits; it is closed when the attempt is over, however it ended.
#[derive(Clone)]
pub(super) struct Attempt(Arc<Semaphore>);

/// Ends the attempt when it is dropped: with a connection, with an error, or because nobody waits for it any more.
pub(super) struct Mine(Attempt);

pub(super) enum Turn {
    /// To open the connection.
    Mine(Mine),
    /// To wait until another has done so.
    After(Attempt),
    /// To open one for itself: the server's connections are not shared.
    Anyones,
}

impl Opening {
    pub(super) const fn new(is_shared: bool) -> Self {
        Self {
            is_shared,
            attempt: None,
        }
    }

    pub(super) fn turn(&mut self) -> Turn {
        if !self.is_shared {
            return Turn::Anyones;
        }
        if let Some(attempt) = self.under_way() {
            return Turn::After(attempt.clone());
        }
        let attempt = Attempt(Arc::new(Semaphore::new(0)));
        self.attempt = Some(attempt.clone());
        Turn::Mine(Mine(attempt))
    }

    pub(super) fn is_under_way(&self) -> bool {
        self.under_way().is_some()
    }

    fn under_way(&self) -> Option<&Attempt> {
        self.attempt.as_ref().filter(|attempt| !attempt.is_over())
    }

    /// A connection was opened, to be shared or not.
    pub(super) const fn was(&mut self, is_shared: bool) {
        self.is_shared = is_shared;
    }
}

impl Attempt {
    fn is_over(&self) -> bool {
        self.0.is_closed()
    }

    /// Waits until it is over.
    pub(super) async fn over(&self) {
        // There are no permits to be had: it ends with the error that the semaphore was closed.
        drop(self.0.acquire().await);
    }
}

impl Drop for Mine {
    fn drop(&mut self) {
        self.0.0.close();
    }
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use super::*;

    fn is_over(attempt: &Attempt) -> bool {
        let waiting = pin!(attempt.over());
        waiting.poll(&mut Context::from_waker(Waker::noop())) == Poll::Ready(())
    }

    #[test]
    fn others_wait_for_the_first_however_it_ends() {
        let mut opening = Opening::new(true);
        let Turn::Mine(mine) = opening.turn() else {
            panic!("nobody else is connecting")
        };
        let Turn::After(first) = opening.turn() else {
            panic!("there is somebody to wait for")
        };
        assert!(!is_over(&first));
        drop(mine);
        assert!(is_over(&first));
        let Turn::Mine(_mine) = opening.turn() else {
            panic!("the attempt is over")
        };
    }

    #[test]
    fn nobody_waits_for_a_connection_that_is_not_shared() {
        let mut opening = Opening::new(true);
        let Turn::Mine(_mine) = opening.turn() else {
            panic!("nobody else is connecting")
        };
        opening.was(false);
        assert!(matches!(opening.turn(), Turn::Anyones));
        assert!(matches!(Opening::new(false).turn(), Turn::Anyones));
    }
}
