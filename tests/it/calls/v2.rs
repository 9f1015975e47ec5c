//! Version 2 of the API: JSON in and out, `null` to clear, and form queries as in version 1.

use stripe_generated::types::{DateTime, Metadata};
use stripe_generated::v2::core::{account, account_link, event};
use tests::server::{Answer, Server};

use super::client;

const ACCOUNT: &str = r#"{"id":"acct_1","object":"v2.core.account","applied_configurations":["customer"],
    "created":"2026-05-27T12:00:00.000Z","livemode":false}"#;

const EVENT: &str = r#"{"id":"evt_1","object":"v2.core.event","type":"v1.billing.meter.no_meter_found",
    "created":"2026-05-27T12:00:00.000Z","livemode":false}"#;

#[tokio::test]
async fn a_post_carries_json() {
    let server = Server::start([Answer::json(ACCOUNT)]);
    let identity = account::Identity::new()
        .country("DE")
        .entity_type(account::IdentityEntityType::COMPANY);
    let params = account::Create::new()
        .contact_email("jenny@example.com")
        .display_name("Jenny \"Rosen\"\n& söhne")
        .identity(identity)
        .include(vec![
            account::Include::IDENTITY,
            account::Include::from("x.y"),
        ])
        .metadata(Metadata::from([("order", "6735")]));
    let created = client(&server).v2().core().accounts().create(params);
    let created = created.await.unwrap();
    assert_eq!(created.created.as_str(), "2026-05-27T12:00:00.000Z");
    let request = server.only();
    assert_eq!(request.line(), "POST /v2/core/accounts");
    request.assert_header("content-type", Some("application/json"));
    let expected = [
        r#"{"contact_email":"jenny@example.com","#,
        r#""display_name":"Jenny \"Rosen\"\n& söhne","#,
        r#""identity":{"country":"DE","entity_type":"company"},"#,
        r#""include":["identity","x.y"],"#,
        r#""metadata":{"order":"6735"}}"#,
    ];
    assert_eq!(request.text(), expected.concat());
}

#[tokio::test]
async fn an_update_clears_with_null() {
    let server = Server::start([Answer::json(ACCOUNT)]);
    let customer = account::ConfigurationCustomer::new()
        .applied(false)
        .clear_test_clock();
    let params = account::Update::new()
        .configuration(
            account::Configuration::new()
                .customer(customer)
                .clear_merchant(),
        )
        .clear_display_name()
        .include(Vec::new())
        .metadata(Metadata::new().set("order", "").unset("tier"));
    let accounts = client(&server).v2().core().accounts();
    accounts.update("acct_1", params).await.unwrap();
    let request = server.only();
    assert_eq!(request.line(), "POST /v2/core/accounts/acct_1");
    let expected = [
        r#"{"configuration":{"customer":{"applied":false,"test_clock":null},"merchant":null},"#,
        r#""display_name":null,"include":[],"metadata":{"order":"","tier":null}}"#,
    ];
    assert_eq!(request.text(), expected.concat());
}

#[tokio::test]
async fn a_post_without_parameters_is_an_empty_object() {
    let server = Server::start([Answer::json(EVENT)]);
    let destinations = client(&server).v2().core().event_destinations();
    destinations.ping("ed_1").await.unwrap();
    let request = server.only();
    assert_eq!(request.line(), "POST /v2/core/event_destinations/ed_1/ping");
    assert_eq!(request.text(), "{}");
    request.assert_header("content-type", Some("application/json"));
}

#[tokio::test]
async fn a_list_has_a_form_query_and_no_object_field() {
    let page = format!(
        r#"{{"data":[{EVENT}],"next_page_url":"/v2/core/events?page=p2","previous_page_url":null}}"#
    );
    let server = Server::start([Answer::json(page)]);
    let params = event::List::new()
        .created(event::Created::new().gte(DateTime::from("2026-01-01T00:00:00Z")))
        .limit(2)
        .types(&["v1.account.updated", "v2.core.account.created"]);
    let page = client(&server).v2().core().events().list(params).await;
    let page = page.unwrap();
    assert_eq!(
        page.next_page_url.as_deref(),
        Some("/v2/core/events?page=p2")
    );
    assert_eq!(page.previous_page_url, None);
    assert_eq!(page.data.len(), 1);
    let query = "created[gte]=2026-01-01T00%3A00%3A00Z&limit=2\
        &types[0]=v1.account.updated&types[1]=v2.core.account.created";
    let request = server.only();
    assert_eq!(request.line(), format!("GET /v2/core/events?{query}"));
    assert_eq!(request.text(), "");
}

#[tokio::test]
async fn a_get_may_carry_parameters() {
    let server = Server::start([Answer::json(ACCOUNT)]);
    let params = account::Retrieve::new().include(vec![account::Include::IDENTITY]);
    let accounts = client(&server).v2().core().accounts();
    accounts.retrieve("acct_1", params).await.unwrap();
    assert_eq!(
        server.only().line(),
        "GET /v2/core/accounts/acct_1?include[0]=identity"
    );
}

#[tokio::test]
async fn required_objects_are_nested() {
    let link = r#"{"object":"v2.core.account_link","account":"acct_1","created":"2026-05-27T12:00:00.000Z",
        "expires_at":"2026-05-27T12:05:00.000Z","livemode":false,"url":"https://example.com/","use_case":{"type":"account_update"}}"#;
    let server = Server::start([Answer::json(link)]);
    let onboarding = account_link::UseCaseAccountOnboarding::new(
        vec![account_link::Configuration::MERCHANT],
        "https://example.com/again?a=1",
    );
    let case = account_link::UseCase::new(account_link::UseCaseType::ACCOUNT_ONBOARDING)
        .account_onboarding(onboarding);
    let params = account_link::Create::new("acct_1", case);
    let links = client(&server).v2().core().account_links();
    links.create(params).await.unwrap();
    let expected = [
        r#"{"account":"acct_1","use_case":{"account_onboarding":{"configurations":["merchant"],"#,
        r#""refresh_url":"https://example.com/again?a=1"},"type":"account_onboarding"}}"#,
    ];
    assert_eq!(server.only().text(), expected.concat());
}
