//! The one loop that every request runs through: send, look at what came, and perhaps send again.

mod answer;
mod attempt;
mod authorization;
mod watch;

use std::time::Duration;

use self::answer::{Answer, Success};
use self::authorization::Authorization;
use self::watch::Watch;
use crate::error::{Error, ErrorKind, TimeoutPhase};
use crate::idempotency::Random;
use crate::prepare::{Prepared, prepare};
use crate::request::Parts;
use crate::response::{RawResponse, StreamingResponse};
use crate::retry::{self, Outcome};
use crate::transport::BoxFuture;

pub(crate) use self::attempt::failure;

/// Runs a request to its end. It is boxed here, not where it is awaited: so all of it is compiled in this crate, once.
pub(crate) fn execute(parts: Box<Parts>) -> BoxFuture<'static, Result<RawResponse, Error>> {
    Box::pin(whole(parts))
}

async fn whole(parts: Box<Parts>) -> Result<RawResponse, Error> {
    Ok(watched(parts).await?.raw)
}

/// Runs a request to the head of its answer.
#[inline]
pub(crate) async fn execute_streaming(parts: Box<Parts>) -> Result<StreamingResponse, Error> {
    let (client, stall) = (parts.client.clone(), parts.options.stall_timeout);
    let Success { raw, rest } = watched(parts).await?;
    Ok(StreamingResponse::new(client, raw, rest, stall))
}

async fn watched(parts: Box<Parts>) -> Result<Success, Error> {
    let mut watch = Watch::start(&parts);
    let span = watch.span();
    let result = span.around(call(parts, &mut watch)).await;
    watch.end(&result);
    result
}

async fn call(parts: Box<Parts>, watch: &mut Watch) -> Result<Success, Error> {
    let route = (parts.operation.method, parts.operation.path);
    let mut prepared = prepare(*parts).map_err(|error| error.of_call(route, None, false))?;
    let mut may_have_acted = false;
    let mut authorization = Authorization::default();
    match run(
        &mut prepared,
        &mut authorization,
        watch,
        &mut may_have_acted,
    )
    .await
    {
        Ok(answer) => answer::read(&prepared, answer, may_have_acted)
            .map_err(|error| authorization.explain(error)),
        Err(error) => Err(error.of_call(route, prepared.idempotency_key, may_have_acted)),
    }
}

/// The last attempt's result. `may_have_acted` is set if that attempt or one before it may have: a later attempt that did
/// not even connect does not undo what an earlier one did.
async fn run(
    prepared: &mut Prepared,
    authorization: &mut Authorization,
    watch: &mut Watch,
    may_have_acted: &mut bool,
) -> Result<Answer, Error> {
    let client = prepared.client.clone();
    let client = client.inner();
    if !client.clock.is_running() {
        return Err(Error::config(
            "not in a tokio runtime: await requests in one, or call `.blocking()` (feature `blocking`)",
        ));
    }
    let end = prepared
        .deadline
        .map(|deadline| client.clock.now().saturating_add(deadline));
    authorization.begin(prepared, end).await?;
    let mut retries: u32 = 0;
    loop {
        let remaining = end.map(|end| end.saturating_sub(client.clock.now()));
        if remaining == Some(Duration::ZERO) {
            return Err(Error::timeout(TimeoutPhase::Deadline));
        }
        watch.begin_attempt();
        let result = attempt::attempt(prepared, remaining).await;
        let duration = watch.end_attempt();
        if let Ok(answer) = &result {
            client.telemetry.record(&answer.headers, duration);
        }
        *may_have_acted |= match &result {
            Ok(answer) => answer.may_have_acted(),
            Err(error) => error.may_have_acted(),
        };
        let status = result.as_ref().ok().map(|answer| answer.status);
        if authorization.renew(prepared, status, end).await {
            watch.tell_attempt(&result, Some(Duration::ZERO));
            continue;
        }
        let wait = wait(prepared, outcome(&result), retries, end);
        watch.tell_attempt(&result, wait);
        let Some(wait) = wait else { return result };
        retries = retries.saturating_add(1);
        client.clock.sleep(wait).await;
    }
}

/// How long to wait before the next attempt, if there is to be one after so many retries.
fn wait(
    prepared: &Prepared,
    outcome: Outcome,
    retries: u32,
    end: Option<Duration>,
) -> Option<Duration> {
    let client = prepared.client.inner();
    let replayable = prepared.request.body.is_replayable();
    if !retry::decide(outcome, retries, prepared.max_retries, replayable) {
        client.budget.settle(outcome, retries);
        return None;
    }
    let wait = retry::backoff(retries.saturating_add(1), chance(&*client.random));
    // A wait that ends after the deadline leads to nothing: what is known now is the better answer.
    let is_late = end.is_some_and(|end| client.clock.now().saturating_add(wait) >= end);
    // Only a retry that is made is paid for.
    (!is_late && client.budget.withdraw()).then_some(wait)
}

fn outcome(result: &Result<Answer, Error>) -> Outcome {
    match result {
        Ok(answer) => {
            let should_retry = retry::should_retry(answer.headers.get("stripe-should-retry"));
            Outcome::Status {
                status: answer.status,
                should_retry,
            }
        }
        Err(error) => {
            let passing = match error.kind() {
                ErrorKind::Connect | ErrorKind::Connection => error.is_retryable(),
                ErrorKind::Timeout => error.timeout_phase() != Some(TimeoutPhase::Deadline),
                _ => false,
            };
            Outcome::Failed { passing }
        }
    }
}

/// Without random numbers the waits are merely longer.
fn chance(random: &dyn Random) -> u16 {
    let mut bytes = [0; 2];
    random
        .fill(&mut bytes)
        .map_or(u16::MAX, |()| u16::from_be_bytes(bytes))
}

#[cfg(all(test, any(feature = "aws-lc-rs", feature = "ring")))]
mod tests {
    use super::*;
    use crate::client::Client;
    use crate::idempotency::RandomFailed;
    use crate::key::ApiKey;
    use crate::operation::Operation;

    /// Gives these bytes, or none.
    struct Fixed(Option<[u8; 2]>);

    impl Random for Fixed {
        fn fill(&self, bytes: &mut [u8]) -> Result<(), RandomFailed> {
            bytes.copy_from_slice(&self.0.ok_or(RandomFailed)?);
            Ok(())
        }
    }

    #[test]
    fn row_23_what_spreads_the_waits_is_random_and_else_the_longest() {
        for (bytes, expected) in [(Some([0x12, 0x34]), 0x1234), (None, u16::MAX)] {
            assert_eq!(chance(&Fixed(bytes)), expected);
        }
    }

    #[test]
    fn row_15_the_future_of_a_call_is_small() {
        let client = Client::builder(ApiKey::new("sk_test_x").unwrap())
            .build()
            .unwrap();
        let parts = Parts::new(&client, Operation::get("/v1/balance"), &[]);
        let size = size_of_val(&whole(parts));
        assert!(size < 2048, "{size}");
    }
}
