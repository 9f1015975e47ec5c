//! What `tracing` is told: a span for each call and in it an event for each attempt, with the feature `tracing` and not a
//! byte without it.
//!
//! The fields are these and no others: method, path template, host, version of the API; status, request id, number of
//! attempts, time. URLs, bodies, keys and accounts are not among them: ids and even secrets stand in the queries of some
//! operations.

#[cfg(not(feature = "tracing"))]
pub(crate) use disabled::CallSpan;
#[cfg(feature = "tracing")]
pub(crate) use enabled::CallSpan;

#[cfg(feature = "tracing")]
mod enabled {
    use tracing::field::{Empty, display};
    use tracing::{Instrument, Level, Span};

    use crate::base_url::BaseUrl;
    use crate::error::Escaped;
    use crate::observe::Observation;
    use crate::request::Parts;

    /// The span of a call.
    #[derive(Clone)]
    pub(crate) struct CallSpan(Span);

    impl CallSpan {
        pub(crate) fn new(parts: &Parts) -> Self {
            let (operation, client) = (&parts.operation, parts.client.inner());
            let version = parts.options.api_version.as_deref();
            let version = version.or(client.options.api_version.as_deref());
            Self(tracing::info_span!(
                target: "stripe_core",
                "stripe.call",
                http.request.method = operation.method.as_str(),
                url.template = operation.path,
                server.address = host(client.bases.get(operation.host)),
                stripe.api_version = version.map(|version| display(Escaped(version))),
                http.response.status_code = Empty,
                stripe.request_id = Empty,
                stripe.attempt = Empty,
                stripe.elapsed_ms = Empty,
            ))
        }

        /// The work, within the span.
        pub(crate) fn around<F: Future>(
            &self,
            work: F,
        ) -> impl Future<Output = F::Output> + use<F> {
            work.instrument(self.0.clone())
        }

        pub(crate) fn attempt(&self, attempt: &Observation, request_id: Option<&str>) {
            tracing::event!(
                name: "stripe.attempt",
                target: "stripe_core",
                parent: &self.0,
                Level::DEBUG,
                {
                    http.response.status_code = attempt.status,
                    stripe.request_id = request_id.map(|id| display(Escaped(id))),
                    stripe.attempt = attempt.attempt,
                    stripe.elapsed_ms = milliseconds(attempt),
                }
            );
        }

        pub(crate) fn end(&self, call: &Observation, request_id: Option<&str>) {
            self.0.record("http.response.status_code", call.status);
            let request_id = request_id.map(|id| display(Escaped(id)));
            self.0.record("stripe.request_id", request_id);
            self.0.record("stripe.attempt", call.attempt);
            self.0.record("stripe.elapsed_ms", milliseconds(call));
        }
    }

    fn milliseconds(observation: &Observation) -> u64 {
        u64::try_from(observation.duration.as_millis()).unwrap_or(u64::MAX)
    }

    /// The name or address of a server, without the scheme and the port.
    fn host(base: &BaseUrl) -> &str {
        let url = base.as_str();
        let authority = url
            .split_once("://")
            .map_or(url, |(_, authority)| authority);
        match authority.rsplit_once(':') {
            // The colons of an IPv6 address are within brackets.
            Some((host, port)) if !port.ends_with(']') => host,
            _ => authority,
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn a_host_has_no_port() {
            for (url, expected) in [
                ("https://api.stripe.com", "api.stripe.com"),
                ("https://api.stripe.com:8443", "api.stripe.com"),
                ("https://[::1]", "[::1]"),
                ("https://[::1]:8443", "[::1]"),
            ] {
                assert_eq!(host(&BaseUrl::parse(url).unwrap()), expected);
            }
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod disabled {
    use crate::observe::Observation;
    use crate::request::Parts;

    /// In place of a span.
    #[derive(Clone)]
    pub(crate) struct CallSpan;

    impl CallSpan {
        pub(crate) fn new(_: &Parts) -> Self {
            Self
        }

        #[allow(clippy::unused_self, reason = "as with the feature")]
        pub(crate) fn around<F: Future>(&self, work: F) -> F {
            work
        }

        #[allow(clippy::unused_self, reason = "as with the feature")]
        pub(crate) fn attempt(&self, _: &Observation, _: Option<&str>) {}

        #[allow(clippy::unused_self, reason = "as with the feature")]
        pub(crate) fn end(&self, _: &Observation, _: Option<&str>) {}
    }
}
