//! Lists page by page: what is asked for next, where it ends, and what is not followed.

use stripe_core::list::{List, SearchList, V2List};
use stripe_core::{Client, Error, ErrorKind, Operation, Request};

use crate::server::{Reply, Seen, Server};
use crate::subject::{LIST, Thing, builder, client};

stripe_core::params! {
    /// What a list is asked with.
    pub struct Filter {
        #[set(text)]
        pub ending_before: String,
        pub limit: i64,
        #[set(text)]
        pub query: String,
        #[set(text)]
        pub starting_after: String,
    }
}

const SEARCH: Operation = Operation::get("/v1/things/search");
const LIST_V2: Operation = Operation::get("/v2/core/things");

fn thing(number: usize) -> String {
    format!(r#"{{"id":"thing_{number}","amount":{number}}}"#)
}

fn things(numbers: impl IntoIterator<Item = usize>) -> String {
    numbers.into_iter().map(thing).collect::<Vec<_>>().join(",")
}

/// The value of a query parameter.
fn query<'a>(seen: &'a Seen, name: &str) -> Option<&'a str> {
    let (_, query) = seen.target.split_once('?')?;
    query
        .split('&')
        .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

/// A server with things 0 to `count`, two on a page.
fn shelf(count: usize) -> Server {
    Server::start(move |_, seen| {
        let number = |name: &str| {
            query(seen, name).map(|id| id.strip_prefix("thing_").unwrap().parse::<usize>().unwrap())
        };
        let (range, has_more) = match (number("starting_after"), number("ending_before")) {
            (after, None) => {
                let from = after.map_or(0, |after| after + 1);
                let to = (from + 2).min(count);
                (from..to, to < count)
            }
            (_, Some(before)) => {
                let from = before.saturating_sub(2);
                (from..before, from > 0)
            }
        };
        let data = things(range);
        Reply::json(
            200,
            &format!(
                r#"{{"object":"list","data":[{data}],"has_more":{has_more},"url":"/v1/things"}}"#
            ),
        )
    })
}

fn list(client: &Client) -> Request<List<Thing>> {
    Request::new(client, LIST, &[])
}

async fn all(request: Request<List<Thing>>) -> Result<Vec<i64>, Error> {
    let mut items = request.items();
    let mut amounts = Vec::new();
    while let Some(item) = items.next().await {
        amounts.push(item?.amount);
    }
    assert!(items.next().await.is_none());
    Ok(amounts)
}

fn targets(server: &Server) -> Vec<String> {
    server.seen().into_iter().map(|seen| seen.target).collect()
}

#[tokio::test]
async fn all_pages_are_read_with_the_same_filters() {
    let server = shelf(5);
    let client = client(&server);
    let request = list(&client)
        .params(Filter::new().limit(2).query("a b"))
        .expand(&["data.x"]);
    let request = request
        .account("acct_1")
        .api_version("2026-01-01.x")
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
        assert_eq!(page.header("stripe-version"), Some("2026-01-01.x"));
    }
    let keys: Vec<_> = seen
        .iter()
        .map(|seen| seen.header("idempotency-key"))
        .collect();
    assert_eq!(keys, [Some("once"), None, None]);
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
async fn a_nested_list_goes_on_at_its_own_url() {
    let server = Server::start(|_, _| {
        Reply::json(
            200,
            r#"{"data":[],"has_more":false,"url":"/v1/orders/1/lines"}"#,
        )
    });
    let client = builder(&server).build().unwrap();
    let read = |json: String| {
        <List<Thing> as stripe_core::decode::Decode>::decode(json.as_bytes()).unwrap()
    };
    let nested = |url: &str| {
        read(format!(
            r#"{{"data":[{}],"has_more":true,"url":"{url}"}}"#,
            things([0, 1])
        ))
    };
    let rest = nested("/v1/orders/1/lines")
        .next_page(&client)
        .unwrap()
        .unwrap();
    rest.account("acct_1")
        .items()
        .collect_up_to(9)
        .await
        .unwrap();
    let rest = nested("/v1/orders/1/lines?a=b")
        .next_page(&client)
        .unwrap()
        .unwrap();
    rest.await.unwrap();
    assert_eq!(
        targets(&server),
        [
            "/v1/orders/1/lines?starting_after=thing_1",
            "/v1/orders/1/lines?a=b&starting_after=thing_1"
        ]
    );
    assert_eq!(server.seen()[0].header("stripe-account"), Some("acct_1"));
    assert!(nested("https://evil.com/v1/x").next_page(&client).is_err());
    assert!(nested("/v1/../x").next_page(&client).is_err());
    let last = read(format!(
        r#"{{"data":[{}],"has_more":false,"url":"/v1/x"}}"#,
        thing(0)
    ));
    assert!(last.next_page(&client).unwrap().is_none());
}

#[tokio::test]
async fn streams_can_be_moved_between_tasks() {
    fn is_stream<T: futures_core::Stream + Send + Unpin + std::fmt::Debug + 'static>(_: &T) {}
    let server = shelf(5);
    let client = client(&server);
    is_stream(&list(&client).pages());
    let items = list(&client).items();
    is_stream(&items);
    let read = tokio::spawn(async move { items.collect_up_to(9).await });
    assert_eq!(read.await.unwrap().unwrap().len(), 5);
}
