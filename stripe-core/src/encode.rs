//! What the two writers, [`form`](crate::form) and [`json`](crate::json), have in common: why a value cannot be written.

use std::fmt;

/// Why a value could not be written. It names the parameter, never a value.
#[derive(Clone, PartialEq, Eq)]
pub struct Error {
    param: String,
    reason: &'static str,
}

impl Error {
    pub(crate) fn new(param: impl Into<String>, reason: &'static str) -> Self {
        Self {
            param: param.into(),
            reason,
        }
    }

    /// The same, seen from the value that holds the refused one under `name`.
    pub(crate) fn within(self, name: &str) -> Self {
        let param = if self.param.is_empty() {
            name.to_owned()
        } else {
            format!("{name}.{}", self.param)
        };
        Self { param, ..self }
    }

    /// The parameter; empty if it is the whole value.
    #[must_use]
    pub fn param(&self) -> &str {
        &self.param
    }

    /// What is wrong with it.
    #[must_use]
    pub const fn reason(&self) -> &'static str {
        self.reason
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "parameter `{}`: {}",
            self.param.escape_debug(),
            self.reason
        )
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({self})")
    }
}

impl std::error::Error for Error {}
