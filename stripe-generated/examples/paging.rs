//! Every charge of the last month, a page at a time, with a token to go on from where it was interrupted.
//!
//! Features: `charges`.

mod client;

use std::time::{Duration, SystemTime};

use stripe_generated::types::{RangeQuery, Timestamp};
use stripe_generated::{Client, Error, charge};

const MONTH: Duration = Duration::from_secs(30 * 24 * 60 * 60);

pub(crate) async fn run(stripe: &Client) -> Result<(), Error> {
    let since = Timestamp::from(SystemTime::now() - MONTH);
    let params = charge::List::new()
        .created(RangeQuery::new().gte(since))
        .limit(10);
    let request = stripe.charges().list(params);

    // One page, as if the program ended here.
    let mut pages = request.clone().pages().take_pages(1);
    let mut total = 0;
    while let Some(page) = pages.next().await {
        total += page?.data.iter().map(|charge| charge.amount).sum::<i64>();
    }

    // The next run goes on behind it, as far as there is anything.
    if let Some(token) = pages.resume_token() {
        let mut charges = request.resume(&token).items();
        while let Some(charge) = charges.next().await {
            total += charge?.amount;
        }
    }
    println!("{total} in all currencies together");
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(&client::from_env()?).await
}
