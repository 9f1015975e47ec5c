//! Where a client's key comes from: given once and for all, or asked for and kept until Stripe refuses it.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{ApiKey, KeyProvider};
use crate::error::Error;

pub(crate) enum KeySource {
    Given(ApiKey),
    Provided(Provided),
}

/// A provider and what it answered last.
pub(crate) struct Provided {
    provider: Box<dyn KeyProvider>,
    held: Mutex<Held>,
    /// Held while the provider is asked: whoever waits for it shares the answer.
    asking: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Held {
    key: Option<ApiKey>,
    /// Why the last answer was none.
    failure: Option<Arc<dyn std::error::Error + Send + Sync>>,
    answers: u64,
}

/// A key, and which of the provider's answers was the last when it was taken.
#[derive(Clone)]
pub(crate) struct Issued {
    pub(crate) key: ApiKey,
    answer: u64,
}

impl Provided {
    pub(crate) fn new(provider: impl KeyProvider) -> Self {
        Self {
            provider: Box::new(provider),
            held: Mutex::default(),
            asking: tokio::sync::Mutex::default(),
        }
    }

    /// The key that is held. It is used even while another is asked for: a provider that hangs must not stop a client
    /// whose key may be good.
    pub(crate) fn held(&self) -> Option<Issued> {
        self.lock().issued()
    }

    /// The first key.
    pub(crate) async fn get(&self) -> Result<Issued, Error> {
        let before = self.lock().answers;
        self.ask_after(before, None).await
    }

    /// Another key than the one that Stripe refused, if there is one: the same key may come back.
    pub(crate) async fn renew(&self, refused: &Issued) -> Result<Issued, Error> {
        self.ask_after(refused.answer, Some(&refused.key)).await
    }

    /// The first answer after that number, which somebody else may have asked for by the time it is our turn.
    async fn ask_after(&self, answer: u64, refused: Option<&ApiKey>) -> Result<Issued, Error> {
        let _turn = self.asking.lock().await;
        if self.lock().answers == answer {
            let result = self.provider.key(refused).await;
            self.lock().keep(result);
        }
        self.lock().answer()
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        // Nothing that is done under it can leave it half done.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn keep(&mut self, result: Result<ApiKey, Box<dyn std::error::Error + Send + Sync>>) {
        self.answers = self.answers.wrapping_add(1);
        match result {
            Ok(key) => {
                self.key = Some(key);
                self.failure = None;
            }
            Err(failure) => self.failure = Some(Arc::from(failure)),
        }
    }

    fn issued(&self) -> Option<Issued> {
        let key = self.key.clone()?;
        Some(Issued {
            key,
            answer: self.answers,
        })
    }

    fn answer(&self) -> Result<Issued, Error> {
        let failed = || Error::config("the key provider gave no key; its own error says why");
        match &self.failure {
            Some(failure) => Err(failed().with_source(Arc::clone(failure))),
            None => self.issued().ok_or_else(failed),
        }
    }
}

impl fmt::Debug for KeySource {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Given(key) => key.fmt(f),
            Self::Provided(_) => f.write_str("KeyProvider"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::KeyFuture;

    struct Vault;

    impl KeyProvider for Vault {
        fn key<'a>(&'a self, _: Option<&'a ApiKey>) -> KeyFuture<'a> {
            Box::pin(async { Err("it is sealed".into()) })
        }
    }

    #[test]
    fn k1_a_source_shows_the_end_of_a_given_key_and_nothing_of_a_provider() {
        let key = ApiKey::new("sk_test_FAKE0123456789abcdef").unwrap();
        let shown = |source: KeySource| format!("{source:?}");
        assert_eq!(shown(KeySource::Given(key.clone())), format!("{key:?}"));
        let provided = KeySource::Provided(Provided::new(Vault));
        assert_eq!(shown(provided), "KeyProvider");
    }
}
