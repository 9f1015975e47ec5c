//! What a gate says: nothing wrong, something found, or that it could not look. Not a failure of the program itself.

/// How a gate went.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// Nothing is wrong; what was looked at.
    Passed(String),
    /// What is wrong, each with what to do about it.
    Found(Vec<String>),
    /// It could not look, and why. In CI that is a failure.
    Skipped(String),
    /// It could not look for want of the advisory database, which even a machine of CI need not have.
    NoDatabase(String),
}

impl Verdict {
    /// Found, if there is anything; else passed.
    pub(crate) fn of(found: Vec<String>, looked_at: impl Into<String>) -> Self {
        if found.is_empty() {
            Self::Passed(looked_at.into())
        } else {
            Self::Found(found)
        }
    }
}
