//! A shop in one file: it sends customers to Stripe's checkout page, and ships what Stripe says is paid, once.
//!
//! `cargo run -p tests --example fulfil_orders`, with `STRIPE_SECRET_KEY` and `STRIPE_WEBHOOK_SECRET` set. Its endpoint is
//! `http://127.0.0.1:4242/webhooks`: `stripe listen` of Stripe's CLI can deliver to it, and so can `mock-server --deliver`.

#![allow(
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "what a program does, it says"
)]

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{FromRef, Path, State};
use axum::http::StatusCode;
use axum::response::Redirect;
use axum::routing::post;
use stripe_generated::checkout::session::{self, LineItem, Mode};
use stripe_generated::event_type::EventType;
use stripe_generated::schema::{CheckoutSession, CheckoutSessionPaymentStatus};
use stripe_generated::webhook::{
    Endpoint, Event, HandlerError, MemoryReplayGuard, Router, Verifier, WebhookSecret,
};
use stripe_generated::{Client, Error};

/// What is sold.
const PRICE: &str = "price_1";

/// Stripe tries for three days to deliver an event.
const REMEMBERED: Duration = Duration::from_secs(3 * 24 * 60 * 60);

/// What all requests share.
#[derive(Clone)]
pub(crate) struct Shop {
    stripe: Client,
    endpoint: Endpoint,
    router: Router<Event>,
    /// In a shop of several processes, or one that may be restarted, this is in the database of the orders.
    handled: Arc<MemoryReplayGuard>,
}

/// Where the extractor of events finds the secret.
impl FromRef<Shop> for Endpoint {
    fn from_ref(shop: &Shop) -> Self {
        shop.endpoint.clone()
    }
}

impl Shop {
    /// A shop that ships an order by its number.
    pub(crate) fn new(
        stripe: Client,
        secret: WebhookSecret,
        ship: impl Fn(&str) + Send + Sync + 'static,
    ) -> Self {
        let ship = Arc::new(ship);
        let fulfil = move |event| {
            let ship = Arc::clone(&ship);
            async move { fulfil(&event, &*ship) }
        };
        Self {
            stripe,
            endpoint: Endpoint::new(Verifier::new(secret)),
            router: Router::new()
                .on(EventType::CHECKOUT_SESSION_COMPLETED, fulfil.clone())
                // Some ways to pay take days: the session is completed before that, and unpaid.
                .on(EventType::CHECKOUT_SESSION_ASYNC_PAYMENT_SUCCEEDED, fulfil),
            handled: Arc::new(MemoryReplayGuard::new(10_000, REMEMBERED)),
        }
    }

    /// The routes of the shop.
    pub(crate) fn routes(self) -> axum::Router {
        axum::Router::new()
            .route("/orders/{order}/checkout", post(checkout))
            .route("/webhooks", post(receive))
            .with_state(self)
    }
}

/// Sends a customer to Stripe's page for an order.
async fn checkout(
    State(shop): State<Shop>,
    Path(order): Path<String>,
) -> Result<Redirect, StatusCode> {
    let session = start_session(&shop.stripe, &order).await.map_err(|error| {
        eprintln!("order {order}: {error}");
        StatusCode::BAD_GATEWAY
    })?;
    let url = session.url.ok_or(StatusCode::BAD_GATEWAY)?;
    Ok(Redirect::to(&url))
}

/// Whoever presses the button twice gets the same session: the key is that of the order.
async fn start_session(stripe: &Client, order: &str) -> Result<CheckoutSession, Error> {
    let params = session::Create::new()
        .mode(Mode::PAYMENT)
        .line_items(vec![LineItem::new().price(PRICE).quantity(1)])
        .client_reference_id(order)
        .success_url("https://example.com/thanks");
    let sessions = stripe.checkout().sessions();
    sessions
        .create(params)
        .idempotency_key(&format!("checkout-{order}"))
        .await
}

/// Takes a delivery that is verified. An event that cannot be handled now is delivered again.
async fn receive(State(shop): State<Shop>, event: Event) -> StatusCode {
    let id = event.id.clone();
    match shop.router.handle_once(&*shop.handled, event).await {
        Ok(_) => StatusCode::OK,
        Err(error) => {
            eprintln!("event {id}: {error}");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}

/// Ships the order of a session that is paid.
fn fulfil(event: &Event, ship: &impl Fn(&str)) -> Result<(), HandlerError> {
    let session: CheckoutSession = event.object()?;
    if session.payment_status == CheckoutSessionPaymentStatus::UNPAID {
        return Ok(());
    }
    let order = session.client_reference_id;
    ship(&order.ok_or("a session without an order")?);
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), HandlerError> {
    let ship = |order: &str| println!("order {order} is on its way");
    let shop = Shop::new(Client::from_env()?, WebhookSecret::from_env()?, ship);
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 4242)).await?;
    axum::serve(listener, shop.routes()).await?;
    Ok(())
}
