//! Webhooks: from the bytes that Stripe delivers to an event that is known to come from Stripe.
//!
//! The order is fixed by the types: a [`Verifier`] makes a [`Verified`] payload out of raw bytes and the header
//! `Stripe-Signature`, and only a verified payload can be read as an event. Nothing here needs a runtime or the network.
//!
//! The signature is over the bytes as they came: give them to the verifier before anything else touches them. A body that
//! was parsed as JSON and written again is not the body that was signed.
//!
//! What can go wrong is an [`Error`], which never holds the payload, the signature or the secret. Answer a delivery that
//! does not verify with status 400 and no detail.

#[cfg(any(feature = "axum", feature = "tower"))]
mod body;
mod catalog;
mod endpoint;
mod envelope;
mod error;
mod event;
#[cfg(feature = "axum")]
mod extract;
#[cfg(feature = "client")]
mod fetch;
mod fields;
#[cfg(feature = "testing")]
mod fixture;
mod header;
#[cfg(feature = "tower")]
mod layer;
mod mac;
mod notification;
mod replay;
mod router;
mod secret;
#[cfg(feature = "testing")]
mod sign;
mod verified;
mod verifier;
mod version;

#[doc(hidden)]
pub use catalog::Catalog;
pub use catalog::EventNames;
pub use endpoint::Endpoint;
pub use envelope::Envelope;
pub use error::{Error, ErrorKind};
pub use event::Event;
#[cfg(feature = "tower")]
#[cfg_attr(docsrs, doc(cfg(feature = "tower")))]
pub use layer::{VerifyLayer, VerifyService};
pub use notification::{EventNotification, Notification, RelatedObject};
pub use replay::{Claim, MemoryReplayGuard, ReplayGuard};
pub use router::{Delivery, Handled, HandlerError, InProgress, Router};
pub use secret::WebhookSecret;
pub use verified::Verified;
pub use verifier::Verifier;
pub use version::VersionPolicy;
#[cfg(feature = "testing")]
#[cfg_attr(docsrs, doc(cfg(feature = "testing")))]
pub use {fixture::EventFixture, sign::sign};

/// The header that carries the signatures.
pub const SIGNATURE_HEADER: &str = "stripe-signature";
