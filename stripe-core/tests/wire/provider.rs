//! A key provider that gives what a test wrote down, and counts how often it was asked.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use stripe_core::{ApiKey, KeyFuture, KeyProvider};

type Answer = Result<&'static str, &'static str>;

#[derive(Clone)]
pub(crate) struct Script(Arc<Shared>);

struct Shared {
    /// The answers in order; the last one is given again and again.
    answers: Vec<Answer>,
    asked: AtomicUsize,
    refused: Mutex<Vec<Option<String>>>,
    /// What an answer waits for, by its number.
    is_ready: Box<dyn Fn(usize) -> bool + Send + Sync>,
}

impl Script {
    pub(crate) fn new(answers: &[Answer]) -> Self {
        Self::waiting(answers, |_| true)
    }

    /// Answer number n, counted from 0, comes once `is_ready(n)`.
    pub(crate) fn waiting(
        answers: &[Answer],
        is_ready: impl Fn(usize) -> bool + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(Shared {
            answers: answers.to_vec(),
            asked: AtomicUsize::new(0),
            refused: Mutex::default(),
            is_ready: Box::new(is_ready),
        }))
    }

    pub(crate) fn asked(&self) -> usize {
        self.0.asked.load(Ordering::SeqCst)
    }

    /// What it was told of refused keys, as Debug shows them.
    pub(crate) fn refused(&self) -> Vec<Option<String>> {
        self.0.refused.lock().unwrap().clone()
    }
}

impl KeyProvider for Script {
    fn key<'a>(&'a self, refused: Option<&'a ApiKey>) -> KeyFuture<'a> {
        let number = self.0.asked.fetch_add(1, Ordering::SeqCst);
        let shown = refused.map(|key| format!("{key:?}"));
        self.0.refused.lock().unwrap().push(shown);
        Box::pin(async move {
            // Once at least, so that others get their turn.
            tokio::task::yield_now().await;
            while !(self.0.is_ready)(number) {
                tokio::task::yield_now().await;
            }
            let last = self.0.answers.len() - 1;
            match self.0.answers[number.min(last)] {
                Ok(key) => Ok(ApiKey::new(key)?),
                Err(failure) => Err(failure.into()),
            }
        })
    }
}
