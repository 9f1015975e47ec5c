//! Names that must differ: one scope per module, one per type; and the table of names once given, which only grows.
//!
//! A name is what the rules say, unless something beside it already has that name. Who came first keeps it for ever: that
//! is what the table is for, since without it a new neighbour that sorts earlier would take the name over.

use std::collections::{BTreeMap, BTreeSet};

/// What tells one named thing from all others, such as `schema customer` or `params customer create.address`.
pub(crate) type Identity = String;

/// The names given so far, by identity; the file has one line each.
#[derive(Debug, Default)]
pub(crate) struct NameTable {
    known: BTreeMap<Identity, String>,
    /// Whose a known name is, by name space and name.
    owners: BTreeMap<(String, String), Identity>,
    given: BTreeMap<Identity, String>,
}

/// The mark between identity and name; no identity contains it.
const ARROW: &str = " -> ";

impl NameTable {
    /// Reads the file; lines that are not of its form are passed over, as comments are.
    pub(crate) fn parse(text: &str) -> Self {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let known = lines
            .filter_map(|line| line.rsplit_once(ARROW))
            .map(|(identity, name)| (identity.into(), name.into()));
        let known: BTreeMap<Identity, String> = known.collect();
        let owners = known
            .iter()
            .map(|(identity, name)| ((space(identity), name.clone()), identity.clone()))
            .collect();
        Self {
            known,
            owners,
            given: BTreeMap::new(),
        }
    }

    /// The file with the names given since it was read added to it.
    pub(crate) fn text(&self) -> String {
        let mut all = self.known.clone();
        all.extend(
            self.given
                .iter()
                .map(|(identity, name)| (identity.clone(), name.clone())),
        );
        let mut text = String::from(
            "# Names given to what the document describes, one line each; written by `cargo xtask generate`.\n\
             # A name once given stays, whatever is added beside it. Lines are only ever added.\n",
        );
        for (identity, name) in all {
            text.extend([identity.as_str(), ARROW, &name, "\n"]);
        }
        text
    }

    /// Remembers a fact about the public API that must not change.
    pub(crate) fn remember(&mut self, identity: &str, fact: &str) {
        self.given.insert(identity.to_owned(), fact.to_owned());
    }

    /// Whether this fact was remembered in an earlier run.
    pub(crate) fn remembers(&self, identity: &str, fact: &str) -> bool {
        self.known(identity).is_some_and(|known| known == fact)
    }

    /// The name that something was given in an earlier run.
    pub(crate) fn known(&self, identity: &str) -> Option<&String> {
        self.known.get(identity)
    }

    /// The identity, told from an equal one that has its name already: two kinds of values in one place.
    fn apart(&self, identity: &str) -> Identity {
        let again = (2_u32..).map(|number| format!("{identity}~{number}"));
        let mut all = std::iter::once(identity.to_owned()).chain(again);
        all.find(|it| !self.given.contains_key(it))
            .unwrap_or_default()
    }

    /// Whether a name is something else's, which may have left the document and come back.
    fn is_anothers(&self, identity: &str, name: &str) -> bool {
        self.owners
            .get(&(space(identity), name.to_owned()))
            .is_some_and(|owner| owner != identity)
    }
}

/// The name space of what an identity names: one for all schemas, one for each module otherwise.
fn space(identity: &str) -> String {
    let words = if identity.starts_with("schema ") {
        1
    } else {
        2
    };
    identity
        .splitn(words + 1, ' ')
        .take(words)
        .collect::<Vec<_>>()
        .join(" ")
}

/// One name space.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    taken: BTreeSet<String>,
    /// Names that are seen here without being declared here: nothing new is called like that.
    seen: BTreeSet<String>,
}

impl Scope {
    /// A name space in which these names are taken.
    pub(crate) fn with(reserved: &[&str]) -> Self {
        Self {
            taken: reserved.iter().map(|name| (*name).to_owned()).collect(),
            seen: BTreeSet::new(),
        }
    }

    /// Takes a name for good.
    pub(crate) fn reserve(&mut self, name: &str) {
        self.taken.insert(name.to_owned());
    }

    /// Keeps a name from what is new here; what the table calls like that stays.
    pub(crate) fn see(&mut self, name: &str) {
        self.seen.insert(name.to_owned());
    }

