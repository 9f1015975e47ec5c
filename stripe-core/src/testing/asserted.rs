//! Assertions about all that was sent.

use super::mock::MockStripe;
use super::pattern::Pattern;
use super::sent::SentRequest;
use crate::method::Method;

/// Assertions. Each fails with all that was sent.
#[expect(clippy::panic, reason = "that is how an assertion of a test fails")]
impl MockStripe {
    /// Exactly one request was sent to a path, in which parts in braces are any one segment. It is given back, for
    /// assertions about it.
    ///
    /// # Panics
    ///
    /// If it was none, or more.
    #[track_caller]
    #[allow(
        clippy::must_use_candidate,
        reason = "often that is all there is to assert"
    )]
    pub fn assert_sent(&self, method: Method, path: &str) -> SentRequest {
        match self.to(method, path).as_slice() {
            [request] => request.clone(),
            others => panic!(
                "{method} {path} was sent {} times, expected once, in\n{}",
                others.len(),
                self.log()
            ),
        }
    }

    /// So many requests were sent to a path. Each attempt counts. They are given back in order.
    ///
    /// # Panics
    ///
    /// If it was another number.
    #[track_caller]
    #[allow(
        clippy::must_use_candidate,
        reason = "often that is all there is to assert"
    )]
    pub fn assert_sent_times(&self, method: Method, path: &str, count: usize) -> Vec<SentRequest> {
        let found = self.to(method, path);
        assert!(
            found.len() == count,
            "{method} {path} was sent {} times, expected {count}, in\n{}",
            found.len(),
            self.log()
        );
        found
    }

    /// No request was sent to a path.
    ///
    /// # Panics
    ///
    /// If one was.
    #[track_caller]
    pub fn assert_not_sent(&self, method: Method, path: &str) {
        self.assert_sent_times(method, path, 0);
    }

    /// Every rule replied at least once, and every request had a rule.
    ///
    /// # Panics
    ///
    /// If not.
    #[track_caller]
    pub fn verify(&self) {
        if let Some(unmatched) = self.unmatched().first() {
            panic!("{unmatched}");
        }
        let unused = self.unused();
        assert!(
            unused.is_empty(),
            "these rules never replied: {}, in\n{}",
            unused.join(", "),
            self.log()
        );
    }

    fn to(&self, method: Method, path: &str) -> Vec<SentRequest> {
        let pattern = Pattern::new(path);
        let requests = self.sent().into_iter();
        let found = requests.filter_map(|request| {
            let captures = pattern.captures(request.path())?;
            (request.method() == method).then(|| request.with_captures(captures))
        });
        found.collect()
    }

    fn log(&self) -> String {
        let sent: Vec<_> = self.sent().iter().map(ToString::to_string).collect();
        if sent.is_empty() {
            return "no request at all".to_owned();
        }
        sent.join("\n")
    }
}
