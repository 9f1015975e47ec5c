//! How much a comparison compared, counted from what arrived: a comparison of little is worth little.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::Facts;
use crate::official::arguments::Call;

/// What was compared. `Debug` is the report.
#[derive(Debug)]
pub(crate) struct Coverage {
    requests: usize,
    operations: usize,
    services: usize,
    namespaces_of_version_2: BTreeSet<String>,
    hosts: BTreeSet<String>,
    /// How many requests had a body of this kind, or none.
    bodies: BTreeMap<&'static str, usize>,
    /// How deep the deepest parameter was, in each kind of body.
    depths: BTreeMap<&'static str, usize>,
}

impl Coverage {
    /// Of the requests that arrived, by the number of their call.
    pub(crate) fn of(calls: &[Call], arrived: &BTreeMap<usize, Facts>) -> Self {
        let compared = || arrived.keys().map(|number| calls[*number].name.as_str());
        let service = |name: &str| name.rsplit_once('.').unwrap().0.to_owned();
        let namespace = |name: &str| name.split('.').nth(1).unwrap().to_owned();
        let (mut bodies, mut depths) = (BTreeMap::new(), BTreeMap::new());
        for facts in arrived.values() {
            *bodies.entry(body(facts)).or_default() += 1;
            let deepest = depths.entry(body(facts)).or_default();
            *deepest = facts
                .keys()
                .map(|at| depth(at))
                .chain([*deepest])
                .max()
                .unwrap();
        }
        Self {
            requests: arrived.len(),
            operations: compared().collect::<BTreeSet<_>>().len(),
            services: compared().map(service).collect::<BTreeSet<_>>().len(),
            namespaces_of_version_2: compared()
                .filter(|it| it.starts_with("v2."))
                .map(namespace)
                .collect(),
            hosts: arrived
                .values()
                .map(|facts| facts["host"].clone())
                .collect(),
            bodies,
            depths,
        }
    }

    /// That nothing was left out for want of a way to compare it.
    pub(crate) fn assert_wide(&self) {
        assert!(self.operations >= 300, "{} operations", self.operations);
        assert!(
            self.requests >= self.operations,
            "{} requests",
            self.requests
        );
        assert!(self.services >= 100, "{} services", self.services);
        let namespaces: Vec<_> = self.namespaces_of_version_2.iter().collect();
        assert_eq!(namespaces, ["billing", "commerce", "core"]);
        assert!(self.hosts.contains("files") && self.hosts.contains("meter_events"));
        for (kind, least) in [("query", 1), ("form", 5), ("json", 3), ("part", 1)] {
            assert!(
                self.bodies[kind] > 0,
                "no request had a body of kind {kind}"
            );
            assert!(self.depths[kind] >= least, "{kind}: {:?}", self.depths);
        }
    }
}

/// How the parameters were sent.
fn body(facts: &Facts) -> &'static str {
    let has = |kind: &str| facts.keys().any(|at| at.starts_with(kind));
    ["part ", "json ", "form ", "query "]
        .into_iter()
        .find(|kind| has(kind))
        .map_or("none", str::trim_end)
}

/// How many names lead to a parameter, indices among them.
fn depth(at: &str) -> usize {
    match at.split_once(' ') {
        Some(("json", pointer)) => pointer.matches('/').count(),
        Some(("form" | "query" | "part", name)) => 1 + name.matches('[').count(),
        _ => 0,
    }
}
