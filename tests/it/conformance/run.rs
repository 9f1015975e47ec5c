//! One operation after the other, with every set of parameters, against one server.

use serde_json::Value;
use stripe_generated::stripe_core::BaseUrl;
use stripe_generated::stripe_core::from_data::noting;
use stripe_generated::{Client, Error};
use tokio::runtime::Runtime;

use super::call::{Answer, CALLS, Call, Options};
use super::read_back::{self, Coverage};
use super::schema::{Operation, expandable};
use super::table::{Outcome, Row};
use super::wish::{Sets, Wish};
use crate::calls::builder;
use crate::decode::without_nulls;

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
}

/// One request.
#[derive(Clone, Copy)]
struct Ask {
    wish: Wish,
    /// Which alternatives the answer has.
    variant: usize,
    adds_unknown: bool,
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

    /// Every set of parameters, then answers with unknown members, then variants of answers that were not seen yet. It
    /// goes on after a failure, so that the ledger misses only what that one hides.
    fn all(&mut self, operation: &Operation, call: &Call) -> Outcome {
        self.coverage.begin();
        let sets = Sets::new(operation);
        let mut outcome = Outcome::Passed;
        for wish in sets.wishes() {
            let variant = match wish {
                Wish::Everything(turn) => turn,
                Wish::Required | Wish::Cleared => 0,
            };
            let adds_unknown = false;
            let next = self.ask(
                operation,
                call,
                &sets,
                Ask {
                    wish,
                    variant,
                    adds_unknown,
                },
            );
            outcome = outcome.and(next);
        }
        if !self.server.is_ours {
            return outcome;
        }
        let everything = Ask {
            wish: Wish::Everything(0),
            variant: 0,
            adds_unknown: true,
        };
        outcome = outcome.and(self.ask(operation, call, &sets, everything));
        let mut from = 0;
        while let Some(variant) = self.coverage.next_variant(from) {
            let ask = Ask {
                wish: Wish::Required,
                variant,
                adds_unknown: false,
            };
            outcome = outcome.and(self.ask(operation, call, &sets, ask));
            from = variant + 1;
        }
        outcome
    }

    fn ask(&mut self, operation: &Operation, call: &Call, sets: &Sets<'_>, ask: Ask) -> Outcome {
        let params = sets.set(ask.wish);
        let failed = |why: String| {
            Outcome::Failed(format!("{:?}, variant {}: {why}", ask.wish, ask.variant))
        };
        let ids = ["id_one", "id_two", "id_three", "id_four"];
        let prepared = match (call.prepare)(&self.server.client, &ids[..operation.ids], &params) {
            Ok(prepared) => prepared,
            Err(why) => return failed(why),
        };
        let options = self.options(operation, ask);
        let runtime = &self.runtime;
        let (answer, unknown) = noting(|| runtime.block_on(prepared.send(&options)));
        match answer {
            Ok(answer) => match self.judge(&answer, operation, &unknown) {
                complaints if complaints.is_empty() => Outcome::Passed,
                complaints => failed(complaints.join("\n    ")),
            },
            Err(error) if is_unrecognized(&error) => Outcome::Unknown,
            Err(error) => failed(format!(
                "{error}: {:?} {params}",
                std::error::Error::source(&error)
            )),
        }
    }

    fn options(&self, operation: &Operation, ask: Ask) -> Options {
        let mut options = Options {
            skips_validation: true,
            ..Options::default()
        };
        let answer = operation.answer.filter(|_| operation.takes_expand());
        if ask.wish != Wish::Required {
            options.expand = answer.and_then(|answer| expandable(answer, ask.variant));
        }
        if self.server.is_ours {
            options
                .headers
                .push(("Mock-Variant", ask.variant.to_string()));
            if ask.wish == Wish::Required && ask.variant == 0 {
                options.headers.push(("Mock-Fill", "required".to_owned()));
            }
            if ask.adds_unknown {
                options
                    .headers
                    .push(("Mock-Unknown-Members", "true".to_owned()));
            }
        }
        options
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
        if without_nulls(typed.written().unwrap()) != without_nulls(sent) {
            complaints.push("the answer is not written as it was read".to_owned());
        }
        if self.server.is_ours {
            complaints.extend(read_back::check(
                answer,
                schema,
                unknown,
                &mut self.coverage,
            ));
        }
        complaints
    }
}

/// Whether the server does not know the operation.
fn is_unrecognized(error: &Error) -> bool {
    let message = error.message().unwrap_or_default();
    error.status() == Some(404) && message.to_lowercase().contains("unrecognized")
}
