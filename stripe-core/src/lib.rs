//! The hand-written part of an unofficial Stripe SDK: what every generated call stands on.
//!
//! Without features it is types, encoding and decoding, with no runtime. Features add to it:
//!
//! - `client`: the client, over hyper and rustls, with the TLS provider that the application has installed. `ring` and
//!   `aws-lc-rs` are the client and that provider; with both it is aws-lc-rs.
//! - `blocking`: the client, and calls without a runtime of the application's own.
//! - `tracing`: the client, and a span for each call with an event for each attempt.
//! - `tower`: a service of `tower` as the transport of the client, and a layer that verifies webhooks, where there are these.
//! - `native-roots` and `platform-verifier`: the client, and other roots than Mozilla's for those who ask for them.
//! - `http2`: HTTP/2 beside HTTP/1.1, where there is a client.
//! - `serde`: `Serialize` and `Deserialize` for everything that Stripe answers.
//! - `testing`: for tests of applications: examples of every object and, where there is a client, a Stripe to script.
//! - `jiff` and `rust_decimal`: times and decimals to and from those crates.
//! - `webhooks`: events that Stripe delivers, verified and read; `axum` has extractors for them, and `testing` signs as
//!   Stripe does.

#![forbid(unsafe_code)]
#![warn(clippy::arithmetic_side_effects, clippy::exhaustive_enums)]
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod debug;
pub mod decode;
pub mod encode;
pub mod expand;
pub mod extra;
#[cfg_attr(
    not(feature = "client"),
    allow(dead_code, reason = "some is for the client alone")
)]
pub mod form;
#[doc(hidden)]
pub mod from_data;
mod gate;
mod head;
pub mod id;
#[cfg_attr(
    not(feature = "client"),
    allow(dead_code, unused_imports, reason = "some is for the client alone")
)]
pub mod json;
pub mod list;
pub mod maybe_deleted;
pub mod object;
pub mod open_enum;
pub mod params;
#[cfg(feature = "testing")]
#[cfg_attr(docsrs, doc(cfg(feature = "testing")))]
pub mod testing;
pub mod through_json;
#[cfg_attr(
    not(feature = "client"),
    allow(dead_code, reason = "some is for the client alone")
)]
mod tree;
pub mod types;
pub mod union;
#[cfg_attr(
    not(feature = "client"),
    allow(dead_code, reason = "some is for the client alone")
)]
mod untyped;
#[cfg_attr(
    not(feature = "client"),
    allow(dead_code, reason = "some is for the client alone")
)]
pub mod validate;
pub mod value;
#[cfg(feature = "webhooks")]
#[cfg_attr(docsrs, doc(cfg(feature = "webhooks")))]
pub mod webhook;

#[cfg_attr(
    not(feature = "client"),
    allow(dead_code, reason = "some is for the client alone")
)]
mod error;
mod method;

#[cfg(feature = "client")]
mod base_url;
#[cfg(feature = "blocking")]
mod blocking;
#[cfg(feature = "client")]
mod call;
#[cfg(feature = "client")]
mod client;
#[cfg(feature = "client")]
mod clock;
#[cfg(feature = "client")]
mod execute;
#[cfg(feature = "client")]
mod headers;
#[cfg(feature = "client")]
mod host;
#[cfg(feature = "client")]
mod idempotency;
#[cfg(feature = "client")]
mod key;
#[cfg(feature = "client")]
mod multipart;
#[cfg(feature = "client")]
pub mod oauth;
#[cfg(feature = "client")]
mod observe;
#[cfg(feature = "client")]
mod operation;
#[cfg(feature = "client")]
mod options;
#[cfg(feature = "client")]
pub mod paging;
#[cfg(feature = "client")]
mod path;
#[cfg(feature = "client")]
mod prepare;
#[cfg(feature = "client")]
mod query;
#[cfg(feature = "client")]
mod raw;
#[cfg(feature = "client")]
mod request;
#[cfg(feature = "client")]
mod response;
#[cfg(feature = "client")]
mod retry;
#[cfg(feature = "client")]
mod trace;
#[cfg(feature = "client")]
pub mod transport;

pub use error::{
    AdviceCode, ApiError, Attached, DeclineCode, Error, ErrorCode, ErrorKind, TimeoutPhase,
};
pub use expand::{Expand, Expandable};
pub use extra::Extra;
#[doc(hidden)]
pub use extra::none as no_extra;
pub use id::{Id, ObjectId};
pub use list::{List, SearchList, V2List};
pub use maybe_deleted::MaybeDeleted;
pub use method::Method;
#[doc(hidden)]
pub use serde_json::value::RawValue;

#[cfg(feature = "blocking")]
#[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
pub use self::blocking::Blocking;
#[cfg(feature = "client")]
pub use self::{
    base_url::BaseUrl,
    call::{Call, Reply},
    client::{AppInfo, Client, ClientBuilder},
    clock::Clock,
    headers::Headers,
    host::Host,
    key::{ApiKey, KeyFuture, KeyKind, KeyMode, KeyProvider},
    observe::{Observation, Observer},
    operation::{Body, Operation},
    options::StripeContext,
    request::Request,
    response::{RawResponse, Response, StreamingCall, StreamingResponse},
};
