//! `cargo xtask spec verify`: proves the vendored document against its pin. It does not read the document itself.
//!
//! The other two commands on the document, `diff` and `update`, have their own files.

use std::fs;

pub(crate) mod diff;
mod read;
mod source;
pub(crate) mod transaction;
pub(crate) mod update;

use crate::outcome::{Failure, Outcome};
use crate::pin::Pin;
use crate::terminal::say;
use crate::workspace::{DOCUMENT, Workspace, cannot};

/// Compares the document's size, SHA-256 and git blob id with the pin.
pub(crate) fn verify(workspace: &Workspace) -> Outcome {
    let pin = Pin::load(workspace)?;
    let bytes =
        fs::read(workspace.path(DOCUMENT)).map_err(|error| cannot("read", DOCUMENT, &error))?;
    let mismatches = pin.mismatches(&bytes);
    if !mismatches.is_empty() {
        return Err(Failure::Found(Pin::explain(&mismatches)));
    }
    say(&format!("{DOCUMENT} is {}", pin.api_version));
    say(&format!(
        "  source    {}, {} at commit {}",
        pin.repository, pin.path, pin.commit
    ));
    say(&format!("  bytes     {}", pin.bytes));
    say(&format!("  sha256    {}", pin.sha256));
    say(&format!("  git blob  {}", pin.git_blob));
    Ok(())
}
