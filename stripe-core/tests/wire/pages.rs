//! Lists page by page: what is asked for next, where it ends, and what is not followed.

use stripe_core::list::{List, SearchList, V2List};
use stripe_core::{ApiKey, Error, ErrorKind, Operation, Request};

use crate::server::{Reply, Server};
use crate::shelf::{Filter, list, query, shelf, targets, thing, things};
use crate::subject::{LIST, Thing, client};

const OTHER_KEY: &str = "rk_test_FAKEother0123456789";

const SEARCH: Operation = Operation::get("/v1/things/search");
const LIST_V2: Operation = Operation::get("/v2/core/things");

async fn all(request: Request<List<Thing>>) -> Result<Vec<i64>, Error> {
    let mut items = request.items();
    let mut amounts = Vec::new();
    while let Some(item) = items.next().await {
        amounts.push(item?.amount);
    }
    assert!(items.next().await.is_none());
    Ok(amounts)
}

#[tokio::test]
async fn all_pages_are_read_with_the_same_filters() {
    let server = shelf(5);
    let client = client(&server);
    let request = list(&client)
        .params(Filter::new().limit(2).query("a b"))
        .expand(&["data.x"]);
    let request = request
        .key(ApiKey::new(OTHER_KEY).unwrap())
        .account("acct_1")
        .context("acct_2/acct_3")
        .api_version("2026-01-01.x")
        .header("x-once", "once")
        .idempotency_key("once");
    assert_eq!(all(request).await.unwrap(), [0, 1, 2, 3, 4]);
    assert_eq!(
        targets(&server),
        [
            "/v1/things?limit=2&query=a+b&expand[0]=data.x",
            "/v1/things?limit=2&query=a+b&expand[0]=data.x&starting_after=thing_1",
            "/v1/things?limit=2&query=a+b&expand[0]=data.x&starting_after=thing_3",
        ]
    );
    let seen = server.seen();
    for page in &seen {
        assert_eq!(page.header("stripe-account"), Some("acct_1"));
        assert_eq!(page.header("stripe-context"), Some("acct_2/acct_3"));
        assert_eq!(page.header("stripe-version"), Some("2026-01-01.x"));
        assert_eq!(
            page.header("authorization"),
            Some(&*format!("Bearer {OTHER_KEY}"))
        );
    }
    for header in ["idempotency-key", "x-once"] {
        let values: Vec<_> = seen.iter().map(|seen| seen.header(header)).collect();
        assert_eq!(values, [Some("once"), None, None], "{header}");
    }
}

#[tokio::test]
async fn one_page_is_one_request() {
    for count in [0, 1, 2] {
        let server = shelf(count);
        assert_eq!(all(list(&client(&server))).await.unwrap().len(), count);
        assert_eq!(server.seen().len(), 1);
    }
}

#[tokio::test]
async fn a_given_start_is_replaced_on_later_pages() {
    let server = shelf(6);
    let request = list(&client(&server)).params(Filter::new().starting_after("thing_1"));
    assert_eq!(all(request).await.unwrap(), [2, 3, 4, 5]);
    assert_eq!(
        targets(&server),
        [
            "/v1/things?starting_after=thing_1",
            "/v1/things?starting_after=thing_3"
        ]
    );
}

#[tokio::test]
async fn a_list_can_be_read_backward() {
    let server = shelf(6);
    let request = list(&client(&server)).params(Filter::new().ending_before("thing_5"));
    assert_eq!(all(request).await.unwrap(), [4, 3, 2, 1, 0]);
    assert_eq!(
        targets(&server),
        [
            "/v1/things?ending_before=thing_5",
            "/v1/things?ending_before=thing_3",
            "/v1/things?ending_before=thing_1"
        ]
    );
}

