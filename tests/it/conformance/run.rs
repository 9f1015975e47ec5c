//! One operation after the other, with every set of parameters, against one server.

use std::collections::BTreeMap;

use serde_json::Value;
use stripe_generated::stripe_core::BaseUrl;
use stripe_generated::stripe_core::from_data::noting;
use stripe_generated::{Client, Error};
use tokio::runtime::Runtime;

use super::call::{Answer, CALLS, Call, Options};
use super::expansion::{Expansion, targets};
use super::read_back::{self, Coverage};
use super::schema::Operation;
use super::table::{Outcome, Row};
use super::wish::{Sets, Wish};
use crate::calls::builder;

/// The server, and whether it is the one of this repository.
pub(crate) struct Server {
    client: Client,
    is_ours: bool,
}

impl Server {
    pub(crate) fn new(url: &str, is_ours: bool) -> Self {
        let base = BaseUrl::plain_http_on_loopback(url).unwrap();
        let client = Client::build(builder().base_url_for_all(&base)).unwrap();
        Self { client, is_ours }
    }
}

/// What is kept while the suite runs.
pub(crate) struct Run {
    server: Server,
    runtime: Runtime,
    pub(crate) coverage: Coverage,
    pub(crate) results: Vec<Row>,
    /// How many were sent, by what they were for.
    aim: &'static str,
    pub(crate) requests: BTreeMap<&'static str, usize>,
}

/// One request, beside its operation.
#[derive(Clone, Debug)]
struct Ask {
    wish: Wish,
    /// Which alternatives the answer has.
    variant: usize,
    /// What is asked of our server.
    answer: Shape,
    expand: Option<String>,
}

/// What our server is asked to answer with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Full,
    /// Required properties only.
    Sparse,
    /// With members that the document does not name.
    Unknown,
    /// A list that goes on after this page.
    Long,
}

impl Shape {
    /// The header that asks for it.
    fn header(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Full => None,
            Self::Sparse => Some(("Mock-Fill", "required")),
            Self::Unknown => Some(("Mock-Unknown-Members", "true")),
            Self::Long => Some(("Mock-Items", "11")),
        }
    }
}

impl Ask {
    fn new(wish: Wish, variant: usize, answer: Shape) -> Self {
        Self {
            wish,
            variant,
            answer,
            expand: None,
        }
    }
}

