//! The mock server over a real socket, seen by a client that shares no code with it.

mod client;
mod everything;
mod failures;
mod garbage;
mod headers;
mod idempotency;
mod ledger;
mod lifecycle;
mod lists;
mod parameters;
mod synthesis;
mod unions;
