//! One request and its answer, step by step. Each step is somebody else's work; only their order is decided here.

use std::sync::{Arc, MutexGuard, PoisonError};

use serde_json::Value;

use crate::auth;
use crate::body;
use crate::check;
use crate::control;
use crate::document::{Answer, Media, Operation};
use crate::failures::{Ending, Plan};
use crate::fault::Fault;
use crate::idempotency::{Begin, Keys};
use crate::oauth;
use crate::operate::{self, Part, Scene};
use crate::reply::Reply;
use crate::request::Request;
use crate::route::{Match, Miss};
use crate::synthesise::Style;
use crate::world::World;

/// What a client gets.
#[derive(Debug)]
pub(crate) enum Outcome {
    Reply(Reply),
    /// The head and half of the body.
    Half(Reply),
    /// Nothing: the connection ends.
    Nothing,
}

/// The operation that takes the token of a session in place of a key.
const TAKES_ANY_TOKEN: &str = "/v2/billing/meter_event_stream";

/// Answers a request.
pub(crate) async fn exchange(world: Arc<World>, request: Request) -> Outcome {
    if let Some(reply) = control::answer(&world, &request) {
        return Outcome::Reply(reply);
    }
    let number = world.next_request();
    let plan = world.failures.plan(&request.method, &request.path);
    let answered = match &plan.ending {
        Some(Ending::Drop { acts: false }) => {
            tokio::time::sleep(plan.latency).await;
            return Outcome::Nothing;
        }
        Some(Ending::Status {
            status,
            acts: false,
            should_retry,
        }) => {
            tokio::time::sleep(plan.latency).await;
            Err(injected(*status, *should_retry))
        }
        _ => answer(&world, &request, &plan, number).await,
    };
    let answered = match plan.ending {
        Some(Ending::Status {
            status,
            acts: true,
            should_retry,
        }) => answered.and(Err(injected(status, should_retry))),
        _ => answered,
    };
    let reply = answered.unwrap_or_else(|fault| Reply::fault(&fault, request.is_v2()));
    let reply = dress(&world, &request, reply, number);
    match plan.ending {
        Some(Ending::Drop { .. }) => Outcome::Nothing,
        Some(Ending::Malformed) => Outcome::Reply(Reply {
            body: "<html>This is not JSON".into(),
            ..reply
        }),
        Some(Ending::Truncated) => Outcome::Half(reply),
        _ => Outcome::Reply(reply),
    }
}

async fn answer(
    world: &World,
    request: &Request,
    plan: &Plan,
    number: u64,
) -> Result<Reply, Fault> {
    auth::check(
        request.raw("authorization"),
        request.path == TAKES_ANY_TOKEN,
    )?;
    request.version(world.document.version())?;
    if let Some(reply) = oauth::answer(request) {
        return reply;
    }
    let found = world
        .router
        .find(&request.method, &request.path)
        .map_err(|miss| match miss {
            Miss::Unknown => Fault::unrecognized(&request.method, &request.path),
            Miss::BadEncoding => {
                Fault::invalid("Invalid request: the path is not percent-encoded UTF-8.")
            }
        })?;
    let call = Call::new(world, request, found)?;
    let key = request.idempotency_key()?;
    let key = key.map(|key| format!("{}\n{}\n{key}", request.account(), request.is_v2()));
    let held = match &key {
        Some(key) => match call.begin(key)? {
            Ok(held) => Some(held),
            Err(replayed) => return Ok(replayed),
        },
        None => None,
    };
    // The key is held meanwhile, so that a second request with it finds the first one running.
    if !plan.latency.is_zero() {
        tokio::time::sleep(plan.latency).await;
    }
    let acted = call.act();
    if let Some(held) = held {
        held.settle(&acted, request.is_v2(), request_id(number));
    }
    acted
}

/// A request whose operation is known, and whose parameters are good.
struct Call<'a> {
    world: &'a World,
    request: &'a Request,
    operation: &'a Operation,
    part: &'a Part,
    number: usize,
    checked: check::Checked,
    /// The answers and the length of lists that the request asks the mock for.
    style: Style,
    items: usize,
    query: Value,
    body: Value,
}

impl<'a> Call<'a> {
    fn new(world: &'a World, request: &'a Request, found: Match) -> Result<Self, Fault> {
        let known = world.document.operations().get(found.operation);
        let known = known.zip(world.parts.get(found.operation));
        let (operation, part) =
            known.ok_or_else(|| Fault::internal("The mock has a route that leads nowhere."))?;
        let query = body::form::decode(request.query.as_bytes())?;
        let media = operation
            .body
            .as_ref()
            .map_or(Media::Json, |body| body.media);
        let body = body::decode(media, request.header("content-type"), &request.body)?;
        let checked = check::request(&world.document, operation, found.parameters, &query, &body)?;
        if let Answer::Json(node) = operation.answer {
            operate::judge_expansions(&world.document, node, &checked)?;
        }
        let (style, items) = request.wishes(world.style, world.items)?;
        Ok(Self {
            world,
            request,
            operation,
            part,
            number: found.operation,
            checked,
            style,
            items,
            query,
            body,
        })
    }