impl Run {
    pub(crate) fn new(server: Server) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        Self {
            server,
            runtime: runtime.unwrap(),
            coverage: Coverage::default(),
            results: Vec::new(),
            aim: "",
            requests: BTreeMap::new(),
        }
    }

    /// What is wrong, operation by operation.
    pub(crate) fn complaints(&self) -> Vec<String> {
        let failed = self.results.iter().filter_map(|row| match &row.outcome {
            Outcome::Failed(why) => Some(format!("{}: {why}", row.name)),
            Outcome::Passed | Outcome::Unknown => None,
        });
        failed.collect()
    }

    /// Calls an operation in every way.
    pub(crate) fn operation(&mut self, operation: &'static Operation) {
        let is_it = |call: &&Call| call.method == operation.method && call.path == operation.path;
        let calls: Vec<_> = CALLS.iter().filter(is_it).collect();
        let name = calls.first().map_or("", |call| call.name);
        let outcome = if calls.is_empty() {
            Outcome::Failed("there is no method for it".to_owned())
        } else {
            let tried = calls.iter().map(|call| self.all(operation, call));
            tried.reduce(Outcome::and).unwrap_or(Outcome::Passed)
        };
        self.results.push(Row {
            name: format!("{} {} {name}", operation.method, operation.path),
            service: name.to_owned(),
            outcome,
        });
    }

    /// Calls one method in every way. It goes on after a failure, so that the ledger misses only what that one hides.
    fn all(&mut self, operation: &Operation, call: &Call) -> Outcome {
        self.coverage.begin();
        let mut turn = Turn {
            operation,
            call,
            sets: Sets::new(operation),
            expansions: operation.expansions(),
            outcome: Outcome::Passed,
        };
        self.every_set(&mut turn);
        if self.server.is_ours {
            self.every_shape(&mut turn);
            self.every_expansion(&mut turn);
            self.every_alternative(&mut turn);
        }
        turn.outcome
    }

    /// Every set of parameters.
    fn every_set(&mut self, turn: &mut Turn<'_>) {
        self.aim = "sets";
        for wish in turn.sets.wishes() {
            let ask = match wish {
                Wish::Required => Ask::new(wish, 0, Shape::Sparse),
                Wish::Cleared => Ask::new(wish, 0, Shape::Full),
                Wish::Everything(number) => Ask {
                    expand: turn.expansion(number),
                    ..Ask::new(wish, number, Shape::Full)
                },
            };
            self.ask(turn, &ask);
        }
    }

    /// Answers with unknown members, and lists with a next page.
    fn every_shape(&mut self, turn: &mut Turn<'_>) {
        self.aim = "shapes";
        let unknown = Ask {
            expand: turn.expansion(0),
            ..Ask::new(Wish::Everything(0), 0, Shape::Unknown)
        };
        self.ask(turn, &unknown);
        if turn.operation.has_param("limit") {
            self.ask(turn, &Ask::new(Wish::Required, 0, Shape::Long));
        }
    }

    /// Every object in place of an id, unless another operation has shown it there.
    fn every_expansion(&mut self, turn: &mut Turn<'_>) {
        self.aim = "expansions";
        for expansion in turn.expansions.clone() {
            let count = targets(expansion.position).len();
            for target in 0..count {
                if self.coverage.wants(expansion.position, target) {
                    let ask = Ask {
                        expand: Some(expansion.path.clone()),
                        // Variant 0 takes whatever the id looks like.
                        ..Ask::new(Wish::Required, target + count, Shape::Full)
                    };
                    self.ask(turn, &ask);
                }
            }
        }
    }

    /// Every value and arm of the answers so far, unless it was seen before.
    fn every_alternative(&mut self, turn: &mut Turn<'_>) {
        self.aim = "alternatives";
        let mut from = 0;
        while let Some(variant) = self.coverage.next_variant(from) {
            self.ask(turn, &Ask::new(Wish::Required, variant, Shape::Full));
            from = variant + 1;
        }
    }

    fn ask(&mut self, turn: &mut Turn<'_>, ask: &Ask) {
        *self.requests.entry(self.aim).or_default() += 1;
        let next = match self.outcome(turn, ask) {
            Outcome::Failed(why) => Outcome::Failed(format!("{ask:?}: {why}")),
            other => other,
        };
        turn.outcome = std::mem::replace(&mut turn.outcome, Outcome::Passed).and(next);
    }

    fn outcome(&mut self, turn: &Turn<'_>, ask: &Ask) -> Outcome {
        let params = turn.sets.set(ask.wish);
        let ids = ["id_one", "id_two", "id_three", "id_four"];
        let ids = &ids[..turn.operation.ids];
        let prepared = match (turn.call.prepare)(&self.server.client, ids, &params) {
            Ok(prepared) => prepared,
            Err(why) => return Outcome::Failed(why),
        };
        let options = self.options(ask);
        let runtime = &self.runtime;
        let (answer, unknown) = noting(|| runtime.block_on(prepared.send(&options)));
        match answer {
            Ok(answer) => match self.judge(&answer, turn.operation, &unknown) {
                complaints if complaints.is_empty() => Outcome::Passed,
                complaints => Outcome::Failed(complaints.join("\n    ")),
            },
            Err(error) if !self.server.is_ours && is_unrecognized(&error) => Outcome::Unknown,
            Err(error) => {
                let source = std::error::Error::source(&error);
                let message = error.message().unwrap_or_default();
                Outcome::Failed(format!("{error}: {message} {source:?}"))
            }
        }
    }

    fn options(&self, ask: &Ask) -> Options {
        let mut headers = Vec::new();
        if self.server.is_ours {
            headers.push(("Mock-Variant", ask.variant.to_string()));
            let shape = ask.answer.header();
            headers.extend(shape.map(|(name, value)| (name, value.to_owned())));
        }
        let expand = ask.expand.clone();
        Options {
            headers,
            expand,
            skips_validation: true,
        }
    }

    fn judge(&mut self, answer: &Answer, operation: &Operation, unknown: &[String]) -> Vec<String> {
        let (Some(typed), Some(schema)) = (&answer.typed, operation.answer) else {
            let is_right = answer.typed.is_none() && operation.answer.is_none();
            let complaint = "JSON where a document should be, or a document where JSON should be";
            return if is_right {
                Vec::new()
            } else {
                vec![complaint.to_owned()]
            };
        };
        let sent: Value = serde_json::from_str(&answer.json).unwrap();
        let mut complaints = Vec::new();
        if !same(&typed.written().unwrap(), &sent) {
            complaints.push("the answer is not written as it was read".to_owned());
        }
        if self.server.is_ours {
            let coverage = &mut self.coverage;
            complaints.extend(read_back::check(&**typed, &sent, schema, unknown, coverage));
        }
        complaints
    }
}

/// Whether two values are the same, where absent is the same as null.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            let is_same = |(name, value): (&String, &Value)| {
                same(value, other.get(name).unwrap_or(&Value::Null))
            };
            let is_more =
                |(name, value): (&String, &Value)| !value.is_null() && !one.contains_key(name);
            one.iter().all(is_same) && !other.iter().any(is_more)
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        _ => one == other,
    }
}

/// One method, and what came of it so far.
struct Turn<'a> {
    operation: &'a Operation,
    call: &'a Call,
    sets: Sets<'a>,
    expansions: Vec<Expansion>,
    outcome: Outcome,
}

impl Turn<'_> {
    /// A path for `expand`: they take turns.
    fn expansion(&self, number: usize) -> Option<String> {
        let index = number.checked_rem(self.expansions.len())?;
        Some(self.expansions[index].path.clone())
    }
}

/// Whether the server does not know the operation.
fn is_unrecognized(error: &Error) -> bool {
    let message = error.message().unwrap_or_default();
    error.status() == Some(404) && message.to_lowercase().contains("unrecognized")
}
