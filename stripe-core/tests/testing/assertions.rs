//! What assertions hold for, and what they say.

use stripe_core::testing::{GET, MockStripe, POST, Reply};

use crate::{call, client, said, wait};

fn sent() -> MockStripe {
    let stripe = MockStripe::new();
    stripe
        .on(POST, "/v1/things/{thing}")
        .reply(Reply::json("{}"));
    let client = client(&stripe);
    let request = client
        .raw_request(POST, "/v1/things/{thing}")
        .path_param("a b");
    wait(request.param("amount", 5).param("note", "x&y=z")).unwrap();
    stripe
}

#[test]
fn what_was_sent_can_be_read() {
    let request = sent().assert_sent(POST, "/v1/things/{thing}");
    assert_eq!(
        (request.method(), request.path()),
        (POST, "/v1/things/a%20b")
    );
    assert_eq!(request.path_param("thing"), Some("a b"));
    assert_eq!(request.param("note"), Some("x&y=z"));
    assert_eq!(request.params().count(), 2);
    assert_eq!(request.body(), b"amount=5&note=x%26y%3Dz");
    assert!(request.header("User-Agent").is_some() && request.idempotency_key().is_some());
    request
        .assert_param("amount", "5")
        .assert_no_param("amounts")
        .assert_params(&[("note", "x&y=z"), ("amount", "5")])
        .assert_header("Content-Type", "application/x-www-form-urlencoded");
}

#[test]
fn what_is_not_so_is_said_with_the_request() {
    let whole = "POST /v1/things/a%20b\n    amount = 5\n    note = x&y=z";
    let request = || sent().assert_sent(POST, "/v1/things/{thing}");
    let assertions: [(&dyn Fn(), &str); 7] = [
        (
            &|| {
                request().assert_param("amount", "6");
            },
            "the parameter `amount` is \"5\", expected \"6\", in\n",
        ),
        (
            &|| {
                request().assert_param("email", "a");
            },
            "there is no parameter `email`, expected \"a\", in\n",
        ),
        (
            &|| {
                request().assert_no_param("note");
            },
            "the parameter `note` is \"x&y=z\", expected none, in\n",
        ),
        (
            &|| {
                request().assert_params(&[("amount", "5")]);
            },
            "expected the parameters [(\"amount\", \"5\")], not those in\n",
        ),
        (
            &|| {
                request().assert_header("stripe-account", "acct_1");
            },
            "there is no header `stripe-account`, expected \"acct_1\", in\n",
        ),
        (
            &|| sent().assert_not_sent(POST, "/v1/things/{thing}"),
            "POST /v1/things/{thing} was sent 1 times, expected 0, in\n",
        ),
        (
            &|| drop(sent().assert_sent(GET, "/v1/things")),
            "GET /v1/things was sent 0 times, expected once, in\n",
        ),
    ];
    for (assertion, expected) in assertions {
        let said = said(assertion);
        assert_eq!(said, format!("{expected}{whole}"));
    }
}

#[test]
fn verifying_finds_rules_without_requests_and_requests_without_rules() {
    let stripe = sent();
    stripe.verify();
    stripe.on(GET, "/v1/balance").reply(Reply::json("{}"));
    let unused = said(|| stripe.verify());
    assert!(
        unused.starts_with("these rules never replied: GET /v1/balance, in\n"),
        "{unused}"
    );
    call(&client(&stripe), GET, "/v1/balance").unwrap();
    stripe.verify();
    call(&client(&stripe), GET, "/v1/charges").unwrap_err();
    let unmatched = said(|| stripe.verify());
    assert!(
        unmatched.starts_with("no rule is for the request\n  GET /v1/charges"),
        "{unmatched}"
    );
}

#[test]
fn e1_what_was_sent_keeps_no_key_and_its_debug_no_values() {
    let request = sent().assert_sent(POST, "/v1/things/{thing}");
    assert_eq!(request.header("authorization"), None);
    let shown = format!("{request:?} {:?}", Reply::json("canary"));
    assert!(
        shown.contains("note") && !shown.contains("x&y") && !shown.contains("a%20b"),
        "{shown}"
    );
    assert!(!shown.contains("canary"), "{shown}");
}
