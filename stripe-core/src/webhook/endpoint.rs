//! All that an endpoint expects of a delivery, in one place: whose signature, which mode, which version, how large.

use super::catalog::EventNames;
use super::error::{Error, ErrorKind};
use super::event::Event;
use super::notification::EventNotification;
use super::verified::Verified;
use super::verifier::Verifier;
use super::version::VersionPolicy;

/// As large as a body may be, in bytes, unless it is set. Stripe's events have some kilobytes.
const BODY_LIMIT: usize = 1 << 20;

/// An endpoint that Stripe delivers to: a [`Verifier`] and what is expected of an event beyond its signature. Cheap to
/// clone: keep one in the state of the application.
///
/// ```
/// use stripe_core::webhook::{Endpoint, Verifier, VersionPolicy, WebhookSecret};
///
/// # fn endpoint(secret: WebhookSecret) -> Endpoint {
/// Endpoint::new(Verifier::new(secret))
///     .expect_livemode(true)
///     .version_policy(VersionPolicy::Reject)
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Endpoint {
    verifier: Verifier,
    livemode: Option<bool>,
    versions: VersionPolicy,
    body_limit: usize,
}

impl Endpoint {
    /// An endpoint that takes events of either mode, of any version, of up to 1 MiB.
    #[must_use]
    pub const fn new(verifier: Verifier) -> Self {
        Self {
            verifier,
            livemode: None,
            versions: VersionPolicy::Warn,
            body_limit: BODY_LIMIT,
        }
    }

    /// Takes only live events, or only test events. An endpoint that ships goods should be told: a Connect endpoint gets
    /// test events of its accounts as well.
    #[must_use]
    pub const fn expect_livemode(mut self, livemode: bool) -> Self {
        self.livemode = Some(livemode);
        self
    }

    /// What to do with snapshot events that are written in another release of the API. Thin events have no version.
    #[must_use]
    pub const fn version_policy(mut self, policy: VersionPolicy) -> Self {
        self.versions = policy;
        self
    }

    /// As large as a body may be, in bytes; 1 MiB unless it is set.
    #[must_use]
    pub const fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// As large as a body may be, in bytes.
    #[must_use]
    pub const fn max_body(&self) -> usize {
        self.body_limit
    }

    /// What verifies the signatures.
    #[must_use]
    pub const fn verifier(&self) -> &Verifier {
        &self.verifier
    }

    /// Verifies a delivery that came just now, and reads the snapshot event in it.
    ///
    /// # Errors
    ///
    /// As [`Verifier::verify`], [`Event::read`], and if the event is not what this endpoint expects.
    pub fn event<T: EventNames>(
        &self,
        payload: &[u8],
        header: impl AsRef<[u8]>,
    ) -> Result<Event<T>, Error> {
        self.read_event(&self.verifier.verify(payload, header)?)
    }

    /// Reads the snapshot event in a payload that was verified.
    ///
    /// # Errors
    ///
    /// As [`Event::read`], and if the event is not what this endpoint expects.
    pub fn read_event<T: EventNames>(&self, payload: &Verified<'_>) -> Result<Event<T>, Error> {
        let event = Event::read(payload)?;
        self.check_livemode(event.livemode)?;
        let version = event.api_version.as_deref();
        self.versions.check(version, T::CATALOG.api_version)?;
        Ok(event)
    }

    /// Verifies a delivery that came just now, and reads the notification of a thin event in it.
    ///
    /// # Errors
    ///
    /// As [`Verifier::verify`], [`EventNotification::read`], and if it is not of the mode that this endpoint expects.
    pub fn notification<T: EventNames>(
        &self,
        payload: &[u8],
        header: impl AsRef<[u8]>,
    ) -> Result<EventNotification<T>, Error> {
        self.read_notification(&self.verifier.verify(payload, header)?)
    }

    /// Reads the notification of a thin event in a payload that was verified.
    ///
    /// # Errors
    ///
    /// As [`EventNotification::read`], and if it is not of the mode that this endpoint expects.
    pub fn read_notification<T: EventNames>(
        &self,
        payload: &Verified<'_>,
    ) -> Result<EventNotification<T>, Error> {
        let notification = EventNotification::read(payload)?;
        self.check_livemode(notification.livemode)?;
        Ok(notification)
    }

    fn check_livemode(&self, found: bool) -> Result<(), Error> {
        match self.livemode {
            Some(expected) if expected != found => Err(Error::new(
                ErrorKind::LivemodeMismatch,
                if expected {
                    "this is a test event, and the endpoint takes live ones"
                } else {
                    "this is a live event, and the endpoint takes test ones"
                },
            )),
            _ => Ok(()),
        }
    }
}
