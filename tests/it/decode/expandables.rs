//! Fields that hold an id or the object itself: kept as JSON until somebody asks, and then read once.

use std::sync::Arc;

use stripe_generated::customer::Customer;
use stripe_generated::payment_intent::PaymentIntent;
use stripe_generated::stripe_core::decode::Decode;
use stripe_generated::stripe_core::{Expandable, MaybeDeleted};
use stripe_generated::types::{Deleted, Json};
use stripe_generated::{coupon, id};

type Field = Expandable<id::CustomerId>;

const JENNY: &str = r#"{"id":"cus_1","object":"customer","created":1,"livemode":false,"email":"jenny@example.com"}"#;

fn field(json: &str) -> Field {
    Field::decode(json.as_bytes()).unwrap()
}

#[test]
fn an_id_stays_an_id() {
    let field = field(r#""cus_1""#);
    assert_eq!(field.id(), "cus_1");
    assert!(!field.is_expanded());
    assert_eq!(field.raw(), None);
    assert!(field.object().unwrap().is_none());
    assert_eq!(serde_json::to_string(&field).unwrap(), r#""cus_1""#);
}

#[test]
fn an_object_is_read_once_and_shared_by_clones() {
    let field = field(JENNY);
    assert_eq!((field.id().as_str(), field.raw()), ("cus_1", Some(JENNY)));
    let copy = field.clone();
    let first: Arc<Customer> = field.object().unwrap().unwrap();
    let second = copy.object().unwrap().unwrap();
    assert_eq!(first.email.as_deref(), Some("jenny@example.com"));
    assert!(Arc::ptr_eq(&first, &second));
    // What was read outlives the field.
    drop((field, copy));
    assert_eq!(second.id, "cus_1");
}

#[test]
fn another_type_may_be_asked_for() {
    let field = field(JENNY);
    let json: Arc<Json> = field.object_as().unwrap().unwrap();
    assert_eq!(json.as_str(), JENNY);
    assert!(field.object().unwrap().is_some());
    assert!(field.object_as::<coupon::Coupon>().is_err());
    assert!(field.object().unwrap().is_some());
}

#[test]
fn an_object_that_is_not_what_it_should_be_spoils_nothing_else() {
    let intent = r#"{"id":"pi_1","object":"payment_intent","created":1,"livemode":false,"status":"succeeded",
        "customer":{"id":"cus_1","created":"canary"}}"#;
    let intent = PaymentIntent::decode(intent.as_bytes()).unwrap();
    let field = intent.customer.unwrap();
    assert_eq!(field.id(), "cus_1");
    let error = field.object().unwrap_err();
    assert_eq!(error.path(), "created");
    assert!(!error.to_string().contains("canary"));
}

#[test]
fn a_deleted_object_is_told_apart() {
    let gone = r#"{"id":"cus_1","object":"customer","deleted":true}"#;
    let present = field(JENNY).object_or_deleted().unwrap().unwrap();
    assert!(matches!(&*present, MaybeDeleted::Present(jenny) if jenny.id == "cus_1"));
    let deleted = field(gone).object_or_deleted().unwrap().unwrap();
    assert!(deleted.is_deleted() && deleted.present().is_none());
    assert!(
        field(gone).object().is_err(),
        "a deleted customer is no customer"
    );
    let answer = MaybeDeleted::<Customer, Deleted>::decode(gone.as_bytes()).unwrap();
    assert!(answer.is_deleted());
    assert_eq!(
        serde_json::to_string(&answer).unwrap(),
        r#"{"deleted":true,"id":"cus_1","object":"customer"}"#
    );
}

#[test]
fn deleted_false_is_not_deleted() {
    let json = JENNY.replace("\"created\"", "\"deleted\":false,\"created\"");
    let jenny = MaybeDeleted::<Customer>::decode(json.as_bytes()).unwrap();
    let jenny = jenny.present().unwrap();
    assert_eq!(jenny.extra.get("deleted"), Some("false"));
}

#[test]
fn what_is_neither_id_nor_object_is_refused() {
    for json in ["1", "true", "[]", "null", "[\"cus_1\"]", ""] {
        assert!(Field::decode(json.as_bytes()).is_err(), "{json}");
    }
}

#[test]
fn an_id_may_hold_escapes() {
    assert_eq!(field(r#""\u00e9\n\"""#).id(), "é\n\"");
}

#[test]
fn an_object_without_an_id_has_an_empty_one() {
    let field = field(r#"{"object":"customer","id":null}"#);
    assert_eq!(field.id(), "");
    assert!(field.is_expanded());
}

#[test]
fn debug_shows_the_id_alone() {
    let shown = format!("{:?} {:?}", field(r#""cus_1""#), field(JENNY));
    assert_eq!(shown, r#""cus_1" "cus_1" (expanded)"#);
}
