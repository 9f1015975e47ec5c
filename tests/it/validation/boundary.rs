//! For every constraint of the document, the last value that is accepted and the first that is refused.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;

use mock_server::{Constraint, Operation, Probe};
use serde_json::{Map, Value};

use super::client::{Asker, Verdict, is_of_document, plain_name};
use super::{document, operations, put};
use crate::conformance::call::Call;
use crate::document::document as raw;

/// What became of one constraint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    /// The check before sending refuses what breaks it.
    Checked,
    /// No value of the types breaks it.
    Typed,
    /// The document lists values that are not all: there is nothing to refuse.
    Open,
    /// A key of a map is removed by an empty value, whatever the values are.
    KeyRemoved,
    /// It is in one of several objects that may stand there: the type has the fields of all, and Stripe tells them apart.
    OneOfSeveral,
    /// The check is the same as in all other places, and the test cannot make the value: among several kinds of values
    /// parameters are only read from data that is known.
    NotTried,
    /// It limits texts that are listed: none of them is longer, and another is set on purpose.
    Listed,
}

impl Fate {
    const fn words(self) -> &'static str {
        match self {
            Self::Checked => "the check before sending",
            Self::Typed => {
                "the type: none of its values breaks the rule, but for what is set on purpose"
            }
            Self::Open => "not enforced: the document says that the list is not complete",
            Self::KeyRemoved => "not enforced: an empty value removes a key of a map",
            Self::NotTried => {
                "the check before sending, which this test cannot try in one of several kinds"
            }
            Self::OneOfSeveral => {
                "not enforced: in one of several objects, which Stripe tells apart"
            }
            Self::Listed => {
                "not enforced: a listed value is never longer, and another is set on purpose"
            }
        }
    }
}

/// How many constraints of each kind have which fate.
type Counts = BTreeMap<(Constraint, Fate), usize>;

#[derive(Default)]
struct Run {
    counts: Counts,
    complaints: Vec<String>,
}

/// One constraint, and where it is tried.
#[derive(Clone, Copy)]
struct Try<'a> {
    asker: &'a Asker,
    operation: &'a Operation,
    call: &'a Call,
    probe: &'a Probe,
}

#[test]
fn every_constraint_of_the_document_holds_on_both_sides() {
    let asker = Asker::new();
    let mut run = Run::default();
    for (operation, call) in operations() {
        for probe in &document().probes(operation) {
            run.probe(Try {
                asker: &asker,
                operation,
                call,
                probe,
            });
        }
    }
    writeln!(std::io::stderr(), "\n{}", table(&run.counts)).unwrap();
    let shown: Vec<_> = run.complaints.iter().take(100).cloned().collect();
    let count = run.complaints.len();
    assert!(
        run.complaints.is_empty(),
        "{count} complaints:\n{}",
        shown.join("\n")
    );
    are_all(&run.counts);
}

/// As counted in the text of the document.
fn are_all(counts: &Counts) {
    for (constraint, expected) in [
        (Constraint::MaxLength, 3_919 - expand_limits()),
        (Constraint::ClosedEnum, 1_562),
        (Constraint::OpenEnum, 337),
        (Constraint::Currency, 112),
        (Constraint::Decimal, 96),
        (Constraint::DateTime, 23),
        (Constraint::UnixTime, 203),
    ] {
        let of_kind = counts.iter().filter(|((it, _), _)| *it == constraint);
        let count: usize = of_kind.map(|(_, count)| count).sum();
        assert_eq!(count, expected, "{constraint:?}");
    }
}