#[tokio::test]
async fn pages_come_as_they_are() {
    let server = shelf(3);
    let mut pages = list(&client(&server)).pages();
    assert_eq!(pages.next().await.unwrap().unwrap().data.len(), 2);
    assert_eq!(
        server.seen().len(),
        1,
        "the next page is only asked for when it is needed"
    );
    assert_eq!(pages.next().await.unwrap().unwrap().data.len(), 1);
    assert!(pages.next().await.is_none());
    assert!(pages.next().await.is_none());
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn no_more_is_read_than_is_wanted() {
    let server = shelf(100);
    let client = client(&server);
    assert_eq!(
        list(&client).items().collect_up_to(4).await.unwrap().len(),
        4
    );
    assert_eq!(server.seen().len(), 2);
    assert_eq!(
        list(&client).items().collect_up_to(0).await.unwrap().len(),
        0
    );
    assert_eq!(server.seen().len(), 2);
    assert_eq!(
        list(&client)
            .items()
            .collect_up_to(1_000)
            .await
            .unwrap()
            .len(),
        100
    );
}

#[tokio::test]
async fn extra_parameters_are_kept_and_say_the_direction() {
    let server = shelf(6);
    let request = list(&client(&server))
        .extra_param("ending_before", "thing_4")
        .extra_param("new.filter", 1);
    assert_eq!(all(request).await.unwrap(), [3, 2, 1, 0]);
    assert_eq!(
        targets(&server),
        [
            "/v1/things?ending_before=thing_4&new[filter]=1",
            "/v1/things?new[filter]=1&ending_before=thing_2"
        ]
    );
}

#[tokio::test]
async fn pages_can_be_counted() {
    let server = shelf(9);
    let client = client(&server);
    let mut pages = list(&client).pages().take_pages(2);
    for _ in 0..2 {
        assert!(!futures_core::FusedStream::is_terminated(&pages));
        assert_eq!(pages.next().await.unwrap().unwrap().data.len(), 2);
    }
    assert!(futures_core::FusedStream::is_terminated(&pages));
    assert!(pages.next().await.is_none());
    assert_eq!(server.seen().len(), 2);
    let items = list(&client).items().take_pages(2);
    assert_eq!(items.collect_up_to(9).await.unwrap().len(), 4);
    let none = list(&client).items().take_pages(0);
    assert!(none.collect_up_to(9).await.unwrap().is_empty());
    assert_eq!(server.seen().len(), 4);
}

#[tokio::test]
async fn to_stop_waiting_loses_nothing() {
    let server = shelf(5);
    let mut items = list(&client(&server)).items();
    let mut amounts = Vec::new();
    loop {
        // Polled once and dropped, unless it is ready: no request is made twice.
        let item = {
            let mut next = std::pin::pin!(items.next());
            std::future::poll_fn(|context| std::task::Poll::Ready(next.as_mut().poll(context)))
                .await
        };
        match item {
            std::task::Poll::Ready(None) => break,
            std::task::Poll::Ready(Some(item)) => amounts.push(item.unwrap().amount),
            std::task::Poll::Pending => tokio::task::yield_now().await,
        }
    }
    assert_eq!(amounts, [0, 1, 2, 3, 4]);
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn an_error_ends_it() {
    let server = Server::start(|number, _| match number {
        0 => Reply::json(
            200,
            &format!(
                r#"{{"data":[{}],"has_more":true,"url":"/v1/things"}}"#,
                thing(1)
            ),
        ),
        _ => Reply::json(400, r#"{"error":{}}"#),
    });
    let mut items = list(&client(&server)).items();
    assert!(items.next().await.unwrap().is_ok());
    assert_eq!(
        items.next().await.unwrap().unwrap_err().kind(),
        ErrorKind::InvalidRequest
    );
    assert!(items.next().await.is_none());
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_list_that_does_not_advance_ends() {
    // The same page for ever, and two that take turns.
    for period in [1, 2] {
        let server = Server::start(move |number, _| {
            let data = thing(number % period);
            Reply::json(
                200,
                &format!(r#"{{"data":[{data}],"has_more":true,"url":"/v1/things"}}"#),
            )
        });
        let error = all(list(&client(&server))).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Paging);
        assert_eq!(server.seen().len(), period + 1);
    }
    // The page that was asked for, once more.
    let server = Server::start(|_, _| {
        let data = thing(1);
        Reply::json(
            200,
            &format!(r#"{{"data":[{data}],"has_more":true,"url":"/v1/things"}}"#),
        )
    });
    let request = list(&client(&server)).params(Filter::new().starting_after("thing_1"));
    assert_eq!(all(request).await.unwrap_err().kind(), ErrorKind::Paging);
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn an_empty_page_with_more_to_come_is_no_end() {
    let server =
        Server::start(|_, _| Reply::json(200, r#"{"data":[],"has_more":true,"url":"/v1/things"}"#));
    let client = client(&server);
    let backward = list(&client).params(Filter::new().ending_before("thing_1"));
    for request in [list(&client), backward] {
        let mut pages = request.pages();
        assert!(pages.next().await.unwrap().unwrap().data.is_empty());
        let error = pages.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Paging);
        assert!(pages.next().await.is_none());
    }
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn objects_without_ids_cannot_be_followed() {
    let server = Server::start(|_, _| {
        Reply::json(200, r#"{"data":[7],"has_more":true,"url":"/v1/things"}"#)
    });
    let request: Request<List<i64>> = Request::new(&client(&server), LIST, &[]);
    let mut items = request.items();
    assert_eq!(items.next().await.unwrap().unwrap(), 7);
    assert_eq!(
        items.next().await.unwrap().unwrap_err().kind(),
        ErrorKind::Paging
    );
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn searches_go_on_by_token() {
    let server = Server::start(|_, seen| {
        let (data, next) = match query(seen, "page") {
            None => (things([0, 1]), r#""tok/1 &""#),
            Some("tok%2F1+%26") => (String::new(), r#""tok2""#),
            Some("tok2") => (things([2]), "null"),
            Some(other) => panic!("{other}"),
        };
        let has_more = next != "null";
        Reply::json(
            200,
            &format!(
                r#"{{"data":[{data}],"has_more":{has_more},"next_page":{next},"url":"/v1/x"}}"#
            ),
        )
    });
    let request: Request<SearchList<Thing>> = Request::new(&client(&server), SEARCH, &[]);
    let items = request
        .params(Filter::new().query("x:'y'"))
        .items()
        .collect_up_to(9)
        .await
        .unwrap();
    assert_eq!(items.len(), 3);
    assert_eq!(
        targets(&server),
        [
            "/v1/things/search?query=x%3A%27y%27",
            "/v1/things/search?query=x%3A%27y%27&page=tok%2F1+%26",
            "/v1/things/search?query=x%3A%27y%27&page=tok2",
        ]
    );
}

#[tokio::test]
async fn a_search_ends_where_it_says_so_whatever_token_comes_along() {
    let server = Server::start(|_, _| {
        let data = things([0]);
        let ends = r#""has_more":false,"next_page":"tok","url":"/v1/x""#;
        Reply::json(200, &format!(r#"{{"data":[{data}],{ends}}}"#))
    });
    let request: Request<SearchList<Thing>> = Request::new(&client(&server), SEARCH, &[]);
    let items = request.items().collect_up_to(9).await.unwrap();
    assert_eq!((items.len(), server.seen().len()), (1, 1));
}

#[tokio::test]
async fn lists_of_version_2_go_on_by_url_and_through_empty_pages() {
    let server = Server::start(|number, _| {
        let (data, next) = match number {
            0 => (things([0]), r#""/v2/core/things?page=p%201&limit=1""#),
            1 => (String::new(), r#""/v2/core/things?page=p2""#),
            _ => (things([1]), "null"),
        };
        Reply::json(
            200,
            &format!(r#"{{"data":[{data}],"next_page_url":{next},"previous_page_url":null}}"#),
        )
    });
    let request: Request<V2List<Thing>> = Request::new(&client(&server), LIST_V2, &[]);
    let items = request
        .params(Filter::new().limit(1))
        .items()
        .collect_up_to(9)
        .await
        .unwrap();
    assert_eq!(items.len(), 2);
    assert_eq!(
        targets(&server),
        [
            "/v2/core/things?limit=1",
            "/v2/core/things?page=p%201&limit=1",
            "/v2/core/things?page=p2"
        ]
    );
}

#[tokio::test]
async fn row_5_no_other_server_is_asked() {
    let evil = std::sync::Arc::new(Server::start(|_, _| Reply::json(200, r#"{"data":[]}"#)));
    for url in [
        evil.address().to_owned(),
        format!("{}/v2/core/things", evil.address()),
        "//evil/v2/x".to_owned(),
    ] {
        let server = Server::start(move |_, _| {
            Reply::json(200, &format!(r#"{{"data":[],"next_page_url":"{url}"}}"#))
        });
        let request: Request<V2List<Thing>> = Request::new(&client(&server), LIST_V2, &[]);
        let error = request.items().collect_up_to(9).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Paging);
        assert_eq!((server.seen().len(), evil.connections()), (1, 0));
    }
}

#[tokio::test]
async fn streams_can_be_moved_between_tasks() {
    fn is_stream<T: futures_core::FusedStream + Send + Unpin + std::fmt::Debug + 'static>(_: &T) {}
    let server = shelf(5);
    let client = client(&server);
    is_stream(&list(&client).pages());
    let items = list(&client).items();
    is_stream(&items);
    let read = tokio::spawn(async move { items.collect_up_to(9).await });
    assert_eq!(read.await.unwrap().unwrap().len(), 5);
}
