//! Version 1 of the API: forms in, JSON out.

use stripe_generated::stripe_core::MaybeDeleted;
use stripe_generated::types::{Metadata, RangeQuery, Timestamp};
use stripe_generated::{coupon, customer};
use tests::server::{Answer, Recorded, Server};

use super::{CUSTOMER, client};
use crate::decode::on_a_stack_of;

fn page(kind: &str, rest: &str) -> Answer {
    let url = r#""url":"/v1/customers""#;
    Answer::json(format!(
        r#"{{"object":"{kind}","data":[{CUSTOMER}],{url},{rest}}}"#
    ))
}

#[tokio::test]
async fn a_post_carries_a_form_of_any_depth() {
    let server = Server::start([Answer::json(CUSTOMER)]);
    let address = customer::Address::new()
        .city("Zürich")
        .country("CH")
        .line1("Bahnhofstrasse 1/2");
    let footer = customer::InvoiceSettings::new()
        .custom_fields(vec![
            customer::InvoiceSettingsCustomField::new("PO", "7 & 8"),
            customer::InvoiceSettingsCustomField::new("VAT", "100%"),
        ])
        .footer("a=b");
    let params = customer::Create::new()
        .address(address)
        .balance(-500)
        .clear_individual_name()
        .email("jenny+1@example.com")
        .invoice_settings(footer)
        .metadata(Metadata::new().set("order id", "6735").unset("tier"))
        .preferred_locales(&["de", "en"])
        .tax_exempt(customer::TaxExempt::REVERSE)
        .tax_id_data(vec![customer::TaxIdData::new(
            customer::TaxIdDataType::EU_VAT,
            "DE123456789",
        )]);
    let jenny = client(&server).customers().create(params).await.unwrap();
    assert_eq!(jenny.id, "cus_1");
    assert_eq!(jenny.created, Timestamp::from_unix(1_767_225_600));
    let request = server.only();
    assert_eq!(request.line(), "POST /v1/customers");
    request.assert_header("content-type", Some("application/x-www-form-urlencoded"));
    let expected = [
        "address[city]=Z%C3%BCrich",
        "address[country]=CH",
        "address[line1]=Bahnhofstrasse+1%2F2",
        "balance=-500",
        "email=jenny%2B1%40example.com",
        "individual_name=",
        "invoice_settings[custom_fields][0][name]=PO",
        "invoice_settings[custom_fields][0][value]=7+%26+8",
        "invoice_settings[custom_fields][1][name]=VAT",
        "invoice_settings[custom_fields][1][value]=100%25",
        "invoice_settings[footer]=a%3Db",
        "metadata[order+id]=6735",
        "metadata[tier]=",
        "preferred_locales[0]=de",
        "preferred_locales[1]=en",
        "tax_exempt=reverse",
        "tax_id_data[0][type]=eu_vat",
        "tax_id_data[0][value]=DE123456789",
    ];
    assert_eq!(request.text(), expected.join("&"));
}

#[tokio::test]
async fn a_post_without_parameters_has_an_empty_form() {
    let server = Server::start([Answer::json(CUSTOMER)]);
    let sent = client(&server).customers().create(customer::Create::new());
    sent.await.unwrap();
    let request = server.only();
    assert_eq!(request.text(), "");
    request.assert_header("content-length", Some("0"));
    request.assert_header("content-type", Some("application/x-www-form-urlencoded"));
}

