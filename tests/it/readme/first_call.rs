//! Word for word the code in README.md.

use stripe_generated::{Client, customer, payment_intent, types::Currency};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), stripe_generated::Error> {
    let stripe = Client::from_env()?; // STRIPE_SECRET_KEY

    let jenny = stripe
        .customers()
        .create(customer::Create::new().email("jenny@example.com"))
        .await?;

    let intent = stripe
        .payment_intents()
        .create(payment_intent::Create::new(2_000, Currency::USD).customer(&jenny.id))
        .idempotency_key("order-42")
        .await?;

    println!("{} is {}", intent.id, intent.status);
    Ok(())
}
