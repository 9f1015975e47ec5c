//! Objects as an application meets them: each field where it belongs, and what is new to this version kept.

use serde_json::Value;
use stripe_generated::checkout::session::{CheckoutSession, CheckoutSessionMode};
use stripe_generated::customer::Customer;
use stripe_generated::event::Event;
use stripe_generated::invoice::{Invoice, InvoiceStatus};
use stripe_generated::payment_intent::{PaymentIntent, PaymentIntentStatus};
use stripe_generated::payment_method::PaymentMethod;
use stripe_generated::schema::PaymentSource;
use stripe_generated::stripe_core::decode::Decode;
use stripe_generated::subscription::{Subscription, SubscriptionStatus};
use stripe_generated::types::{Currency, Timestamp};
use stripe_generated::v2::core::account::{V2CoreAccount, V2CoreAccountAppliedConfiguration};

use super::samples::without_nulls;
use crate::document::read;
use crate::traits::Stored;

fn fixture(name: &str) -> String {
    read(&format!("tests/fixtures/objects/{name}.json"))
}

/// Reads an example, and first makes sure that it is written back as it was.
fn example<T: Decode + Stored>(name: &str) -> T {
    let text = fixture(name);
    let value = T::decode(text.as_bytes()).unwrap();
    let written = serde_json::to_value(&value).unwrap();
    let read: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(without_nulls(written.clone()), without_nulls(read));
    // A second time round, through serde alone.
    let again: T = serde_json::from_value(written.clone()).unwrap();
    assert_eq!(serde_json::to_value(&again).unwrap(), written);
    value
}

#[test]
fn a_customer_is_read() {
    let jenny: Customer = example("customer");
    assert_eq!(jenny.id, "cus_Example1");
    assert_eq!(jenny.object.as_str(), "customer");
    assert_eq!(jenny.balance, Some(-1250));
    assert_eq!(jenny.created, Timestamp::from_unix(1_767_225_600));
    assert_eq!((jenny.delinquent, jenny.livemode), (Some(false), false));
    assert_eq!(jenny.description, None);
    let address = jenny.address.unwrap();
    assert_eq!(
        (address.city.as_deref(), address.line2),
        (Some("Zürich"), None)
    );
    assert_eq!(jenny.invoice_credit_balance.unwrap()["eur"], -3);
    assert_eq!(jenny.metadata.unwrap()["empty"], "");
    assert_eq!(jenny.preferred_locales.unwrap(), ["de", "en"]);
    let settings = jenny.invoice_settings.unwrap();
    assert_eq!(settings.custom_fields.unwrap()[0].value, "7");
    assert_eq!(settings.default_payment_method.unwrap().id(), "pm_Example1");
}

