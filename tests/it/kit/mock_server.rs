//! The mock server in a test of an application, as its README says it.

use mock_server::MockServer;
use stripe_generated::stripe_core::BaseUrl;
use stripe_generated::{ApiKey, Client, Error, customer};

use crate::document::read;

// The example begins here.
#[tokio::test]
async fn a_customer_is_found_again() -> Result<(), Error> {
    let stripe = MockServer::start().unwrap();
    let base = BaseUrl::plain_http_on_loopback(stripe.url())?;
    let settings = Client::builder(ApiKey::new("sk_test_mock")?).base_url_for_all(&base);
    let client = Client::build(settings)?;

    let params = customer::Create::new().email("jenny@example.com");
    let jenny = client.customers().create(params).await?;

    let found = client.customers().retrieve(&jenny.id).await?;
    assert_eq!(found.present().unwrap().email, jenny.email);
    Ok(())
}
// The example ends here.

#[test]
fn the_readme_of_the_mock_server_says_how_it_is_embedded() {
    let (_, rest) = include_str!("mock_server.rs")
        .split_once("begins here.\n")
        .unwrap();
    let (example, _) = rest.split_once("// The example ends").unwrap();
    assert!(read("tests/mock-server/README.md").contains(example));
}
