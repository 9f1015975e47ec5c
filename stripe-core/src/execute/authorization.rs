//! The key that a request goes out with: the request's own, the client's, or a provider's, which is asked for another once
//! Stripe refuses it.
//!
//! The one place where a key gets into a request, so that none goes to an address that was not configured, and none that
//! moves money where those are denied.

use std::time::Duration;

use crate::client::Inner;
use crate::clock::within;
use crate::error::Error;
use crate::key::{ApiKey, Issued, KeySource, Provided};
use crate::method::Method;
use crate::prepare::Prepared;
use crate::transport::{BoxFuture, HttpRequest};

/// Stripe's answer to a key that it does not take.
const REFUSED: u16 = 401;

/// Where a call stands with its key.
#[derive(Default)]
pub(super) struct Authorization {
    /// The provider's key, until it was refused: another one is asked for once.
    issued: Option<Issued>,
    /// Why there is no other.
    failure: Option<Error>,
}

impl Authorization {
    /// Puts the key into the request. `end` is when the call has to be over.
    pub(super) async fn begin(
        &mut self,
        prepared: &mut Prepared,
        end: Option<Duration>,
    ) -> Result<(), Error> {
        let client = prepared.client.inner();
        let key = match (&prepared.key, &client.key) {
            (Some(key), _) | (None, KeySource::Given(key)) => key.clone(),
            (None, KeySource::Provided(provided)) => {
                let issued = match provided.held() {
                    Some(issued) => issued,
                    None => wait(prepared, end, Box::pin(provided.get())).await?,
                };
                self.issued.insert(issued).key.clone()
            }
        };
        authorize(client, &mut prepared.request, &key)
    }

    /// Asks the provider for another key if Stripe refused its first, as the status of the answer says. Whether the request
    /// is to be sent once more, with that: it did not act, and the key may be good now.
    pub(super) async fn renew(
        &mut self,
        prepared: &mut Prepared,
        status: Option<u16>,
        end: Option<Duration>,
    ) -> bool {
        let provided = match &prepared.client.inner().key {
            KeySource::Provided(provided) if status == Some(REFUSED) => provided,
            _ => return false,
        };
        let Some(refused) = self.issued.take() else {
            return false;
        };
        let renewed = replace(prepared, provided, &refused, end).await;
        let client = prepared.client.inner();
        let authorized = renewed.and_then(|key| match key {
            Some(key) => authorize(client, &mut prepared.request, &key).map(|()| true),
            None => Ok(false),
        });
        let is_over = end.is_some_and(|end| client.clock.now() >= end);
        match authorized {
            Ok(is_other) => is_other && !is_over && is_safe_to_repeat(prepared),
            Err(error) => {
                self.failure = Some(error);
                false
            }
        }
    }

    /// The error of the call, with what kept the client from trying another key.
    pub(super) fn explain(self, error: Error) -> Error {
        match self.failure {
            Some(failure) => error.with_source(failure),
            None => error,
        }
    }
}

/// The provider's key, if it is another one.
async fn replace(
    prepared: &Prepared,
    provided: &Provided,
    refused: &Issued,
    end: Option<Duration>,
) -> Result<Option<ApiKey>, Error> {
    let issued = wait(prepared, end, Box::pin(provided.renew(refused))).await?;
    Ok(Some(issued.key).filter(|key| !key.is_same(&refused.key)))
}

/// Waits for the provider as long as for an attempt.
async fn wait(
    prepared: &Prepared,
    end: Option<Duration>,
    asking: BoxFuture<'_, Result<Issued, Error>>,
) -> Result<Issued, Error> {
    let clock = &*prepared.client.inner().clock;
    let remaining = end.map(|end| end.saturating_sub(clock.now()));
    let limit = remaining.map_or(prepared.timeout, |remaining| {
        remaining.min(prepared.timeout)
    });
    within(clock, limit, asking)
        .await
        .unwrap_or_else(|| {
            Err(Error::config(
                "the key provider gave no key in time: it has as long as an attempt (`timeout`), within the `deadline`",
            ))
        })
}

