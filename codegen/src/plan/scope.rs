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
    given: BTreeMap<Identity, String>,
}

/// The mark between identity and name; no identity contains it.
const ARROW: &str = " -> ";

impl NameTable {
    /// Reads the file; lines that are not of its form are passed over, as comments are.
    pub(crate) fn parse(text: &str) -> Self {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let known = lines.filter_map(|line| line.rsplit_once(ARROW)).map(|(identity, name)| (identity.into(), name.into()));
        Self { known: known.collect(), given: BTreeMap::new() }
    }

    /// The file with the names given since it was read added to it.
    pub(crate) fn text(&self) -> String {
        let mut all = self.known.clone();
        all.extend(self.given.iter().map(|(identity, name)| (identity.clone(), name.clone())));
        let mut text = String::from(
            "# Names given to what the document describes, one line each; written by `cargo xtask generate`.\n\
             # A name once given stays, whatever is added beside it. Lines are only ever added.\n",
        );
        for (identity, name) in all {
            text.extend([identity.as_str(), ARROW, &name, "\n"]);
        }
        text
    }

    fn known(&self, identity: &str) -> Option<&String> {
        self.known.get(identity)
    }
}

/// One name space.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    taken: BTreeSet<String>,
}

impl Scope {
    /// A name space in which these names are taken.
    pub(crate) fn with(reserved: &[&str]) -> Self {
        Self { taken: reserved.iter().map(|name| (*name).to_owned()).collect() }
    }

    /// Takes a name for good.
    pub(crate) fn reserve(&mut self, name: &str) {
        self.taken.insert(name.to_owned());
    }

    /// The first of the candidates that is free, else the last with a number: only names that nobody would choose get
    /// that far.
    pub(crate) fn take(&mut self, candidates: &[String]) -> String {
        let free = candidates.iter().find(|name| !self.taken.contains(*name)).cloned();
        let name = free.unwrap_or_else(|| {
            let last = candidates.last().map_or("name", String::as_str);
            let numbered = (2_u32..).map(|number| format!("{last}{number}"));
            numbered.filter(|name| !self.taken.contains(name)).next().unwrap_or_default()
        });
        self.taken.insert(name.clone());
        name
    }

    /// Names for things that come in a fixed order. What the table knows is settled first.
    pub(crate) fn take_all(&mut self, table: &mut NameTable, wanted: &[(Identity, Vec<String>)]) -> Vec<String> {
        let mut names: Vec<Option<String>> = vec![None; wanted.len()];
        for ((identity, _), name) in wanted.iter().zip(&mut names) {
            if let Some(known) = table.known(identity).filter(|known| !self.taken.contains(*known)) {
                self.taken.insert(known.clone());
                *name = Some(known.clone());
            }
        }
        let mut all = Vec::with_capacity(wanted.len());
        for ((identity, candidates), name) in wanted.iter().zip(names) {
            let name = name.unwrap_or_else(|| self.take(candidates));
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
        let names = Scope::default().take_all(&mut table, &[wanted("schema a", "Card"), wanted("schema b", "Card")]);
        assert_eq!(names, ["Card2", "Card"]);
    }

    #[test]
    fn the_table_only_grows() {
        let mut table = NameTable::parse("# comment\nschema gone -> Gone\n");
        Scope::default().take_all(&mut table, &[wanted("schema a", "A")]);
        let lines: Vec<String> = table.text().lines().filter(|line| !line.starts_with('#')).map(Into::into).collect();
        assert_eq!(lines, ["schema a -> A", "schema gone -> Gone"]);
    }
}
