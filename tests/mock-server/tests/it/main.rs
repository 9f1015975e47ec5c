//! The mock server over a real socket, seen by a client that shares no code with it.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test that cannot go on has to stop, and say where"
)]

mod bodies;
mod client;
mod delivery;
mod everything;
mod failures;
mod garbage;
mod headers;
mod idempotency;
mod ledger;
mod lifecycle;
mod lists;
mod parameters;
mod program;
mod synthesis;
mod unions;
