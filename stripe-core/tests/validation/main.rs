//! What breaks a rule, and how it is told: every mistake of a request at once, each with its place and what to do.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    clippy::panic,
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub,
    reason = "tests may panic, and have subjects"
)]

mod subject;
mod told;

use stripe_core::params;
use stripe_core::types::{Clearable, Currency, DateTime, Decimal, Map, Metadata, Timestamp};
use stripe_core::validate::{Format, Rule, Violation, violations};
use stripe_core::value::Params;

use subject::{Create, Item, Price, Usage, create};

/// The place, the rule and the measure of each.
fn told(params: &dyn Params, is_form: bool) -> Vec<(String, Rule, Option<i64>)> {
    let all = violations(params.as_object(), is_form);
    let tell = |it: Violation| (it.param().to_owned(), it.rule(), it.measure());
    all.into_iter().map(tell).collect()
}

/// The only one.
fn one(params: impl Params) -> (String, Rule, Option<i64>) {
    let [one] = <[_; 1]>::try_from(told(&params, true)).unwrap();
    one
}

fn none(params: impl Params) {
    assert_eq!(told(&params, true), []);
}

#[test]
fn lengths_are_counted_in_characters() {
    none(Create::new("\u{1f600}\u{e9}\u{4e2d}ab").reason("x"));
    let rule = Rule::MaxLength(5);
    let long = Create::new("\u{1f600}\u{e9}\u{4e2d}abc").reason("x");
    assert_eq!(one(long), ("name".to_owned(), rule, Some(6)));
    none(create().codes(&["abc", "abc"]));
    let rule = Rule::MaxLength(3);
    let codes = create().codes(&["abc", "abcd"]);
    assert_eq!(one(codes), ("codes[1]".to_owned(), rule, Some(4)));
}

#[test]
fn numbers_and_items_have_bounds() {
    none(create().amount(0));
    none(create().amount(99));
    assert_eq!(
        one(create().amount(-1)),
        ("amount".to_owned(), Rule::Min(0), Some(-1))
    );
    assert_eq!(
        one(create().amount(100)),
        ("amount".to_owned(), Rule::Max(99), Some(100))
    );
    let codes = create().codes(&["a", "b", "c"]);
    assert_eq!(one(codes), ("codes".to_owned(), Rule::MaxItems(2), Some(3)));
}

#[test]
fn a_constant_counts_only_where_it_is_listed_and_another_value_is_let_through() {
    none(create().usage(Usage::ON));
    let rule = Rule::NotListed(&["off"]);
    assert_eq!(
        one(create().usage(Usage::OFF)),
        ("usage".to_owned(), rule, None)
    );
    assert_eq!(one(create().usage(Usage::from("off"))).1, rule);
    none(create().usage(Usage::from("new")));
}

#[test]
fn formats_follow_from_the_type() {
    none(create().created(Timestamp::from_unix(1_779_883_200)));
    let rule = Rule::Format(Format::UnixTime);
    let time = create().created(Timestamp::from_unix(1_779_883_200_000));
    assert_eq!(
        one(time),
        ("created".to_owned(), rule, Some(1_779_883_200_000))
    );
    none(create().ends(DateTime::from("2026-05-27T12:00:00Z")));
    let rule = Rule::Format(Format::DateTime);
    assert_eq!(
        one(create().ends(DateTime::from("2026-05-27"))),
        ("ends".to_owned(), rule, None)
    );
}

fn item(price: Price) -> Create {
    create().items(vec![
        Item::new().price_data(Price::new(Currency::USD)),
        Item::new().price_data(price),
    ])
}

#[test]
fn rules_reach_into_lists_and_objects() {
    let euros = || Price::new(Currency::from("EUR"));
    none(item(euros().unit_amount(5)));
    let at = |name: &str| format!("items[1][price_data][{name}]");
    let rule = Rule::Format(Format::Currency);
    assert_eq!(
        one(item(Price::new(Currency::from("euro")))),
        (at("currency"), rule, None)
    );
    let rule = Rule::Format(Format::Decimal);
    let price = euros().unit_amount_decimal(Decimal::from("1e3"));
    assert_eq!(one(item(price)), (at("unit_amount_decimal"), rule, None));
    let both = euros()
        .unit_amount(5)
        .unit_amount_decimal(Decimal::from("5"));
    let rule = Rule::Without("unit_amount_decimal");
    assert_eq!(one(item(both)), (at("unit_amount"), rule, None));
    let rule = Rule::NotListed(&["on"]);
    assert_eq!(
        one(item(euros().usage(Usage::ON))),
        (at("usage"), rule, None)
    );
    none(item(euros().usage(Usage::OFF)));
    let quantity = create().items(vec![Item::new().quantity(1)]);
    assert_eq!(
        one(quantity),
        ("items[0][quantity]".to_owned(), Rule::Unknown, None)
    );
}

