//! Everything that the requests of one server share.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::document::Document;
use crate::event::Event;
use crate::failures::Failures;
use crate::idempotency::Keys;
use crate::ledger::Ledger;
use crate::operate::{self, Part, Templates};
use crate::route::Router;
use crate::store::{State, Store};
use crate::synthesise::Style;

/// The account of whoever names no other.
const OWN_ACCOUNT: &str = "";

/// What a server knows and remembers.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) router: Router,
    pub(crate) parts: Vec<Part>,
    pub(crate) templates: Templates,
    pub(crate) ledger: Ledger,
    pub(crate) store: Mutex<Store>,
    pub(crate) keys: Mutex<Keys>,
    pub(crate) failures: Failures,
    pub(crate) style: Style,
    pub(crate) items: usize,
    requests: AtomicU64,
    pub(crate) document: Arc<Document>,
}

impl World {
    pub(crate) fn new(document: Arc<Document>, style: Style, items: usize) -> Self {
        Self {
            router: Router::new(&document),
            parts: operate::assign(&document),
            templates: Templates::default(),
            ledger: Ledger::new(Arc::clone(&document)),
            store: Mutex::default(),
            keys: Mutex::default(),
            failures: Failures::default(),
            style,
            items,
            requests: AtomicU64::new(0),
            document,
        }
    }

    /// The number of the next request, counted from 1.
    pub(crate) fn next_request(&self) -> u64 {
        self.requests.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Makes happen to an object what events of this type are about.
    pub(crate) fn event(&self, name: &str, id: &str) -> Option<Event> {
        let mut store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        let stored = store.get(OWN_ACCOUNT, id)?.clone();
        let State::Alive(mut object) = stored.state else {
            return None;
        };
        let number = store.next_number();
        let event = self
            .document
            .event_about(number, name, stored.component, &mut object)?;
        store.set(OWN_ACCOUNT, id, State::Alive(object));
        Some(event)
    }

    /// Forgets objects, keys and the ledger, and counts the calls of failures from the start.
    pub(crate) fn reset(&self) {
        *self.store.lock().unwrap_or_else(PoisonError::into_inner) = Store::default();
        *self.keys.lock().unwrap_or_else(PoisonError::into_inner) = Keys::default();
        self.ledger.reset();
        self.failures.restart();
    }
}
