//! The two calls of Stripe Connect's OAuth. They are not in the document, so that they are written down here, from
//! Stripe's reference; they have no state, and the ledger does not count them.

use serde_json::{Value, json};

use crate::body;
use crate::document::Media;
use crate::fault::Fault;
use crate::reply::Reply;
use crate::request::Request;

/// Answers a request to one of the two paths.
pub(crate) fn answer(request: &Request) -> Option<Result<Reply, Fault>> {
    let call = match (request.method.as_str(), request.path.as_str()) {
        ("POST", "/oauth/token") => token,
        ("POST", "/oauth/deauthorize") => deauthorize,
        _ => return None,
    };
    let sent = body::decode(Media::Form, request.header("content-type"), &request.body);
    Some(sent.map(|sent| match call(&sent) {
        Ok(value) => Reply::json(200, &value),
        Err((error, description)) => {
            let value = json!({ "error": error, "error_description": description });
            Reply::json(400, &value)
        }
    }))
}

type Outcome = Result<Value, (&'static str, &'static str)>;

fn token(sent: &Value) -> Outcome {
    let wanted = match sent.get("grant_type").and_then(Value::as_str) {
        Some("authorization_code") => "code",
        Some("refresh_token") => "refresh_token",
        None => return Err(("invalid_request", "No grant type was specified")),
        Some(_) => {
            let known = "Only 'authorization_code' and 'refresh_token' are supported grant types";
            return Err(("unsupported_grant_type", known));
        }
    };
    match sent.get(wanted).and_then(Value::as_str) {
        None | Some("") => Err((
            "invalid_request",
            "The code or the refresh token is missing",
        )),
        Some(code) if code.ends_with("_missing") => Err((
            "invalid_grant",
            "This code or refresh token does not exist, or was used before",
        )),
        Some(_) => Ok(json!({
            "access_token": "sk_test_FAKE_access_token",
            "livemode": false,
            "refresh_token": "rt_FAKE_refresh_token",
            "scope": sent.get("scope").cloned().unwrap_or_else(|| "read_write".into()),
            "stripe_publishable_key": "pk_test_FAKE",
            "stripe_user_id": "acct_Mock000000000000",
            "token_type": "bearer",
        })),
    }
}

fn deauthorize(sent: &Value) -> Outcome {
    let text = |name: &str| {
        sent.get(name)
            .and_then(Value::as_str)
            .filter(|it| !it.is_empty())
    };
    if text("client_id").is_none() {
        return Err(("invalid_client", "No client_id was specified"));
    }
    let user =
        text("stripe_user_id").ok_or(("invalid_request", "No stripe_user_id was specified"))?;
    Ok(json!({ "stripe_user_id": user }))
}
