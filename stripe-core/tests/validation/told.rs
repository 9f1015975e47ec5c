//! How mistakes are told: all at once, without a value, and at no cost where there is none.

use stripe_core::types::{Currency, DateTime, Decimal, Metadata, Timestamp};
use stripe_core::validate::violations;

use crate::subject::{Create, Item, Price, Usage, create};

/// Five mistakes of one request.
fn five() -> Create {
    let price = Price::new(Currency::from("euro"))
        .unit_amount(5)
        .unit_amount_decimal(Decimal::from("5"));
    Create::new("canary name")
        .amount(-5)
        .email("canary@example")
        .items(vec![Item::new().price_data(price)])
}

#[test]
fn every_mistake_has_a_line_that_says_what_to_do() {
    let lines: Vec<String> = violations(&five(), true)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        lines,
        [
            "amount: it is -5, and has to be 0 or more: check the number; amounts are in the minor unit of the currency",
            "email: it is not an email address: write one address, such as `jenny@example.com`, without a name or spaces",
            "items[0][price_data][currency]: it is not a currency code of three letters: write an ISO 4217 code, such as `usd`",
            "items[0][price_data][unit_amount]: it does not go together with `unit_amount_decimal`: set only one of the two",
            "name: it has 11 characters, and Stripe takes 5 at most: shorten it",
            "reason: it is missing: set it; an empty list or object counts as not set",
        ]
    );
}

#[test]
fn e1_no_value_is_in_what_is_told() {
    let key = "canary".repeat(8);
    let canary = five()
        .country("canary")
        .ends(DateTime::from("canary"))
        .codes(&["canary"])
        .metadata(Metadata::new().set(&key, &"canary".repeat(99)));
    let found = violations(&canary, true);
    assert_eq!(found.len(), 11);
    let shown = format!("{found:?} {found:#?}");
    let lines: String = found.iter().map(ToString::to_string).collect();
    assert!(
        !shown.contains("canary") && !lines.contains("canary"),
        "{shown} {lines}"
    );
}

#[test]
fn nothing_is_allocated_where_nothing_is_wrong() {
    let item = Item::new().price_data(Price::new(Currency::USD).unit_amount(5));
    let right = create()
        .codes(&["abc", "def"])
        .country("DE")
        .created(Timestamp::from_unix(1_779_883_200))
        .email("jenny@example.com")
        .ends(DateTime::from("2026-05-27T12:00:00Z"))
        .items(vec![item])
        .metadata(Metadata::new().set("order", "42").unset("cart"))
        .usage(Usage::ON);
    let count = |params: &Create| {
        let counted = allocation_counter::measure(|| {
            drop(violations(params, true));
        });
        counted.count_total
    };
    assert_eq!(count(&right), 0);
    assert!(count(&right.amount(-1)) > 0);
}
