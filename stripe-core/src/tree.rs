//! Parameters without a type: an owned tree that grows by name, `items[0][price]`, and into which typed parameters are
//! merged when a request has both.
//!
//! Nothing is set twice: the second value would silently replace the first. Most requests have no tree at all.

mod name;

use serde_json::value::RawValue;

use self::name::Step;
use crate::encode::{self, Error, Name, Visit};
use crate::json;
use crate::types::FileUpload;
use crate::untyped::Untyped;
use crate::validate;
use crate::value::{List, Map, Node, Value};

const TWICE: &str = "it is set twice, and one value would replace the other";

const GAPS: &str = "its positions have a gap: they count from 0";

/// A value, as a [`Node`] that owns what it holds.
#[derive(Clone)]
pub(crate) enum Tree {
    Absent,
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    Raw(Box<RawValue>),
    File(FileUpload),
    List(Positions),
    Map(Entries),
}

/// Values by position, sorted: positions may be set in any order, and not all of them.
#[derive(Clone, Default)]
pub(crate) struct Positions(Vec<(usize, Tree)>);

/// Values by name, in the order in which they were set.
#[derive(Clone, Default)]
pub(crate) struct Entries(Vec<(String, Tree)>);

type Merged = Result<(), Error>;

impl Entries {
    /// The fields of an object.
    #[inline]
    pub(crate) fn of(object: &dyn Value) -> Self {
        let mut entries = Vec::new();
        // What is called back never fails, so that neither does the walk.
        let _ = encode::each_field(object, &mut |name, node| {
            entries.push((name.as_str().to_owned(), Tree::of(node)));
            Ok(())
        });
        Self(entries)
    }

    #[inline]
    fn add(&mut self, name: String, tree: Tree) -> Merged {
        self.merge(&Self(vec![(name, tree)]))
    }

    /// Adds all of `other`, at any depth.
    #[inline]
    pub(crate) fn merge(&mut self, other: &Self) -> Merged {
        for (name, tree) in &other.0 {
            let merged = match self.0.iter_mut().find(|(known, _)| known == name) {
                Some((_, known)) => known.merge(tree),
                None => {
                    self.0.push((name.clone(), tree.clone()));
                    Ok(())
                }
            };
            merged.map_err(|error| error.within(name))?;
        }
        Ok(())
    }

    /// Whether every list is without gaps.
    #[inline]
    pub(crate) fn check(&self) -> Merged {
        self.0
            .iter()
            .try_for_each(|(name, tree)| tree.check().map_err(|error| error.within(name)))
    }

    #[inline]
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Tree)> {
        self.0.iter().map(|(name, tree)| (name.as_str(), tree))
    }

    #[inline]
    fn get(&self, name: &str) -> Option<&Tree> {
        self.iter()
            .find(|(known, _)| *known == name)
            .map(|(_, tree)| tree)
    }
}

impl Untyped for Entries {
    #[inline]
    fn parse(&mut self, text: &str) -> Merged {
        let entries = json::entries(text.trim_ascii()).ok_or_else(|| Error::new("", NO_OBJECT))?;
        // One by one, so that a name that stands there twice is refused.
        entries
            .into_iter()
            .try_for_each(|(name, raw)| self.add(name, Tree::Raw(raw.to_owned())))
    }

    #[inline]
    fn set(&mut self, name: &str, node: Node<'_>) -> Merged {
        let (root, steps) = name::parse(name).map_err(|reason| Error::new(name, reason))?;
        let mut tree = Tree::of(node);
        for step in steps.into_iter().rev() {
            tree = match step {
                Step::Position(index) => Tree::List(Positions(vec![(index, tree)])),
                Step::Name(name) => Tree::Map(Self(vec![(name.to_owned(), tree)])),
            };
        }
        self.add(root.to_owned(), tree)
    }

    #[inline]
    fn each_with(&self, object: Option<&dyn Value>, visit: Visit<'_>) -> Merged {
        let mut all = object.map(Self::of).unwrap_or_default();
        all.merge(self)?;
        all.check()?;
        all.iter()
            .try_for_each(|(name, tree)| visit(Name::Other(name), tree.node()))
    }

    #[inline]
    fn holds(&self, steps: &[validate::Step<'_>]) -> bool {
        match steps.split_first() {
            Some((validate::Step::Name(name), rest)) => {
                self.get(name).is_some_and(|tree| tree.holds(rest))
            }
            _ => false,
        }
    }

    #[inline]
    fn node(&self, name: &str) -> Option<Node<'_>> {
        self.get(name).map(Tree::node)
    }

    #[inline]
    fn boxed_clone(&self) -> Box<dyn Untyped> {
        Box::new(self.clone())
    }
}

const NO_OBJECT: &str = "the parameters are not a JSON object";

