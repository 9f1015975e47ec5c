//! Word for word the code in the README of the generated crate.

use stripe_generated::testing::{Failure, Fixture, MockStripe, POST};
use stripe_generated::{Client, Error, payment_intent, types::Currency};

#[tokio::test]
async fn a_payment_is_made_once_although_the_answer_is_lost() -> Result<(), Error> {
    let stripe = MockStripe::new();
    stripe
        .on(POST, "/v1/payment_intents")
        .reply(Failure::connection_lost())
        .then(payment_intent::PaymentIntent::fixture());
    let client = Client::build(stripe.settings())?;

    let order = payment_intent::Create::new(2_000, Currency::USD);
    let intent = client.payment_intents().create(order).await?;

    assert_eq!(intent.id, "pi_Fixture");
    let sent = stripe.assert_sent_times(POST, "/v1/payment_intents", 2);
    assert_eq!(sent[0].idempotency_key(), sent[1].idempotency_key());
    Ok(())
}