    /// The first of the candidates that is free, else the last with a number: only names that nobody would choose get
    /// that far.
    pub(crate) fn take(&mut self, candidates: &[String]) -> String {
        self.take_unless(candidates, |_| false)
    }

    fn take_unless(&mut self, candidates: &[String], is_anothers: impl Fn(&str) -> bool) -> String {
        let is_free = |name: &String| {
            !self.taken.contains(name) && !self.seen.contains(name) && !is_anothers(name)
        };
        let free = candidates.iter().find(|name| is_free(name)).cloned();
        let name = free.unwrap_or_else(|| {
            let last = candidates.last().map_or("name", String::as_str);
            (2_u32..)
                .map(|number| format!("{last}{number}"))
                .find(is_free)
                .unwrap_or_default()
        });
        self.taken.insert(name.clone());
        name
    }

    /// The name of one thing.
    pub(crate) fn take_one(
        &mut self,
        table: &mut NameTable,
        identity: Identity,
        candidates: Vec<String>,
    ) -> String {
        let name = candidates.first().cloned().unwrap_or_default();
        self.take_all(table, &[(identity, candidates)])
            .pop()
            .unwrap_or(name)
    }

    /// Names for things that come in a fixed order. What the table knows is settled first.
    pub(crate) fn take_all(
        &mut self,
        table: &mut NameTable,
        wanted: &[(Identity, Vec<String>)],
    ) -> Vec<String> {
        let apart = |(identity, candidates): &(Identity, Vec<String>)| {
            (table.apart(identity), candidates.clone())
        };
        let wanted: Vec<(Identity, Vec<String>)> = wanted.iter().map(apart).collect();
        let mut names: Vec<Option<String>> = vec![None; wanted.len()];
        for ((identity, _), name) in wanted.iter().zip(&mut names) {
            if let Some(known) = table
                .known(identity)
                .filter(|known| !self.taken.contains(*known))
            {
                self.taken.insert(known.clone());
                *name = Some(known.clone());
            }
        }
        let mut all = Vec::with_capacity(wanted.len());
        for ((identity, candidates), name) in wanted.iter().zip(names) {
            let is_anothers = |name: &str| table.is_anothers(identity, name);
            let name = name.unwrap_or_else(|| self.take_unless(candidates, is_anothers));
            table.given.insert(identity.clone(), name.clone());
            all.push(name);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(identity: &str, name: &str) -> (Identity, Vec<String>) {
        (identity.to_owned(), vec![name.to_owned()])
    }

    #[test]
    fn who_came_first_keeps_the_name() {
        let mut table = NameTable::parse("schema b -> Card\n");
        let names = Scope::default().take_all(
            &mut table,
            &[wanted("schema a", "Card"), wanted("schema b", "Card")],
        );
        assert_eq!(names, ["Card2", "Card"]);
    }

    #[test]
    fn a_name_is_kept_for_who_has_it_in_the_table() {
        let mut table =
            NameTable::parse("schema a b -> AB\nschema gone -> Gone\nparams a b -> Free\n");
        let mut scope = Scope::default();
        for (identity, name, given) in [
            ("schema ab", "AB", "AB2"),
            ("schema a b", "AB", "AB"),
            ("schema g", "Gone", "Gone2"),
            ("schema f", "Free", "Free"),
        ] {
            assert_eq!(
                scope.take_all(&mut table, &[wanted(identity, name)]),
                [given]
            );
        }
    }

    #[test]
    fn what_is_only_seen_gives_way_to_the_table() {
        let mut table = NameTable::parse("params a old -> Card\n");
        let mut scope = Scope::default();
        scope.see("Card");
        let names = scope.take_all(
            &mut table,
            &[
                wanted("params a new", "Card"),
                wanted("params a old", "Card"),
            ],
        );
        assert_eq!(names, ["Card2", "Card"]);
    }

    #[test]
    fn the_table_only_grows() {
        let mut table = NameTable::parse("# comment\nschema gone -> Gone\n");
        Scope::default().take_all(&mut table, &[wanted("schema a", "A")]);
        let lines: Vec<String> = table
            .text()
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(Into::into)
            .collect();
        assert_eq!(lines, ["schema a -> A", "schema gone -> Gone"]);
    }
}
