//! What the guide shows is what the client says.

use stripe_generated::checkout::session;
use stripe_generated::types::{Currency, Decimal, Timestamp};

use crate::calls::nowhere;
use crate::document::read;

#[tokio::test]
async fn five_mistakes_are_told_as_the_guide_shows_them() {
    let price = session::LineItemPriceData::new(Currency::from("euro"))
        .unit_amount(500)
        .unit_amount_decimal(Decimal::from("500"));
    let params = session::Create::new()
        .client_reference_id(&"x".repeat(201))
        .customer_email("jenny@example")
        .expires_at(Timestamp::from_unix(1_779_883_200_000))
        .line_items(vec![session::LineItem::new().price_data(price)]);
    let error = nowhere()
        .checkout()
        .sessions()
        .create(params)
        .await
        .unwrap_err();
    assert_eq!(error.violations().len(), 5);
    let guide = read("docs/validation.md");
    let (_, shown) = guide.split_once("```text\n").unwrap();
    let (shown, _) = shown.split_once("\n```").unwrap();
    assert_eq!(error.to_string(), shown);
}
