//! Support for the tests: nothing here is published.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has to stop, and say where"
)]

pub mod server;
