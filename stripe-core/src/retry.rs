//! Whether and when to try again: pure functions of what happened.

mod budget;

use std::time::Duration;

pub(crate) use budget::Budget;

/// What an attempt came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Stripe answered, and perhaps said whether to try again.
    Status {
        status: u16,
        should_retry: Option<bool>,
    },
    /// No answer came; whether another attempt could fare better.
    Failed { passing: bool },
}

impl Outcome {
    fn is_success(self) -> bool {
        matches!(self, Self::Status { status, .. } if (200..300).contains(&status))
    }
}

/// Whether to try again after `retries` retries of at most `max`. What is not `replayable` cannot be sent again, as part of
/// its body is gone.
pub(crate) fn decide(outcome: Outcome, retries: u32, max: u32, replayable: bool) -> bool {
    if retries >= max || !replayable {
        return false;
    }
    match outcome {
        Outcome::Failed { passing } => passing,
        Outcome::Status {
            should_retry: Some(should_retry),
            ..
        } => should_retry,
        // Not 429: Stripe says so itself where another attempt helps.
        Outcome::Status {
            status,
            should_retry: None,
        } => status == 409 || status >= 500,
    }
}

/// What the header `Stripe-Should-Retry` says; any other value says nothing.
pub(crate) fn should_retry(header: Option<&str>) -> Option<bool> {
    match header {
        Some("true") => Some(true),
        Some("false") => Some(false),
        _ => None,
    }
}

const SHORTEST: u64 = 500;
const LONGEST: u64 = 5_000;

/// How long to wait before retry number `retry`, which starts at 1. It doubles up to five seconds; `random` takes up to
/// half off, so that clients that failed together do not come back together.
pub(crate) fn backoff(retry: u32, random: u16) -> Duration {
    let doublings = retry.saturating_sub(1).min(4);
    let whole = (SHORTEST << doublings).min(LONGEST);
    let half = whole / 2;
    let random = half.saturating_mul(u64::from(random)) >> 16;
    Duration::from_millis(half.saturating_add(random).max(SHORTEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_and_the_header_decide() {
        let table = [
            (200, None, false),
            (200, Some(true), true),
            (204, None, false),
            (300, None, false),
            (400, None, false),
            (400, Some(true), true),
            (401, None, false),
            (402, None, false),
            (403, None, false),
            (404, None, false),
            (408, None, false),
            (409, None, true),
            (409, Some(false), false),
            (424, None, false),
            (429, None, false),
            (429, Some(true), true),
            (430, None, false),
            (499, None, false),
            (500, None, true),
            (500, Some(false), false),
            (502, None, true),
            (503, None, true),
            (599, None, true),
        ];
        for (status, should_retry, expected) in table {
            let outcome = Outcome::Status {
                status,
                should_retry,
            };
            assert_eq!(decide(outcome, 0, 2, true), expected, "{outcome:?}");
            assert_eq!(decide(outcome, 1, 2, true), expected, "{outcome:?}");
            assert!(!decide(outcome, 2, 2, true), "{outcome:?}");
            assert!(!decide(outcome, 0, 0, true), "{outcome:?}");
            assert!(!decide(outcome, 0, 2, false), "{outcome:?}");
        }
    }

    #[test]
    fn failures_decide() {
        let passing = Outcome::Failed { passing: true };
        assert!(decide(passing, 0, 1, true));
        assert!(!decide(passing, 1, 1, true));
        assert!(!decide(passing, 0, 1, false));
        assert!(!decide(Outcome::Failed { passing: false }, 0, 9, true));
        assert!(decide(passing, u32::MAX - 1, u32::MAX, true));
    }

    #[test]
    fn only_two_values_of_the_header_count() {
        assert_eq!(should_retry(Some("true")), Some(true));
        assert_eq!(should_retry(Some("false")), Some(false));
        for other in [None, Some(""), Some("True"), Some("1"), Some("true, false")] {
            assert_eq!(should_retry(other), None);
        }
    }

    #[test]
    fn waits_grow_up_to_a_cap_and_are_spread() {
        let bounds = [
            (1, 500, 500),
            (2, 500, 1000),
            (3, 1000, 2000),
            (4, 2000, 4000),
            (5, 2500, 5000),
            (u32::MAX, 2500, 5000),
        ];
        for (retry, least, most) in bounds {
            assert_eq!(backoff(retry, 0).as_millis(), least);
            assert!(most - backoff(retry, u16::MAX).as_millis() <= 1);
            let middle = backoff(retry, u16::MAX / 2).as_millis();
            assert!((least..=most).contains(&middle));
        }
        assert_eq!(backoff(0, 0).as_millis(), 500);
    }

    /// Every number that chance can give, for each retry until nothing changes any more.
    #[test]
    fn row_23_every_wait_is_in_the_upper_half_of_its_step() {
        let steps = [(0, 500), (1, 500), (2, 1_000), (3, 2_000), (4, 4_000)];
        let last = (5..40).chain([u32::MAX]).map(|retry| (retry, 5_000));
        for (retry, step) in steps.into_iter().chain(last) {
            let mut before = Duration::ZERO;
            for random in 0..=u16::MAX {
                let wait = backoff(retry, random);
                let millis = wait.as_millis();
                assert!(millis >= 500.max(step / 2) && millis <= step, "{retry}");
                assert!(wait >= before, "{retry}: more chance is no longer wait");
                before = wait;
            }
        }
    }
}
