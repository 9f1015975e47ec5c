//! Idempotency keys of tests: the same in every run, and no two the same in one.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::idempotency::{Random, RandomFailed};

/// Counts instead of drawing.
#[derive(Debug, Default)]
pub(super) struct Counter(AtomicU64);

impl Random for std::sync::Arc<Counter> {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), RandomFailed> {
        let count = self.0.fetch_add(1, Ordering::Relaxed).saturating_add(1);
        bytes.fill(0);
        for (place, byte) in bytes.iter_mut().rev().zip(count.to_le_bytes()) {
            *place = byte;
        }
        Ok(())
    }
}
