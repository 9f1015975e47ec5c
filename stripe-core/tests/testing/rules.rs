//! Which rule a request gets, and what is said if it gets none.

use std::error::Error as _;

use stripe_core::ErrorKind;
use stripe_core::testing::{DELETE, GET, MockStripe, POST, Reply};

use crate::{call, client, wait};

fn named(name: &str) -> Reply {
    Reply::json(format!("\"{name}\""))
}

#[test]
fn the_last_rule_that_fits_counts() {
    let stripe = MockStripe::new();
    stripe.on(GET, "/v1/things/{id}").reply(named("any"));
    stripe.on(GET, "/v1/things/b").reply(named("b"));
    stripe.on(DELETE, "/v1/things/{id}").reply(named("deleted"));
    stripe.on(GET, "/v1/things/c").reply(named("once")).once();
    let client = client(&stripe);
    for (method, path, expected) in [
        (GET, "/v1/things/a", "\"any\""),
        (GET, "/v1/things/b", "\"b\""),
        (DELETE, "/v1/things/b", "\"deleted\""),
        (GET, "/v1/things/c", "\"once\""),
        (GET, "/v1/things/c", "\"any\""),
    ] {
        let reply = call(&client, method, path).unwrap();
        assert_eq!(reply.as_str(), expected, "{method} {path}");
    }
    stripe.verify();
}

#[test]
fn parameters_and_headers_narrow_a_rule_down() {
    let stripe = MockStripe::new();
    stripe.on(POST, "/v1/things").reply(named("any"));
    stripe
        .on(POST, "/v1/things")
        .with_param("items[0][price]", "price_1")
        .with_header("Stripe-Account", "acct_1")
        .reply(named("narrow"));
    let client = client(&stripe);
    let sent = |price: &str, account: &str| {
        let request = client.raw_request(POST, "/v1/things").account(account);
        wait(request.param("items[0][price]", price)).unwrap()
    };
    assert_eq!(sent("price_1", "acct_1").as_str(), "\"narrow\"");
    assert_eq!(sent("price_2", "acct_1").as_str(), "\"any\"");
    assert_eq!(sent("price_1", "acct_2").as_str(), "\"any\"");
}

#[test]
fn a_request_without_a_rule_fails_once_and_lists_the_rules() {
    let stripe = MockStripe::new();
    stripe.on(POST, "/v1/charges").reply(named("a"));
    stripe
        .on(GET, "/v1/things")
        .with_param("email", "a@example.com")
        .reply(named("b"));
    stripe.on(GET, "/v1/things").reply(named("c")).times(0);
    let client = client(&stripe);
    let request = client
        .raw_request(GET, "/v1/things")
        .param("email", "b@example.com");
    let error = wait(request).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(!error.is_outcome_unknown());
    assert_eq!(stripe.sent().len(), 1);
    let cause = error.source().unwrap().source().unwrap().to_string();
    let expected = "\
no rule is for the request
  GET /v1/things
      email = b@example.com
the rules, the last first, are for
  GET /v1/things (used up after 0)
  GET /v1/things, email = a@example.com (the parameter `email` is \"b@example.com\")
  POST /v1/charges";
    assert_eq!(cause, expected);
    // What `unwrap` prints.
    assert!(format!("{error:?}").contains(expected), "{error:?}");
}

#[test]
fn a_stripe_without_rules_says_so() {
    let stripe = MockStripe::new();
    let error = call(&client(&stripe), GET, "/v1/balance").unwrap_err();
    let shown = format!("{error:?}");
    assert!(
        shown.contains("there are no rules: add one with `on`"),
        "{shown}"
    );
}

#[test]
fn clones_are_the_same_stripe() {
    let stripe = MockStripe::new();
    let client = client(&stripe);
    let other = stripe.clone();
    other.on(GET, "/v1/balance").reply(named("x"));
    call(&client, GET, "/v1/balance").unwrap();
    assert_eq!(other.sent().len(), 1);
    assert_eq!(
        format!("{stripe:?}"),
        "MockStripe { rules: 1, sent: 1, .. }"
    );
}
