//! The mock's own paths under `/_mock`, for whoever runs it as a program. They need no key and are no part of the API.

use serde_json::json;

use crate::fault::Fault;
use crate::reply::Reply;
use crate::request::Request;
use crate::world::World;

/// Answers a request that is for the mock itself.
pub(crate) fn answer(world: &World, request: &Request) -> Option<Reply> {
    let path = request.path.strip_prefix("/_mock")?;
    Some(match (request.method.as_str(), path) {
        ("GET", "/ledger") => Reply::json(200, &world.ledger.report()),
        ("POST", "/reset") => {
            world.reset();
            Reply::json(200, &json!({}))
        }
        ("POST", "/failures") => add_failure(world, &request.body),
        ("DELETE", "/failures") => {
            world.failures.clear();
            Reply::json(200, &json!({}))
        }
        _ => Reply::fault(&Fault::unrecognized(&request.method, &request.path), false),
    })
}

/// A failure as `--fail` takes it, as the body.
fn add_failure(world: &World, body: &[u8]) -> Reply {
    let text = String::from_utf8_lossy(body);
    match text.trim().parse() {
        Ok(failure) => {
            world.failures.add(failure);
            Reply::json(200, &json!({}))
        }
        Err(error) => Reply::fault(&Fault::invalid(error.to_string()), false),
    }
}
