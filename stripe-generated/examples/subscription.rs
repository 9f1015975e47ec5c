//! A product with a monthly price, a customer who subscribes to it, and leaves at the end of the month.
//!
//! Features: `customers`, `prices`, `products`, `subscriptions`.

mod client;

use stripe_generated::price::{Recurring, RecurringInterval};
use stripe_generated::subscription::{self, Item, PaymentBehavior};
use stripe_generated::types::Currency;
use stripe_generated::{Client, Error, customer, price, product};

pub(crate) async fn run(stripe: &Client) -> Result<(), Error> {
    let product = stripe
        .products()
        .create(product::Create::new("Newspaper"))
        .await?;
    let params = price::Create::new(Currency::EUR)
        .product(&product.id)
        .unit_amount(990)
        .recurring(Recurring::new().interval(RecurringInterval::MONTH));
    let monthly = stripe.prices().create(params).await?;

    let params = customer::Create::new().email("jenny@example.com");
    let jenny = stripe.customers().create(params).await?;
    let params = subscription::Create::new()
        .customer(&jenny.id)
        .items(vec![Item::new().price(&monthly.id)])
        // It becomes active once its first invoice is paid, with Checkout or Elements.
        .payment_behavior(PaymentBehavior::DEFAULT_INCOMPLETE);
    let subscription = stripe.subscriptions().create(params).await?;
    println!("{} is {}", subscription.id, subscription.status);

    let params = subscription::Update::new().cancel_at_period_end(true);
    let ending = stripe
        .subscriptions()
        .update(&subscription.id, params)
        .await?;
    println!("it ends with its period: {}", ending.cancel_at_period_end);
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(&client::from_env()?).await
}
