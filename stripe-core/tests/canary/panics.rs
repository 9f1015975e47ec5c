//! What a panic prints: somebody unwraps what a call gave, as programs do at first.

use std::cell::RefCell;
use std::fmt::Debug;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use stripe_core::Error;

thread_local! {
    /// What was printed; `None` where nobody listens.
    static SAID: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// What is printed when the result is taken for what it is not.
pub(crate) fn unwrapped<T: Debug>(result: Result<T, Error>) -> String {
    let said = said(|| match result {
        Ok(_) => drop(result.unwrap_err()),
        Err(_) => drop(result.unwrap()),
    });
    assert!(said.contains("called `Result::unwrap"), "{said}");
    said
}

/// All that the hook of panics is told.
fn said(fail: impl FnOnce()) -> String {
    listen();
    SAID.set(Some(String::new()));
    let panic = panic::catch_unwind(AssertUnwindSafe(fail));
    let said = SAID.take().unwrap();
    panic.expect_err("it does not panic");
    said
}

/// Other panics, those of tests that fail, are printed as always.
fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let is_heard = SAID.with_borrow_mut(|said| {
                let said = said.as_mut();
                said.map(|said| said.push_str(&info.to_string())).is_some()
            });
            if !is_heard {
                before(info);
            }
        }));
    });
}
