//! How much an operation or a schema may come to when what it refers to is written out in place: a few schemas that each
//! hold the next one several times would fill any memory.

use std::cell::Cell;

use crate::diagnostic::{Diagnostics, Pointer};

/// Some fifty times what the largest operation comes to.
const POSITIONS: usize = 100_000;

/// The positions that are left.
#[derive(Debug, Default)]
pub(crate) struct Room(Cell<usize>);

impl Room {
    /// Does a piece of work, and complains if there was not room enough for it.
    pub(crate) fn within<T>(
        &self,
        at: &Pointer,
        diagnostics: &mut Diagnostics,
        work: impl FnOnce() -> T,
    ) -> T {
        self.0.set(POSITIONS);
        let made = work();
        if self.0.get() == 0 {
            let message = format!(
                "with all that it refers to written out, this has over {POSITIONS} positions"
            );
            diagnostics.error(at, message, "refer to less, or to what does not refer on");
        }
        made
    }

    /// Takes a position; false if there is none left.
    pub(crate) fn take(&self) -> bool {
        let left = self.0.get();
        self.0.set(left.saturating_sub(1));
        left > 0
    }
}
