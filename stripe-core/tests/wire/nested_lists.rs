//! Lists that came as part of another object: they go on at their own URL, and only at one of the same server.

use stripe_core::ErrorKind;
use stripe_core::decode::Decode;
use stripe_core::list::List;

use crate::server::{Reply, Server};
use crate::shelf::{targets, thing, things};
use crate::subject::{KEY, Thing, client};

const URL: &str = "/v1/orders/1/lines";

/// A server that has two more things, one on a page.
fn rest() -> Server {
    Server::start(|number, _| {
        let (data, has_more) = (thing(number + 2), number < 1);
        Reply::json(
            200,
            &format!(r#"{{"data":[{data}],"has_more":{has_more},"url":"{URL}"}}"#),
        )
    })
}

/// The list within the other object.
fn nested(url: &str, has_more: bool) -> List<Thing> {
    let data = things([0, 1]);
    let json = format!(r#"{{"data":[{data}],"has_more":{has_more},"url":"{url}"}}"#);
    List::decode(json.as_bytes()).unwrap()
}

#[tokio::test]
async fn what_is_there_comes_first_and_then_the_rest() {
    let server = rest();
    let items = nested(URL, true).items(&client(&server));
    let items = items.account("acct_1").api_version("2026-01-01.x");
    let items = items.context("acct_2").collect_up_to(9).await.unwrap();
    let amounts: Vec<_> = items.iter().map(|item| item.amount).collect();
    assert_eq!(amounts, [0, 1, 2, 3]);
    assert_eq!(
        targets(&server),
        [
            "/v1/orders/1/lines?starting_after=thing_1",
            "/v1/orders/1/lines?starting_after=thing_2"
        ]
    );
    for seen in server.seen() {
        assert_eq!(seen.method, "GET");
        assert_eq!(seen.header("stripe-account"), Some("acct_1"));
        assert_eq!(seen.header("stripe-context"), Some("acct_2"));
        assert_eq!(seen.header("stripe-version"), Some("2026-01-01.x"));
        assert_eq!(
            seen.header("authorization"),
            Some(&*format!("Bearer {KEY}"))
        );
    }
}

#[tokio::test]
async fn a_whole_list_needs_no_request() {
    let server = rest();
    // Nothing is asked there, so that the URL does not matter.
    let mut pages = nested("https://elsewhere/", false).pages(&client(&server));
    assert_eq!(pages.next().await.unwrap().unwrap().data.len(), 2);
    assert!(pages.next().await.is_none());
    assert!(pages.resume_token().is_none());
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn row_5_a_nested_list_is_not_followed_elsewhere() {
    let server = rest();
    for url in [
        "https://evil.com/v1/x",
        "//evil.com/v1/x",
        "https:evil.com",
        "/\\\\evil.com",
        "/v1/../x",
        "/v1/%2e%2e/x",
        "",
    ] {
        let client = client(&server);
        let mut items = nested(url, true).items(&client);
        for _ in 0..2 {
            assert!(
                items.next().await.unwrap().is_ok(),
                "what is there is given"
            );
        }
        let error = items.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Paging, "{url:?}");
        assert!(items.next().await.is_none());
        let error = nested(url, true).next_page(&client).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Paging, "{url:?}");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn the_rest_can_be_asked_for_alone() {
    let server = rest();
    let client = client(&server);
    let request = nested("/v1/orders/1/lines?a=b&starting_after=x", true).next_page(&client);
    let page = request.unwrap().unwrap().account("acct_1").await.unwrap();
    assert_eq!(page.data.len(), 1);
    assert_eq!(
        targets(&server),
        ["/v1/orders/1/lines?a=b&starting_after=thing_1"],
        "the URL's own query is kept, but for the cursor"
    );
    let last = nested(URL, false).next_page(&client);
    assert!(last.unwrap().is_none());
}

#[tokio::test]
async fn a_nested_list_can_be_resumed() {
    let server = rest();
    let client = client(&server);
    let mut pages = nested(URL, true).pages(&client).take_pages(1);
    assert!(pages.next().await.unwrap().is_ok());
    assert!(pages.next().await.is_none());
    let token = pages.resume_token().unwrap();
    let again = nested(URL, true).next_page(&client).unwrap().unwrap();
    let items = again.resume(&token).items().collect_up_to(9).await.unwrap();
    assert_eq!(items.len(), 2);
    assert_eq!(
        targets(&server)[0],
        "/v1/orders/1/lines?starting_after=thing_1"
    );
}
