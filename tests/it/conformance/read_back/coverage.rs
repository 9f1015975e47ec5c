//! What of the document's answers was read back through typed fields so far, and what still is to be asked for.

use std::collections::{BTreeMap, BTreeSet};

use crate::conformance::schema::{Operation, Schema, arms, list, members, resolved};
use crate::sample::reference;

/// Schemas by their addresses.
#[derive(Debug, Default)]
pub(crate) struct Coverage {
    properties: BTreeSet<usize>,
    /// The values and arms of each list and union that was met.
    alternatives: BTreeMap<usize, Seen>,
    /// The lists and unions met since the last [`begin`](Self::begin).
    recent: BTreeSet<usize>,
    /// Which of the objects that may stand at an expandable position stood there, and how often each was asked for.
    expanded: BTreeSet<(usize, usize)>,
    tries: BTreeMap<(usize, usize), usize>,
}

/// Not every answer has every position: what was asked for so often does not come.
const MOST_TRIES: usize = 3;

#[derive(Debug)]
struct Seen {
    count: usize,
    indices: BTreeSet<usize>,
    /// How often each other one was asked for.
    tries: BTreeMap<usize, usize>,
}

impl Seen {
    fn wants(&self, index: usize) -> bool {
        let tries = self.tries.get(&index).copied().unwrap_or_default();
        !self.indices.contains(&index) && tries < MOST_TRIES
    }
}

fn address(schema: Schema) -> usize {
    std::ptr::from_ref(schema).addr()
}

impl Coverage {
    pub(super) fn read(&mut self, property: Schema) {
        self.properties.insert(address(property));
    }

    /// Notes a value of a list, or an arm of a union.
    pub(super) fn see(&mut self, schema: Schema, index: usize) {
        let count = list(schema, "enum").len().max(arms(schema).len());
        let seen = self.alternatives.entry(address(schema)).or_insert(Seen {
            count,
            indices: BTreeSet::new(),
            tries: BTreeMap::new(),
        });
        seen.indices.insert(index);
        self.recent.insert(address(schema));
    }

    pub(super) fn expanded(&mut self, position: Schema, target: usize) {
        self.expanded.insert((address(position), target));
    }

    /// Whether an object at an expandable position is still to be asked for. It counts as asked for then.
    pub(crate) fn wants(&mut self, position: Schema, target: usize) -> bool {
        let key = (address(position), target);
        let tries = self.tries.entry(key).or_default();
        let is_wanted = *tries < MOST_TRIES && !self.expanded.contains(&key);
        *tries += usize::from(is_wanted);
        is_wanted
    }

    /// Starts with another operation.
    pub(crate) fn begin(&mut self) {
        self.recent.clear();
    }

    /// The next variant from this one on that would show something new in the answers of the current operation. It counts
    /// as asked for then.
    pub(crate) fn next_variant(&mut self, from: usize) -> Option<usize> {
        let recent = self
            .recent
            .iter()
            .filter_map(|it| self.alternatives.get(it));
        let next = recent
            .filter_map(|seen| (from..seen.count).find(|index| seen.wants(*index)))
            .min()?;
        for address in &self.recent {
            if let Some(seen) = self.alternatives.get_mut(address) {
                *seen.tries.entry(next).or_default() += 1;
            }
        }
        Some(next)
    }

    /// The properties of answers that were never read back, by JSON pointer.
    pub(crate) fn missing(&self, operations: &[Operation]) -> BTreeSet<String> {
        let mut search = Search {
            coverage: self,
            seen: BTreeSet::new(),
            missing: BTreeSet::new(),
        };
        for operation in operations {
            if let Some(answer) = operation.answer {
                let at = format!(
                    "/paths/{}/{}",
                    operation.path,
                    operation.method.to_lowercase()
                );
                search.schema(answer, &at);
            }
        }
        search.missing
    }
}

struct Search<'a> {
    coverage: &'a Coverage,
    seen: BTreeSet<usize>,
    missing: BTreeSet<String>,
}

impl Search<'_> {
    fn schema(&mut self, schema: Schema, at: &str) {
        if !self.seen.insert(address(schema)) {
            return;
        }
        if let Some(id) = reference(schema) {
            return self.schema(resolved(schema), &format!("/components/schemas/{id}"));
        }
        for (index, arm) in arms(schema).iter().enumerate() {
            self.schema(arm, &format!("{at}/anyOf/{index}"));
        }
        for member in members(schema) {
            let at = format!("{at}/properties/{}", member.name);
            if !self.coverage.properties.contains(&address(member.schema)) {
                self.missing.insert(at.clone());
            }
            self.schema(member.schema, &at);
        }
        for inner in ["items", "additionalProperties"] {
            if schema[inner].is_object() {
                self.schema(&schema[inner], &format!("{at}/{inner}"));
            }
        }
    }
}