/// A request without an idempotency key may have acted in an earlier attempt, whose answer was lost: a DELETE that is
/// repeated would say that there is nothing to delete. And of a body that is a stream there is nothing left to repeat.
fn is_safe_to_repeat(prepared: &Prepared) -> bool {
    let is_harmless =
        prepared.operation.method == Method::Get || prepared.idempotency_key.is_some();
    is_harmless && prepared.request.body.is_replayable()
}

/// Writes the header that carries the key.
fn authorize(client: &Inner, request: &mut HttpRequest, key: &ApiKey) -> Result<(), Error> {
    client.live_keys.check(key)?;
    if !client.bases.contains(&request.base) {
        return Err(Error::config(
            "the request is for an address that is not one of the client's, where the key does not go: set it with `base_url`",
        ));
    }
    request
        .headers
        .set_secret("authorization", format!("Bearer {}", key.expose()));
    Ok(())
}

#[cfg(test)]
#[cfg(any(feature = "aws-lc-rs", feature = "ring"))]
mod tests {
    use super::*;
    use crate::base_url::BaseUrl;
    use crate::client::Client;
    use crate::headers::Headers;
    use crate::host::Host;
    use crate::transport::RequestBody;

    fn key() -> ApiKey {
        ApiKey::new("sk_test_x").unwrap()
    }

    fn request(base: BaseUrl) -> HttpRequest {
        let (target, headers) = ("/v1/x".to_owned(), Headers::new());
        HttpRequest::new(Method::Get, base, target, headers, RequestBody::default())
    }

    /// Whether a request to this address would carry the key.
    fn is_authorized(client: &Client, url: &str) -> bool {
        let base = BaseUrl::parse(url).or_else(|_| BaseUrl::plain_http_on_loopback(url));
        let Ok(base) = base else { return false };
        let mut request = request(base);
        let result = authorize(client.inner(), &mut request, &key());
        assert_eq!(
            result.is_ok(),
            request.headers.get("authorization").is_some()
        );
        result.is_ok()
    }

    #[test]
    fn k7_the_key_goes_to_configured_origins_only() {
        let stripes = Client::builder(key()).build().unwrap();
        let loopback = BaseUrl::plain_http_on_loopback("http://127.0.0.1:12111").unwrap();
        let gateway = BaseUrl::parse("https://gateway.example:8443").unwrap();
        let own = Client::builder(key())
            .base_url_for_all(&loopback)
            .base_url(Host::Files, gateway)
            .build()
            .unwrap();
        for (url, to_stripe, to_own) in [
            ("https://api.stripe.com", true, false),
            ("HTTPS://API.STRIPE.COM:443/", true, false),
            ("https://files.stripe.com", true, false),
            ("https://connect.stripe.com", true, false),
            ("https://meter-events.stripe.com", true, false),
            ("http://api.stripe.com", false, false),
            ("https://api.stripe.com:8443", false, false),
            ("https://api.stripe.com.evil.example", false, false),
            ("https://evil.stripe.com", false, false),
            ("https://stripe.com", false, false),
            ("https://api.stripe.com@evil.example", false, false),
            ("http://127.0.0.1:12111", false, true),
            ("https://127.0.0.1:12111", false, false),
            ("http://127.0.0.1:12112", false, false),
            ("http://localhost:12111", false, false),
            ("https://gateway.example:8443", false, true),
            ("https://gateway.example", false, false),
        ] {
            assert_eq!(is_authorized(&stripes, url), to_stripe, "{url}");
            assert_eq!(is_authorized(&own, url), to_own, "{url}");
        }
    }

    #[test]
    fn k3_no_key_gets_past_the_guard() {
        let client = Client::builder(key()).deny_live_keys().build().unwrap();
        let base = BaseUrl::parse("https://api.stripe.com").unwrap();
        let mut request = request(base);
        let live = ApiKey::new("sk_live_x").unwrap();
        assert!(authorize(client.inner(), &mut request, &live).is_err());
        assert_eq!(request.headers.get("authorization"), None);
    }
}
