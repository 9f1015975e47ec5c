//! What checking a small request costs, beside encoding it: time for each, and allocations.
//!
//! `cargo run --release -p stripe-core --example validation_cost`

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    missing_docs,
    reason = "it measures, tells what, and has a subject"
)]

use std::hint::black_box;
use std::time::Instant;

use stripe_core::types::{Currency, Metadata};
use stripe_core::validate::violations;
use stripe_core::{form, params};

params! {
    #[new()]
    #[check("country", Country)]
    pub struct Address {
        #[max = 5000]
        #[set(text)]
        pub city: String,
        #[max = 5000]
        #[set(text)]
        pub country: String,
        #[max = 5000]
        #[set(text)]
        pub line1: String,
    }
}

params! {
    #[new(amount: i64, currency: Currency)]
    #[check("amount", Min(1))]
    #[check("receipt_email", Email)]
    #[check("shipping.line1", Required)]
    pub struct Create {
        #[set(required)]
        pub amount: i64,
        #[set(required)]
        pub currency: Currency,
        #[max = 5000]
        #[set(text)]
        pub customer: String,
        #[max = 1000]
        #[set(text)]
        pub description: String,
        pub metadata: Metadata,
        #[set(text)]
        pub receipt_email: String,
        #[set(boxed)]
        pub shipping: Address,
        #[max = 22]
        #[set(text)]
        pub statement_descriptor: String,
    }
}

/// Short enough that in the best series nothing else ran.
const ROUNDS: u32 = 200;

const SERIES: u32 = 2_000;

fn main() {
    let address = Address::new()
        .city("Berlin")
        .country("DE")
        .line1("Invalidenstra\u{df}e 116");
    let create = Create::new(2_000, Currency::EUR)
        .customer("cus_Oyfp7VvHk2Xc1q")
        .description("Two tickets for the night train")
        .metadata(Metadata::new().set("order", "42").set("cart", "a7f3"))
        .receipt_email("jenny@example.com")
        .shipping(address)
        .statement_descriptor("NIGHT TRAIN");
    assert!(violations(&create, true).is_empty(), "the request is right");
    let check = each(|| {
        black_box(violations(black_box(&create), true));
    });
    let encode = each(|| {
        black_box(form::encode(black_box(&create)).is_ok());
    });
    let allocations = allocation_counter::measure(|| {
        black_box(violations(black_box(&create), true));
    });
    println!(
        "check  {check:>6} ns, {} allocations",
        allocations.count_total
    );
    println!("encode {encode:>6} ns");
}

/// Nanoseconds of one run, the least of several series.
fn each(mut run: impl FnMut()) -> u128 {
    let series = (0..SERIES).map(|_| {
        let start = Instant::now();
        (0..ROUNDS).for_each(|_| run());
        start.elapsed().as_nanos() / u128::from(ROUNDS)
    });
    series.min().unwrap_or_default()
}
