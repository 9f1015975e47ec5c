//! A charge that survives everything: the SDK's own retries, and after those the application's, with one key for all.
//!
//! Features: `payment-intents`.

mod client;

use std::time::Duration;

use stripe_generated::schema::PaymentIntent;
use stripe_generated::types::Currency;
use stripe_generated::{Client, Error, payment_intent};

/// What is kept in the database before the first call, so that a new process can go on.
struct Order {
    amount: i64,
    key: String,
}

/// Repeats until it is known what happened.
async fn charge(stripe: &Client, order: &Order) -> Result<PaymentIntent, Error> {
    let params = payment_intent::Create::new(order.amount, Currency::USD);
    let request = stripe
        .payment_intents()
        .create(params)
        .idempotency_key(&order.key)
        .deadline(Duration::from_secs(60));
    for wait in [1, 10, 60] {
        match request.clone().await {
            // The same key and the same parameters: Stripe acts once, and answers what it did.
            Err(error) if error.is_outcome_unknown() || error.is_retryable() => {
                println!("again in {wait} s: {error}");
                tokio::time::sleep(Duration::from_secs(wait)).await;
            }
            known => return known,
        }
    }
    request.await
}

pub(crate) async fn run(stripe: &Client) -> Result<(), Error> {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let number = now.unwrap_or_default().as_nanos();
    let order = Order {
        amount: 2_000,
        key: format!("order-{number}-payment"),
    };
    let first = charge(stripe, &order).await?;
    let second = charge(stripe, &order).await?;
    assert_eq!(
        first.id, second.id,
        "one payment, however often it is asked for"
    );
    println!("{}", first.id);
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(&client::from_env()?).await
}
