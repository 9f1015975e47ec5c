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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_piece_of_work_has_all_the_room_and_says_so_when_it_was_not_enough() {
        let room = Room::default();
        let mut diagnostics = Diagnostics::new("api");
        for (needed, complaints) in [(POSITIONS - 1, 0), (1, 0), (POSITIONS, 1), (1, 1)] {
            let at = Pointer::root().key("paths").index(needed);
            let work = || (0..needed).filter(|_| room.take()).count();
            assert_eq!(room.within(&at, &mut diagnostics, work), needed);
            assert_eq!(diagnostics.len(), complaints, "{needed}");
        }
        assert!(!room.within(&Pointer::root(), &mut diagnostics, || {
            (0..=POSITIONS).all(|_| room.take())
        }));
    }
}
