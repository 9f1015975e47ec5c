//! The scripted Stripe with the calls of the generated crate: typed replies, typed parameters, and pages.

use stripe_generated::stripe_core::{List, MaybeDeleted};
use stripe_generated::testing::{
    DELETE, Failure, Fixture, GET, MockStripe, POST, Reply, SentRequest,
};
use stripe_generated::types::{Currency, Metadata};
use stripe_generated::{Client, ErrorCode, customer, payment_intent, v2};

use customer::Customer;

fn client(stripe: &MockStripe) -> Client {
    Client::build(stripe.settings()).unwrap()
}

#[tokio::test]
async fn a_reply_is_an_object_with_what_the_test_is_about() {
    let stripe = MockStripe::new();
    let mut jenny = Customer::fixture();
    jenny.balance = Some(-500);
    stripe.on(GET, "/v1/customers/{customer}").reply(jenny);
    let found = client(&stripe).customers().retrieve("cus_7").await.unwrap();
    assert_eq!(found.present().unwrap().balance, Some(-500));
    let request = stripe.assert_sent(GET, "/v1/customers/{customer}");
    assert_eq!(request.path_param("customer"), Some("cus_7"));
    request.assert_params(&[]);
    request.assert_header("stripe-version", stripe_generated::API_VERSION);
    stripe.verify();
}

#[tokio::test]
async fn a_reply_is_computed_from_the_parameters() {
    let stripe = MockStripe::new();
    stripe
        .on(POST, "/v1/customers")
        .reply_with(|request: &SentRequest| {
            let mut made = Customer::fixture();
            made.email = request.param("email").map(str::to_owned);
            made
        });
    let params = customer::Create::new()
        .email("jenny+1@example.com")
        .metadata(Metadata::new().set("order id", "6735"));
    let made = client(&stripe).customers().create(params).await.unwrap();
    assert_eq!(made.email.as_deref(), Some("jenny+1@example.com"));
    stripe.assert_sent(POST, "/v1/customers").assert_params(&[
        ("email", "jenny+1@example.com"),
        ("metadata[order id]", "6735"),
    ]);
}

#[tokio::test]
async fn pages_are_replied_by_cursor() {
    let stripe = MockStripe::new();
    let mut first = List::<Customer>::fixture();
    first.has_more = true;
    stripe.on(GET, "/v1/customers").reply(first);
    stripe
        .on(GET, "/v1/customers")
        .with_param("starting_after", "cus_Fixture")
        .reply(List::<Customer>::fixture());
    let mut pages = client(&stripe)
        .customers()
        .list(customer::List::new())
        .pages();
    let mut count = 0;
    while let Some(page) = pages.next().await {
        count += page.unwrap().data.len();
    }
    assert_eq!(count, 2);
    stripe.assert_sent_times(GET, "/v1/customers", 2);
}

#[tokio::test]
async fn a_failure_is_an_error_of_stripe() {
    let stripe = MockStripe::new();
    stripe
        .on(DELETE, "/v1/customers/cus_7")
        .reply(Failure::not_found());
    let error = client(&stripe)
        .customers()
        .delete("cus_7")
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some(ErrorCode::RESOURCE_MISSING));
    assert_eq!(error.request_id(), Some("req_Mock1"));
}

#[tokio::test]
async fn parameters_of_version_2_have_the_same_names() {
    let stripe = MockStripe::new();
    let account = v2::core::account::V2CoreAccount::fixture();
    stripe.on(POST, "/v2/core/accounts").reply(account);
    let identity = v2::core::account::Identity::new().country("DE");
    let params = v2::core::account::Create::new().identity(identity);
    let made = client(&stripe)
        .v2()
        .core()
        .accounts()
        .create(params)
        .await
        .unwrap();
    assert_eq!(made.id, "acct_Fixture");
    stripe
        .assert_sent(POST, "/v2/core/accounts")
        .assert_param("identity[country]", "DE");
}

#[tokio::test]
async fn a_deleted_object_is_json_like_any_other() {
    let stripe = MockStripe::new();
    let deleted = Reply::json(r#"{"id":"cus_7","object":"customer","deleted":true}"#);
    stripe.on(GET, "/v1/customers/cus_7").reply(deleted);
    let found = client(&stripe).customers().retrieve("cus_7").await.unwrap();
    assert!(matches!(found, MaybeDeleted::Deleted(_)));
}

#[tokio::test]
async fn a_test_can_wait_for_nothing() {
    let stripe = MockStripe::new();
    stripe
        .on(POST, "/v1/payment_intents")
        .reply(Failure::timeout());
    let params = payment_intent::Create::new(1, Currency::JPY);
    let sent = client(&stripe).payment_intents().create(params);
    let error = sent.max_retries(5).await.unwrap_err();
    assert!(error.is_outcome_unknown());
    stripe.assert_sent_times(POST, "/v1/payment_intents", 6);
}
