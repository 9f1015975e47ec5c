//! What the generator promises about whole documents: small ones with one quirk each, Stripe's own, and hostile ones.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test that cannot go on has to stop, and say where"
)]

mod churn;
mod counts;
mod determinism;
mod diff;
mod document;
mod facts;
mod golden;
mod hostile;
mod inert;
mod names;
mod only;