    /// Takes the key, or returns the answer that it stands for.
    fn begin(&self, key: &str) -> Result<Result<Held<'a>, Reply>, Fault> {
        let fingerprint = self.request.fingerprint(&self.query, &self.body);
        match keys(self.world).begin(key, fingerprint) {
            Begin::Fresh => Ok(Ok(Held {
                world: self.world,
                key: key.to_owned(),
            })),
            Begin::Replay(reply) => Ok(Err(reply.with("Idempotent-Replayed", "true"))),
            Begin::Busy => Err(Fault::new(
                409,
                "idempotency_error",
                "There is currently another in-progress request using this Idempotent Key (that probably means you \
                 submitted twice, and the other request is still going through). Try again later.",
            )
            .code("idempotency_key_in_use")
            .should_retry(true)),
            Begin::Different => {
                let fault = Fault::new(
                    400,
                    "idempotency_error",
                    "Keys for idempotent requests can only be used with the same parameters they were first used \
                     with. Try using a key other than this one if you meant to execute a different request.",
                );
                let v2 = self.request.is_v2();
                Err(if v2 { fault.code("idempotency_error") } else { fault })
            }
        }
    }

    fn act(&self) -> Result<Reply, Fault> {
        let world = self.world;
        let node = match &self.operation.answer {
            Answer::Json(node) => *node,
            Answer::Bytes(content_type) => {
                world.ledger.enter_request(self.number, &self.checked.marks);
                return Ok(Reply::bytes(200, content_type, &b"%PDF-1.4\n%%EOF\n"[..]));
            }
        };
        let account = self.request.account();
        let scene = Scene {
            document: &world.document,
            store: &world.store,
            templates: &world.templates,
            style: self.style,
            account: &account,
            items: self.items,
            path: &self.request.path,
            query: &self.request.query,
        };
        let done = operate::operate(&scene, self.operation, self.part, node, &self.checked)?;
        world.ledger.enter_request(self.number, &self.checked.marks);
        world.ledger.enter_answer(&done.returned);
        Ok(Reply::json(200, &done.value))
    }
}

/// A key that is taken. Dropped without an answer, it is free again.
struct Held<'a> {
    world: &'a World,
    key: String,
}

impl Held<'_> {
    /// Keeps an answer for the next request with the key. In v1 that is also one that says why nothing was done, since
    /// somebody looked; in v2 such a request is tried again.
    fn settle(self, acted: &Result<Reply, Fault>, v2: bool, request_id: String) {
        let reply = match acted {
            Ok(reply) => reply.clone(),
            Err(fault) if !v2 && fault.status < 500 => Reply::fault(fault, v2),
            Err(_) => return,
        };
        let reply = reply.with("Original-Request", request_id);
        keys(self.world).finish(&self.key, reply);
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        keys(self.world).abandon(&self.key);
    }
}

fn keys(world: &World) -> MutexGuard<'_, Keys> {
    world.keys.lock().unwrap_or_else(PoisonError::into_inner)
}

fn request_id(number: u64) -> String {
    format!("req_Mock{number:010}")
}

/// The headers that every answer has.
fn dress(world: &World, request: &Request, reply: Reply, number: u64) -> Reply {
    let version = request.version(world.document.version());
    let version = version
        .unwrap_or_else(|_| world.document.version())
        .to_owned();
    let mut reply = reply
        .with("Request-Id", request_id(number))
        .with("Stripe-Version", version);
    for (header, name) in [
        ("Stripe-Account", "stripe-account"),
        ("Idempotency-Key", "idempotency-key"),
    ] {
        if let Some(value) = request.header(name) {
            reply = reply.with(header, value);
        }
    }
    reply
}

/// An error that somebody asked for.
fn injected(status: u16, should_retry: Option<bool>) -> Fault {
    let (kind, code) = match status {
        402 => ("card_error", Some("card_declined")),
        429 => ("invalid_request_error", Some("rate_limit")),
        400..=499 => ("invalid_request_error", None),
        _ => ("api_error", None),
    };
    let fault = Fault::new(
        status,
        kind,
        "This failure was asked for, of the mock server.",
    );
    Fault {
        code: code.map(str::to_owned),
        should_retry,
        ..fault
    }
}

/// The answer to a request whose body is too long, and is not here.
pub(crate) fn too_long(world: &World, request: &Request) -> Reply {
    let fault = Fault::new(
        413,
        "invalid_request_error",
        "The body of the request is too long.",
    );
    let reply = Reply::fault(&fault, request.is_v2());
    dress(world, request, reply, world.next_request())
}
