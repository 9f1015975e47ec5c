//! Features: one per service, and for each component schema the features that need it.
//!
//! A feature needs the types that its operations answer with and all that these hold, but not what stands behind an
//! expandable field: that stays JSON until somebody asks for it, and whoever asks names the type.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Api, Operation, Type};

/// The feature of the operations that the official SDKs do not have.
pub(crate) const LEGACY: &str = "legacy";
/// The feature that has everything but the legacy operations.
pub(crate) const FULL: &str = "full";

/// Which features need which schemas.
pub(crate) struct Closures<'a> {
    by_schema: BTreeMap<String, BTreeSet<String>>,
    /// The features, each with the one that it has with it.
    services: &'a BTreeMap<String, Option<String>>,
}

impl<'a> Closures<'a> {
    /// `feature` gives the feature of an operation.
    pub(crate) fn new(
        api: &Api,
        services: &'a BTreeMap<String, Option<String>>,
        feature: impl Fn(&Operation) -> Vec<String>,
    ) -> Self {
        let edges: BTreeMap<&str, Edges> = api
            .schemas
            .iter()
            .map(|it| (it.id.as_str(), Edges::of(&it.ty)))
            .collect();
        let mut roots: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for operation in &api.operations {
            let found = Edges::of(&operation.result);
            for feature in feature(operation) {
                roots
                    .entry(feature)
                    .or_default()
                    .extend(found.held.iter().cloned());
            }
        }
        let mut closures = Self {
            by_schema: BTreeMap::new(),
            services,
        };
        for (feature, roots) in &roots {
            closures.reach(feature, roots.iter().cloned().collect(), &edges);
        }
        closures.expand(&edges);
        closures
    }

    fn reach(&mut self, feature: &str, mut queue: Vec<String>, edges: &BTreeMap<&str, Edges>) {
        while let Some(schema) = queue.pop() {
            let Some(next) = edges.get(schema.as_str()) else {
                continue;
            };
            if self
                .by_schema
                .entry(schema)
                .or_default()
                .insert(feature.to_owned())
            {
                queue.extend(next.held.iter().cloned());
            }
        }
    }

    /// What no operation answers with is needed where it stands behind an expandable field; what is nowhere at all
    /// (payloads of events) is in `full`.
    fn expand(&mut self, edges: &BTreeMap<&str, Edges>) {
        let unowned: BTreeSet<&str> = edges
            .keys()
            .copied()
            .filter(|id| !self.by_schema.contains_key(*id))
            .collect();
        let owned: Vec<(String, BTreeSet<String>)> = self.by_schema.clone().into_iter().collect();
        for (schema, features) in owned {
            let targets = edges.get(schema.as_str()).map(|edges| &edges.expanded);
            for target in targets
                .into_iter()
                .flatten()
                .filter(|target| unowned.contains(target.as_str()))
            {
                for feature in &features {
                    self.reach(feature, vec![target.clone()], edges);
                }
            }
        }
        for id in edges
            .keys()
            .filter(|id| !self.by_schema.contains_key(**id))
            .collect::<Vec<_>>()
        {
            self.reach(FULL, vec![(*id).to_owned()], edges);
        }
    }

    /// The features of which any makes the schema exist, sorted. One that has another of them with it is not among them.
    pub(crate) fn of(&self, schema: &str) -> Vec<String> {
        let none = BTreeSet::new();
        let features = self.by_schema.get(schema).unwrap_or(&none);
        let implied = |feature: &&String| self.enclosing(feature).any(|it| features.contains(it));
        features.iter().filter(|it| !implied(it)).cloned().collect()
    }

    /// The features that a feature has with it.
    fn enclosing(&self, feature: &str) -> impl Iterator<Item = &String> {
        let next = |feature: &String| self.services.get(feature)?.as_ref();
        std::iter::successors(
            self.services.get(feature).and_then(Option::as_ref),
            move |it| next(it),
        )
    }
}

/// The schemas that a type holds, and those that may be put in the place of an id.
#[derive(Default)]
struct Edges {
    held: BTreeSet<String>,
    expanded: BTreeSet<String>,
}

impl Edges {
    fn of(ty: &Type) -> Self {
        let mut edges = Self::default();
        ty.walk(&mut |ty| match ty {
            Type::Schema(id) => {
                edges.held.insert(id.clone());
            }
            Type::Union(arms) => edges.held.extend(arms.iter().map(|arm| arm.schema.clone())),
            Type::Expandable(_, targets) => edges.expanded.extend(targets.iter().cloned()),
            _ => {}
        });
        edges
    }
}
