//! Verifying a delivery: the signature first, then the time at which it was made.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::error::{Error, ErrorKind};
use super::header::Header;
use super::mac;
use super::secret::WebhookSecret;
use super::verified::Verified;
use crate::types::Timestamp;

/// How far the time of a signature may be from now, unless it is set: what Stripe's own libraries allow.
const TOLERANCE: Duration = Duration::from_secs(300);

/// What tells the time; `None` where nothing does.
type Now = dyn Fn() -> Option<Timestamp> + Send + Sync;

/// Verifies deliveries to one endpoint. Cheap to clone.
///
/// ```
/// use stripe_core::webhook::{Verifier, WebhookSecret};
///
/// # fn answer(body: &[u8], header: Option<&[u8]>, secret: WebhookSecret) -> u16 {
/// let verifier = Verifier::new(secret);
/// // No header is an empty one: it does not verify.
/// match verifier.verify(body, header.unwrap_or_default()) {
///     Ok(verified) => {
///         println!("{} bytes from Stripe", verified.payload().len());
///         200
///     }
///     Err(_) => 400,
/// }
/// # }
/// ```
#[derive(Clone)]
pub struct Verifier {
    secrets: Vec<WebhookSecret>,
    /// None: the time is not checked.
    tolerance: Option<Duration>,
    now: Arc<Now>,
}

impl Verifier {
    /// A verifier with this secret, for signatures of the last and the next 300 seconds.
    #[must_use]
    pub fn new(secret: WebhookSecret) -> Self {
        Self {
            secrets: vec![secret],
            tolerance: Some(TOLERANCE),
            now: Arc::new(system_time),
        }
    }

    /// Takes signatures under this secret as well: while a secret is rolled there are two, and an endpoint for connected
    /// accounts has one of its own.
    #[must_use]
    pub fn and_secret(mut self, secret: WebhookSecret) -> Self {
        self.secrets.push(secret);
        self
    }

    /// How far the time of a signature may be from now, in the past or in the future; 300 seconds unless it is set. Stripe
    /// signs anew for every delivery, so that a retry after days has a fresh signature.
    #[must_use]
    pub const fn tolerance(mut self, tolerance: Duration) -> Self {
        self.tolerance = Some(tolerance);
        self
    }

    /// Takes signatures of any age: whoever recorded a delivery can then replay it for ever. Where deliveries wait before
    /// they are verified, [`verify_at`](Self::verify_at) with the time of receipt is safe instead.
    #[must_use]
    pub const fn danger_ignore_timestamp(mut self) -> Self {
        self.tolerance = None;
        self
    }

    /// Another clock than the system's, such as that of a test.
    #[must_use]
    pub fn with_clock(mut self, now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        self.now = Arc::new(move || Some(now()));
        self
    }

    /// Verifies a delivery that came just now.
    ///
    /// `payload` is the body of the request, byte for byte; `header` is the value of its header `Stripe-Signature`, as
    /// text or as bytes, and empty if there is none.
    ///
    /// # Errors
    ///
    /// If no signature is there, none fits, or it was made more than the tolerance ago or ahead; and on a platform without
    /// a clock. Answer with status 400 and no detail.
    pub fn verify<'a>(
        &self,
        payload: impl Into<Cow<'a, [u8]>>,
        header: impl AsRef<[u8]>,
    ) -> Result<Verified<'a>, Error> {
        let payload = payload.into();
        let time = self.check(&payload, header.as_ref(), None)?;
        Ok(Verified::new(payload, time))
    }

    /// Verifies a delivery that came at another time: one that waited in a queue together with its header, for example.
    ///
    /// # Errors
    ///
    /// As [`verify`](Self::verify).
    pub fn verify_at<'a>(
        &self,
        payload: impl Into<Cow<'a, [u8]>>,
        header: impl AsRef<[u8]>,
        received_at: Timestamp,
    ) -> Result<Verified<'a>, Error> {
        let payload = payload.into();
        let time = self.check(&payload, header.as_ref(), Some(received_at))?;
        Ok(Verified::new(payload, time))
    }

    /// The time of the signature, if it is good. The time is checked last: who cannot sign is told nothing about it.
    fn check(
        &self,
        payload: &[u8],
        header: &[u8],
        received_at: Option<Timestamp>,
    ) -> Result<Timestamp, Error> {
        let header = Header::parse(header)?;
        if !mac::fits(&self.secrets, &header, payload) {
            return Err(Error::new(
                ErrorKind::SignatureMismatch,
                "no signature fits the payload: either the secret is not that of this endpoint, or the payload is not the \
                 body as it came, byte for byte (a framework may have parsed it and written it again)",
            ));
        }
        if let Some(tolerance) = self.tolerance {
            let now = received_at.or_else(|| (self.now)()).ok_or_else(no_clock)?;
            check_time(header.time, now, tolerance)?;
        }
        Ok(header.time)
    }
}

/// Whether a signature is fresh, with a clock that may be fast or slow.
fn check_time(signed: Timestamp, now: Timestamp, tolerance: Duration) -> Result<(), Error> {
    let (signed, now) = (signed.as_unix(), now.as_unix());
    let tolerance = tolerance.as_secs();
    match signed.cmp(&now) {
        _ if signed.abs_diff(now) <= tolerance => Ok(()),
        Ordering::Less => Err(Error::new(
            ErrorKind::TooOld,
            format!(
                "the signature is good, but older than {tolerance} seconds: this may be a replay, or the clock is fast"
            ),
        )),
        Ordering::Equal | Ordering::Greater => Err(Error::new(
            ErrorKind::InFuture,
            format!(
                "the signature is good, but made more than {tolerance} seconds in the future: the clock is slow"
            ),
        )),
    }
}

fn no_clock() -> Error {
    Error::new(
        ErrorKind::NoClock,
        "this platform has no clock: use `Verifier::with_clock`, or `verify_at` with the time of receipt",
    )
}

/// The system's time, on platforms that have one: in a browser, asking for it would panic.
#[cfg_attr(
    not(all(target_family = "wasm", target_os = "unknown")),
    expect(
        clippy::disallowed_methods,
        clippy::unnecessary_wraps,
        reason = "this is the clock that is injected"
    )
)]
pub(super) fn system_time() -> Option<Timestamp> {
    #[cfg(all(target_family = "wasm", target_os = "unknown"))]
    return None;
    #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
    Some(std::time::SystemTime::now().into())
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier")
            .field("secrets", &self.secrets.len())
            .field("tolerance", &self.tolerance)
            .finish_non_exhaustive()
    }
}
