//! An example of every type: complete, of its kind, and the same after it was written and read.

use std::collections::BTreeMap;
use std::fmt::{Debug, Write};

use serde_json::Value;
use stripe_generated::schema;
use stripe_generated::stripe_core::decode::{Decode, Error};
use stripe_generated::stripe_core::json;
use stripe_generated::stripe_core::value;
use stripe_generated::testing::Fixture;

use crate::document::schemas;
use crate::sample::{is_expandable, reference};

/// Makes an example, and reads what was written of it.
type Maker = fn() -> Result<Made, Error>;

/// An example, and what was read of it: as JSON and as printed.
struct Made {
    json: String,
    shown: String,
    again: String,
    shown_again: String,
}

/// Every schema that has a file of its own, and the type in it.
const SCHEMAS: &[(&str, Maker)] = &include!("../schemas.in");

fn read_as<T: Fixture + Decode + Debug + value::Value>() -> Result<Made, Error> {
    let example = T::fixture();
    let json = json::write(example.node()).unwrap();
    let read = T::decode(json.as_bytes())?;
    Ok(Made {
        shown: format!("{example:?}"),
        again: json::write(read.node()).unwrap(),
        shown_again: format!("{read:?}"),
        json,
    })
}

fn made() -> BTreeMap<&'static str, Made> {
    let made = SCHEMAS.iter().map(|(id, make)| {
        let made = make().unwrap_or_else(|error| panic!("{id}: {error}"));
        (*id, made)
    });
    made.collect()
}

#[test]
fn every_example_is_read_as_it_was_written() {
    let made = made();
    assert!(made.len() > 1_000, "{}", made.len());
    for (id, made) in made {
        assert_eq!(made.json, made.again, "{id}");
        // An arm of a union that is not the one that was written would show.
        assert_eq!(made.shown, made.shown_again, "{id}");
    }
}

#[test]
fn every_example_is_the_same_every_time() {
    for ((id, one), (_, other)) in made().into_iter().zip(made()) {
        assert_eq!(one.json, other.json, "{id}");
    }
}

#[test]
fn every_example_fits_its_schema() {
    let mut complaints = String::new();
    for (id, made) in made() {
        let example: Value = serde_json::from_str(&made.json).unwrap();
        for complaint in complaints_of(&example, &schemas()[id]) {
            writeln!(complaints, "{id}{complaint}").unwrap();
        }
    }
    assert!(complaints.is_empty(), "{complaints}");
}

/// What the document says otherwise of the fields of an object. Objects in it are examples of their own.
fn complaints_of(example: &Value, schema: &Value) -> Vec<String> {
    let properties = schema["properties"].as_object().into_iter().flatten();
    let complaints = properties.filter_map(|(name, property)| {
        let value = &example[name];
        let is_required = schema["required"]
            .as_array()
            .is_some_and(|required| required.iter().any(|it| it == name.as_str()));
        let complaint = if value.is_null() {
            (is_required && property["nullable"] != true).then_some("is missing")
        } else {
            complaint(value, property)
        };
        complaint.map(|complaint| format!(".{name} {complaint}: {value}"))
    });
    complaints.collect()
}

fn complaint(value: &Value, property: &Value) -> Option<&'static str> {
    if is_expandable(property) {
        return (!value.as_str().is_some_and(|id| id.contains("_Fixture"))).then_some("is no id");
    }
    if let Some(known) = property["enum"].as_array() {
        return (!known.contains(value)).then_some("is not in the list");
    }
    match (property["type"].as_str(), property["format"].as_str()) {
        (Some("integer"), Some("unix-time")) => {
            let is_time = value.as_i64().is_some_and(|time| time > 1_700_000_000);
            (!is_time).then_some("is no time")
        }
        (Some("string"), Some("date-time")) => {
            let is_time = value.as_str().is_some_and(|time| time.ends_with('Z'));
            (!is_time).then_some("is no time")
        }
        (Some("object"), _) => (!value.is_object()).then_some("is no object"),
        (Some("array"), _) => (!value.is_array()).then_some("is no array"),
        (Some("boolean"), _) => (!value.is_boolean()).then_some("is no boolean"),
        _ if reference(property).is_some() => (!value.is_object()).then_some("is no object"),
        _ => None,
    }
}

/// What people who test payments reach for first.
#[test]
fn examples_say_that_all_went_well() {
    use stripe_generated::{
        charge, checkout, customer, invoice, payment_intent, payment_method, subscription,
    };
    assert_eq!(customer::Customer::fixture().id, "cus_Fixture");
    assert_eq!(charge::Charge::fixture().status.as_str(), "succeeded");
    assert_eq!(
        subscription::Subscription::fixture().status.as_str(),
        "active"
    );
    let session = checkout::session::CheckoutSession::fixture();
    assert_eq!(session.object.as_str(), "checkout.session");
    assert_eq!(session.payment_status.as_str(), "paid");
    let invoice = invoice::Invoice::fixture();
    assert_eq!((invoice.total, invoice.amount_remaining), (2000, 0));
    assert_eq!(invoice.currency.as_str(), "usd");
    let intent = payment_intent::PaymentIntent::fixture();
    assert_eq!(intent.status.as_str(), "succeeded");
    assert!(intent.last_payment_error.is_none() && intent.canceled_at.is_none());
    assert_eq!(intent.customer.unwrap().id(), "cus_Fixture");
    let method = payment_method::PaymentMethod::fixture();
    assert_eq!(method.type_.as_str(), "card");
    assert!(method.card.is_some() && method.sepa_debit.is_none());
}
