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
    /// It could not look, or not at everything, for want of what even a machine of CI need not have: the advisory database,
    /// the whole history. Told as loudly, and no failure.
    Limited(String),
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
