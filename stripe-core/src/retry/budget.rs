//! A limit on retries over all calls of a client: when everything fails, retries would only add to the load.

use std::sync::atomic::{AtomicU32, Ordering};

use super::Outcome;

const FULL: u32 = 500;
const COST: u32 = 5;
/// A call that went well without a retry.
const REWARD: u32 = 1;

/// What is left for retries. It holds a hundred of them; calls that go well fill it up again.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU32);

impl Budget {
    pub(crate) const fn new() -> Self {
        Self(AtomicU32::new(FULL))
    }

    /// Pays for one retry, if there is enough left.
    pub(crate) fn withdraw(&self) -> bool {
        let pay = |left: u32| left.checked_sub(COST);
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, pay)
            .is_ok()
    }

    /// Gives back what the last retry cost once a call went well: it was worth it.
    pub(crate) fn settle(&self, outcome: Outcome, retries: u32) {
        if !outcome.is_success() {
            return;
        }
        let back = if retries == 0 { REWARD } else { COST };
        let fill = |left: u32| Some(left.saturating_add(back).min(FULL));
        // It cannot fail, as `fill` always gives a value.
        let _ = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, fill);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: Outcome = Outcome::Status {
        status: 200,
        should_retry: None,
    };

    #[test]
    fn row_23_a_hundred_retries_and_no_more() {
        let budget = Budget::new();
        assert_eq!((0..1_000).filter(|_| budget.withdraw()).count(), 100);
        for status in [199, 300, 500] {
            let should_retry = None;
            let failed = Outcome::Status {
                status,
                should_retry,
            };
            budget.settle(failed, 2);
        }
        budget.settle(Outcome::Failed { passing: true }, 2);
        assert!(!budget.withdraw(), "what failed gives nothing back");
        budget.settle(GOOD, 2);
        assert!(budget.withdraw());
        assert!(!budget.withdraw());
        for _ in 0..COST {
            budget.settle(GOOD, 0);
        }
        assert!(budget.withdraw());
    }

    #[test]
    fn it_never_holds_more_than_when_it_is_full() {
        let budget = Budget::new();
        for _ in 0..1_000 {
            budget.settle(GOOD, 1);
        }
        assert_eq!((0..1_000).filter(|_| budget.withdraw()).count(), 100);
    }
}
