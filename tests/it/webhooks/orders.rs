//! The shop of the examples, against the mock server: what is ordered is paid at Stripe, told three times and out of order,
//! and shipped once.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc::{self, Receiver};
use std::thread;

use mock_server::{Endpoint, Event, MockServer, schedule};
use stripe_generated::checkout::session::List;
use stripe_generated::stripe_core::BaseUrl;
use stripe_generated::types::Timestamp;
use stripe_generated::webhook::{WebhookSecret, sign};
use stripe_generated::{ApiKey, Client};

use self::fulfil_orders::Shop;
use super::SECRET;

#[allow(
    dead_code,
    reason = "it is a program of its own, of which the test takes all but `main`"
)]
#[path = "../../examples/fulfil_orders.rs"]
mod fulfil_orders;

/// So many ways to mix the deliveries are tried.
const SEEDS: u64 = 8;

fn client(stripe: &MockServer) -> Client {
    let base = BaseUrl::plain_http_on_loopback(stripe.url()).unwrap();
    let key = ApiKey::new("sk_test_mock").unwrap();
    Client::build(Client::builder(key).base_url_for_all(&base)).unwrap()
}

/// Opens the shop, for as long as the program runs. Its address, and what it ships.
fn open(stripe: &MockServer) -> (SocketAddr, Receiver<String>) {
    let client = client(stripe);
    let (ship, shipped) = mpsc::channel();
    let ship = move |order: &str| ship.send(order.to_owned()).unwrap();
    let (opened, opening) = mpsc::channel();
    thread::spawn(move || {
        let shop = Shop::new(client, WebhookSecret::new(SECRET).unwrap(), ship);
        block_on(async {
            let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await;
            let listener = listener.unwrap();
            opened.send(listener.local_addr().unwrap()).unwrap();
            axum::serve(listener, shop.routes()).await.unwrap();
        });
    });
    (opening.recv().unwrap(), shipped)
}

fn block_on<T>(work: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().build().unwrap().block_on(work)
}

/// Orders at the shop, and gives the status of its answer.
fn order(shop: SocketAddr, order: &str) -> String {
    post(shop, &format!("/orders/{order}/checkout"), "", "")
}

/// Posts to the shop, and gives the status of its answer.
fn post(shop: SocketAddr, target: &str, headers: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(shop).unwrap();
    let length = body.len();
    let request = format!(
        "POST {target} HTTP/1.1\r\nHost: shop\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split(' ').nth(1).unwrap().to_owned()
}

/// The session of an order, as Stripe has it.
fn session_of(stripe: &MockServer, order: &str) -> String {
    let sessions = client(stripe).checkout().sessions();
    let page = block_on(async { sessions.list(List::new()).await }).unwrap();
    let mut found = page.data.iter();
    let found = found.find(|it| it.client_reference_id.as_deref() == Some(order));
    found.unwrap().id.to_string()
}

/// What happens at Stripe to two orders: one is paid at once, of the other the money comes later.
fn events(stripe: &MockServer, paid: &str, delayed: &str) -> Vec<Event> {
    let (paid, delayed) = (session_of(stripe, paid), session_of(stripe, delayed));
    let happened = [
        ("checkout.session.completed", &paid),
        ("checkout.session.async_payment_failed", &delayed),
        ("checkout.session.async_payment_succeeded", &delayed),
    ];
    let events = happened.map(|(name, session)| stripe.event(name, session).unwrap());
    let unrelated = stripe.document().event("invoice.paid");
    events.into_iter().chain(unrelated).collect()
}

#[test]
fn w6_an_order_is_fulfilled_once_however_often_and_in_whatever_order_its_events_come() {
    let stripe = MockServer::builder().items(0).start().unwrap();
    let (shop, shipped) = open(&stripe);
    let endpoint = Endpoint::new(&format!("http://{shop}/webhooks"), SECRET).unwrap();
    let endpoint = endpoint.retries(0);
    let mut orders = BTreeSet::new();
    for seed in 0..SEEDS {
        let (paid, delayed) = (format!("{seed}-paid"), format!("{seed}-delayed"));
        assert_eq!(order(shop, &paid), "303");
        assert_eq!(order(shop, &delayed), "303");
        let events = events(&stripe, &paid, &delayed);
        let deliveries = schedule(&events, 3, Some(seed));
        orders.insert(
            deliveries
                .iter()
                .map(|it| it.name().to_owned())
                .collect::<Vec<_>>(),
        );
        for event in deliveries {
            let delivered = endpoint.deliver(event);
            assert!(delivered.is_taken(), "{delivered}");
        }
        let mut fulfilled: Vec<_> = shipped.try_iter().collect();
        fulfilled.sort();
        assert_eq!(fulfilled, [delayed, paid]);
    }
    assert!(orders.len() > 1, "the events come in several orders");
}

#[test]
fn row_24_nothing_is_fulfilled_for_what_somebody_else_signed() {
    let stripe = MockServer::builder().items(0).start().unwrap();
    let (shop, shipped) = open(&stripe);
    assert_eq!(order(shop, "1"), "303");
    let session = session_of(&stripe, "1");
    let event = stripe
        .event("checkout.session.completed", &session)
        .unwrap();
    let url = format!("http://{shop}/webhooks");
    let forger = Endpoint::new(&url, "whsec_FAKE_of_another")
        .unwrap()
        .retries(0);
    assert_eq!(forger.deliver(&event).status(), Some(400));
    assert_eq!(shipped.try_iter().count(), 0);
    let genuine = Endpoint::new(&url, SECRET).unwrap().retries(0);
    assert_eq!(genuine.deliver(&event).status(), Some(200));
    assert_eq!(shipped.try_iter().collect::<Vec<_>>(), ["1"]);
}

/// A session is completed before the money of a slow way to pay is there.
#[test]
fn an_order_is_not_fulfilled_before_it_is_paid() {
    let stripe = MockServer::builder().items(0).start().unwrap();
    let (shop, shipped) = open(&stripe);
    assert_eq!(order(shop, "1"), "303");
    let session = session_of(&stripe, "1");
    let deliver = |name: &str, change: [&str; 2]| {
        let event = stripe.event(name, &session).unwrap();
        let payload = event.payload().replace(change[0], change[1]);
        let secret = WebhookSecret::new(SECRET).unwrap();
        let header = sign(payload.as_bytes(), &secret, Timestamp::from_unix(now()));
        let header = format!("Stripe-Signature: {header}\r\n");
        assert_eq!(post(shop, "/webhooks", &header, &payload), "200");
        shipped.try_iter().count()
    };
    let unpaid = [r#""payment_status":"paid""#, r#""payment_status":"unpaid""#];
    assert_eq!(deliver("checkout.session.completed", unpaid), 0);
    assert_eq!(
        deliver("checkout.session.async_payment_succeeded", ["paid", "paid"]),
        1
    );
}

fn now() -> i64 {
    let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
    now.try_into().unwrap()
}
