//! The headers of every kind of call: exactly these, and no other.

use stripe_generated::v2::core::account;
use stripe_generated::{API_VERSION, Client, Error, Request, customer};
use tests::server::{Answer, Recorded, Server};

use super::{CUSTOMER, KEY, client};

/// Sends the request and gives it as it came. What the answer is read as does not matter here.
async fn sent<T>(make: impl FnOnce(&Client) -> Request<T>) -> Recorded
where
    Request<T>: IntoFuture<Output = Result<T, Error>>,
{
    let server = Server::start([Answer::json(CUSTOMER)]);
    let _ = make(&client(&server)).await;
    server.only()
}

fn names(request: &Recorded) -> Vec<String> {
    let lines = request.head.trim_end().split("\r\n").skip(1);
    let mut names: Vec<_> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, _)| name.to_ascii_lowercase())
        .collect();
    names.sort();
    names
}

/// 8-4-4-4-12 hexadecimal digits.
fn is_uuid(text: &str) -> bool {
    let groups: Vec<_> = text.split('-').collect();
    let lengths: Vec<_> = groups.iter().map(|group| group.len()).collect();
    let hex = |group: &&str| group.bytes().all(|byte| byte.is_ascii_hexdigit());
    lengths == [8, 4, 4, 4, 12] && groups.iter().all(hex)
}

#[tokio::test]
async fn a_get_has_these_headers_and_no_others() {
    let request = sent(|stripe| stripe.customers().retrieve("cus_1")).await;
    let expected = [
        "accept",
        "authorization",
        "host",
        "stripe-version",
        "user-agent",
        "x-stripe-client-user-agent",
    ];
    let optional = |name: &String| name != "accept";
    let names: Vec<_> = names(&request).into_iter().filter(optional).collect();
    assert_eq!(names, expected[1..]);
}

#[tokio::test]
async fn a_post_adds_what_belongs_to_its_body_and_a_key() {
    let params = customer::Create::new();
    let request = sent(|stripe| stripe.customers().create(params)).await;
    let names = names(&request);
    for name in ["content-length", "content-type", "idempotency-key"] {
        assert!(names.iter().any(|it| it == name), "{name}");
    }
}

#[tokio::test]
async fn the_key_and_the_pinned_version_go_with_every_call() {
    let requests = [
        sent(|stripe| stripe.customers().retrieve("cus_1")).await,
        sent(|stripe| stripe.customers().create(customer::Create::new())).await,
        sent(|stripe| stripe.customers().delete("cus_1")).await,
        sent(|stripe| stripe.v2().core().accounts().create(account::Create::new())).await,
    ];
    for request in requests {
        request.assert_header("authorization", Some(&format!("Bearer {KEY}")));
        request.assert_header("stripe-version", Some(API_VERSION));
    }
}

#[tokio::test]
async fn the_user_agent_names_the_version_of_the_api() {
    let v1 = sent(|stripe| stripe.customers().retrieve("cus_1")).await;
    let v2 = sent(|stripe| stripe.v2().core().events().retrieve("evt_1")).await;
    let agent = |request: &Recorded| request.header("user-agent").unwrap().to_owned();
    assert!(agent(&v1).starts_with("Stripe/v1 "), "{}", agent(&v1));
    assert!(agent(&v2).starts_with("Stripe/v2 "), "{}", agent(&v2));
    let json = v1.header("x-stripe-client-user-agent").unwrap();
    let json: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(json["lang"], "rust");
}

#[tokio::test]
async fn what_could_act_twice_has_an_idempotency_key() {
    let with = [
        sent(|stripe| stripe.customers().create(customer::Create::new())).await,
        sent(|stripe| stripe.customers().update("cus_1", customer::Update::new())).await,
        sent(|stripe| stripe.v2().core().accounts().create(account::Create::new())).await,
        sent(|stripe| stripe.v2().core().event_destinations().delete("ed_1")).await,
    ];
    for request in &with {
        let key = request.header("idempotency-key");
        assert!(key.is_some_and(is_uuid), "{}: {key:?}", request.line());
    }
    let without = [
        sent(|stripe| stripe.customers().retrieve("cus_1")).await,
        sent(|stripe| stripe.customers().list(customer::List::new())).await,
        sent(|stripe| stripe.customers().delete("cus_1")).await,
        sent(|stripe| stripe.v2().core().events().retrieve("evt_1")).await,
    ];
    for request in &without {
        request.assert_header("idempotency-key", None);
    }
}

#[tokio::test]
async fn each_call_has_a_new_key() {
    let key = async || {
        let request = sent(|stripe| stripe.customers().create(customer::Create::new())).await;
        request.header("idempotency-key").map(str::to_owned)
    };
    assert_ne!(key().await, key().await);
}

#[tokio::test]
async fn options_of_a_call_become_headers() {
    let request = sent(|stripe| {
        let call = stripe.customers().create(customer::Create::new());
        call.idempotency_key("order-42")
            .account("acct_1")
            .context("acct_2/acct_3")
            .api_version("2020-08-27")
            .header("X-Trace", "7")
    })
    .await;
    for (name, value) in [
        ("idempotency-key", "order-42"),
        ("stripe-account", "acct_1"),
        ("stripe-context", "acct_2/acct_3"),
        ("stripe-version", "2020-08-27"),
        ("x-trace", "7"),
    ] {
        request.assert_header(name, Some(value));
    }
}
