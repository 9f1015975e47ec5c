//! A part of a payment given back, once: the key is that of the return, however often somebody presses the button.
//!
//! Features: `payment-intents`, `refunds`.

mod client;

use stripe_generated::payment_intent::{
    self, AutomaticPaymentMethods, AutomaticPaymentMethodsAllowRedirects,
};
use stripe_generated::refund::{self, Reason};
use stripe_generated::types::Currency;
use stripe_generated::{Client, Error};

pub(crate) async fn run(stripe: &Client) -> Result<(), Error> {
    let methods = AutomaticPaymentMethods::new(true)
        .allow_redirects(AutomaticPaymentMethodsAllowRedirects::NEVER);
    let params = payment_intent::Create::new(5_000, Currency::EUR)
        .payment_method("pm_card_visa")
        .automatic_payment_methods(methods)
        .confirm(true);
    let payment = stripe.payment_intents().create(params).await?;

    let give_back = || {
        let params = refund::Create::new()
            .payment_intent(&payment.id)
            .amount(1_500)
            .reason(Reason::REQUESTED_BY_CUSTOMER);
        let key = format!("return-7-of-{}", payment.id);
        stripe.refunds().create(params).idempotency_key(&key)
    };
    let first = give_back().await?;
    let second = give_back().send().await?;
    assert_eq!(first.id, second.id, "one refund");
    println!(
        "{} over {}, replayed: {}",
        first.id,
        first.amount,
        second.is_replayed()
    );
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(&client::from_env()?).await
}
