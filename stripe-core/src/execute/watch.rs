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
    span: CallSpan,
    started: Duration,
    attempts: u32,
    attempt_started: Duration,
    /// Of the last attempt.
    duration: Duration,
}

impl Watch {
    pub(super) fn start(parts: &Parts) -> Self {
        let now = parts.client.inner().clock.now();
        Self {
            client: parts.client.clone(),
            operation: parts.operation,
            span: CallSpan::new(parts),
            started: now,
            attempts: 0,
            attempt_started: now,
            duration: Duration::ZERO,
        }
    }

    /// What all work for the call goes on in.
    pub(super) fn span(&self) -> CallSpan {
        self.span.clone()
    }

    pub(super) fn begin_attempt(&mut self) {
        self.attempts = self.attempts.saturating_add(1);
        self.attempt_started = self.client.inner().clock.now();
    }

    /// How long the attempt took. What is done about it does not count.
    pub(super) fn end_attempt(&mut self) -> Duration {
        self.duration = self.since(self.attempt_started);
        self.duration
    }

    /// Tells of the last attempt. `retry_delay` is the time until the next, if there is one.
    pub(super) fn tell_attempt(
        &self,
        result: &Result<Answer, Error>,
        retry_delay: Option<Duration>,
    ) {
        let mut attempt = Observation {
            attempt: self.attempts,
            duration: self.duration,
            retry_delay,
            ..Observation::of(&self.operation)
        };
        let request_id = match result {
            Ok(answer) => {
                attempt.status = Some(answer.status);
                answer.headers.get("request-id")
            }
            Err(error) => {
                attempt.status = error.status();
                error.request_id()
            }
        };
        self.span.attempt(&attempt, request_id);
        let observer = self.client.inner().observer.as_deref();
        observe::tell(observer, |observer| {
            // An answer is only looked into for somebody who wants to know.
            attempt.kind = match result {
                Ok(answer) => answer.error_kind(self.operation),
                Err(error) => Some(error.kind()),
            };
            observer.after_attempt(&attempt);
        });
    }

    pub(super) fn end(&self, result: &Result<Success, Error>) {
        let mut call = Observation {
            attempt: self.attempts,
            duration: self.since(self.started),
            ..Observation::of(&self.operation)
        };
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
        self.span.end(&call, request_id);
        let observer = self.client.inner().observer.as_deref();
        observe::tell(observer, |observer| observer.after_call(&call));
    }

    fn since(&self, start: Duration) -> Duration {
        self.client.inner().clock.now().saturating_sub(start)
    }
}
