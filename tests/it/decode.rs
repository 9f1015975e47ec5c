//! Reading what Stripe sends: typed, complete, lossless, and safe on a small stack.

mod expandables;
mod faults;
mod objects;
mod robust;
mod samples;

#[cfg(any(feature = "conformance", feature = "webhooks"))]
pub(crate) use samples::without_nulls;

/// What a type may need to be read, in a build without optimisation: what musl gives a thread.
const STACK: usize = 128 * 1024;

/// Runs this on a thread with that stack. A stack that is too small ends the whole test program.
pub(crate) fn on_a_stack_of<T: Send + 'static>(
    bytes: usize,
    run: impl FnOnce() -> T + Send + 'static,
) -> T {
    let thread = std::thread::Builder::new()
        .stack_size(bytes)
        .spawn(run)
        .unwrap();
    thread.join().unwrap()
}

fn on_a_small_stack<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> T {
    on_a_stack_of(STACK, run)
}
