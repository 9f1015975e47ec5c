//! What is created is there afterwards, and lives as it does at Stripe.

use mock_server::MockServer;
use serde_json::Value;

use crate::client::{call, delete, get, post, post_json};

fn create(server: &MockServer, path: &str, form: &str) -> (Value, String) {
    let made = post(server, path, form).ok();
    let path = format!("{path}/{}", made["id"].as_str().unwrap());
    (made, path)
}

#[test]
fn a_customer_is_created_retrieved_updated_and_deleted() {
    let server = MockServer::start().unwrap();
    let (made, path) = create(
        &server,
        "/v1/customers",
        "email=a%40b.c&metadata[k]=v&address[city]=Ulm",
    );
    assert_eq!(
        (&made["email"], &made["address"]["city"]),
        (&"a@b.c".into(), &"Ulm".into())
    );
    assert_eq!(made["metadata"], serde_json::json!({"k": "v"}));
    assert_eq!(get(&server, &path).ok(), made);
    let updated = post(&server, &path, "name=Jo&metadata[l]=w").ok();
    assert_eq!(
        (&updated["name"], &updated["email"]),
        (&"Jo".into(), &"a@b.c".into())
    );
    assert_eq!(updated["metadata"], serde_json::json!({"k": "v", "l": "w"}));
    assert_eq!(get(&server, &path).ok(), updated);
    let id = made["id"].as_str().unwrap();
    let twin = serde_json::json!({"id": id, "object": "customer", "deleted": true});
    assert_eq!(delete(&server, &path).ok(), twin);
    assert_eq!(
        get(&server, &path).ok(),
        twin,
        "the document has a twin here"
    );
    assert_eq!(
        post(&server, &path, "name=Jo").error(),
        (404, "resource_missing".to_owned(), "customer".to_owned())
    );
    assert_eq!(delete(&server, &path).status, 404);
}

#[test]
fn what_has_no_twin_is_gone_once_it_is_deleted() {
    let server = MockServer::start().unwrap();
    let (_, path) = create(&server, "/v1/coupons", "id=FREE&percent_off=100");
    assert_eq!(path, "/v1/coupons/FREE");
    assert_eq!(delete(&server, &path).ok()["deleted"], true);
    let answer = get(&server, &path);
    assert_eq!(answer.status, 404);
    assert_eq!(answer.json()["error"]["message"], "No such coupon: 'FREE'");
}

#[test]
fn ids_that_nobody_created_are_made_up_and_some_are_missing() {
    let server = MockServer::start().unwrap();
    let made_up = get(&server, "/v1/charges/ch_1").ok();
    assert_eq!(
        (&made_up["id"], &made_up["object"]),
        (&"ch_1".into(), &"charge".into())
    );
    assert_eq!(get(&server, "/v1/charges/ch_1").ok(), made_up);
    post(&server, "/v1/charges/ch_1", "description=x").ok();
    assert_eq!(
        get(&server, "/v1/charges/ch_1").ok(),
        made_up,
        "it is not kept"
    );
    assert_eq!(
        get(&server, "/v1/charges/ch_missing").error(),
        (404, "resource_missing".to_owned(), "charge".to_owned())
    );
}

#[test]
fn accounts_do_not_see_each_other() {
    let server = MockServer::builder().items(0).start().unwrap();
    let list = |account: &str| {
        call(&server, "GET", "/v1/customers")
            .header("Stripe-Account", account)
            .send()
            .ok()
    };
    call(&server, "POST", "/v1/customers")
        .header("Stripe-Account", "acct_1")
        .send()
        .ok();
    assert_eq!(list("acct_1")["data"].as_array().unwrap().len(), 1);
    assert_eq!(list("acct_2")["data"].as_array().unwrap().len(), 0);
}

#[test]
fn a_payment_is_confirmed_at_once() {
    let server = MockServer::start().unwrap();
    let (made, path) = create(&server, "/v1/payment_intents", "amount=500&currency=usd");
    assert_eq!(made["status"], "requires_payment_method");
    assert_eq!(
        post(&server, &format!("{path}/confirm"), "").error().2,
        "payment_method"
    );
    let done = post(
        &server,
        &format!("{path}/confirm"),
        "payment_method=pm_card_visa",
    )
    .ok();
    assert_eq!(
        (&done["status"], &done["amount_received"]),
        (&"succeeded".into(), &500.into())
    );
    assert!(done["latest_charge"].as_str().unwrap().starts_with("ch_"));
    let again = post(&server, &format!("{path}/confirm"), "");
    assert_eq!(again.error().1, "payment_intent_unexpected_state");
    assert_eq!(post(&server, &format!("{path}/cancel"), "").status, 400);
    assert_eq!(get(&server, &path).ok()["status"], "succeeded");
}

#[test]
fn a_payment_is_held_captured_and_not_canceled_after_that() {
    let server = MockServer::start().unwrap();
    let form = "amount=500&currency=usd&capture_method=manual&payment_method=pm_1&confirm=true";
    let (held, path) = create(&server, "/v1/payment_intents", form);
    assert_eq!(
        (&held["status"], &held["amount_capturable"]),
        (&"requires_capture".into(), &500.into())
    );
    assert_eq!(held["amount_received"], 0);
    let captured = post(&server, &format!("{path}/capture"), "amount_to_capture=300").ok();
    assert_eq!(
        (&captured["status"], &captured["amount_received"]),
        (&"succeeded".into(), &300.into())
    );
    assert_eq!(post(&server, &format!("{path}/capture"), "").status, 400);
}

