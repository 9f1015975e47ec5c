//! The scripted Stripe: a transport that asks its rules, and remembers what it was sent.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::clock::MockClock;
use super::exchange;
use super::keys::Counter;
use super::reply::Reply;
use super::rule::{Match, Rule, Stub};
use super::sent::SentRequest;
use super::unmatched::Unmatched;
use crate::client::{Client, ClientBuilder};
use crate::key::ApiKey;
use crate::method::Method;
use crate::transport::{
    BoxFuture, HttpRequest, HttpResponse, Transport, TransportError, TransportErrorKind,
};

/// A Stripe that says what a test wants it to. Clones are the same Stripe.
///
/// It is a [`Transport`]: nothing is sent over a network, and no port is opened. It runs in any executor, and needs no TLS
/// provider. Waits between attempts take no time. See the [module](super) for how it is used.
#[derive(Clone, Default)]
pub struct MockStripe(Arc<Shared>);

#[derive(Default)]
struct Shared {
    script: Mutex<Script>,
    clock: MockClock,
    keys: Arc<Counter>,
}

#[derive(Default)]
struct Script {
    rules: Vec<Stub>,
    sent: Vec<SentRequest>,
    unmatched: Vec<Unmatched>,
}

impl MockStripe {
    /// A Stripe without rules, which fails every request.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The settings of a client that talks to this Stripe alone, with a key for test mode. Change them as those of any other
    /// client, and pass them to `Client::build` of the generated crate, or call [`build`](ClientBuilder::build).
    ///
    /// Its clock only moves when a retry is waited for, and then at once; idempotency keys are counted.
    pub fn settings(&self) -> ClientBuilder {
        Client::builder(ApiKey::mock())
            .clock(self.0.clock.clone())
            .transport(self.clone())
            .random(Arc::clone(&self.0.keys))
    }

    /// Begins a rule for requests to a path, as it stands in Stripe's reference: a part of it in braces is any one segment.
    ///
    /// The rule that was added last counts, so that a test can add to what others have in common.
    pub fn on(&self, method: Method, path: &str) -> Rule {
        Rule::new(self.clone(), method, path)
    }

    /// All requests in the order they were sent, those that no rule was for as well.
    #[must_use]
    pub fn sent(&self) -> Vec<SentRequest> {
        self.script().sent.clone()
    }

    pub(super) fn add(&self, rule: Stub) -> usize {
        let mut script = self.script();
        script.rules.push(rule);
        script.rules.len().saturating_sub(1)
    }

    pub(super) fn change(&self, index: usize, change: impl FnOnce(&mut Stub)) {
        if let Some(rule) = self.script().rules.get_mut(index) {
            change(rule);
        }
    }

    /// The rules that never replied.
    pub(super) fn unused(&self) -> Vec<String> {
        let script = self.script();
        let unused = script.rules.iter().filter(|rule| rule.given == 0);
        unused.map(ToString::to_string).collect()
    }

    /// The requests that no rule was for.
    pub(super) fn unmatched(&self) -> Vec<Unmatched> {
        self.script().unmatched.clone()
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.0.script.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn reply(&self, request: SentRequest) -> Result<(Reply, usize), Box<Unmatched>> {
        let mut script = self.script();
        script.sent.push(request.clone());
        let number = script.sent.len();
        let mut refusals = Vec::new();
        for rule in script.rules.iter_mut().rev() {
            match rule.answer(&request) {
                // The rule may ask this Stripe what it was sent.
                Match::Reply(request, make) => {
                    drop(script);
                    return Ok((make(&request), number));
                }
                Match::Not(why) => refusals.push((rule.to_string(), why)),
            }
        }
        let unmatched = Unmatched::new(request, refusals);
        script.unmatched.push(unmatched.clone());
        Err(Box::new(unmatched))
    }

    async fn exchange(&self, request: &HttpRequest) -> Result<HttpResponse, TransportError> {
        let body = exchange::read(&request.body).await?;
        let sent = SentRequest::new(request.method, &request.target, &request.headers, body);
        let (reply, number) = self
            .reply(sent)
            .map_err(|error| TransportError::with_source(TransportErrorKind::Unsendable, error))?;
        exchange::respond(&reply, number)
    }
}

impl fmt::Debug for MockStripe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let script = self.script();
        f.debug_struct("MockStripe")
            .field("rules", &script.rules.len())
            .field("sent", &script.sent.len())
            .finish_non_exhaustive()
    }
}

impl Transport for MockStripe {
    fn send<'a>(
        &'a self,
        request: &'a HttpRequest,
    ) -> BoxFuture<'a, Result<HttpResponse, TransportError>> {
        Box::pin(self.exchange(request))
    }
}
