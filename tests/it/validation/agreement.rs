//! Over random parameters the client and the mock server agree, as far as the document goes: what the client lets through
//! the mock accepts, and what it refuses by a rule of the document the mock refuses as well.
//!
//! Left out by name: values outside of a list, which are set through the open arm on purpose; objects of which one of
//! several may stand in a place, whose fields are in one type; and the rules of `spec/rules.yaml` and of the page on
//! metadata, which the document does not state.

use std::collections::BTreeMap;

use mock_server::{Constraint, Operation, Probe};
use serde_json::{Map, Value};

use super::client::{Asker, Verdict, is_of_document};
use super::{document, operations};
use crate::conformance::call::Call;

/// So many sets for each kind of constraint.
const SETS: usize = 1_000;

/// A sequence that is the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        // Knuth's constants.
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

type Target = (&'static Operation, &'static Call, Vec<Probe>);

#[test]
fn client_and_mock_agree_on_random_parameters() {
    let targets: Vec<Target> = operations()
        .map(|(operation, call)| {
            let probes = document().probes(operation).into_iter();
            let told = probes.filter(|it| !it.one_of_several);
            (operation, call, told.collect())
        })
        .filter(|(.., probes): &Target| !probes.is_empty())
        .collect();
    let mut kinds: BTreeMap<Constraint, Vec<(usize, usize)>> = BTreeMap::new();
    for (target, (.., probes)) in targets.iter().enumerate() {
        for (index, probe) in probes.iter().enumerate() {
            kinds
                .entry(probe.constraint)
                .or_default()
                .push((target, index));
        }
    }
    let asker = Asker::new();
    let mut random = Random(2026);
    for (kind, places) in &kinds {
        let (mut sent, mut refused) = (0, 0);
        for _ in 0..SETS {
            let (target, index) = *random.of(places);
            let (operation, call, probes) = &targets[target];
            let params = params(operation, &probes[index], probes, &mut random);
            let judged = document().judge(operation, &params);
            match asker.ask(call, &params) {
                Verdict::Sent => {
                    assert_eq!(judged, Ok(()), "{kind:?} {} {params:?}", call.name);
                    sent += 1;
                }
                Verdict::Refused(all) if all.iter().any(is_of_document) => {
                    assert!(judged.is_err(), "{kind:?} {} {all:?} {params:?}", call.name);
                    refused += 1;
                }
                Verdict::Refused(_) | Verdict::Untypable(_) => {}
            }
        }
        let told = format!("{kind:?}: {sent} sent, {refused} refused");
        assert!(sent > SETS / 10, "{told}");
        // What is only held by the type cannot be broken here.
        let is_checked = !matches!(kind, Constraint::ClosedEnum | Constraint::OpenEnum);
        assert!(!is_checked || refused > SETS / 100, "{told}");
    }
}

/// The least that a request holds, with some values that are accepted and some that are not, of which one is at `first`.
fn params(
    operation: &Operation,
    first: &Probe,
    all: &[Probe],
    random: &mut Random,
) -> Map<String, Value> {
    let mut params = document().least(operation);
    for turn in 0..=random.below(4) {
        let probe = if turn == 0 { first } else { random.of(all) };
        let takes_accepted = probe.refused.is_empty() || random.below(3) > 0;
        let value = if takes_accepted {
            Some(random.of(&probe.accepted).clone())
        } else {
            random.of(&probe.refused).clone()
        };
        let before = params.clone();
        if !document().put(&mut params, probe, value.as_ref()) {
            params = before;
        }
    }
    params
}
