//! Stripe's webhooks with actix-web: the body as it came, verified, to the handler of its type. The endpoint's secret is in
//! `STRIPE_WEBHOOK_SECRET`.

#[cfg(test)]
mod tests;

use std::io;
use std::time::Duration;

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use stripe_generated::event_type::EventType;
use stripe_generated::webhook::{
    Endpoint, Event, HandlerError, MemoryReplayGuard, Router, SIGNATURE_HEADER, Verifier,
    WebhookSecret,
};

/// Stripe delivers an event for three days, until it is taken.
const REMEMBERED: Duration = Duration::from_secs(3 * 24 * 60 * 60);

/// What deliveries are judged by, and who gets them.
struct Webhooks {
    endpoint: Endpoint,
    router: Router<Event>,
    guard: MemoryReplayGuard,
}

impl Webhooks {
    fn new(secret: WebhookSecret, router: Router<Event>) -> Self {
        Self {
            endpoint: Endpoint::new(Verifier::new(secret)),
            router,
            guard: MemoryReplayGuard::new(10_000, REMEMBERED),
        }
    }
}

/// Takes a delivery. Who is not Stripe gets a status and nothing more; what a handler fails at is delivered again.
async fn receive(
    webhooks: web::Data<Webhooks>,
    request: HttpRequest,
    payload: web::Bytes,
) -> HttpResponse {
    let Ok(event) = webhooks.endpoint.event(&payload, signature(&request)) else {
        return HttpResponse::BadRequest().finish();
    };
    match webhooks.router.handle_once(&webhooks.guard, event).await {
        Ok(_) => HttpResponse::Ok().finish(),
        Err(_) => HttpResponse::InternalServerError().finish(),
    }
}

/// The header with the signatures. None of two counts: it would depend on who reads them.
fn signature(request: &HttpRequest) -> &[u8] {
    let mut headers = request.headers().get_all(SIGNATURE_HEADER);
    match (headers.next(), headers.next()) {
        (Some(only), None) => only.as_bytes(),
        _ => b"",
    }
}

/// Where deliveries go, and how long they may be.
fn routes(app: &mut web::ServiceConfig, webhooks: &web::Data<Webhooks>) {
    app.app_data(web::PayloadConfig::new(webhooks.endpoint.max_body()))
        .app_data(webhooks.clone())
        .route("/webhooks", web::post().to(receive));
}

async fn invoice_paid(event: Event) -> Result<(), HandlerError> {
    println!("{} has arrived", event.id);
    Ok(())
}

fn main() -> io::Result<()> {
    let secret = WebhookSecret::from_env().map_err(io::Error::other)?;
    let router = Router::new().on(EventType::INVOICE_PAID, invoice_paid);
    let webhooks = web::Data::new(Webhooks::new(secret, router));
    let app = move || App::new().configure(|app| routes(app, &webhooks));
    let server = HttpServer::new(app).bind(("127.0.0.1", 4242))?;
    actix_web::rt::System::new().block_on(server.run())
}
