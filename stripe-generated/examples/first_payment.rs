//! A customer, and a payment that is confirmed at once with one of Stripe's test cards.
//!
//! Features: `customers`, `payment-intents`.

mod client;

use stripe_generated::payment_intent::{self, AutomaticPaymentMethods};
use stripe_generated::types::Currency;
use stripe_generated::{Client, Error, customer};

pub(crate) async fn run(stripe: &Client) -> Result<(), Error> {
    let params = customer::Create::new().email("jenny@example.com");
    let jenny = stripe.customers().create(params).await?;

    // Cards only: no method that sends the customer to another page.
    let methods = AutomaticPaymentMethods::new(true)
        .allow_redirects(payment_intent::AutomaticPaymentMethodsAllowRedirects::NEVER);
    let params = payment_intent::Create::new(2_000, Currency::USD)
        .customer(&jenny.id)
        .payment_method("pm_card_visa")
        .automatic_payment_methods(methods)
        .confirm(true)
        .metadata([("order", "42")].into());
    let intent = stripe
        .payment_intents()
        .create(params)
        .idempotency_key(&format!("order-42-of-{}", jenny.id))
        .await?;

    println!("{} is {}", intent.id, intent.status);
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(&client::from_env()?).await
}
