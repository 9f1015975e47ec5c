//! The layer of tower and the extractors of axum: what they let through, and what they answer to all else.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::task::{Context, Poll, Waker};

use axum_core::body::Body;
use axum_core::extract::{FromRef, FromRequest};
use axum_core::response::IntoResponse;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use stripe_core::webhook::{Endpoint, Event, EventNotification, Verified, VerifyLayer, sign};
use tower::{Layer, Service, ServiceExt, service_fn};

use crate::names::{EventType, ThinEventType};
use crate::{NOW, secret, verifier};

const EVENT: &str = r#"{"id":"evt_1","object":"event","type":"invoice.paid","livemode":true,"data":{"object":{"object":"invoice"}}}"#;

fn endpoint() -> Endpoint {
    Endpoint::new(verifier()).body_limit(1_000)
}

/// A request with a body in two pieces, and any number of signatures.
fn request(body: &str, signatures: &[&[u8]]) -> Request<Body> {
    let mut request = Request::new(Body::new(Full::new(body.to_owned().into())));
    for signature in signatures {
        let value = http::HeaderValue::from_bytes(signature).unwrap();
        request.headers_mut().append("stripe-signature", value);
    }
    request
}

/// Each request, and the status that it gets.
fn table() -> Vec<(Request<Body>, u16)> {
    let signed = |body: &str| sign(body.as_bytes(), &secret(), NOW);
    let (good, large) = (signed(EVENT), "x".repeat(1_001));
    vec![
        (request(EVENT, &[good.as_bytes()]), 200),
        (request(EVENT, &[]), 400),
        (request(EVENT, &[b""]), 400),
        (request(EVENT, &[b"t=1,v1=\xff\xfe"]), 400),
        (request(EVENT, &[good.as_bytes(), good.as_bytes()]), 400),
        (request("{}", &[good.as_bytes()]), 400),
        (request(&large, &[signed(&large).as_bytes()]), 413),
        (request(&large, &[]), 413),
    ]
}

#[tokio::test]
async fn row_28_the_layer_lets_only_verified_deliveries_through() {
    let inside = service_fn(|delivery: Request<Verified<'static>>| async move {
        let id = delivery.body().payload().len().to_string();
        Ok::<_, Infallible>(Response::new(id))
    });
    let service = VerifyLayer::new(endpoint()).layer(inside);
    for (request, expected) in table() {
        let response = service.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status().as_u16(), expected);
        let body = response.into_body();
        let length = EVENT.len().to_string();
        assert_eq!(body, if expected == 200 { &*length } else { "" });
    }
}

/// A service that has no room for a request.
#[derive(Clone)]
struct Busy;

impl Service<Request<Verified<'static>>> for Busy {
    type Response = Response<String>;
    type Error = Infallible;
    type Future = Ready<Result<Response<String>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Pending
    }

    fn call(&mut self, _: Request<Verified<'static>>) -> Self::Future {
        ready(Ok(Response::default()))
    }
}

#[test]
fn the_layer_is_ready_when_the_service_inside_is() {
    let mut service = VerifyLayer::new(endpoint()).layer(Busy);
    let mut context = Context::from_waker(Waker::noop());
    let ready = Service::<Request<Body>>::poll_ready(&mut service, &mut context);
    assert!(ready.is_pending());
}

#[derive(Clone)]
struct App {
    endpoint: Endpoint,
}

impl FromRef<App> for Endpoint {
    fn from_ref(app: &App) -> Self {
        app.endpoint.clone()
    }
}

#[tokio::test]
async fn row_28_the_extractors_take_only_verified_deliveries() {
    let app = App {
        endpoint: endpoint(),
    };
    for (request, expected) in table() {
        match Event::<EventType>::from_request(request, &app).await {
            Ok(event) => assert_eq!((&*event.id, expected), ("evt_1", 200)),
            Err(error) => {
                let response = error.into_response();
                assert_eq!(response.status().as_u16(), expected);
                let body = response.into_body().collect().await.unwrap();
                assert!(body.to_bytes().is_empty(), "nothing is told");
            }
        }
    }
    for (request, expected) in table() {
        let verified = Verified::from_request(request, &app).await;
        assert_eq!(verified.is_ok(), expected == 200);
    }
}

#[tokio::test]
async fn row_29_and_30_an_extractor_takes_the_kind_and_mode_that_it_says() {
    let header = sign(EVENT.as_bytes(), &secret(), NOW);
    let delivery = || request(EVENT, &[header.as_bytes()]);
    let live = App {
        endpoint: endpoint().expect_livemode(true),
    };
    let test = App {
        endpoint: endpoint().expect_livemode(false),
    };
    type Thin = EventNotification<ThinEventType>;
    assert!(
        Event::<EventType>::from_request(delivery(), &live)
            .await
            .is_ok()
    );
    assert!(
        Event::<EventType>::from_request(delivery(), &test)
            .await
            .is_err()
    );
    assert!(Thin::from_request(delivery(), &live).await.is_err());
}
