//! What Stripe may know of the client's last request, if the application asks for it: its id and how long it took.
//!
//! It goes out with the next request of the same client, once. Nothing is written to a file, and nothing is said of the
//! machine, the process or the application.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::headers::Headers;
use crate::json;
use crate::options::is_token;

/// No id of a request is longer.
const LONGEST_ID: usize = 255;

/// What is to be told of the last request; nothing, ever, unless it was asked for.
#[derive(Default)]
pub(crate) struct Telemetry(Option<Mutex<Option<Metrics>>>);

struct Metrics {
    request_id: String,
    duration: Duration,
}

impl Telemetry {
    pub(super) fn new(is_on: bool) -> Self {
        Self(is_on.then(Mutex::default))
    }

    /// Remembers an answer, in the place of an earlier one. What has no id was not answered by Stripe.
    pub(crate) fn record(&self, headers: &Headers, duration: Duration) {
        let Some(last) = &self.0 else { return };
        let id = headers.get("request-id");
        // It goes into a header, and nothing that a server says must be able to break the next request.
        let Some(id) = id.filter(|id| is_token(id) && id.len() <= LONGEST_ID) else {
            return;
        };
        let metrics = Metrics {
            request_id: id.to_owned(),
            duration,
        };
        *last.lock().unwrap_or_else(PoisonError::into_inner) = Some(metrics);
    }

    /// The header for the next request: each answer is told of once.
    pub(crate) fn take(&self) -> Option<String> {
        let last = self.0.as_ref()?;
        let metrics = last.lock().unwrap_or_else(PoisonError::into_inner).take()?;
        Some(metrics.json())
    }
}

impl Metrics {
    fn json(&self) -> String {
        let mut json = String::from("{\"last_request_metrics\":{\"request_id\":");
        json::push_text(&self.request_id, &mut json);
        json.push_str(",\"request_duration_ms\":");
        json.push_str(&self.duration.as_millis().to_string());
        json.push_str("}}");
        json
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(id: &str) -> Headers {
        let mut headers = Headers::new();
        headers.push("Request-Id", id);
        headers
    }

    #[test]
    fn the_last_answer_is_told_of_once() {
        let telemetry = Telemetry::new(true);
        assert_eq!(telemetry.take(), None);
        telemetry.record(&answer("req_1"), Duration::from_millis(5));
        telemetry.record(&answer("req_2"), Duration::from_micros(12_999));
        let expected =
            r#"{"last_request_metrics":{"request_id":"req_2","request_duration_ms":12}}"#;
        assert_eq!(telemetry.take().as_deref(), Some(expected));
        assert_eq!(telemetry.take(), None);
    }

    #[test]
    fn row_1_an_id_that_is_none_is_not_told() {
        let telemetry = Telemetry::new(true);
        let long = "x".repeat(256);
        for id in ["", "a b", "a\nb", "\u{fffd}", "\u{e9}", &long] {
            telemetry.record(&answer(id), Duration::ZERO);
            assert_eq!(telemetry.take(), None, "{id:?}");
        }
        telemetry.record(&Headers::new(), Duration::ZERO);
        assert_eq!(telemetry.take(), None);
        telemetry.record(&answer("a\"\\"), Duration::ZERO);
        assert!(telemetry.take().unwrap().contains(r#""a\"\\""#));
    }

    #[test]
    fn row_34_nothing_is_told_unless_asked_for() {
        for telemetry in [Telemetry::default(), Telemetry::new(false)] {
            telemetry.record(&answer("req_1"), Duration::ZERO);
            assert_eq!(telemetry.take(), None);
        }
    }
}
