//! Word for word the code in README.md.

use stripe_generated::event_type::EventType;
use stripe_generated::schema::CheckoutSession;
use stripe_generated::webhook::{Endpoint, Event, HandlerError, Verifier, WebhookSecret};

/// Takes the body as it came, and the header `Stripe-Signature`.
fn receive(payload: &[u8], signature: &str) -> Result<(), HandlerError> {
    let secret = WebhookSecret::from_env()?; // STRIPE_WEBHOOK_SECRET
    let event: Event = Endpoint::new(Verifier::new(secret)).event(payload, signature)?;
    match event.type_ {
        EventType::CHECKOUT_SESSION_COMPLETED => {
            let session: CheckoutSession = event.object()?;
            println!("{} is complete", session.id);
        }
        other => println!("{other} is not for us"),
    }
    Ok(())
}
