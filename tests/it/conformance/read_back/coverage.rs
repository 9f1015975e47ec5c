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
}

#[derive(Debug)]
struct Seen {
    count: usize,
    indices: BTreeSet<usize>,
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
        let indices = BTreeSet::new();
        let seen = self
            .alternatives
            .entry(address(schema))
            .or_insert(Seen { count, indices });
        seen.indices.insert(index);
        self.recent.insert(address(schema));
    }

    /// Starts with another operation.
    pub(crate) fn begin(&mut self) {
        self.recent.clear();
    }

    /// The next variant from this one on that would show something new in the answers of the current operation.
    pub(crate) fn next_variant(&self, from: usize) -> Option<usize> {
        let lists = self
            .recent
            .iter()
            .filter_map(|it| self.alternatives.get(it));
        let missing =
            lists.flat_map(|seen| (from..seen.count).filter(|index| !seen.indices.contains(index)));
        missing.min()
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
