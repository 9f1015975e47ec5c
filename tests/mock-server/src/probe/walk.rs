//! The walk over what a request may hold, and the values on both sides of each constraint.

use serde_json::{Value, json};

use super::insert::Step;
use super::{Constraint, Probe, parameters, sample};
use crate::check::is_v2_update;
use crate::document::{Document, Format, Kind, Node, NodeId, Operation};

/// Deeper than any parameter; a component that contains itself is not followed for ever.
const DEEPEST: usize = 24;

pub(super) fn probes(document: &Document, operation: &Operation) -> Vec<Probe> {
    let mut walk = Walk {
        document,
        clears_by_null: is_v2_update(operation),
        steps: Vec::new(),
        found: Vec::new(),
    };
    for (name, node, required) in parameters(document, operation) {
        walk.member(&name, node, required);
    }
    walk.found
}

struct Walk<'d> {
    document: &'d Document,
    clears_by_null: bool,
    steps: Vec<Step>,
    found: Vec<Probe>,
}

impl Walk<'_> {
    fn member(&mut self, name: &str, node: NodeId, required: bool) {
        self.steps.push(Step::Name(name.to_owned(), node));
        if required {
            let least = sample::least(self.document, node);
            self.found(Constraint::Required, node, vec![least], vec![None]);
        }
        if !self.is_clearable(node, required) && self.can_be_null(node) {
            let least = sample::least(self.document, node);
            let null = vec![Some(Value::Null)];
            self.found(Constraint::NotClearable, node, vec![least], null);
        }
        self.node(node);
        self.steps.pop();
    }

    fn is_clearable(&self, node: NodeId, required: bool) -> bool {
        let node = self.document.node(self.document.resolve(node));
        let by_text = |node: &Node| node.values.iter().any(|it| it == "");
        let by_arm = match &node.kind {
            Kind::Union(arms) => arms.iter().any(|arm| by_text(self.document.node(*arm))),
            _ => false,
        };
        node.nullable || by_text(node) || by_arm || self.clears_by_null && !required
    }

    /// Whether null says nothing else there: in a form it is an empty text.
    fn can_be_null(&self, node: NodeId) -> bool {
        let node = self.document.node(self.document.resolve(node));
        !matches!(node.kind, Kind::Anything | Kind::FreeObject)
    }

    fn node(&mut self, id: NodeId) {
        if self.steps.len() >= DEEPEST {
            return;
        }
        let id = self.document.resolve(id);
        self.constraints(id);
        match &self.document.node(id).kind {
            Kind::Object(properties) => {
                for property in properties {
                    self.member(&property.name, property.node, property.required);
                }
            }
            Kind::Array(items) => self.inside(Step::Item(*items)),
            Kind::Map(inner) => self.inside(Step::Entry(*inner)),
            Kind::Union(_) => {
                for arm in sample::arms(self.document, id) {
                    self.inside(Step::Arm(arm));
                }
            }
            _ => {}
        }
    }

    fn inside(&mut self, step: Step) {
        let node = step.node();
        self.steps.push(step);
        self.node(node);
        self.steps.pop();
    }

    fn constraints(&mut self, id: NodeId) {
        let node = self.document.node(id);
        let listed: Vec<Value> = node
            .values
            .iter()
            .filter(|it| **it != "")
            .cloned()
            .collect();
        if !listed.is_empty() {
            let (constraint, refused) = if node.bypass {
                (Constraint::OpenEnum, Vec::new())
            } else {
                (
                    Constraint::ClosedEnum,
                    vec![Some(json!("not_listed_anywhere"))],
                )
            };
            if let Some(most) = node.max_length {
                let refused = vec![Some(json!("x".repeat(most + 1)))];
                self.found(Constraint::MaxLength, id, listed.clone(), refused);
            }
            return self.found(constraint, id, listed, refused);
        }
        if let Some(format) = node.format {
            self.format(format, id);
        }
        if let Some(most) = node.max_length {
            // A character of two bytes and one of four: bytes and UTF-16 units are others.
            let text = |count: usize| {
                json!(
                    "\u{e9}\u{1f600}"
                        .chars()
                        .cycle()
                        .take(count)
                        .collect::<String>()
                )
            };
            let accepted = vec![text(most), json!("x".repeat(most))];
            let refused = [text(most + 1), json!("x".repeat(most + 1))]
                .map(Some)
                .to_vec();
            self.found(Constraint::MaxLength, id, accepted, refused);
        }
    }

    fn format(&mut self, format: Format, id: NodeId) {
        let (constraint, accepted, refused) = match format {
            Format::Currency => (
                Constraint::Currency,
                vec![json!("usd"), json!("jpy")],
                vec![json!("us"), json!("usd1"), json!("u1d")],
            ),
            Format::Decimal => (
                Constraint::Decimal,
                vec![json!("-1"), json!("0.123456789012")],
                vec![json!("1e3"), json!("1."), json!("0.1234567890123")],
            ),
            Format::DateTime => (
                Constraint::DateTime,
                vec![
                    json!("2026-05-27T12:00:00Z"),
                    json!("2026-05-27T12:00:00.5+01:00"),
                ],
                vec![json!("2026-05-27"), json!("2026-13-27T12:00:00Z")],
            ),
            Format::UnixTime => (
                Constraint::UnixTime,
                vec![json!(1_779_883_200), json!(253_402_300_799_i64)],
                vec![json!(253_402_300_800_i64), json!(1_779_883_200_000_i64)],
            ),
            Format::Binary | Format::Int64 => return,
        };
        let refused = refused.into_iter().map(Some).collect();
        self.found(constraint, id, accepted, refused);
    }

    fn found(
        &mut self,
        constraint: Constraint,
        id: NodeId,
        accepted: Vec<Value>,
        refused: Vec<Option<Value>>,
    ) {
        self.found.push(Probe {
            constraint,
            pointer: self.document.pointer(id),
            name: self.name(),
            accepted,
            refused,
            one_of_several: self.is_one_of_several(),
            steps: self.steps.clone(),
        });
    }

    fn is_one_of_several(&self) -> bool {
        let steps = [None].into_iter().chain(self.steps.iter().map(Some));
        let mut pairs = steps.zip(self.steps.iter());
        pairs.any(|(before, step)| {
            let around = before.filter(|_| matches!(step, Step::Arm(_)));
            let around = around.map(|it| self.document.resolve(it.node()));
            around.is_some_and(|union| {
                let arms = sample::arms(self.document, union).into_iter();
                let objects = arms.filter(|arm| !self.document.properties(*arm).is_empty());
                objects.count() > 1
            })
        })
    }

    fn name(&self) -> String {
        let names = self.steps.iter().filter_map(|step| match step {
            Step::Name(name, _) => Some(name),
            _ => None,
        });
        names.cloned().collect::<Vec<_>>().join(".")
    }
}
