//! Resume tokens: that they go on where they are from, and nowhere else.

use stripe_core::list::{List, SearchList, V2List};
use stripe_core::{Client, ErrorKind, Operation, Request};

use crate::server::{Reply, Server};
use crate::shelf::{Filter, list, query, shelf, targets, thing, things};
use crate::subject::{KEY, Thing, builder, client};

const SEARCH: Operation = Operation::get("/v1/things/search");
const LIST_V2: Operation = Operation::get("/v2/core/things");

fn amounts(things: &[Thing]) -> Vec<i64> {
    things.iter().map(|thing| thing.amount).collect()
}

#[tokio::test]
async fn every_page_can_be_gone_on_from() {
    let server = shelf(5);
    let client = client(&server);
    let mut pages = list(&client).pages();
    let mut rests = Vec::new();
    while let Some(token) = pages.resume_token() {
        let rest = list(&client).resume(&token).items();
        rests.push(amounts(&rest.collect_up_to(9).await.unwrap()));
        pages.next().await.unwrap().unwrap();
    }
    assert_eq!(rests, [vec![0, 1, 2, 3, 4], vec![2, 3, 4], vec![4]]);
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn a_token_goes_on_backward() {
    let server = shelf(6);
    let client = client(&server);
    let request = || list(&client).params(Filter::new().ending_before("thing_5"));
    let mut pages = request().pages();
    pages.next().await.unwrap().unwrap();
    let token = pages.resume_token().unwrap();
    let rest = request().resume(&token).items().collect_up_to(9);
    assert_eq!(amounts(&rest.await.unwrap()), [2, 1, 0]);
}

#[tokio::test]
async fn no_object_is_left_out() {
    let server = shelf(5);
    let client = client(&server);
    let mut items = list(&client).items();
    let mut starts = Vec::new();
    while let Some(item) = items.next().await {
        let given = item.unwrap().amount;
        let Some(token) = items.resume_token() else {
            continue;
        };
        let rest = list(&client).resume(&token).items().collect_up_to(1);
        starts.push((given, rest.await.unwrap()[0].amount));
    }
    // Within a page all of it comes again, after its last object the next one.
    assert_eq!(starts, [(0, 0), (1, 2), (2, 2), (3, 4)]);
}

#[tokio::test]
async fn one_page_can_be_awaited() {
    let server = shelf(5);
    let client = client(&server);
    let mut pages = list(&client).pages();
    pages.next().await.unwrap().unwrap();
    let token = pages.resume_token().unwrap();
    let page = list(&client).resume(&token).await.unwrap();
    assert_eq!(amounts(&page.data), [2, 3]);
}

#[tokio::test]
async fn what_failed_can_be_asked_for_again() {
    let server = Server::start(|number, _| match number {
        1 => Reply::json(400, r#"{"error":{}}"#),
        _ => {
            let (data, has_more) = (thing(number), number < 2);
            let page = format!(r#"{{"data":[{data}],"has_more":{has_more},"url":"/v1/things"}}"#);
            Reply::json(200, &page)
        }
    });
    let client = client(&server);
    let mut items = list(&client).items();
    assert!(items.next().await.unwrap().is_ok());
    assert!(items.next().await.unwrap().is_err());
    let token = items.resume_token().unwrap();
    let rest = list(&client).resume(&token).items().collect_up_to(9);
    assert_eq!(amounts(&rest.await.unwrap()), [2]);
    assert_eq!(
        targets(&server)[1..],
        ["/v1/things?starting_after=thing_0"; 2]
    );
}

#[tokio::test]
async fn searches_and_lists_of_version_2_can_be_gone_on_with() {
    let server = Server::start(|_, seen| {
        let next = match query(seen, "page") {
            None => (things([0]), "tok/1 &"),
            Some(_) => (things([1]), ""),
        };
        let (data, token) = next;
        let has_more = !token.is_empty();
        let (next, url) = if has_more {
            (format!("{token:?}"), r#""/v2/core/things?page=p%201""#)
        } else {
            ("null".to_owned(), "null")
        };
        let page = format!(
            r#"{{"data":[{data}],"has_more":{has_more},"next_page":{next},"url":"/x","next_page_url":{url}}}"#
        );
        Reply::json(200, &page)
    });
    let client = client(&server);
    let search = || Request::<SearchList<Thing>>::new(&client, SEARCH, &[]);
    let mut pages = search().pages();
    pages.next().await.unwrap().unwrap();
    let rest = search().resume(&pages.resume_token().unwrap()).items();
    assert_eq!(amounts(&rest.collect_up_to(9).await.unwrap()), [1]);

    let list = || Request::<V2List<Thing>>::new(&client, LIST_V2, &[]);
    let mut pages = list().pages();
    pages.next().await.unwrap().unwrap();
    let rest = list().resume(&pages.resume_token().unwrap()).items();
    assert_eq!(amounts(&rest.collect_up_to(9).await.unwrap()), [1]);
    let targets = targets(&server);
    assert_eq!(targets[1], "/v1/things/search?page=tok%2F1+%26");
    assert_eq!(targets[3], "/v2/core/things?page=p%201");
}

/// Asserts that a token is refused before anything is sent, awaited or streamed.
async fn refuses(request: Request<List<Thing>>, server: &Server) {
    let sent = server.seen().len();
    let error = request.clone().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Validation);
    assert_eq!(error.param(), Some("resume"));
    let mut pages = request.pages();
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Validation);
    assert!(pages.next().await.is_none());
    assert_eq!(server.seen().len(), sent);
}

#[tokio::test]
async fn a_token_is_refused_by_every_other_request() {
    let server = shelf(5);
    let client = client(&server);
    let of = |client: &Client, path| Request::<List<Thing>>::new(client, path, &[]);
    let own = || list(&client).params(Filter::new().limit(2));
    let mut pages = own().account("acct_1").pages();
    pages.next().await.unwrap().unwrap();
    let token = pages.resume_token().unwrap();
    // The order in which a request is put together does not matter, nor do the settings of how it is sent.
    let same = own().resume(&token).account("acct_1").max_retries(0);
    assert_eq!(same.await.unwrap().data.len(), 2);

    let others = [
        own(),
        own().account("acct_2"),
        own().account("acct_1").context("acct_3"),
        own().account("acct_1").expand(&["data.x"]),
        own().account("acct_1").extra_param("x", 1),
        list(&client).account("acct_1"),
        of(&client, Operation::get("/v1/others"))
            .params(Filter::new().limit(2))
            .account("acct_1"),
    ];
    for other in others {
        refuses(other.resume(&token), &server).await;
    }
    let elsewhere = builder(&server).account("acct_1").build().unwrap();
    let request = of(&elsewhere, Operation::get("/v1/things"));
    let request = request.params(Filter::new().limit(2));
    assert!(
        request.resume(&token).await.is_ok(),
        "the account may be the client's"
    );
}

#[tokio::test]
async fn row_5_a_token_from_outside_leads_nowhere() {
    let server = shelf(5);
    let client = client(&server);
    let token = list(&client).pages().resume_token().unwrap();
    let (own, _) = token.split_at(token.len() - 1);
    let cut: Vec<String> = (0..token.len())
        .map(|end| token[..end].to_owned())
        .collect();
    let forged = [
        "u/v1/balance",
        "u/v1/things/../balance",
        "uhttps%3A%2F%2Fevil.com%2Fv1%2Fthings",
        "u%2F%2Fevil.com%2Fv1%2Fthings",
        "u%2Fv1%2Fthings%0D%0Ahost%3A%20evil",
        "u",
        "a",
        "b",
        "sx",
        "zthing_1",
        "\u{e9}",
    ];
    let forged = forged.map(|rest| format!("{own}{rest}"));
    for token in cut.iter().chain(&forged) {
        refuses(list(&client).resume(token), &server).await;
    }
}

#[tokio::test]
async fn a_token_is_one_plain_word_without_a_secret() {
    let server = shelf(5);
    let request = list(&client(&server)).params(Filter::new().query("canary"));
    let mut pages = request
        .idempotency_key("canary")
        .header("x-a", "canary")
        .pages();
    pages.next().await.unwrap().unwrap();
    let token = pages.resume_token().unwrap();
    assert!(!token.contains("canary") && !token.contains(KEY));
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.~%".contains(&byte);
    assert!(token.bytes().all(is_plain), "{token}");
    // Kept tokens have to be good for later releases.
    assert_eq!(token, "rt1_f77a77669466d1c4athing_1");
}
