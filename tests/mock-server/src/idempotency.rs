//! Idempotency keys: the same key and the same request have the same answer, and act once. What an answer looks like
//! is not known here.

use std::collections::{HashMap, VecDeque};

use crate::reply::Reply;

/// So many bytes of answers are kept; the oldest go first.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// What every answer takes beside its body.
const OVERHEAD: usize = 512;

/// What a key means for a request.
#[derive(Debug)]
pub(crate) enum Begin {
    /// Act, and `finish` or `abandon`.
    Fresh,
    /// It was done before; this was the answer.
    Replay(Reply),
    /// It is being done right now.
    Busy,
    /// The key belongs to another request.
    Different,
}

/// The keys of all accounts.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    entries: HashMap<String, Entry>,
    finished: VecDeque<String>,
    bytes: usize,
}

#[derive(Debug)]
struct Entry {
    fingerprint: u64,
    /// None while the request is running.
    reply: Option<Reply>,
}

impl Keys {
    /// Takes a key for a request.
    pub(crate) fn begin(&mut self, key: &str, fingerprint: u64) -> Begin {
        match self.entries.get(key) {
            None => {
                let entry = Entry {
                    fingerprint,
                    reply: None,
                };
                self.entries.insert(key.to_owned(), entry);
                Begin::Fresh
            }
            Some(entry) if entry.fingerprint != fingerprint => Begin::Different,
            Some(Entry { reply: None, .. }) => Begin::Busy,
            Some(Entry {
                reply: Some(reply), ..
            }) => Begin::Replay(reply.clone()),
        }
    }

    /// Keeps the answer.
    pub(crate) fn finish(&mut self, key: &str, reply: Reply) {
        let Some(entry) = self.entries.get_mut(key) else {
            return;
        };
        self.bytes += reply.body.len() + OVERHEAD;
        entry.reply = Some(reply);
        self.finished.push_back(key.to_owned());
        while self.bytes > MOST_BYTES {
            let Some(oldest) = self.finished.pop_front() else {
                break;
            };
            let reply = self.entries.remove(&oldest).and_then(|entry| entry.reply);
            let freed = reply.map_or(0, |it| it.body.len() + OVERHEAD);
            self.bytes = self.bytes.saturating_sub(freed);
        }
    }

    /// Gives a key back that was not finished: nothing was done.
    pub(crate) fn abandon(&mut self, key: &str) {
        if self
            .entries
            .get(key)
            .is_some_and(|entry| entry.reply.is_none())
        {
            self.entries.remove(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(length: usize) -> Reply {
        Reply::json(200, &serde_json::Value::String("x".repeat(length)))
    }

    #[test]
    fn a_key_is_fresh_busy_and_then_replayed() {
        let mut keys = Keys::default();
        assert!(matches!(keys.begin("a", 1), Begin::Fresh));
        assert!(matches!(keys.begin("a", 1), Begin::Busy));
        assert!(matches!(keys.begin("a", 2), Begin::Different));
        keys.finish("a", reply(3));
        assert!(matches!(keys.begin("a", 1), Begin::Replay(it) if it.body == "\"xxx\""));
        assert!(matches!(keys.begin("a", 2), Begin::Different));
    }

    #[test]
    fn an_abandoned_key_is_fresh_again() {
        let mut keys = Keys::default();
        keys.begin("a", 1);
        keys.abandon("a");
        assert!(matches!(keys.begin("a", 2), Begin::Fresh));
        keys.finish("a", reply(1));
        keys.abandon("a");
        assert!(
            matches!(keys.begin("a", 2), Begin::Replay(_)),
            "what is finished stays"
        );
    }

    #[test]
    fn the_oldest_answers_go_when_memory_is_full() {
        let mut keys = Keys::default();
        for number in 0..5 {
            let key = number.to_string();
            keys.begin(&key, 1);
            keys.finish(&key, reply(MOST_BYTES / 4));
        }
        assert!(matches!(keys.begin("0", 1), Begin::Fresh));
        assert!(matches!(keys.begin("4", 1), Begin::Replay(_)));
        assert!(keys.bytes <= MOST_BYTES);
    }
}
