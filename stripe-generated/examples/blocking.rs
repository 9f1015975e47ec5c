//! Without a runtime of one's own: `.blocking()` where `.await` would stand.
//!
//! Features: `blocking`, `customers`.

mod client;

use stripe_generated::{Client, Error, customer};

pub(crate) fn run(stripe: &Client) -> Result<(), Error> {
    let params = customer::Create::new().name("Jenny Rosen");
    let jenny = stripe.customers().create(params).send().blocking()?;
    println!("{} by {:?}", jenny.id, jenny.request_id());

    let customers = stripe.customers().list(customer::List::new().limit(100));
    for customer in customers.items().blocking().take(20) {
        println!("{}", customer?.id);
    }
    Ok(())
}

fn main() -> Result<(), Error> {
    run(&client::from_env()?)
}
