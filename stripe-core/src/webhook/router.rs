//! Handlers by type of event: which one an event goes to, and nothing about how it came in.

use std::collections::BTreeMap;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use super::catalog::EventNames;
use super::event::Event;
use super::notification::EventNotification;
use super::replay::{Claim, ReplayGuard};

/// What a handler fails with.
pub type HandlerError = Box<dyn std::error::Error + Send + Sync>;

type Work = Pin<Box<dyn Future<Output = Result<(), HandlerError>> + Send>>;
type Handler<D> = Arc<dyn Fn(D) -> Work + Send + Sync>;

/// What Stripe delivers: an [`Event`] or an [`EventNotification`].
pub trait Delivery: Clone + Send + 'static {
    /// The names of its types.
    type Type: EventNames;

    /// What happened.
    fn type_(&self) -> &Self::Type;

    /// The id of the event, the same each time it is delivered.
    fn id(&self) -> &str;
}

impl<T: EventNames> Delivery for Event<T> {
    type Type = T;

    fn type_(&self) -> &T {
        &self.type_
    }

    fn id(&self) -> &str {
        &self.id
    }
}

impl<T: EventNames> Delivery for EventNotification<T> {
    type Type = T;

    fn type_(&self) -> &T {
        &self.type_
    }

    fn id(&self) -> &str {
        &self.id
    }
}

/// What became of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Handled {
    /// Its handlers took it.
    ByHandler,
    /// There is none for its type, and the fallback took it.
    ByFallback,
    /// There is neither: nothing was done.
    Ignored,
    /// It was handled before: nothing was done.
    Before,
}

/// Handlers by type of event. Cheap to clone: keep one in the state of the application.
///
/// Stripe waits some seconds for an answer. Answer with 200 for each `Ok`, also for events that nobody handles, and with 500
/// for each `Err`: Stripe then delivers the event again. A handler that takes long should put its work into a queue.
#[derive(Clone)]
pub struct Router<D> {
    handlers: BTreeMap<String, Vec<Handler<D>>>,
    fallback: Option<Handler<D>>,
}

impl<D: Delivery> Router<D> {
    /// A router without handlers.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            handlers: BTreeMap::new(),
            fallback: None,
        }
    }

    /// Adds a handler for events of this type. Of several for one type, each is called, in this order, up to the first that
    /// fails.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a type is given as a constant"
    )]
    #[must_use]
    pub fn on<W, E>(
        mut self,
        event: D::Type,
        handler: impl Fn(D) -> W + Send + Sync + 'static,
    ) -> Self
    where
        W: Future<Output = Result<(), E>> + Send + 'static,
        E: Into<HandlerError>,
    {
        let handlers = self.handlers.entry(event.text().to_owned()).or_default();
        handlers.push(boxed(handler));
        self
    }

    /// Sets what is called for events of all other types.
    #[must_use]
    pub fn fallback<W, E>(mut self, handler: impl Fn(D) -> W + Send + Sync + 'static) -> Self
    where
        W: Future<Output = Result<(), E>> + Send + 'static,
        E: Into<HandlerError>,
    {
        self.fallback = Some(boxed(handler));
        self
    }

    /// Hands an event to its handlers.
    ///
    /// # Errors
    ///
    /// What a handler fails with.
    pub async fn handle(&self, event: D) -> Result<Handled, HandlerError> {
        if let Some(handlers) = self.handlers.get(event.type_().text()) {
            for handler in handlers {
                handler(event.clone()).await?;
            }
            return Ok(Handled::ByHandler);
        }
        let Some(fallback) = &self.fallback else {
            return Ok(Handled::Ignored);
        };
        fallback(event).await?;
        Ok(Handled::ByFallback)
    }

    /// The same, but once for each event however often it is delivered. An event whose handler failed counts as not
    /// handled.
    ///
    /// # Errors
    ///
    /// What a handler or the guard fails with, and [`InProgress`] if the event is being handled at this moment.
    pub async fn handle_once(
        &self,
        guard: &impl ReplayGuard,
        event: D,
    ) -> Result<Handled, HandlerError> {
        let id = event.id().to_owned();
        match guard.claim(&id).await? {
            Claim::Granted => {}
            Claim::InProgress => return Err(InProgress.into()),
            Claim::Done => return Ok(Handled::Before),
        }
        let result = self.handle(event).await;
        match &result {
            Ok(_) => guard.done(&id).await?,
            Err(_) => guard.release(&id).await?,
        }
        result
    }
}

fn boxed<D, W, E>(handler: impl Fn(D) -> W + Send + Sync + 'static) -> Handler<D>
where
    W: Future<Output = Result<(), E>> + Send + 'static,
    E: Into<HandlerError>,
{
    Arc::new(move |event| {
        let work = handler(event);
        Box::pin(async move { work.await.map_err(Into::into) })
    })
}

impl<D: Delivery> Default for Router<D> {
    fn default() -> Self {
        Self::new()
    }
}

impl<D> fmt::Debug for Router<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Router")
            .field("types", &self.handlers.keys())
            .field("fallback", &self.fallback.is_some())
            .finish()
    }
}

/// The event is being handled at this moment, by another delivery of it. Answer with a failure: Stripe tries again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InProgress;

impl fmt::Display for InProgress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the event is being handled at this moment, by another delivery of it")
    }
}

impl std::error::Error for InProgress {}
