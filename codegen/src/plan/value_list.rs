//! Lists of values that several properties of one module have in common: they get one type, called after the property.
//!
//! A list belongs with another one if the properties have one name and one list is a part of the other. The type has the
//! values of all. It never has to be split later: lists of values are open, and the name table keeps who shares.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::types::{At, ITEM, Module, candidates};
use crate::model::{Object, Type};

/// Where a list of values stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Position<'a> {
    pub(crate) path: Vec<String>,
    pub(crate) values: &'a [String],
    pub(crate) docs: &'a str,
}

impl Position<'_> {
    fn property(&self) -> &str {
        let last = self.path.last().map_or("", String::as_str);
        last.trim_end_matches(ITEM)
    }
}

/// Adds the lists of values that are declared on the way through a type at `path`.
///
/// Those that stand beside values of other kinds have their names from there, and are passed over.
pub(crate) fn positions<'a>(
    ty: &'a Type,
    path: &[String],
    docs: &'a str,
    found: &mut Vec<Position<'a>>,
) {
    match ty {
        Type::Enum(values) => found.push(Position {
            path: path.to_vec(),
            values,
            docs,
        }),
        Type::Nullable(inner) => positions(inner, path, docs, found),
        Type::MaybeDeleted(object, gone) => {
            positions(object, path, docs, found);
            positions(gone, path, docs, found);
        }
        Type::List(item) | Type::Map(item) | Type::Page(_, item) => {
            let mut path = path.to_vec();
            if let Some(last) = path.last_mut() {
                last.push_str(ITEM);
            }
            positions(item, &path, docs, found);
        }
        Type::Object(object) => fields(object, path, found),
        _ => {}
    }
}

fn fields<'a>(object: &'a Object, path: &[String], found: &mut Vec<Position<'a>>) {
    for field in &object.fields {
        let path = [path, std::slice::from_ref(&field.wire)].concat();
        positions(&field.ty, &path, &field.docs, found);
    }
}

/// Positions that have one type.
struct Group<'p, 'a> {
    property: &'p str,
    /// The name that the table has for it.
    known: Option<String>,
    values: BTreeSet<&'a String>,
    members: Vec<&'p Position<'a>>,
}

impl<'p, 'a> Group<'p, 'a> {
    fn of(position: &'p Position<'a>, known: Option<String>) -> Self {
        let mut group = Self {
            property: position.property(),
            known,
            values: BTreeSet::new(),
            members: Vec::new(),
        };
        group.add(position);
        group
    }

    fn add(&mut self, position: &'p Position<'a>) {
        self.values.extend(position.values);
        self.members.push(position);
    }

    /// The longest path that all paths of the group end in.
    fn common_end(&self) -> &'p [String] {
        let Some((first, rest)) = self.members.split_first() else {
            return &[];
        };
        let ends = (0..first.path.len()).filter_map(|start| first.path.get(start..));
        let is_common = |end: &&[String]| rest.iter().all(|it| it.path.ends_with(end));
        ends.into_iter().find(is_common).unwrap_or(&[])
    }

    fn takes(&self, position: &Position<'a>) -> bool {
        self.property == position.property()
            && position
                .values
                .iter()
                .all(|value| self.values.contains(value))
    }
}

/// Puts together what shares a type: first as the table has it, then what is new by its values, the longest list first.
fn groups<'p, 'a>(
    positions: &'p [Position<'a>],
    known: impl Fn(&Position<'a>) -> Option<String>,
) -> Vec<Group<'p, 'a>> {
    let mut sorted: Vec<&Position<'a>> = positions.iter().collect();
    sorted.sort_by_key(|it| (Reverse(it.values.len()), it.path.len(), &it.path));
    let mut groups: Vec<Group<'p, 'a>> = Vec::new();
    let mut new = Vec::new();
    for position in sorted {
        let Some(name) = known(position) else {
            new.push(position);
            continue;
        };
        let mut all = groups.iter_mut();
        match all.find(|group| group.known.as_ref() == Some(&name)) {
            Some(group) => group.add(position),
            None => groups.push(Group::of(position, Some(name))),
        }
    }
    for position in new {
        match groups.iter_mut().find(|group| group.takes(position)) {
            Some(group) => group.add(position),
            None => groups.push(Group::of(position, None)),
        }
    }
    groups
}