#[test]
fn an_operation_may_need_what_its_type_does_not() {
    let reason = || "reason".to_owned();
    assert_eq!(one(Create::new("name")), (reason(), Rule::Required, None));
    none(Create::new("name").clear_reason());
    assert_eq!(
        one(Create::new("name").reason("")),
        (reason(), Rule::NotEmpty, None)
    );
    none(create().note("x"));
    assert_eq!(
        one(create().clear_note()),
        ("note".to_owned(), Rule::NotCleared, None)
    );
}

params! {
    #[new(items: Vec<Item>, price: Price)]
    pub struct Update {
        #[set(required)]
        pub items: Vec<Item>,
        #[set(required)]
        pub price: Price,
    }
}

params! {
    #[new()]
    #[check("", NotCleared)]
    pub struct Start {
        pub list: Vec<Clearable<String>>,
        pub metadata: Metadata,
        #[set(clear_text, clear_note)]
        pub note: String,
    }
}

#[test]
fn an_operation_may_clear_nothing_at_all() {
    let rule = Rule::NotCleared;
    none(
        Start::new()
            .note("x")
            .metadata(Metadata::new().unset("gone")),
    );
    assert_eq!(
        one(Start::new().clear_note()),
        ("note".to_owned(), rule, None)
    );
    let list = vec![Clearable::Set("x".to_owned()), Clearable::Clear];
    assert_eq!(
        one(Start::new().list(list)),
        ("list[1]".to_owned(), rule, None)
    );
}

#[test]
fn what_a_form_does_not_write_is_missing() {
    let price = Price::new(Currency::USD);
    let empty = Update::new(Vec::new(), price.clone());
    assert_eq!(
        one(empty.clone()),
        ("items".to_owned(), Rule::Required, None)
    );
    let of_empty = Update::new(vec![Item::new()], price);
    none(of_empty);
    assert_eq!(told(&empty, false), []);
    let text = Create::new("").reason("");
    assert_eq!(told(&text, true).len(), 2);
    assert_eq!(told(&text, false), []);
}

#[test]
fn metadata_has_the_limits_of_its_page() {
    let of = |metadata: Metadata| create().metadata(metadata);
    let many = |count: u32| {
        (0..count)
            .map(|n| (n.to_string(), "x"))
            .collect::<Metadata>()
    };
    none(of(many(50)));
    assert_eq!(
        one(of(many(51))),
        ("metadata".to_owned(), Rule::MaxKeys(50), Some(51))
    );
    none(of(many(50).unset("gone")));
    let key = "\u{e9}".repeat(40);
    none(of(Metadata::new().set(&key, &"\u{e9}".repeat(500))));
    let long = format!("{key}\u{e9}");
    let told = one(of(Metadata::new().set(&long, "x")));
    assert_eq!(
        told,
        (
            format!("metadata[{long}]"),
            Rule::MaxKeyLength(40),
            Some(41)
        )
    );
    let told = one(of(Metadata::new().set("a", &"x".repeat(501))));
    assert_eq!(
        told,
        (
            "metadata[a]".to_owned(),
            Rule::MaxValueLength(500),
            Some(501)
        )
    );
    for key in ["", "a[b", "a]b"] {
        assert_eq!(
            one(of(Metadata::new().set(key, "x"))).1,
            Rule::KeyName,
            "{key}"
        );
    }
    assert_eq!(one(of(Metadata::new().set("a", ""))).1, Rule::NotEmpty);
}

#[test]
fn maps_are_checked_entry_by_entry() {
    let pairs = [("a", "x"), ("b[", "x"), ("c", "")];
    let map: Map<String> = pairs
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .into_iter()
        .collect();
    let told: Vec<_> = told(&create().labels(map), true);
    let rules: Vec<_> = told
        .iter()
        .map(|(at, rule, _)| (at.as_str(), *rule))
        .collect();
    assert_eq!(
        rules,
        [("labels[b[]", Rule::KeyName), ("labels[c]", Rule::NotEmpty)]
    );
}

#[test]
fn addresses_and_countries_are_checked_for_obvious_mistakes() {
    none(create().email("jenny@example.com").country("DE"));
    assert_eq!(
        one(create().email("jenny@example")),
        ("email".to_owned(), Rule::Email, None)
    );
    assert_eq!(
        one(create().country("DEU")),
        ("country".to_owned(), Rule::Country, None)
    );
}