/// The limits for each path to expand, of which none that leads anywhere is that long.
fn expand_limits() -> usize {
    let paths = raw()["paths"].as_object().unwrap().values();
    let operations = paths.flat_map(|path| path.as_object().unwrap().values());
    let limits = operations.flat_map(|operation| {
        let query = operation["parameters"].as_array().into_iter().flatten();
        let query = query.filter(|it| it["name"] == "expand");
        let query = query.map(|it| &it["schema"]);
        let bodies = operation["requestBody"]["content"].as_object();
        let bodies = bodies.into_iter().flat_map(Map::values);
        let body = bodies.map(|it| &it["schema"]["properties"]["expand"]);
        query
            .chain(body)
            .map(|schema| &schema["items"]["maxLength"])
    });
    limits.filter(|limit| limit.is_u64()).count()
}

impl Run {
    fn probe(&mut self, it: Try<'_>) {
        for value in &it.probe.accepted {
            self.accepted(it, value);
        }
        let mut fate = match it.probe.constraint {
            Constraint::OpenEnum => Fate::Open,
            Constraint::MaxLength if is_listed(it.probe) => Fate::Listed,
            _ => Fate::Typed,
        };
        for value in &it.probe.refused {
            if let Some(new) = self.refused(it, value.as_ref()) {
                fate = new;
            }
        }
        *self.counts.entry((it.probe.constraint, fate)).or_default() += 1;
    }

    fn accepted(&mut self, it: Try<'_>, value: &Value) {
        let Some(params) = put(it.operation, it.probe, Some(value)) else {
            return self.complain(it, "there is no place for what is accepted");
        };
        if let Err(why) = document().judge(it.operation, &params) {
            return self.complain(it, &format!("the mock refuses {value}: {why}"));
        }
        match it.asker.ask(it.call, &params) {
            Verdict::Sent => {}
            Verdict::Refused(all) if !all.iter().any(is_of_document) => {}
            other => self.complain(it, &format!("{} gives {other:?}", short(&params))),
        }
    }

    /// What came of a value that is to be refused, if it says anything of the fate.
    fn refused(&mut self, it: Try<'_>, value: Option<&Value>) -> Option<Fate> {
        let Some(params) = put(it.operation, it.probe, value) else {
            self.complain(it, "there is no place for what is refused");
            return None;
        };
        if document().judge(it.operation, &params).is_ok() {
            if it.probe.pointer.contains("/additionalProperties") {
                return Some(Fate::KeyRemoved);
            }
            if !it.probe.one_of_several {
                self.complain(it, &format!("the mock takes {}", short(&params)));
            }
            return Some(Fate::OneOfSeveral);
        }
        let is_this = |all: &[_]| {
            let mut all = all.iter().filter(|it| is_of_document(it));
            all.any(|violation| plain_name(violation) == it.probe.name)
        };
        match it.asker.ask(it.call, &params) {
            Verdict::Untypable(_) if it.probe.constraint == Constraint::Currency => {
                Some(Fate::NotTried)
            }
            Verdict::Untypable(_) => None,
            Verdict::Refused(all) if is_this(&all) => Some(Fate::Checked),
            _ if it.probe.one_of_several => Some(Fate::OneOfSeveral),
            other => {
                self.complain(it, &format!("{} gives {other:?}", short(&params)));
                None
            }
        }
    }

    fn complain(&mut self, it: Try<'_>, what: &str) {
        let Probe {
            constraint,
            name,
            pointer,
            ..
        } = it.probe;
        let call = it.call.name;
        self.complaints
            .push(format!("{call} {constraint:?} {name}: {what} ({pointer})"));
    }
}

/// Whether it is about the length of what is listed.
fn is_listed(probe: &Probe) -> bool {
    let schema = raw().pointer(&probe.pointer);
    schema.is_some_and(|schema| !schema["enum"].is_null())
}

fn short(params: &Map<String, Value>) -> String {
    Value::Object(params.clone())
        .to_string()
        .chars()
        .take(300)
        .collect()
}

fn table(counts: &Counts) -> String {
    let mut text = format!("{:<14}{:>7}  enforced by", "constraint", "count");
    for ((constraint, fate), count) in counts {
        let constraint = format!("{constraint:?}");
        write!(text, "\n{constraint:<14}{count:>7}  {}", fate.words()).unwrap();
    }
    text
}
