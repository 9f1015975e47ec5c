//! What to do about an error: whom to tell, whether to repeat, and what to log.
//!
//! Features: `customers`, `payment-intents`.

mod client;

use stripe_generated::types::Currency;
use stripe_generated::{Client, Error, ErrorKind, customer, payment_intent};

/// What a shop does next.
#[derive(Debug, PartialEq)]
enum Next {
    Tell(String),
    RepeatWithTheSameKey,
    WakeSomebody,
    CorrectTheProgram,
}

fn next(error: &Error) -> Next {
    match error.kind() {
        ErrorKind::Card => Next::Tell(error.user_message().unwrap_or("declined").to_owned()),
        ErrorKind::Authentication | ErrorKind::Permission | ErrorKind::Tls => Next::WakeSomebody,
        _ if error.is_outcome_unknown() || error.is_retryable() => Next::RepeatWithTheSameKey,
        // Wrong parameters, and whatever is newer than this program.
        _ => Next::CorrectTheProgram,
    }
}

pub(crate) async fn run(stripe: &Client) -> Result<(), Error> {
    // Found before anything is sent.
    let params = customer::Create::new().email("jenny at example");
    let error = stripe.customers().create(params).await.err();
    let error = error.filter(|error| error.kind() == ErrorKind::Validation);
    for violation in error.iter().flat_map(Error::violations) {
        println!("{}: {}", violation.param(), violation.hint());
    }

    // Found by Stripe.
    let payments = stripe.payment_intents();
    for request in [
        payments
            .create(payment_intent::Create::new(2_000, Currency::USD).payment_method("pm_missing")),
        payments.retrieve("pi_missing", payment_intent::Retrieve::new()),
    ] {
        if let Err(error) = request.await {
            // `Display` of an error is for the log; nothing that was sent is in it.
            println!("{error}\n  {:?}", next(&error));
        }
    }
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(&client::from_env()?).await
}
