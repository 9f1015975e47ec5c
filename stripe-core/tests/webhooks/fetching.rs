//! Fetching what a notification refers to: the event, or the object that it is about, in the context that it names.

use std::pin::pin;
use std::task::{Context, Waker};

use stripe_core::testing::{MockStripe, Reply, SentRequest};
use stripe_core::types::Json;
use stripe_core::webhook::{ErrorKind, EventNotification, Verified};
use stripe_core::{Attached, Client, Method, Request};

use crate::names::{Invoice, ThinEventType};

stripe_core::object! {
    /// What the notifications are about.
    pub struct Account {
        pub id: String,
    }
}

impl Attached for Account {
    const OBJECT: &'static str = "v2.core.account";
}

/// A notification with something more in it.
fn notification(more: &str) -> EventNotification<ThinEventType> {
    let json = format!(
        r#"{{"id":"evt_1","object":"v2.core.event","type":"v2.core.account.updated"{more}}}"#
    );
    EventNotification::read(&Verified::danger_assume_verified(json.into_bytes())).unwrap()
}

const RELATED: &str = r#","related_object":{"id":"acct_1","type":"v2.core.account","url":"/v2/core/accounts/acct_1"}"#;

const CONTEXT: &str = r#","context":"org_1/acct_1""#;

/// What is sent for a request; nothing, if it is refused.
fn sent<T: stripe_core::decode::Decode>(
    make: impl FnOnce(&Client) -> Request<T>,
) -> Option<SentRequest> {
    let stripe = MockStripe::new();
    for path in ["/v2/core/events/{id}", "/v2/core/accounts/{id}"] {
        let rule = stripe.on(Method::Get, path);
        rule.reply(Reply::json(r#"{"id":"acct_1"}"#));
    }
    let client = stripe.settings().build().unwrap();
    let mut work = pin!(make(&client).send());
    let mut context = Context::from_waker(Waker::noop());
    while work.as_mut().poll(&mut context).is_pending() {}
    stripe.sent().pop()
}

#[test]
fn the_whole_event_is_fetched_by_its_id() {
    let request = sent(|client| notification("").fetch_event::<Json>(client)).unwrap();
    assert_eq!(request.path(), "/v2/core/events/evt_1");
    request.assert_header("stripe-request-trigger", "event=evt_1");
    assert_eq!(request.header("stripe-context"), None);
}

#[test]
fn the_object_is_fetched_by_the_path_that_is_named() {
    let notification = notification(RELATED);
    let request = sent(|client| notification.fetch_related_json(client).unwrap()).unwrap();
    assert_eq!(request.path(), "/v2/core/accounts/acct_1");
    request.assert_header("stripe-request-trigger", "event=evt_1");
    let request = sent(|client| {
        let typed = notification.fetch_related_object::<Account>(client);
        typed.unwrap().unwrap()
    });
    assert_eq!(request.unwrap().path(), "/v2/core/accounts/acct_1");
}

#[test]
fn row_30_what_is_fetched_is_fetched_in_the_context_of_the_notification() {
    let notification = notification(&format!("{RELATED}{CONTEXT}"));
    let event = sent(|client| notification.fetch_event::<Json>(client));
    let object = sent(|client| notification.fetch_related_json(client).unwrap());
    for request in [event, object] {
        let request = request.unwrap();
        request.assert_header("stripe-context", "org_1/acct_1");
    }
}

#[test]
fn row_5_a_path_that_leads_elsewhere_is_not_followed() {
    for url in [
        "https://evil.example/v2/core/accounts/acct_1",
        "//evil.example/x",
        "/v2/core/accounts/../events",
        "v2/core/accounts/acct_1",
    ] {
        let related =
            format!(r#","related_object":{{"id":"x","type":"v2.core.account","url":"{url}"}}"#);
        let notification = notification(&related);
        let request = sent(|client| notification.fetch_related_json(client).unwrap());
        assert!(request.is_none(), "{url}");
    }
}

#[test]
fn an_event_about_nothing_has_nothing_to_fetch() {
    let stripe = MockStripe::new();
    let client = stripe.settings().build().unwrap();
    let notification = notification("");
    assert!(notification.fetch_related_json(&client).is_none());
    let typed = notification.fetch_related_object::<Account>(&client);
    assert!(typed.unwrap().is_none());
}

#[test]
fn an_object_of_another_kind_is_not_fetched() {
    let stripe = MockStripe::new();
    let client = stripe.settings().build().unwrap();
    let typed = notification(RELATED).fetch_related_object::<Invoice>(&client);
    assert_eq!(typed.unwrap_err().kind(), ErrorKind::OtherObject);
}
