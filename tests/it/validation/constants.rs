//! Types of listed values are shared between places that list different ones: a constant that the document does not list
//! at a place is refused there.

use std::collections::{BTreeMap, BTreeSet};

use mock_server::{Constraint, Probe};
use serde_json::Value;

use super::client::{Asker, Verdict, plain_name};
use super::{document, operations, put};
use crate::conformance::call::Call;

/// The service and the name of the parameter: who has these in common may share a type.
type Place = (String, String);

fn place(call: &Call, probe: &Probe) -> Place {
    let service = call.name.rsplit_once('.').unwrap().0;
    let last = probe.name.rsplit('.').next().unwrap();
    (service.to_owned(), last.to_owned())
}

/// All values that are listed anywhere among those who may share a type.
fn values() -> BTreeMap<Place, BTreeSet<String>> {
    let mut values: BTreeMap<Place, BTreeSet<String>> = BTreeMap::new();
    for (operation, call) in operations() {
        for probe in document().probes(operation) {
            if matches!(
                probe.constraint,
                Constraint::ClosedEnum | Constraint::OpenEnum
            ) {
                let listed = probe.accepted.iter().filter_map(Value::as_str);
                let all = values.entry(place(call, &probe)).or_default();
                all.extend(listed.map(str::to_owned));
            }
        }
    }
    values
}

#[test]
fn constants_are_refused_where_the_document_does_not_list_them() {
    let asker = Asker::new();
    let values = values();
    let (mut refused, mut complaints) = (0, Vec::new());
    for (operation, call) in operations() {
        let probes = document().probes(operation);
        for probe in probes
            .iter()
            .filter(|it| it.constraint == Constraint::ClosedEnum)
        {
            let all = values[&place(call, probe)].iter().cloned();
            let others = all.map(Value::from);
            for value in others.filter(|it| !probe.accepted.contains(it)) {
                let Some(params) = put(operation, probe, Some(&value)) else {
                    continue;
                };
                if document().judge(operation, &params).is_ok() {
                    continue;
                }
                match asker.ask(call, &params) {
                    // There is no such constant.
                    Verdict::Untypable(_) => {}
                    Verdict::Refused(all) if all.iter().any(|it| plain_name(it) == probe.name) => {
                        refused += 1;
                    }
                    Verdict::Sent if probe.one_of_several => {}
                    other => {
                        let (call, name) = (call.name, &probe.name);
                        complaints.push(format!("{call} {name} {value}: {other:?}"));
                    }
                }
            }
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    assert!(refused > 50, "{refused}");
}
