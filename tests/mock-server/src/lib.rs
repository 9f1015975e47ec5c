//! The mock server as a library. Its README is what there is to say of it:
//!
#![doc = include_str!("../README.md")]

mod auth;
mod body;
mod check;
mod conform;
mod connection;
mod control;
mod document;
mod exchange;
mod failures;
mod fault;
mod idempotency;
mod ledger;
mod oauth;
mod operate;
mod percent;
mod reply;
mod request;
mod route;
mod server;
mod store;
mod synthesise;
mod world;

pub use document::{Document, DocumentError, Operation};
pub use failures::{Failure, ParseFailureError};
pub use ledger::{Count, Ledger, Missing, Use};
pub use server::{Builder, MockServer, StartError};
pub use synthesise::Fill;