#[tokio::test]
async fn a_list_carries_its_parameters_in_the_query() {
    let server = Server::start([page("list", r#""has_more":true"#)]);
    let created = RangeQuery::new()
        .gte(Timestamp::from_unix(1_700_000_000))
        .lt(1_800_000_000);
    let params = customer::List::new()
        .created(created)
        .email("a b&c@example.com")
        .limit(3)
        .starting_after("cus_0");
    let sent = client(&server).customers().list(params);
    let page = sent
        .expand(&["data.default_source", "data.sources"])
        .await
        .unwrap();
    assert!(page.has_more);
    assert_eq!(page.data.first().unwrap().id, "cus_1");
    let request = server.only();
    let query = "created[gte]=1700000000&created[lt]=1800000000&email=a+b%26c%40example.com&limit=3\
        &starting_after=cus_0&expand[0]=data.default_source&expand[1]=data.sources";
    assert_eq!(request.line(), format!("GET /v1/customers?{query}"));
    assert_eq!(request.text(), "");
    request.assert_header("content-type", None);
    request.assert_header("content-length", None);
}

#[tokio::test]
async fn a_range_may_be_one_value() {
    let server = Server::start([page("list", r#""has_more":false"#)]);
    let params = customer::List::new().created(RangeQuery::exactly(1_700_000_000));
    client(&server).customers().list(params).await.unwrap();
    assert_eq!(server.only().line(), "GET /v1/customers?created=1700000000");
}

#[tokio::test]
async fn a_search_carries_its_query() {
    let rest = r#""has_more":true,"next_page":"WzE2N","total_count":2"#;
    let server = Server::start([page("search_result", rest)]);
    let params = customer::Search::new("email:'jenny@example.com' AND metadata['a']:'b'").limit(2);
    let page = client(&server).customers().search(params).await.unwrap();
    assert_eq!(page.next_page.as_deref(), Some("WzE2N"));
    assert_eq!(page.total_count, Some(2));
    let query =
        "limit=2&query=email%3A%27jenny%40example.com%27+AND+metadata%5B%27a%27%5D%3A%27b%27";
    assert_eq!(
        server.only().line(),
        format!("GET /v1/customers/search?{query}")
    );
}

#[tokio::test]
async fn a_get_fills_its_path_and_may_find_a_deleted_object() {
    let gone = r#"{"id":"cus_2","object":"customer","deleted":true}"#;
    let server = Server::start([Answer::json(CUSTOMER), Answer::json(gone)]);
    let customers = client(&server).customers();
    let first = customers.retrieve("cus_1").await.unwrap();
    let MaybeDeleted::Present(first) = first else {
        panic!("not present")
    };
    // What was read is used for the next call as it is.
    let second = customers.retrieve(&first.id).await.unwrap();
    let MaybeDeleted::Deleted(second) = second else {
        panic!("not deleted")
    };
    assert_eq!(second.id, "cus_2");
    let recorded = server.recorded();
    let lines: Vec<_> = recorded.iter().map(Recorded::line).collect();
    assert_eq!(
        lines,
        ["GET /v1/customers/cus_1", "GET /v1/customers/cus_1"]
    );
}

#[tokio::test]
async fn a_delete_has_neither_body_nor_query() {
    let server = Server::start([Answer::json(
        r#"{"id":"25% off","object":"coupon","deleted":true}"#,
    )]);
    let deleted = client(&server).coupons().delete("25% off").await.unwrap();
    assert!(deleted.deleted);
    let request = server.only();
    assert_eq!(request.line(), "DELETE /v1/coupons/25%25%20off");
    assert_eq!(request.text(), "");
    request.assert_header("content-type", None);
}

#[tokio::test]
async fn a_nested_service_has_its_own_path() {
    let answer = r#"{"id":"cs_1","object":"checkout.session","nope":1}"#;
    let server = Server::start([Answer::new(404, "application/json", answer)]);
    let sessions = client(&server).checkout().sessions();
    // Only where it goes matters here; what comes back is no session.
    sessions.retrieve("cs_1").await.unwrap_err();
    assert_eq!(server.only().line(), "GET /v1/checkout/sessions/cs_1");
}

#[tokio::test]
async fn numbers_and_booleans_are_written_plainly() {
    let coupon = r#"{"id":"c","object":"coupon","created":1,"duration":"once","livemode":false,
        "times_redeemed":0,"valid":true}"#;
    let server = Server::start([Answer::json(coupon)]);
    let params = coupon::Create::new()
        .duration(coupon::Duration::from("a new one"))
        .percent_off(12.5)
        .redeem_by(Timestamp::from_unix(1_800_000_000));
    client(&server).coupons().create(params).await.unwrap();
    assert_eq!(
        server.only().text(),
        "duration=a+new+one&percent_off=12.5&redeem_by=1800000000"
    );
}

#[test]
fn row_15_a_whole_call_needs_little_stack() {
    let server = Server::start([Answer::json(CUSTOMER), page("list", r#""has_more":false"#)]);
    let stripe = client(&server);
    on_a_stack_of(256 * 1024, move || {
        let runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = { runtime }.enable_all().build().unwrap();
        runtime.block_on(async {
            let params = customer::Create::new().email("jenny@example.com");
            stripe.customers().create(params).await.unwrap();
            stripe
                .customers()
                .list(customer::List::new())
                .await
                .unwrap();
        });
    });
    assert_eq!(server.recorded().len(), 2);
}
