//! Keys that somebody else keeps: what an application implements for its secret store.

use super::ApiKey;
use crate::transport::BoxFuture;

/// What a [`KeyProvider`] gives. Its error becomes the source of the call's error and is printed with it: it must hold
/// no secret.
pub type KeyFuture<'a> =
    BoxFuture<'a, Result<ApiKey, Box<dyn std::error::Error + Send + Sync + 'static>>>;

/// Gives the API key, and another one once that is rotated: for Vault, a secrets manager, or a mounted file that changes.
///
/// A client asks for the key before its first request, and keeps it. If Stripe refuses it (401), the client asks once more,
/// for all calls that wait for the answer together, and a call is sent again with the new key if that cannot act twice:
/// GETs, and all requests that carry an idempotency key. A call is sent again for this reason once at most, and does not
/// count as a retry.
///
/// Asking has to end within the timeout of an attempt and the deadline of the call, and must not go through the client
/// that asks.
///
/// ```
/// use stripe_core::{ApiKey, Client, KeyFuture, KeyProvider};
///
/// /// Kubernetes replaces the file when the secret is rotated.
/// struct Mounted;
///
/// impl KeyProvider for Mounted {
///     fn key<'a>(&'a self, _refused: Option<&'a ApiKey>) -> KeyFuture<'a> {
///         Box::pin(async { Ok(ApiKey::from_file_readable_by_others("/run/secrets/stripe")?) })
///     }
/// }
///
/// let builder = Client::builder_with_key_provider(Mounted);
/// ```
pub trait KeyProvider: Send + Sync + 'static {
    /// The key as it is now. `refused` is the key that Stripe did not take, if one was given before: a provider that keeps
    /// keys itself has to ask its source. Dropping the future stops the asking.
    ///
    /// # Errors
    ///
    /// If there is no key to be had. The calls that wait for it fail, and nothing is sent; the next call asks again.
    fn key<'a>(&'a self, refused: Option<&'a ApiKey>) -> KeyFuture<'a>;
}
