//! The samples of the guide, as tests: what stands in a chapter is compiled and run. Nothing but rustdoc sees this module.
//!
//! `cargo xtask tidy` holds it together with `docs/SUMMARY.md`: a chapter with samples is here.

#[doc = include_str!("../../docs/getting-started.md")]
mod getting_started {}

#[doc = include_str!("../../docs/from-async-stripe.md")]
mod from_async_stripe {}

#[doc = include_str!("../../docs/from-curl.md")]
mod from_curl {}

#[doc = include_str!("../../docs/keys.md")]
mod keys {}

#[doc = include_str!("../../docs/restricted-keys.md")]
mod restricted_keys {}

#[doc = include_str!("../../docs/webhooks.md")]
mod webhooks {}

#[doc = include_str!("../../docs/retries.md")]
mod retries {}

#[doc = include_str!("../../docs/errors.md")]
mod errors {}

#[doc = include_str!("../../docs/logging.md")]
mod logging {}

#[doc = include_str!("../../docs/paging.md")]
mod paging {}

#[doc = include_str!("../../docs/connect.md")]
mod connect {}

#[doc = include_str!("../../docs/files.md")]
mod files {}

#[doc = include_str!("../../docs/validation.md")]
mod validation {}

#[doc = include_str!("../../docs/network.md")]
mod network {}

#[doc = include_str!("../../docs/testing.md")]
mod testing {}
