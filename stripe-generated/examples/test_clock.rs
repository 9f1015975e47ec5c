//! A month in a moment: a customer of test mode who lives on a clock that the test moves.
//!
//! Features: `customers`, `test-helpers-test-clocks`.

mod client;

use std::time::SystemTime;

use stripe_generated::test_helpers::test_clock::{Advance, Create};
use stripe_generated::types::Timestamp;
use stripe_generated::{Client, Error, customer};

const MONTH: i64 = 30 * 24 * 60 * 60;

pub(crate) async fn run(stripe: &Client) -> Result<(), Error> {
    let clocks = stripe.test_helpers().test_clocks();
    let now = Timestamp::from(SystemTime::now());
    let clock = clocks
        .create(Create::new(now).name("a month of Jenny's"))
        .await?;

    let params = customer::Create::new().test_clock(&clock.id);
    let jenny = stripe.customers().create(params).await?;
    // Subscribe Jenny to something here, and look at her invoices after each step.

    let later = Timestamp::from_unix(now.as_unix() + MONTH);
    let moving = clocks.advance(&clock.id, Advance::new(later)).await?;
    // Stripe needs a while: wait for the event `test_helpers.test_clock.ready`.
    println!("{} is {} for {}", moving.id, moving.status, jenny.id);

    // All that lives on it goes with it.
    clocks.delete(&clock.id).await?;
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(&client::from_env()?).await
}
