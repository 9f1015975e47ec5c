//! The objects that were created here, by id. What was never created is not in it: such objects are scenery, made up
//! anew for every request.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use crate::document::ComponentId;

/// So many objects are kept; the oldest goes when one more comes.
const MOST_OBJECTS: usize = 20_000;

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

/// The objects of all accounts.
#[derive(Debug, Default)]
pub(crate) struct Store {
    objects: HashMap<Key, (u64, Stored)>,
    /// In the order of creation.
    by_age: BTreeMap<u64, Key>,
    by_component: HashMap<(String, ComponentId), BTreeMap<u64, Key>>,
    created: u64,
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
        self.objects.insert(key, (age, stored));
        if self.objects.len() > MOST_OBJECTS {
            let oldest = self.by_age.first_key_value().map(|(_, key)| key.clone());
            oldest.into_iter().for_each(|key| self.remove(&key));
        }
    }

    /// Changes what an object is.
    pub(crate) fn set(&mut self, account: &str, id: &str, state: State) {
        if let Some((_, stored)) = self.objects.get_mut(&Key::new(account, id)) {
            stored.state = state;
        }
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
    fn the_oldest_goes_when_there_are_too_many() {
        let mut store = Store::default();
        for number in 0..=MOST_OBJECTS {
            store.insert("", &format!("a_{number}"), stored(number));
        }
        assert!(store.get("", "a_0").is_none());
        assert!(store.get("", "a_1").is_some());
        assert_eq!(newest(&store, "").len(), MOST_OBJECTS);
        assert_eq!(store.by_age.len(), MOST_OBJECTS);
    }

    #[test]
    fn an_object_of_the_same_id_takes_the_place() {
        let mut store = Store::default();
        store.insert("", "a", stored(1));
        store.insert("", "a", stored(2));
        assert_eq!(newest(&store, ""), [json!(2)]);
    }
}
