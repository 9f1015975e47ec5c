//! A request that no rule was for, and why not one of them: what a test that fails because of it needs to know.

use std::fmt;

use super::sent::SentRequest;

/// A request, and each rule with the reason why it did not reply.
#[derive(Clone)]
pub(super) struct Unmatched {
    request: SentRequest,
    refusals: Vec<(String, Option<String>)>,
}

impl Unmatched {
    pub(super) const fn new(request: SentRequest, refusals: Vec<(String, Option<String>)>) -> Self {
        Self { request, refusals }
    }
}

impl fmt::Display for Unmatched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "no rule is for the request\n  {}",
            self.request.to_string().replace('\n', "\n  ")
        )?;
        if self.refusals.is_empty() {
            return f.write_str("\nthere are no rules: add one with `on`");
        }
        f.write_str("\nthe rules, the last first, are for")?;
        for (rule, why) in &self.refusals {
            write!(f, "\n  {rule}")?;
            if let Some(why) = why {
                write!(f, " ({why})")?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Unmatched {
    /// As Display: `unwrap` prints this, in the test that needs it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Unmatched {}
