//! Answers as a client asks for them: expanded, in another variant, sparse, with members that nobody knows.

use mock_server::MockServer;
use serde_json::Value;

use crate::client::{call, get, post};

#[test]
fn ids_are_expanded_to_objects() {
    let server = MockServer::start().unwrap();
    let plain = get(&server, "/v1/charges/ch_1").ok();
    assert!(plain["customer"].is_string());
    let expanded = get(
        &server,
        "/v1/charges/ch_1?expand[]=customer&expand[]=payment_intent.customer",
    )
    .ok();
    assert_eq!(expanded["customer"]["object"], "customer");
    assert_eq!(expanded["customer"]["id"], plain["customer"]);
    assert_eq!(expanded["payment_intent"]["customer"]["object"], "customer");
    let list = get(&server, "/v1/charges?limit=2&expand[0]=data.customer").ok();
    assert!(
        list["data"]
            .as_array()
            .unwrap()
            .iter()
            .all(|it| it["customer"]["object"] == "customer")
    );
    let deep = "payment_intent.latest_charge.customer.default_source";
    let deep = get(&server, &format!("/v1/charges/ch_1?expand[]={deep}")).ok();
    let source = &deep["payment_intent"]["latest_charge"]["customer"]["default_source"];
    assert!(source["object"].is_string(), "{source}");
    let created = post(
        &server,
        "/v1/subscriptions",
        "customer=cus_1&expand[]=latest_invoice",
    )
    .ok();
    assert_eq!(created["latest_invoice"]["object"], "invoice");
}

#[test]
fn what_was_created_is_what_an_expansion_shows() {
    let server = MockServer::start().unwrap();
    let customer = post(&server, "/v1/customers", "email=a%40b.c").ok();
    let id = customer["id"].as_str().unwrap();
    let form = format!("amount=1&currency=usd&customer={id}&expand[]=customer");
    assert_eq!(
        post(&server, "/v1/payment_intents", &form).ok()["customer"],
        customer
    );
}

#[test]
fn what_cannot_be_expanded_is_refused() {
    let server = MockServer::start().unwrap();
    for path in [
        "amount",
        "nothing",
        "customer.email",
        "data.customer",
        "a.b.c.d.e",
        "",
    ] {
        let answer = get(&server, &format!("/v1/charges/ch_1?expand[0]={path}"));
        assert_eq!(answer.status, 400, "{path}");
    }
    let deep = "payment_intent.latest_charge.customer.default_source.customer";
    let answer = get(&server, &format!("/v1/charges/ch_1?expand[0]={deep}"));
    assert_eq!(answer.error().2, "expand");
    assert!(
        answer.json()["error"]["message"]
            .as_str()
            .unwrap()
            .contains("more than 4 levels")
    );
}

#[test]
fn the_same_request_has_the_same_answer() {
    let (one, other) = (MockServer::start().unwrap(), MockServer::start().unwrap());
    for target in [
        "/v1/invoices/in_1",
        "/v1/customers",
        "/v2/core/accounts/acct_1",
    ] {
        assert_eq!(get(&one, target).body, get(&other, target).body, "{target}");
    }
}

#[test]
fn a_variant_is_another_arm_and_another_value() {
    let server = MockServer::start().unwrap();
    let variant = |number: &str, target| {
        call(&server, "GET", target)
            .header("Mock-Variant", number)
            .send()
            .ok()
    };
    assert_eq!(variant("1", "/v1/customers/cus_1")["deleted"], true);
    let statuses: Vec<Value> = ["0", "1", "2"]
        .map(|number| variant(number, "/v1/payment_intents/pi_1")["status"].clone())
        .to_vec();
    assert!(
        statuses[0] != statuses[1] && statuses[1] != statuses[2],
        "{statuses:?}"
    );
    for unclear in ["x", "-1", "18446744073709551615"] {
        for header in ["Mock-Variant", "Mock-Items"] {
            let answer = call(&server, "GET", "/v1/customers").header(header, unclear);
            assert_eq!(answer.send().status, 400, "{header}: {unclear}");
        }
    }
    variant("65535", "/v1/customers");
}

#[test]
fn a_sparse_answer_has_what_is_required() {
    let server = MockServer::start().unwrap();
    let sparse = call(&server, "GET", "/v1/customers/cus_1")
        .header("Mock-Fill", "required")
        .send()
        .ok();
    assert_eq!(sparse["id"], "cus_1");
    assert!(sparse["default_source"].is_null());
    assert!(sparse.get("metadata").is_none());
}

#[test]
fn unknown_members_are_added_to_every_object() {
    let server = MockServer::start().unwrap();
    let target = "/v1/customers/cus_1?expand[]=default_source";
    let answer = call(&server, "GET", target)
        .header("Mock-Unknown-Members", "true")
        .send()
        .ok();
    for object in [
        &answer,
        &answer["address"],
        &answer["sources"]["data"][0],
        &answer["default_source"],
    ] {
        assert!(object["mock_unknown_member"].is_object(), "{object}");
    }
    assert!(
        answer["metadata"].get("mock_unknown_member").is_none(),
        "a map has no unknown members"
    );
}
