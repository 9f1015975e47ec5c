//! What is told of a call while it runs, to the observer and to `tracing`.

use std::time::Duration;

use super::answer::{Answer, Success};
use crate::client::Client;
use crate::error::Error;
use crate::observe::{self, Observation};
use crate::operation::Operation;
use crate::request::Parts;
use crate::trace::CallSpan;

/// A call that is watched.
pub(super) struct Watch {
    client: Client,
    operation: Operation,
    started: Duration,
    attempts: u32,
    attempt_started: Duration,
}

impl Watch {
    pub(super) fn start(parts: &Parts) -> Self {
        let now = parts.client.inner().clock.now();
        Self {
            client: parts.client.clone(),
            operation: parts.operation,
            started: now,
            attempts: 0,
            attempt_started: now,
        }
    }

    pub(super) fn begin_attempt(&mut self) {
        self.attempts = self.attempts.saturating_add(1);
        self.attempt_started = self.client.inner().clock.now();
    }

    /// `retry_delay` is the time until the next attempt, if there is one.
    pub(super) fn end_attempt(
        &self,
        span: &CallSpan,
        result: &Result<Answer, Error>,
        retry_delay: Option<Duration>,
    ) {
        let mut attempt = Observation {
            retry_delay,
            ..self.observe(self.attempt_started)
        };
        let mut request_id = None;
        match result {
            Ok(answer) => {
                attempt.status = Some(answer.status);
                attempt.kind = answer.error_kind(self.operation);
                request_id = answer.headers.get("request-id");
            }
            Err(error) => attempt.kind = Some(error.kind()),
        }
        span.attempt(&attempt, request_id);
        let observer = self.client.inner().observer.as_deref();
        observe::tell(observer, |observer| observer.after_attempt(&attempt));
    }

    pub(super) fn end(&self, span: &CallSpan, result: &Result<Success, Error>) {
        let mut call = self.observe(self.started);
        let request_id = match result {
            Ok(success) => {
                call.status = Some(success.raw.status());
                success.raw.request_id()
            }
            Err(error) => {
                call.status = error.status();
                call.kind = Some(error.kind());
                error.request_id()
            }
        };
        span.end(&call, request_id);
        let observer = self.client.inner().observer.as_deref();
        observe::tell(observer, |observer| observer.after_call(&call));
    }

    fn observe(&self, started: Duration) -> Observation {
        Observation {
            attempt: self.attempts,
            duration: self.client.inner().clock.now().saturating_sub(started),
            ..Observation::of(&self.operation)
        }
    }
}
