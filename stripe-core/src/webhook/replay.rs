//! Which events were handled already: Stripe delivers at least once, and not in order.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::router::HandlerError;
use super::verifier::system_time;
use crate::types::Timestamp;

/// Remembers which events were handled. Where several processes take deliveries, it has to be in the database that they
/// share: best in the same transaction as what the handler does.
pub trait ReplayGuard: Send + Sync {
    /// Claims an event, by its id, for whoever asks first.
    fn claim(&self, event_id: &str) -> impl Future<Output = Result<Claim, HandlerError>> + Send;

    /// Says that a claimed event was handled.
    fn done(&self, event_id: &str) -> impl Future<Output = Result<(), HandlerError>> + Send;

    /// Gives a claimed event back: handling it failed, and the next delivery may try again.
    fn release(&self, event_id: &str) -> impl Future<Output = Result<(), HandlerError>> + Send;
}

/// Whether an event may be handled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Claim {
    /// Yes, by whoever asked.
    Granted,
    /// Somebody else is handling it.
    InProgress,
    /// It was handled before.
    Done,
}

/// A [`ReplayGuard`] in memory, for one process: it forgets everything when that ends. Bounded in size and in time.
pub struct MemoryReplayGuard {
    capacity: usize,
    max_age: u64,
    now: Arc<dyn Fn() -> Option<Timestamp> + Send + Sync>,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    states: HashMap<String, State>,
    /// In the order of the claims; an id that was given back may still stand here.
    order: VecDeque<(String, i64)>,
}

#[derive(Clone, Copy)]
struct State {
    claimed_at: i64,
    is_done: bool,
}

impl MemoryReplayGuard {
    /// Remembers as many events, and as long. Stripe tries for three days to deliver an event; an id takes some 100 bytes.
    ///
    /// When it is full, the event that was claimed first is forgotten, unless it is still being handled. A claim that is
    /// neither done nor given back ends after `max_age` as well.
    #[must_use]
    pub fn new(capacity: usize, max_age: Duration) -> Self {
        Self {
            capacity,
            max_age: max_age.as_secs(),
            now: Arc::new(system_time),
            seen: Mutex::default(),
        }
    }

    /// Another clock than the system's, such as that of a test.
    #[must_use]
    pub fn with_clock(mut self, now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        self.now = Arc::new(move || Some(now()));
        self
    }

    fn lock(&self) -> MutexGuard<'_, Seen> {
        // Nothing that is done under it can leave it half done.
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn claim_now(&self, event_id: &str) -> Result<Claim, HandlerError> {
        let now = (self.now)().map_or(0, Timestamp::as_unix);
        let mut seen = self.lock();
        seen.forget_older(now, self.max_age);
        if let Some(state) = seen.states.get(event_id) {
            return Ok(match state.is_done {
                true => Claim::Done,
                false => Claim::InProgress,
            });
        }
        if !seen.make_room(self.capacity) {
            return Err("as many events are being handled as the replay guard can remember".into());
        }
        let state = State {
            claimed_at: now,
            is_done: false,
        };
        seen.states.insert(event_id.to_owned(), state);
        seen.order.push_back((event_id.to_owned(), now));
        Ok(Claim::Granted)
    }
}

impl Seen {
    fn forget_older(&mut self, now: i64, max_age: u64) {
        let age = |claimed_at: i64| u64::try_from(now.saturating_sub(claimed_at));
        // A clock that went back makes nothing old.
        let is_old = |claimed_at: i64| age(claimed_at).is_ok_and(|age| age > max_age);
        while let Some((id, claimed_at)) = self.order.front() {
            if !is_old(*claimed_at) {
                break;
            }
            // It may have been given back, and claimed anew since.
            if self
                .states
                .get(id)
                .is_some_and(|it| it.claimed_at == *claimed_at)
            {
                self.states.remove(id);
            }
            self.order.pop_front();
        }
    }

    /// Forgets what was done first; whether there is room now.
    fn make_room(&mut self, capacity: usize) -> bool {
        // Entries of claims that were given back go now and then, so that the order stays about as short as the states.
        if self.order.len() >= capacity.saturating_mul(2) {
            let states = &self.states;
            self.order.retain(|(id, _)| states.contains_key(id));
        }
        while self.states.len() >= capacity {
            let is_done =
                |(id, _): &(String, i64)| self.states.get(id).is_some_and(|it| it.is_done);
            let Some(first) = self.order.iter().position(is_done) else {
                return false;
            };
            if let Some((id, _)) = self.order.remove(first) {
                self.states.remove(&id);
            }
        }
        true
    }
}

impl ReplayGuard for MemoryReplayGuard {
    async fn claim(&self, event_id: &str) -> Result<Claim, HandlerError> {
        self.claim_now(event_id)
    }

    async fn done(&self, event_id: &str) -> Result<(), HandlerError> {
        if let Some(state) = self.lock().states.get_mut(event_id) {
            state.is_done = true;
        }
        Ok(())
    }

    async fn release(&self, event_id: &str) -> Result<(), HandlerError> {
        self.lock().states.remove(event_id);
        Ok(())
    }
}

impl fmt::Debug for MemoryReplayGuard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryReplayGuard")
            .field("capacity", &self.capacity)
            .field("max_age", &self.max_age)
            .field("events", &self.lock().states.len())
            .finish_non_exhaustive()
    }
}
