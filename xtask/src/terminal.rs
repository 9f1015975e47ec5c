//! The three ways xtask talks: results on standard output, complaints and progress on standard error.
//!
//! Not a logger. Progress is for people, so it is printed only where a person can see it.

use std::io::{self, IsTerminal, Write};
use std::process::exit;

/// Writes a line of the command's result to standard output.
///
/// A reader that closes the pipe early (`| head`) has all it wants, so that ends the command as a success.
#[expect(
    clippy::exit,
    reason = "the reader is gone, so there is nobody to return a failure to"
)]
pub(crate) fn say(text: &str) {
    let mut out = io::stdout().lock();
    if let Err(error) = writeln!(out, "{text}").and_then(|()| out.flush()) {
        exit(if error.kind() == io::ErrorKind::BrokenPipe {
            0
        } else {
            2
        });
    }
}

/// Writes an error to standard error.
pub(crate) fn complain(text: &str) {
    note(&format!("error: {text}"));
}

/// Writes a remark that belongs beside the result, not into it.
pub(crate) fn note(text: &str) {
    // Nothing is left to tell anybody when standard error itself is gone.
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Tells a waiting person what is going on; says nothing when standard error is not a terminal.
pub(crate) fn progress(text: &str) {
    if io::stderr().is_terminal() {
        note(text);
    }
}