impl Module<'_> {
    /// Declares the types that several of these positions share. A position that is alone is declared where it stands.
    pub(crate) fn share(&mut self, positions: &[Position<'_>], prefix: &str) {
        let known = |it: &Position<'_>| self.table.known(&self.identity_of(&it.path)).cloned();
        let groups = groups(positions, known);
        for mut group in groups.into_iter().filter(|group| group.members.len() > 1) {
            group.members.sort_by_key(|it| (it.path.len(), &it.path));
            self.share_one(&group, prefix);
        }
    }

    fn share_one(&mut self, group: &Group<'_, '_>, prefix: &str) {
        let Some(first) = group.members.first() else {
            return;
        };
        let at = At {
            path: &first.path,
            docs: first.docs,
            prefix,
        };
        let name = self.name_shared(group, at);
        let values: Vec<String> = group.values.iter().map(|it| (*it).clone()).collect();
        for member in &group.members {
            let identity = self.identity_of(&member.path);
            self.table.remember(&identity, &name);
            self.shared.insert(member.path.clone(), name.clone());
            self.values.insert(member.path.clone(), values.clone());
        }
        let docs = self.docs_shared(group, &name);
        self.declare_enum(name, &values, docs);
    }

    /// The text of the first position that says anything, as of when there were several first: another one would change
    /// what is there.
    fn docs_shared<'d>(&mut self, group: &Group<'_, 'd>, name: &str) -> &'d str {
        let fact = format!("docs {}.{name}", self.identity);
        let is_known = |it: &&&Position<'d>| {
            let identity = self.identity_of(&it.path);
            self.table.remembers(&fact, &identity)
        };
        let known = group.members.iter().find(is_known);
        let describes = known.or_else(|| group.members.iter().find(|it| !it.docs.is_empty()));
        let Some(position) = describes else {
            return "";
        };
        let identity = self.identity_of(&position.path);
        self.table.remember(&fact, &identity);
        position.docs
    }

    /// The name that the table has; else what the paths end in alike, such as `RecurringInterval`; else that of the first.
    fn name_shared(&mut self, group: &Group<'_, '_>, at: At<'_>) -> String {
        let mut identities = group.members.iter().map(|it| self.identity_of(&it.path));
        let of_known = |it: &String| self.table.known(it) == group.known.as_ref();
        let identity = identities.find(of_known).unwrap_or_default();
        let path = group.common_end();
        let mut wanted = Vec::new();
        // A type called `Type` says nothing.
        if path != ["type"] {
            wanted.extend(candidates(At { path, ..at }));
        }
        wanted.extend(candidates(at));
        self.scope.take_one(self.table, identity, wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(list: &[&str]) -> Type {
        Type::Enum(list.iter().map(|it| (*it).to_owned()).collect())
    }

    /// The paths of each group, of lists at these paths; a name stands for a position that the table knows.
    fn grouped(lists: &[(&[&str], Type, Option<&str>)]) -> Vec<Vec<String>> {
        let mut found = Vec::new();
        for (path, ty, _) in lists {
            let path: Vec<String> = path.iter().map(|it| (*it).to_owned()).collect();
            positions(ty, &path, "", &mut found);
        }
        let known = |it: &Position<'_>| {
            let mut known = lists.iter().filter(|(path, _, _)| *path == it.path);
            known.find_map(|(_, _, name)| name.map(str::to_owned))
        };
        let groups = groups(&found, known);
        let paths =
            |group: &Group<'_, '_>| group.members.iter().map(|it| it.path.join(".")).collect();
        groups.iter().map(paths).collect()
    }

    #[test]
    fn a_list_joins_one_of_its_name_that_has_all_its_values() {
        let lists: [(&[&str], Type, Option<&str>); 4] = [
            (&["a", "usage"], values(&["none"]), None),
            (&["usage"], values(&["none", "off", "on"]), None),
            (&["b", "usage"], values(&["off", "other"]), None),
            (&["b", "mode"], values(&["none"]), None),
        ];
        let expected: [&[&str]; 3] = [&["usage", "a.usage"], &["b.usage"], &["b.mode"]];
        assert_eq!(grouped(&lists), expected);
    }

    #[test]
    fn who_shares_in_the_table_shares_whatever_the_values() {
        let lists: [(&[&str], Type, Option<&str>); 4] = [
            (&["a", "usage"], values(&["none", "new"]), Some("Usage")),
            (&["b", "usage"], values(&["off"]), Some("Usage")),
            (&["c", "usage"], values(&["none", "off"]), None),
            (&["d", "usage"], values(&["off"]), Some("DUsage")),
        ];
        let expected: [&[&str]; 2] = [&["a.usage", "b.usage", "c.usage"], &["d.usage"]];
        assert_eq!(grouped(&lists), expected);
    }

    #[test]
    fn items_of_a_list_are_of_its_property() {
        let list = Type::List(Box::new(values(&["a"])));
        let lists: [(&[&str], Type, Option<&str>); 2] = [
            (&["x", "kinds"], list, None),
            (&["kinds"], values(&["a", "b"]), None),
        ];
        assert_eq!(grouped(&lists), [["kinds", "x.kinds[]"]]);
    }
}
