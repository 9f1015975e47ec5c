//! How long it takes to verify a delivery of 4 KiB and to read its envelope; it prints microseconds.
//!
//! `cargo run --release -p stripe-core --example webhook_speed --features webhooks,testing`

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "it measures time, and says so"
)]

use std::hint::black_box;
use std::time::Instant;

use stripe_core::types::Timestamp;
use stripe_core::webhook::{
    Catalog, Endpoint, Error, Event, EventNames, Verifier, WebhookSecret, sign,
};

stripe_core::open_enum! {
    /// What happened.
    pub enum EventType {
        INVOICE_PAID = "invoice.paid",
    }
}

impl EventNames for EventType {
    const CATALOG: &'static Catalog = &Catalog {
        api_version: "2026-05-27.dahlia",
        events: &[],
        objects: &[],
    };

    fn text(&self) -> &str {
        self.as_str()
    }
}

const RUNS: u32 = 2_000;

const ROUNDS: u32 = 20;

/// An event of about 4 KiB, most of it fields of its object.
fn payload() -> Vec<u8> {
    let fields: String = (0..104)
        .map(|number| format!(r#""field_{number}":{{"amount":{number},"text":"abc"}},"#))
        .collect();
    let event = format!(
        r#"{{"id":"evt_1","object":"event","api_version":"2026-05-27.dahlia","created":1700000000,"livemode":false,
        "pending_webhooks":1,"type":"invoice.paid","data":{{"object":{{{fields}"object":"invoice"}}}}}}"#
    );
    event.into_bytes()
}

/// The best of some runs, in microseconds: others use the machine as well.
fn time(mut work: impl FnMut() -> Result<(), Error>) -> Result<f64, Error> {
    let mut best = f64::INFINITY;
    for _ in 0..RUNS {
        let start = Instant::now();
        for _ in 0..ROUNDS {
            work()?;
        }
        best = best.min(start.elapsed().as_secs_f64() * 1e6 / f64::from(ROUNDS));
    }
    Ok(best)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let now = Timestamp::from_unix(1_700_000_000);
    let secret = WebhookSecret::new("whsec_FAKE0123456789")?;
    let endpoint = Endpoint::new(Verifier::new(secret.clone()).with_clock(move || now));
    let payload = payload();
    let header = sign(&payload, &secret, now);
    let verify = || endpoint.verifier().verify(black_box(&payload), &header);
    let alone = time(|| verify().map(drop))?;
    let both = time(|| {
        let event: Event<EventType> = endpoint.read_event(&verify()?)?;
        black_box(event);
        Ok(())
    })?;
    println!(
        "{} bytes: {alone:.1} µs to verify, {both:.1} µs with the envelope",
        payload.len()
    );
    Ok(())
}
