//! How a command ends: fine, with a finding (exit code 1), or without having been able to run (exit code 2).
//!
//! Not a general error type: a message is complete when it is made, and says where, what, and what to do next.

use std::process::ExitCode;

/// Why a command did not end well.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command did its work and found something that somebody has to mend.
    Found(String),
    /// The command could not do its work.
    CouldNotRun(String),
}

/// What every command returns.
pub(crate) type Outcome = Result<(), Failure>;

impl Failure {
    /// The text for the person who ran the command.
    pub(crate) fn message(&self) -> &str {
        match self {
            Self::Found(message) | Self::CouldNotRun(message) => message,
        }
    }

    /// The exit code that scripts rely on.
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Found(_) => ExitCode::from(1),
            Self::CouldNotRun(_) => ExitCode::from(2),
        }
    }
}