impl Tree {
    #[inline]
    fn of(node: Node<'_>) -> Self {
        match node {
            Node::Absent => Self::Absent,
            Node::Null => Self::Null,
            Node::Bool(value) => Self::Bool(value),
            Node::Int(value) | Node::Time(value) => Self::Int(value),
            Node::Float(value) => Self::Float(value),
            Node::Text(text) | Node::Symbol(text) | Node::Formatted(text, _) => {
                Self::Text(text.to_owned())
            }
            Node::Raw(raw) => Self::Raw(raw.to_owned()),
            Node::File(file) => Self::File(file.clone()),
            Node::List(list) => {
                let items = (0..list.len()).map(|index| (index, Self::of(list.item(index))));
                Self::List(Positions(items.collect()))
            }
            Node::Map(map) => {
                let mut entries = Vec::new();
                map.entries(&mut |name, node| entries.push((name.to_owned(), Self::of(node))));
                Self::Map(Entries(entries))
            }
            Node::Object(object) => Self::Map(Entries::of(object)),
        }
    }

    #[inline]
    pub(crate) fn node(&self) -> Node<'_> {
        match self {
            Self::Absent => Node::Absent,
            Self::Null => Node::Null,
            Self::Bool(value) => Node::Bool(*value),
            Self::Int(value) => Node::Int(*value),
            Self::Float(value) => Node::Float(*value),
            Self::Text(text) => Node::Text(text),
            Self::Raw(raw) => Node::Raw(raw),
            Self::File(file) => Node::File(file),
            Self::List(items) => Node::List(items),
            Self::Map(entries) => Node::Map(entries),
        }
    }

    #[inline]
    fn merge(&mut self, other: &Self) -> Merged {
        match (self, other) {
            (_, Self::Absent) => Ok(()),
            (place @ Self::Absent, other) => {
                place.clone_from(other);
                Ok(())
            }
            (Self::Map(into), Self::Map(from)) => into.merge(from),
            // `metadata[7]`: whether digits are a name or a position depends on where they stand.
            (Self::Map(into), Self::List(from)) => {
                let named = from.0.iter();
                let named = named.map(|(index, tree)| (index.to_string(), tree.clone()));
                into.merge(&Entries(named.collect()))
            }
            (Self::List(into), Self::List(from)) => into.merge(from),
            _ => Err(Error::new("", TWICE)),
        }
    }

    #[inline]
    fn holds(&self, steps: &[validate::Step<'_>]) -> bool {
        match (self, steps.split_first()) {
            (Self::Absent, _) => false,
            (_, None) => true,
            (Self::Map(entries), _) => entries.holds(steps),
            (Self::List(items), Some((validate::Step::Position(index), rest))) => {
                let mut items = items.0.iter();
                items.any(|(known, tree)| known == index && tree.holds(rest))
            }
            // What is in raw JSON is not looked at: Stripe will.
            _ => matches!(self, Self::Raw(_)),
        }
    }

    #[inline]
    fn check(&self) -> Merged {
        match self {
            Self::Map(entries) => entries.check(),
            Self::List(items) => items.check(),
            _ => Ok(()),
        }
    }
}

impl Positions {
    /// Adds all of `other`, at any depth.
    #[inline]
    fn merge(&mut self, other: &Self) -> Merged {
        for (index, tree) in &other.0 {
            let merged = match self.find(*index) {
                Ok(at) => (self.0.get_mut(at)).map_or(Ok(()), |(_, known)| known.merge(tree)),
                Err(at) => {
                    self.0.insert(at, (*index, tree.clone()));
                    Ok(())
                }
            };
            merged.map_err(|error| error.within(&index.to_string()))?;
        }
        Ok(())
    }

    #[inline]
    fn check(&self) -> Merged {
        for (at, (index, tree)) in self.0.iter().enumerate() {
            if at != *index {
                return Err(Error::new("", GAPS));
            }
            tree.check()
                .map_err(|error| error.within(&index.to_string()))?;
        }
        Ok(())
    }

    /// Where a position is, or where it belongs.
    #[inline]
    fn find(&self, index: usize) -> Result<usize, usize> {
        self.0.binary_search_by_key(&index, |(known, _)| *known)
    }
}

impl List for Positions {
    #[inline]
    fn len(&self) -> usize {
        self.0.len()
    }

    #[inline]
    fn item(&self, index: usize) -> Node<'_> {
        let found = self.find(index).ok().and_then(|at| self.0.get(at));
        found.map_or(Node::Absent, |(_, tree)| tree.node())
    }
}

impl Map for Entries {
    #[inline]
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    #[inline]
    fn entries<'a>(&'a self, visit: &mut dyn FnMut(&'a str, Node<'a>)) {
        for (name, tree) in &self.0 {
            visit(name, tree.node());
        }
    }
}

impl std::fmt::Debug for Entries {
    /// The outermost names only: nothing is known of what stands under them.
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set()
            .entries(self.iter().map(|(name, _)| name))
            .finish()
    }
}

#[cfg(test)]
mod tests;