#[test]
fn a_payment_is_canceled() {
    let server = MockServer::start().unwrap();
    let (made, path) = create(
        &server,
        "/v1/payment_intents",
        "amount=500&currency=usd&payment_method=pm_1",
    );
    assert_eq!(made["status"], "requires_confirmation");
    assert!(made["canceled_at"].is_null());
    let canceled = post(
        &server,
        &format!("{path}/cancel"),
        "cancellation_reason=duplicate",
    )
    .ok();
    assert_eq!(
        (&canceled["status"], &canceled["cancellation_reason"]),
        (&"canceled".into(), &"duplicate".into())
    );
    assert!(canceled["canceled_at"].is_i64());
    assert_eq!(post(&server, &format!("{path}/confirm"), "").status, 400);
}

#[test]
fn a_subscription_has_its_items_and_is_canceled_rather_than_deleted() {
    let server = MockServer::start().unwrap();
    let form =
        "customer=cus_1&items[0][price]=price_a&items[1][price]=price_b&items[1][quantity]=3";
    let (made, path) = create(&server, "/v1/subscriptions", form);
    assert_eq!(
        (&made["status"], &made["customer"]),
        (&"active".into(), &"cus_1".into())
    );
    let items = made["items"]["data"].as_array().unwrap();
    assert_eq!(items.len(), 2);
    assert_eq!(items[1]["quantity"], 3);
    assert_ne!(items[0]["id"], items[1]["id"]);
    assert_eq!(delete(&server, &path).ok()["status"], "canceled");
    assert_eq!(get(&server, &path).ok()["status"], "canceled");
    assert_eq!(
        delete(&server, &path).error().1,
        "status_transition_invalid"
    );
}

#[test]
fn an_invoice_is_finalized_and_paid() {
    let server = MockServer::start().unwrap();
    let (made, path) = create(&server, "/v1/invoices", "customer=cus_1");
    assert_eq!(made["status"], "draft");
    assert_eq!(
        post(&server, &format!("{path}/finalize"), "").ok()["status"],
        "open"
    );
    assert_eq!(post(&server, &format!("{path}/finalize"), "").status, 400);
    assert_eq!(
        post(&server, &format!("{path}/pay"), "").ok()["status"],
        "paid"
    );
    assert_eq!(post(&server, &format!("{path}/void"), "").status, 400);
    assert_eq!(get(&server, &path).ok()["status"], "paid");
}

#[test]
fn nested_objects_and_test_helpers_live_too() {
    let server = MockServer::start().unwrap();
    let (made, path) = create(
        &server,
        "/v1/customers/cus_1/tax_ids",
        "type=eu_vat&value=DE123456789",
    );
    assert_eq!(
        (&made["customer"], &made["value"]),
        (&"cus_1".into(), &"DE123456789".into())
    );
    assert_eq!(get(&server, &path).ok(), made);
    let clock = post(
        &server,
        "/v1/test_helpers/test_clocks",
        "frozen_time=1750000000&name=x",
    )
    .ok();
    let clock = format!(
        "/v1/test_helpers/test_clocks/{}",
        clock["id"].as_str().unwrap()
    );
    assert_eq!(get(&server, &clock).ok()["name"], "x");
    delete(&server, &clock).ok();
    assert_eq!(get(&server, &clock).status, 404);
}

#[test]
fn objects_of_v2_live_too() {
    let server = MockServer::start().unwrap();
    let body = r#"{"enabled_events":["v1.x"],"event_payload":"thin","name":"a","type":"webhook_endpoint"}"#;
    let made = post_json(&server, "/v2/core/event_destinations", body).ok();
    let path = format!(
        "/v2/core/event_destinations/{}",
        made["id"].as_str().unwrap()
    );
    assert_eq!(
        post_json(&server, &path, r#"{"name":"b"}"#).ok()["name"],
        "b"
    );
    assert_eq!(
        post_json(&server, &format!("{path}/disable"), "").ok()["status"],
        "disabled"
    );
    assert_eq!(get(&server, &path).ok()["status"], "disabled");
    assert_eq!(delete(&server, &path).ok()["id"], made["id"]);
    assert_eq!(get(&server, &path).status, 404);
}

#[test]
fn a_payment_that_is_given_a_method_waits_for_its_confirmation() {
    let server = MockServer::start().unwrap();
    let (made, path) = create(&server, "/v1/payment_intents", "amount=500&currency=usd");
    assert_eq!(made["status"], "requires_payment_method");
    let updated = post(&server, &path, "payment_method=pm_1").ok();
    assert_eq!(updated["status"], "requires_confirmation");
}

#[test]
fn no_more_is_captured_than_is_held() {
    let server = MockServer::start().unwrap();
    let form = "amount=500&currency=usd&capture_method=manual&payment_method=pm_1&confirm=true";
    let (_, path) = create(&server, "/v1/payment_intents", form);
    let capture = |amount| post(&server, &format!("{path}/capture"), amount);
    assert_eq!(
        capture("amount_to_capture=501").error(),
        (
            400,
            "amount_too_large".to_owned(),
            "amount_to_capture".to_owned()
        )
    );
    assert_eq!(get(&server, &path).ok()["status"], "requires_capture");
    assert_eq!(
        capture("amount_to_capture=500").ok()["amount_received"],
        500
    );
}

#[test]
fn a_request_that_cannot_be_answered_as_it_wishes_does_nothing() {
    let server = MockServer::builder().items(0).start().unwrap();
    let refused = post(&server, "/v1/customers", "expand[]=nothing");
    assert_eq!(
        (refused.status, refused.error().2),
        (400, "expand".to_owned())
    );
    let unclear = call(&server, "POST", "/v1/customers").header("Mock-Fill", "half");
    assert_eq!(unclear.send().status, 400);
    assert_eq!(
        get(&server, "/v1/customers").ok()["data"],
        serde_json::json!([])
    );
}
