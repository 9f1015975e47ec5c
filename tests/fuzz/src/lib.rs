//! Properties of stripe-core and of the generator that hold for any input: each is a function of bytes that panics if its
//! property does not hold.
//!
//! libFuzzer drives them through the programs under `fuzz_targets/`, starting from the seeds under `corpus/`; tests in
//! `seeded` drive them with dice that fall the same every time. Nothing touches the network: answers are made up.

#![forbid(unsafe_code)]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a property that does not hold has to stop the program"
)]

mod answer;
mod answers;
mod documents;
mod pages;
mod paths;
#[cfg(test)]
mod seeded;
mod texts;
mod thing;
mod tree;
mod uploads;
mod webhooks;
mod writers;

pub use self::answers::answers;
pub use self::documents::documents;
pub use self::pages::pages;
pub use self::paths::paths;
pub use self::texts::texts;
pub use self::uploads::uploads;
pub use self::webhooks::webhooks;
pub use self::writers::writers;

/// Not a key: a text of the shape of one. Nothing that is printed may contain it.
const KEY: &str = "sk_test_FAKE0123456789abcdef";