#[test]
fn an_unknown_field_is_kept_as_it_came() {
    let jenny: Customer = example("customer");
    let names: Vec<_> = jenny.extra.iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["loyalty"]);
    let loyalty = jenny.extra.get("loyalty");
    assert_eq!(
        loyalty,
        Some(r#"{"tier": "gold", "points": 12345678901234567890}"#)
    );
    let intent: PaymentIntent = example("payment_intent");
    let options = intent.payment_method_options.unwrap();
    assert_eq!(options.extra.get("moon_pay"), Some(r#"{"crater": 1}"#));
}

#[test]
fn an_unknown_value_of_an_enumeration_is_kept() {
    let jenny: Customer = example("customer");
    assert_eq!(jenny.tax_exempt.unwrap().as_str(), "partly");
    let session: CheckoutSession = example("checkout_session");
    assert_eq!(session.ui_mode.unwrap().as_str(), "hologram");
    let account: V2CoreAccount = example("v2_account");
    let applied: Vec<_> = account
        .applied_configurations
        .iter()
        .map(V2CoreAccountAppliedConfiguration::as_str)
        .collect();
    assert_eq!(applied, ["customer", "merchant", "astronaut"]);
}

#[test]
fn an_arm_of_a_union_is_chosen_by_its_object_and_an_unknown_one_kept() {
    let jenny: Customer = example("customer");
    let sources = jenny.sources.unwrap();
    assert_eq!(sources.extra.get("total_count"), Some("2"));
    let kinds: Vec<_> = sources
        .data
        .iter()
        .map(|source| source.object_as::<PaymentSource>().unwrap().unwrap())
        .collect();
    let [Some(card), Some(other)] = [kinds.first(), kinds.get(1)] else {
        panic!("not two")
    };
    let (PaymentSource::Card(card), PaymentSource::Other(other)) = (&**card, &**other) else {
        panic!("not a card and something else")
    };
    assert_eq!(sources.data[0].id().as_str(), card.id.as_str());
    assert_eq!((card.last4.as_str(), card.exp_year), ("4242", 2030));
    assert_eq!(
        other.as_str(),
        r#"{"id": "wallet_Example1", "object": "crypto_wallet", "chain": "base"}"#
    );
}

#[test]
fn a_payment_intent_is_read_with_its_error() {
    let intent: PaymentIntent = example("payment_intent");
    assert_eq!(intent.amount, Some(9_007_199_254_740_993));
    assert_eq!(intent.currency, Some(Currency::JPY));
    assert_eq!(intent.status, PaymentIntentStatus::REQUIRES_PAYMENT_METHOD);
    assert_eq!(intent.payment_method_types.unwrap(), ["card", "moon_pay"]);
    let free = intent.next_action.unwrap().use_stripe_sdk.unwrap();
    assert!(
        free.as_str().contains(r#""version": 2.10"#),
        "{}",
        free.as_str()
    );
    let error = intent.last_payment_error.unwrap();
    assert_eq!(error.code.as_deref(), Some("card_declined"));
    assert_eq!(error.decline_code.as_deref(), Some("insufficient_funds"));
    assert_eq!(error.message.as_deref(), Some("The bank said no."));
    let method: PaymentMethod = error.attached("payment_method").unwrap().unwrap();
    assert_eq!(method.billing_details.name.as_deref(), Some("Jenny Rosen"));
    assert!(error.attached::<PaymentMethod>("source").is_none());
}

#[test]
fn an_invoice_is_read_with_its_lines() {
    let invoice: Invoice = example("invoice");
    assert_eq!((invoice.total, invoice.amount_due), (2380, 2380));
    assert_eq!(invoice.currency, Currency::EUR);
    assert_eq!(invoice.status, Some(InvoiceStatus::OPEN));
    assert_eq!(invoice.customer.id(), "cus_Example1");
    assert!(invoice.lines.has_more);
    let line = &invoice.lines.data[0];
    assert_eq!(
        (line.quantity, line.period.end.as_unix()),
        (Some(2), 1_769_904_000)
    );
    let pricing = line.pricing.as_ref().unwrap();
    let decimal = pricing.unit_amount_decimal.as_ref().unwrap();
    assert_eq!(decimal.as_str(), "1000.123456789012");
    let taxes = invoice.total_taxes.unwrap();
    assert_eq!(taxes[0].taxability_reason.as_str(), "made_up_reason");
    assert_eq!(invoice.status_transitions.paid_at, None);
}

#[test]
fn a_subscription_is_read_with_its_items() {
    let subscription: Subscription = example("subscription");
    assert_eq!(subscription.status, SubscriptionStatus::ACTIVE);
    assert_eq!(subscription.application_fee_percent, Some(2.5));
    assert_eq!(subscription.metadata["plan"], "chairs");
    let item = &subscription.items.data[0];
    assert_eq!(
        (item.price.unit_amount, item.quantity),
        (Some(1000), Some(2))
    );
    assert_eq!(
        item.price.recurring.as_ref().unwrap().interval.as_str(),
        "fortnight"
    );
    let discounts: Vec<_> = subscription
        .discounts
        .iter()
        .map(|it| it.id().as_str())
        .collect();
    assert_eq!(discounts, ["di_Example1", "di_Example2"]);
}

#[test]
fn a_checkout_session_is_read() {
    let session: CheckoutSession = example("checkout_session");
    assert_eq!(session.mode, CheckoutSessionMode::PAYMENT);
    assert_eq!(session.amount_total, Some(2198));
    let field = &session.custom_fields[0];
    assert_eq!(field.label.custom.as_deref(), Some("Colour"));
    assert_eq!(
        field.dropdown.as_ref().unwrap().value.as_deref(),
        Some("blue")
    );
    let items = session.line_items.unwrap();
    assert_eq!(items.data[0].description.as_deref(), Some("Chair"));
    assert_eq!(session.custom_text.submit.unwrap().message, "Thank you.");
}

#[test]
fn an_event_keeps_its_payload_as_it_came() {
    let event: Event = example("event");
    assert_eq!(event.type_, "customer.updated");
    assert_eq!(event.api_version.as_deref(), Some("2020-08-27"));
    assert_eq!(
        event.request.unwrap().idempotency_key.as_deref(),
        Some("order-42")
    );
    assert!(event.data.object.as_str().contains(r#""old_field": 1.50"#));
    let jenny: Customer = event.data.object.decode().unwrap();
    assert_eq!(jenny.extra.get("old_field"), Some("1.50"));
    let before = event.data.previous_attributes.unwrap();
    assert_eq!(before.as_str(), r#"{"email": null}"#);
}

#[test]
fn an_account_of_version_2_is_read() {
    let account: V2CoreAccount = example("v2_account");
    assert_eq!(account.id, "acct_Example1");
    assert_eq!(account.created.as_str(), "2026-05-27T12:34:56.789Z");
    let identity = account.identity.unwrap();
    let details = identity.business_details.unwrap();
    let amount = details.annual_revenue.unwrap().amount.unwrap();
    assert_eq!(
        (amount.currency.as_str(), amount.value),
        ("eur", 9_007_199_254_740_993)
    );
    let configuration = account.configuration.unwrap();
    assert!(configuration.customer.unwrap().applied);
    assert!(configuration.recipient.is_none());
}

#[test]
fn what_debug_prints_holds_nothing_of_a_person_and_no_secret() {
    let shown = [
        format!("{:?}", example::<Customer>("customer")),
        format!("{:?}", example::<PaymentIntent>("payment_intent")),
        format!("{:?}", example::<Invoice>("invoice")),
        format!("{:?}", example::<Subscription>("subscription")),
        format!("{:?}", example::<CheckoutSession>("checkout_session")),
        format!("{:?}", example::<Event>("event")),
        format!("{:?}", example::<V2CoreAccount>("v2_account")),
    ];
    let hidden = [
        "jenny",
        "Jenny",
        "Zürich",
        "Bahnhofstrasse",
        "4242",
        "Xt5EWLLDS7FJjR1c",
        "+41",
        "secret_made_up",
        "6735",
        "The bank said",
        "example.com",
        "Berlin",
        "DE123456789",
        "Example GmbH",
        "cart-7",
        "order-42",
        "Chair",
        "gold",
    ];
    for text in &shown {
        for word in hidden {
            assert!(!text.contains(word), "{word} in {text}");
        }
    }
    assert!(
        shown[0].contains("cus_Example1") && shown[0].contains("-1250"),
        "{}",
        shown[0]
    );
    assert!(shown[1].contains("requires_payment_method"), "{}", shown[1]);
}
