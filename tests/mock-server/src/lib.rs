//! A Stripe that runs on this machine, to point any client at: a program, and a library to start in a test.
//!
//! It is driven by the OpenAPI document alone, and is no part of what is published.
#![doc = include_str!("../README.md")]

mod arguments;
mod auth;
mod body;
mod check;
mod conform;
mod connection;
mod control;
mod deliver;
mod document;
mod event;
mod exchange;
mod failures;
mod fault;
mod idempotency;
mod ledger;
mod oauth;
mod operate;
mod percent;
mod probe;
mod reply;
mod request;
mod route;
mod server;
mod store;
mod synthesise;
mod world;

pub use arguments::Arguments;
pub use deliver::{Delivered, Endpoint, EndpointError, schedule};
pub use document::{Document, DocumentError, Operation};
pub use event::Event;
pub use failures::{Failure, ParseFailureError};
pub use ledger::{Count, Ledger, Missing, Use};
pub use probe::{Constraint, Probe};
pub use server::{Builder, MockServer, StartError};
pub use synthesise::Fill;
