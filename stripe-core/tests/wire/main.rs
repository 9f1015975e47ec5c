//! Behaviour on the wire, through the public API, against a server on this machine that is written by hand: so that what
//! is sent is seen byte by byte, and the server can stall, lie and hang up.

#![cfg(any(feature = "aws-lc-rs", feature = "ring"))]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "tests may panic"
)]

mod auth;
mod authority;
#[cfg(feature = "blocking")]
mod blocking;
mod child;
mod clock;
mod downloads;
mod error_table;
mod errors;
mod handshake;
mod headers;
mod hidden;
#[cfg(feature = "http2")]
mod http2;
#[cfg(feature = "http2")]
mod http2_abuse;
mod ignored;
mod limits;
mod nested_lists;
mod oauth;
mod observer;
mod options;
mod pages;
mod processes;
mod provider;
mod proxy;
mod raw;
mod requests;
mod responses;
mod resume;
mod retries;
mod reuse;
#[cfg(all(
    target_os = "linux",
    any(feature = "native-roots", feature = "platform-verifier")
))]
mod roots;
mod runtimes;
mod server;
mod shelf;
mod slow;
mod subject;
mod telemetry;
mod tls;
#[cfg(feature = "tower")]
mod tower;
mod transport;
mod unknown;
mod upload_sources;
mod uploads;
mod validation;
