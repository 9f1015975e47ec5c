//! The objects that were created here, by id. What was never created is not in it: such objects are scenery, made up
//! anew for every request.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use crate::document::ComponentId;

/// So many bytes of objects are kept, as `weight` reckons them; the oldest go when more come. Thousands of large ones.
const MOST_BYTES: usize = 256 * 1024 * 1024;

/// An object, and what is needed to find it again.
#[derive(Clone, Debug)]
pub(crate) struct Stored {
    pub(crate) component: ComponentId,
    /// The path that it was created under.
    pub(crate) collection: String,
    pub(crate) state: State,
}

/// What is left of an object.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum State {
    Alive(Value),
    Deleted,
}

/// What an object takes beside its value: its keys, and its places in the indices.
const OVERHEAD: usize = 1024;

impl State {
    /// About how many bytes of memory it takes.
    fn weight(&self) -> usize {
        OVERHEAD
            + match self {
                Self::Alive(value) => weight(value),
                Self::Deleted => 0,
            }
    }
}

/// A node of a map has room for eleven members, whether they are there or not.
fn weight(value: &Value) -> usize {
    const MEMBER: usize = 120;
    size_of::<Value>()
        + match value {
            Value::String(text) => text.len(),
            Value::Array(items) => items.iter().map(weight).sum(),
            Value::Object(members) => {
                let inner = members
                    .iter()
                    .map(|(name, value)| name.len() + weight(value));
                inner.sum::<usize>() + MEMBER * members.len().next_multiple_of(6)
            }
            _ => 0,
        }
}

/// The objects of all accounts.
#[derive(Debug, Default)]
pub(crate) struct Store {
    objects: HashMap<Key, (u64, Stored)>,
    /// In the order of creation.
    by_age: BTreeMap<u64, Key>,
    by_component: HashMap<(String, ComponentId), BTreeMap<u64, Key>>,
    created: u64,
    bytes: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    account: String,
    id: String,
}

impl Key {
    fn new(account: &str, id: &str) -> Self {
        Self {
            account: account.to_owned(),
            id: id.to_owned(),
        }
    }
}

impl Store {
    /// A number for the next object that is created.
    pub(crate) fn next_number(&mut self) -> u64 {
        self.created += 1;
        self.created
    }

    /// The object of this id.
    pub(crate) fn get(&self, account: &str, id: &str) -> Option<&Stored> {
        self.objects
            .get(&Key::new(account, id))
            .map(|(_, stored)| stored)
    }

    /// Keeps a new object, in place of one of the same id.
    pub(crate) fn insert(&mut self, account: &str, id: &str, stored: Stored) {
        let key = Key::new(account, id);
        self.remove(&key);
        let age = self.next_number();
        self.by_age.insert(age, key.clone());
        let index = (account.to_owned(), stored.component);
        self.by_component
            .entry(index)
            .or_default()
            .insert(age, key.clone());
        self.bytes += stored.state.weight();
        self.objects.insert(key, (age, stored));
        self.shrink();
    }

    fn shrink(&mut self) {
        while self.bytes > MOST_BYTES {
            let Some((_, oldest)) = self.by_age.first_key_value() else {
                break;
            };
            self.remove(&oldest.clone());
        }
    }

    /// Changes what an object is.
    pub(crate) fn set(&mut self, account: &str, id: &str, state: State) {
        if let Some((_, stored)) = self.objects.get_mut(&Key::new(account, id)) {
            self.bytes += state.weight();
            self.bytes -= stored.state.weight();
            stored.state = state;
        }
        self.shrink();
    }

    /// The objects of a component that are alive, the newest first.
    pub(crate) fn newest(
        &self,
        account: &str,
        component: ComponentId,
    ) -> impl Iterator<Item = (u64, &Stored, &Value)> {
        let found = self.by_component.get(&(account.to_owned(), component));
        let keys = found.into_iter().flat_map(|it| it.iter().rev());
        keys.filter_map(|(age, key)| {
            let (_, stored) = self.objects.get(key)?;
            match &stored.state {
                State::Alive(value) => Some((*age, stored, value)),
                State::Deleted => None,
            }
        })
    }

    fn remove(&mut self, key: &Key) {
        let Some((age, stored)) = self.objects.remove(key) else {
            return;
        };
        self.bytes -= stored.state.weight();
        self.by_age.remove(&age);
        let index = (key.account.clone(), stored.component);
        if let Some(ages) = self.by_component.get_mut(&index) {
            ages.remove(&age);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn stored(number: usize) -> Stored {
        Stored {
            component: ComponentId(1),
            collection: "/v1/things".to_owned(),
            state: State::Alive(json!(number)),
        }
    }

    fn newest(store: &Store, account: &str) -> Vec<Value> {
        let found = store.newest(account, ComponentId(1));
        found.map(|(_, _, value)| value.clone()).collect()
    }

    #[test]
    fn the_newest_comes_first_and_the_deleted_not_at_all() {
        let mut store = Store::default();
        for number in 0..3 {
            store.insert("", &format!("a_{number}"), stored(number));
        }
        store.set("", "a_1", State::Deleted);
        assert_eq!(newest(&store, ""), [json!(2), json!(0)]);
        assert_eq!(store.get("", "a_1").unwrap().state, State::Deleted);
    }

    #[test]
    fn accounts_do_not_see_each_other() {
        let mut store = Store::default();
        store.insert("acct_1", "a", stored(1));
        assert!(store.get("", "a").is_none());
        assert!(newest(&store, "acct_2").is_empty());
        assert_eq!(newest(&store, "acct_1"), [json!(1)]);
    }

    #[test]
    fn the_oldest_go_when_memory_is_full() {
        let mut store = Store::default();
        let large = || State::Alive("x".repeat(MOST_BYTES / 4).into());
        for number in 0..4 {
            let state = large();
            store.insert("", &format!("a_{number}"), Stored { state, ..stored(0) });
        }
        assert!(store.get("", "a_0").is_none());
        assert_eq!(newest(&store, "").len(), 3);
        store.set("", "a_1", State::Deleted);
        store.insert("", "a_4", stored(4));
        assert!(store.get("", "a_1").is_some(), "there is room again");
        store.set("", "a_4", large());
        store.set("", "a_1", large());
        assert!(
            store.get("", "a_1").is_none(),
            "the oldest is gone, whatever it became"
        );
        assert_eq!((store.by_age.len(), store.objects.len()), (3, 3));
        let ages = store.by_component.values().map(BTreeMap::len);
        assert_eq!(ages.sum::<usize>(), 3);
    }

    #[test]
    fn what_is_gone_weighs_nothing() {
        let mut store = Store::default();
        for number in [1, 2] {
            store.insert("", "a", stored(number));
            store.set("", "a", State::Alive(json!({"a": [number, "x"]})));
            store.remove(&Key::new("", "a"));
        }
        assert_eq!(store.bytes, 0);
    }

    #[test]
    fn an_object_of_the_same_id_takes_the_place() {
        let mut store = Store::default();
        store.insert("", "a", stored(1));
        store.insert("", "a", stored(2));
        assert_eq!(newest(&store, ""), [json!(2)]);
    }
}
