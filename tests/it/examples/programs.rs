//! The examples as modules, in which only `main` goes unused.

#![allow(
    dead_code,
    clippy::duplicate_mod,
    clippy::print_stdout,
    reason = "an example is a program of its own, and prints"
)]

#[path = "../../../stripe-generated/examples/blocking.rs"]
pub(super) mod blocking;
#[path = "../../../stripe-generated/examples/checkout.rs"]
pub(super) mod checkout;
#[path = "../../../stripe-generated/examples/connect.rs"]
pub(super) mod connect;
#[path = "../../../stripe-generated/examples/dispute.rs"]
pub(super) mod dispute;
#[path = "../../../stripe-generated/examples/errors.rs"]
pub(super) mod errors;
#[path = "../../../stripe-generated/examples/files.rs"]
pub(super) mod files;
#[path = "../../../stripe-generated/examples/first_payment.rs"]
pub(super) mod first_payment;
#[path = "../../../stripe-generated/examples/idempotent_retry.rs"]
pub(super) mod idempotent_retry;
#[path = "../../../stripe-generated/examples/paging.rs"]
pub(super) mod paging;
#[path = "../../../stripe-generated/examples/refund.rs"]
pub(super) mod refund;
#[path = "../../../stripe-generated/examples/subscription.rs"]
pub(super) mod subscription;
#[path = "../../../stripe-generated/examples/test_clock.rs"]
pub(super) mod test_clock;
