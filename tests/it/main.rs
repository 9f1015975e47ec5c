//! The crates together: real calls over loopback, and rules about all operations and all types at once.
//!
//! One binary, since linking the generated crate takes longer than all the tests in it.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test that cannot go on has to stop, and say where"
)]

mod answers;
mod calls;
#[cfg(feature = "conformance")]
mod conformance;
mod decode;
mod document;
mod encoding;
#[cfg(feature = "guide")]
mod examples;
mod features;
mod generated;
#[cfg(feature = "testing")]
mod kit;
mod official;
mod parameters;
mod paths;
mod readme;
mod sample;
mod traits;
#[cfg(feature = "conformance")]
mod validation;
#[cfg(feature = "webhooks")]
mod webhooks;
