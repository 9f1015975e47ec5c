//! Replies, one after another, and how each failure looks to the caller.

use std::time::Duration;

use stripe_core::testing::{Failure, Fixture, GET, MockStripe, POST, Reply, SentRequest};
use stripe_core::types::{Currency, Timestamp};
use stripe_core::{DeclineCode, ErrorCode, ErrorKind, List, Operation, Request, TimeoutPhase};

use crate::{call, client, wait};

stripe_core::object! {
    /// What is asked for.
    pub struct Thing {
        pub amount: i64,
        pub created: Timestamp,
        pub currency: Currency,
        pub id: stripe_core::types::ObjectId,
    }
}

#[test]
fn an_object_is_replied_as_it_is() {
    let stripe = MockStripe::new();
    let mut thing = Thing::fixture();
    thing.amount = 7;
    stripe.on(GET, "/v1/things/{id}").reply(thing);
    stripe.on(GET, "/v1/things").reply(List::<Thing>::fixture());
    let client = client(&stripe);
    let one: Request<Thing> = Request::new(&client, Operation::get("/v1/things/{id}"), &["x"]);
    let one = wait(one).unwrap();
    assert_eq!((one.amount, one.id.as_str()), (7, "thing_Fixture"));
    let page: Request<List<Thing>> = Request::new(&client, Operation::get("/v1/things"), &[]);
    assert_eq!(wait(page).unwrap().data[0].currency, Currency::USD);
}

#[test]
fn replies_follow_each_other_and_the_last_one_stays() {
    let stripe = MockStripe::new();
    let number = |number: u32| Reply::json(number);
    stripe
        .on(GET, "/v1/x")
        .reply(number(1))
        .then(number(2))
        .times(2)
        .then_with(move |request: &SentRequest| Reply::json(request.path().len()));
    let client = client(&stripe);
    let replies: Vec<_> = (0..5)
        .map(|_| call(&client, GET, "/v1/x").unwrap().as_str().to_owned())
        .collect();
    assert_eq!(replies, ["1", "2", "2", "5", "5"]);
}

#[test]
fn a_reply_has_the_status_and_the_headers_that_it_was_given() {
    let stripe = MockStripe::new();
    let reply = Reply::json("{}").status(201).header("Request-Id", "req_1");
    stripe.on(GET, "/v1/x").reply(reply);
    let response = wait(client(&stripe).raw_request(GET, "/v1/x").send()).unwrap();
    assert_eq!(response.status(), 201);
    assert_eq!(response.request_id(), Some("req_1"));
}

#[test]
fn failures_look_to_the_caller_as_those_of_stripe() {
    use ErrorKind::{Card, Connect, Connection, Decode, InvalidRequest, RateLimited, Timeout};
    for (failure, kind, attempts, is_unknown) in [
        (Failure::decline("insufficient_funds"), Card, 1, false),
        (Failure::not_found(), InvalidRequest, 1, false),
        (Failure::status(429), RateLimited, 1, false),
        (Failure::status(503), ErrorKind::Api, 3, true),
        (Failure::timeout(), Timeout, 3, true),
        (Failure::connection_lost(), Connection, 3, true),
        (Failure::no_connection(), Connect, 3, false),
        (Failure::broken_body(), Connection, 3, true),
        (Failure::malformed_body(), Decode, 1, true),
    ] {
        let stripe = MockStripe::new();
        let shown = format!("{failure:?}");
        stripe.on(POST, "/v1/x").reply(failure);
        let client = client(&stripe);
        let request: Request<Thing> = Request::new(&client, Operation::post_form("/v1/x"), &[]);
        let error = wait(request).unwrap_err();
        assert_eq!(error.kind(), kind, "{shown}");
        assert_eq!(error.is_outcome_unknown(), is_unknown, "{shown}");
        let sent = stripe.assert_sent_times(POST, "/v1/x", attempts);
        assert!(
            sent.iter()
                .all(|it| it.idempotency_key() == sent[0].idempotency_key())
        );
    }
}

#[test]
fn an_error_has_the_fields_that_it_was_given() {
    let stripe = MockStripe::new();
    let failure = Failure::status(402)
        .code("card_declined")
        .field("decline_code", "do_not_honor")
        .message("No \"money\".")
        .param("source")
        .header("stripe-should-retry", "true");
    stripe.on(POST, "/v1/x").reply(failure);
    let error = call(&client(&stripe), POST, "/v1/x").unwrap_err();
    assert_eq!(error.status(), Some(402));
    assert_eq!(error.error_type(), Some("card_error"));
    assert_eq!(error.code(), Some(ErrorCode::CARD_DECLINED));
    assert_eq!(error.decline_code(), Some(DeclineCode::DO_NOT_HONOR));
    assert_eq!(
        (error.message(), error.param()),
        (Some("No \"money\"."), Some("source"))
    );
    stripe.assert_sent_times(POST, "/v1/x", 3);
}

#[test]
fn time_passes_only_while_a_retry_is_waited_for() {
    let stripe = MockStripe::new();
    stripe.on(GET, "/v1/x").reply(Failure::timeout());
    let client = client(&stripe);
    let request = client.raw_request(GET, "/v1/x");
    let request = request.max_retries(50).deadline(Duration::from_secs(60));
    let error = wait(request).unwrap_err();
    assert_eq!(error.timeout_phase(), Some(TimeoutPhase::Attempt));
    // The waits add up to the deadline, which no attempt comes close to.
    assert!(
        (10..50).contains(&stripe.sent().len()),
        "{}",
        stripe.sent().len()
    );
}

#[test]
fn keys_are_the_same_in_every_run_and_never_twice_in_one() {
    let keys = || {
        let stripe = MockStripe::new();
        stripe.on(POST, "/v1/x").reply(Reply::json("{}"));
        for client in [client(&stripe), client(&stripe)] {
            call(&client, POST, "/v1/x").unwrap();
            call(&client, POST, "/v1/x").unwrap();
        }
        let sent = stripe.sent().into_iter();
        sent.map(|it| it.idempotency_key().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let first = keys();
    assert_eq!(first, keys());
    let distinct: std::collections::BTreeSet<_> = first.iter().collect();
    assert_eq!(distinct.len(), 4, "{first:?}");
}
