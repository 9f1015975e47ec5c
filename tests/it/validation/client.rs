//! What the client says of parameters, without sending any.

use serde_json::{Map, Value};
use stripe_generated::stripe_core::transport::{
    BoxFuture, HttpRequest, HttpResponse, Transport, TransportError, TransportErrorKind,
};
use stripe_generated::stripe_core::validate::{Rule, Violation};
use stripe_generated::{Client, ErrorKind};
use tokio::runtime::Runtime;

use crate::calls::builder;
use crate::conformance::call::{Call, Options};

/// What came of it.
#[derive(Debug)]
pub(super) enum Verdict {
    Sent,
    Refused(Vec<Violation>),
    /// No value of the types says this.
    #[expect(dead_code, reason = "the reason is printed where a test fails")]
    Untypable(String),
}

/// Says that nothing was sent.
#[derive(Debug)]
struct Nowhere;

impl Transport for Nowhere {
    fn send<'a>(
        &'a self,
        _: &'a HttpRequest,
    ) -> BoxFuture<'a, Result<HttpResponse, TransportError>> {
        Box::pin(async { Err(TransportError::new(TransportErrorKind::Connect)) })
    }
}

/// A client that gets as far as sending.
pub(super) struct Asker {
    client: Client,
    runtime: Runtime,
}

impl Asker {
    pub(super) fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        Self {
            client: Client::build(builder().transport(Nowhere)).unwrap(),
            runtime: runtime.unwrap(),
        }
    }

    pub(super) fn ask(&self, call: &Call, params: &Map<String, Value>) -> Verdict {
        self.ask_with(call, params, &Options::default())
    }

    pub(super) fn ask_with(
        &self,
        call: &Call,
        params: &Map<String, Value>,
        options: &Options,
    ) -> Verdict {
        let ids = vec!["id"; call.path.matches('{').count()];
        let params = Value::Object(params.clone());
        let prepared = match (call.prepare)(&self.client, &ids, &params) {
            Ok(prepared) => prepared,
            Err(why) => return Verdict::Untypable(why),
        };
        let sent = self.runtime.block_on(prepared.send(options));
        let error = sent.err().unwrap();
        match error.kind() {
            ErrorKind::Connect => Verdict::Sent,
            ErrorKind::Validation if !error.violations().is_empty() => {
                Verdict::Refused(error.violations().to_vec())
            }
            _ => panic!("{}: {error}", call.name),
        }
    }
}

/// Whether the document states such rules; others are stated in `spec/rules.yaml`, or on a page on all of the API.
pub(super) fn is_of_document(violation: &Violation) -> bool {
    !matches!(
        violation.rule(),
        Rule::Email
            | Rule::Country
            | Rule::Min(_)
            | Rule::Max(_)
            | Rule::Without(_)
            | Rule::MaxKeys(_)
            | Rule::MaxKeyLength(_)
            | Rule::MaxValueLength(_)
            | Rule::KeyName
    )
}

/// The name of a parameter as a probe has it: without positions and the keys of maps.
pub(super) fn plain_name(violation: &Violation) -> String {
    let names = violation
        .param()
        .split(['[', ']'])
        .filter(|it| !it.is_empty());
    let is_name = |it: &&str| *it != "mock_key" && it.parse::<usize>().is_err();
    names.filter(is_name).collect::<Vec<_>>().join(".")
}
