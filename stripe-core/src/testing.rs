//! For tests of applications: examples of whatever Stripe answers with, and a Stripe that follows a script.
//!
//! [`MockStripe`] stands in for Stripe within the process: no network, no port, no waiting, in any executor. A test writes
//! rules, runs the code, and looks at what was sent. [`Fixture`] makes the objects that the rules reply with.
//!
//! It is not a Stripe that knows its own rules: it says what the script says, and takes any parameters. For that there is
//! the mock server of this crate's repository, which is driven by Stripe's own document and listens on a port.
//!
//! # A rule
//!
//! A rule is for a method and a path, and replies with an object, a failure or JSON.
//!
//! ```
//! use stripe_core::testing::{Fixture, MockStripe, POST};
//! # use stripe_core::Error;
//! # pub mod stripe_generated {
//! #     pub use stripe_core::{Client, testing};
//! #     stripe_core::object! {
//! #         pub struct Customer {
//! #             pub email: Option<String>,
//! #             pub id: stripe_core::types::ObjectId,
//! #         }
//! #     }
//! # }
//! # use stripe_generated::Customer;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Error> {
//! let stripe = MockStripe::new();
//! stripe.on(POST, "/v1/customers").reply(Customer::fixture());
//!
//! // `Client::build(stripe.settings())?` of the generated crate does the same.
//! let client = stripe.settings().build()?;
//! let customer = client
//!     .raw_request(POST, "/v1/customers")
//!     .param("email", "jenny@example.com")
//!     .await?;
//! assert!(customer.as_str().contains("cus_Fixture"));
//! # Ok(())
//! # }
//! ```
//!
//! A part of the path in braces is any one segment. [`with_param`](Rule::with_param) and
//! [`with_header`](Rule::with_header) narrow a rule down. The rule that was added last counts. A request that no rule is
//! for fails, is not repeated, and its error says what each rule is for.
//!
//! # A computed reply
//!
//! ```
//! # use stripe_core::Error;
//! use stripe_core::testing::{GET, MockStripe, Reply, SentRequest};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Error> {
//! let stripe = MockStripe::new();
//! stripe.on(GET, "/v1/customers/{customer}").reply_with(|request: &SentRequest| {
//!     let id = request.path_param("customer").unwrap_or_default();
//!     Reply::json(format!(r#"{{"id":"{id}","object":"customer"}}"#))
//! });
//! # let client = stripe.settings().build()?;
//! # let customer = client.raw_request(GET, "/v1/customers/cus_7").await?;
//! # assert_eq!(customer.as_str(), r#"{"id":"cus_7","object":"customer"}"#);
//! # Ok(())
//! # }
//! ```
//!
//! # A sequence
//!
//! Each reply is given once, or as often as [`times`](Replies::times) says, and the last one from then on.
//!
//! ```
//! # use stripe_core::Error;
//! use stripe_core::testing::{Failure, GET, MockStripe, Reply};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Error> {
//! let stripe = MockStripe::new();
//! stripe
//!     .on(GET, "/v1/balance")
//!     .reply(Failure::status(503))
//!     .times(2)
//!     .then(Reply::json(r#"{"object":"balance"}"#));
//! # let client = stripe.settings().build()?;
//! # client.raw_request(GET, "/v1/balance").await?;
//! stripe.assert_sent_times(GET, "/v1/balance", 3);
//! # Ok(())
//! # }
//! ```
//!
//! # A failure
//!
//! [`Failure`] has Stripe's errors, timeouts, connections that break, and answers that cannot be read.
//!
//! ```
//! # use stripe_core::{DeclineCode, Error};
//! use stripe_core::testing::{Failure, MockStripe, POST};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Error> {
//! let stripe = MockStripe::new();
//! stripe.on(POST, "/v1/payment_intents").reply(Failure::decline("insufficient_funds"));
//!
//! let client = stripe.settings().build()?;
//! let error = client.raw_request(POST, "/v1/payment_intents").await.unwrap_err();
//! assert_eq!(error.decline_code(), Some(DeclineCode::INSUFFICIENT_FUNDS));
//!
//! // A rule that is added later counts before the others.
//! stripe.on(POST, "/v1/payment_intents").reply(Failure::timeout());
//! let error = client.raw_request(POST, "/v1/payment_intents").await.unwrap_err();
//! assert!(error.is_outcome_unknown());
//! # Ok(())
//! # }
//! ```
//!
//! # Assertions
//!
//! ```
//! # use stripe_core::Error;
//! use stripe_core::testing::{GET, MockStripe, POST, Reply};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Error> {
//! # let stripe = MockStripe::new();
//! # stripe.on(POST, "/v1/refunds").reply(Reply::json("{}"));
//! # let client = stripe.settings().build()?;
//! # let request = client.raw_request(POST, "/v1/refunds").param("charge", "ch_1").param("amount", 500);
//! # request.param("metadata", [("order", "42")].into_iter().collect::<stripe_core::types::Metadata>()).await?;
//! stripe
//!     .assert_sent(POST, "/v1/refunds")
//!     .assert_param("amount", "500")
//!     .assert_param("metadata[order]", "42")
//!     .assert_no_param("reason");
//! stripe.assert_not_sent(GET, "/v1/refunds");
//! // Every rule replied, and every request had one.
//! stripe.verify();
//! # Ok(())
//! # }
//! ```
//!
//! What else there is to know of a request is in [`sent`](MockStripe::sent).
//!
//! # An example of an object
//!
//! See [`Fixture`].

#[cfg(feature = "client")]
mod asserted;
#[cfg(feature = "client")]
mod clock;
#[cfg(feature = "client")]
mod exchange;
#[cfg(feature = "client")]
mod failure;
mod fixture;
#[cfg(feature = "client")]
mod form;
#[cfg(feature = "client")]
mod keys;
#[cfg(feature = "client")]
mod mock;
#[cfg(feature = "client")]
mod pattern;
#[cfg(feature = "client")]
mod reply;
#[cfg(feature = "client")]
mod rule;
#[cfg(feature = "client")]
mod sent;
#[cfg(feature = "client")]
mod unmatched;

use crate::method::Method;

pub use self::fixture::Fixture;
#[cfg(feature = "client")]
pub use self::{
    failure::Failure,
    mock::MockStripe,
    reply::Reply,
    rule::{Replies, Rule},
    sent::SentRequest,
};

/// The method that reads.
pub const GET: Method = Method::Get;
/// The method that creates, changes or acts.
pub const POST: Method = Method::Post;
/// The method that removes.
pub const DELETE: Method = Method::Delete;
