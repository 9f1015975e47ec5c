//! Failures on demand: which request fails, and how. Carrying them out is the exchange's work.

mod parse;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

pub use parse::ParseFailureError;

/// A failure to be injected.
///
/// ```
/// use mock_server::Failure;
///
/// // The second charge is made, but the client never hears of it.
/// let failure = Failure::on("POST", "/v1/charges").call(2).drop_after_acting();
/// // The same as text, as `--fail` takes it.
/// assert_eq!("POST /v1/charges@2=drop-after".parse::<Failure>().unwrap(), failure);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    method: Option<String>,
    path: String,
    first: u64,
    last: u64,
    plan: Plan,
}

/// What happens to a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) latency: Duration,
    pub(crate) ending: Option<Ending>,
}

/// How a request ends, other than with its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// An error that says so; acted on before it or not at all.
    Status {
        status: u16,
        acts: bool,
        should_retry: Option<bool>,
    },
    /// The connection ends without an answer.
    Drop { acts: bool },
    /// The answer's head is fine, its body is not JSON.
    Malformed,
    /// The connection ends in the middle of the body.
    Truncated,
}

impl Failure {
    /// Fails requests with this method and path. In the path `*` stands for anything, slashes too.
    #[must_use]
    pub fn on(method: &str, path: &str) -> Self {
        Self {
            method: Some(method.to_owned()),
            ..Self::any(path)
        }
    }

    /// Fails requests with this path, whatever the method.
    #[must_use]
    pub fn any(path: &str) -> Self {
        Self {
            method: None,
            path: path.to_owned(),
            first: 1,
            last: u64::MAX,
            plan: Plan::default(),
        }
    }

    /// Fails only the `number`-th such request, counted from 1.
    #[must_use]
    pub fn call(self, number: u64) -> Self {
        self.calls(number, number)
    }

    /// Fails only those from the `first` to the `last`, counted from 1.
    #[must_use]
    pub fn calls(mut self, first: u64, last: u64) -> Self {
        (self.first, self.last) = (first, last);
        self
    }

    /// Waits before acting. It can be combined with any other failure, and alone is none.
    #[must_use]
    pub fn latency(mut self, latency: Duration) -> Self {
        self.plan.latency = latency;
        self
    }

    /// Answers with this status and an error, and does nothing.
    #[must_use]
    pub fn status(self, status: u16) -> Self {
        self.answered(status, false)
    }

    /// Does what was asked, and answers with this status and an error all the same.
    #[must_use]
    pub fn status_after_acting(self, status: u16) -> Self {
        self.answered(status, true)
    }

    fn answered(self, status: u16, acts: bool) -> Self {
        self.ending(Ending::Status {
            status,
            acts,
            should_retry: None,
        })
    }

    /// Adds `Stripe-Should-Retry` to the error that [`status`](Self::status) or
    /// [`status_after_acting`](Self::status_after_acting) asked for.
    #[must_use]
    pub fn should_retry(mut self, should: bool) -> Self {
        if let Some(Ending::Status { should_retry, .. }) = &mut self.plan.ending {
            *should_retry = Some(should);
        }
        self
    }

    /// Ends the connection without an answer, and does nothing.
    #[must_use]
    pub fn drop_before_acting(self) -> Self {
        self.ending(Ending::Drop { acts: false })
    }

    /// Does what was asked, and ends the connection without an answer.
    #[must_use]
    pub fn drop_after_acting(self) -> Self {
        self.ending(Ending::Drop { acts: true })
    }

    /// Does what was asked, and answers with a body that is not JSON.
    #[must_use]
    pub fn malformed_body(self) -> Self {
        self.ending(Ending::Malformed)
    }

    /// Does what was asked, and ends the connection in the middle of the answer's body.
    #[must_use]
    pub fn truncated_body(self) -> Self {
        self.ending(Ending::Truncated)
    }

    fn ending(mut self, ending: Ending) -> Self {
        self.plan.ending = Some(ending);
        self
    }

    fn is_about(&self, method: &str, path: &str) -> bool {
        self.method.as_deref().is_none_or(|it| it == method) && matches(&self.path, path)
    }
}

/// Whether `text` is what `pattern` says, where `*` is any text.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(mut text) = text.strip_prefix(start) else {
        return false;
    };
    let mut pieces: Vec<&str> = rest.split('*').collect();
    let last = pieces.pop().unwrap_or_default();
    for piece in pieces {
        let Some((_, after)) = text.split_once(piece) else {
            return false;
        };
        text = after;
    }
    text.ends_with(last)
}

/// The failures that a server injects, each with the number of requests that it was about.
#[derive(Debug, Default)]
pub(crate) struct Failures {
    rules: Mutex<Vec<(Arc<Failure>, u64)>>,
}

impl Failures {
    fn rules(&self) -> std::sync::MutexGuard<'_, Vec<(Arc<Failure>, u64)>> {
        self.rules.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn add(&self, failure: Failure) {
        self.rules().push((Arc::new(failure), 0));
    }

    pub(crate) fn clear(&self) {
        self.rules().clear();
    }

    /// Counts from the start again.
    pub(crate) fn restart(&self) {
        self.rules().iter_mut().for_each(|(_, count)| *count = 0);
    }

    /// What happens to this request. Every rule about it counts it; latencies add up, and the first ending holds.
    pub(crate) fn plan(&self, method: &str, path: &str) -> Plan {
        let mut plan = Plan::default();
        for (failure, count) in self.rules().iter_mut() {
            if !failure.is_about(method, path) {
                continue;
            }
            *count += 1;
            if (failure.first..=failure.last).contains(count) {
                plan.latency = plan.latency.saturating_add(failure.plan.latency);
                plan.ending = plan.ending.or_else(|| failure.plan.ending.clone());
            }
        }
        plan
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_any_text() {
        for (pattern, text, expected) in [
            ("/v1/charges", "/v1/charges", true),
            ("/v1/charges", "/v1/charges/ch_1", false),
            ("*", "/v1/charges", true),
            ("/v1/*", "/v1/charges/ch_1", true),
            ("/v1/*/capture", "/v1/payment_intents/pi_1/capture", true),
            ("/v1/*/capture", "/v1/payment_intents/pi_1", false),
            ("*intents*capture", "/v1/payment_intents/pi_1/capture", true),
            ("*a*b*", "xbxa", false),
            ("/v1*1", "/v1", false),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn the_nth_call_fails_and_no_other() {
        let failures = Failures::default();
        failures.add(Failure::on("POST", "/v1/*").call(2).status(500));
        failures.add(
            Failure::any("*")
                .calls(2, 3)
                .latency(Duration::from_millis(5)),
        );
        let fails = |method: &str| failures.plan(method, "/v1/charges").ending.is_some();
        assert_eq!(
            [fails("POST"), fails("GET"), fails("POST"), fails("POST")],
            [false, false, true, false]
        );
        failures.restart();
        failures.plan("POST", "/v1/charges");
        let plan = failures.plan("POST", "/v1/charges");
        assert!(plan.ending.is_some());
        assert_eq!(plan.latency, Duration::from_millis(5));
        failures.clear();
        assert_eq!(failures.plan("POST", "/v1/charges"), Plan::default());
    }
}
