//! A page of Stripe's to pay on, and what became of it. Ship on the event `checkout.session.completed`, not because somebody
//! came back from the page.
//!
//! Features: `checkout-sessions`.

mod client;

use stripe_generated::checkout::session::{
    self, LineItem, LineItemPriceData, LineItemPriceDataProductData, Mode,
};
use stripe_generated::types::Currency;
use stripe_generated::{Client, Error};

pub(crate) async fn run(stripe: &Client) -> Result<(), Error> {
    let book = LineItemPriceDataProductData::new("A book about money");
    let price = LineItemPriceData::new(Currency::EUR)
        .product_data(book)
        .unit_amount(2_450);
    let params = session::Create::new()
        .mode(Mode::PAYMENT)
        .line_items(vec![LineItem::new().price_data(price).quantity(2)])
        .client_reference_id("order-42")
        .success_url("https://example.com/thanks")
        .cancel_url("https://example.com/cart");
    let session = stripe.checkout().sessions().create(params).await?;
    // Send the customer to `session.url`, and print it nowhere: whoever has it can pay.
    println!("{} has a page: {}", session.id, session.url.is_some());

    let session = stripe.checkout().sessions().retrieve(&session.id).await?;
    println!("the payment is {}", session.payment_status);
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(&client::from_env()?).await
}
