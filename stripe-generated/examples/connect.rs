//! A platform: an account for a shop, the link through which its owner fills it in, a payment for that shop with a fee for
//! the platform, and money sent on to it.
//!
//! Features: `account-links`, `accounts`, `payment-intents`, `transfers`.

mod client;

use stripe_generated::payment_intent::TransferData;
use stripe_generated::types::Currency;
use stripe_generated::{Client, Error, account, account_link, payment_intent, transfer};

pub(crate) async fn run(stripe: &Client) -> Result<(), Error> {
    let params = account::Create::new()
        .country("DE")
        .email("shop@example.com");
    let shop = stripe.accounts().create(params).await?;

    let params = account_link::Create::new(&shop.id, account_link::Type::ACCOUNT_ONBOARDING)
        .refresh_url("https://example.com/onboarding")
        .return_url("https://example.com/welcome");
    let link = stripe.account_links().create(params).await?;
    // It works once, and is its owner's alone: it is no text for a log.
    println!("a link for {} until {}", shop.id, link.expires_at);

    // On the platform's account, and passed on but for the fee.
    let params = payment_intent::Create::new(10_000, Currency::EUR)
        .application_fee_amount(500)
        .transfer_data(TransferData::new().destination(&shop.id));
    let passed_on = stripe.payment_intents().create(params).await?;

    // On the shop's own account.
    let params = payment_intent::Create::new(10_000, Currency::EUR).application_fee_amount(500);
    let request = stripe.payment_intents().create(params);
    let direct = request.account(&shop.id).await?;
    println!("{} and {}", passed_on.id, direct.id);

    let params = transfer::Create::new(Currency::EUR, &shop.id).amount(2_000);
    let transfer = stripe.transfers().create(params).await?;
    println!("{} of {}", transfer.id, transfer.amount);
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(&client::from_env()?).await
}
