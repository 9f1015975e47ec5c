//! Lists, searches and lists of v2, page by page.

use mock_server::MockServer;
use serde_json::Value;

use crate::client::{call, get, post};

fn ids(page: &Value) -> Vec<String> {
    let items = page["data"].as_array().unwrap().iter();
    items
        .map(|item| item["id"].as_str().unwrap().to_owned())
        .collect()
}

/// Follows a list from page to page, by whatever says where the next one is.
fn walk(
    server: &MockServer,
    start: &str,
    next: impl Fn(&Value) -> Option<String>,
) -> Vec<Vec<String>> {
    let (mut pages, mut target) = (Vec::new(), Some(start.to_owned()));
    while let Some(current) = target {
        let page = get(server, &current).ok();
        target = next(&page);
        pages.push(ids(&page));
    }
    pages
}

fn lengths(pages: &[Vec<String>]) -> Vec<usize> {
    let mut all = pages.concat();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), pages.concat().len(), "no id comes twice");
    pages.iter().map(Vec::len).collect()
}

#[test]
fn a_list_of_v1_is_paged_by_cursor() {
    let server = MockServer::builder().items(7).start().unwrap();
    let next = |page: &Value| {
        let more = page["has_more"].as_bool().unwrap();
        more.then(|| {
            format!(
                "/v1/customers?limit=3&starting_after={}",
                ids(page).pop().unwrap()
            )
        })
    };
    let forward = walk(&server, "/v1/customers?limit=3", next);
    assert_eq!(lengths(&forward), [3, 3, 1]);
    let last = &forward[2][0];
    let before = get(
        &server,
        &format!("/v1/customers?limit=4&ending_before={last}"),
    )
    .ok();
    assert_eq!(ids(&before), forward.concat()[2..6]);
    assert_eq!(before["has_more"], true);
    let first = &forward[0][2];
    let before = get(
        &server,
        &format!("/v1/customers?limit=4&ending_before={first}"),
    )
    .ok();
    assert_eq!(
        (ids(&before), &before["has_more"]),
        (forward.concat()[..2].to_vec(), &false.into())
    );
    assert_eq!(before["url"], "/v1/customers");
}

#[test]
fn ten_items_are_the_default_and_lists_without_a_limit_are_whole() {
    let server = MockServer::start().unwrap();
    assert_eq!(ids(&get(&server, "/v1/customers").ok()).len(), 10);
    assert_eq!(
        ids(&get(&server, "/v1/accounts/acct_1/capabilities").ok()).len(),
        25
    );
    let wished = call(&server, "GET", "/v1/customers")
        .header("Mock-Items", "2")
        .send()
        .ok();
    assert_eq!(
        (ids(&wished).len(), &wished["has_more"]),
        (2, &false.into())
    );
}

#[test]
fn a_search_is_paged_by_token() {
    let server = MockServer::builder().items(5).start().unwrap();
    let query = "/v1/customers/search?query=x&limit=2";
    let next = |page: &Value| {
        page["next_page"]
            .as_str()
            .map(|token| format!("{query}&page={token}"))
    };
    assert_eq!(lengths(&walk(&server, query, next)), [2, 2, 1]);
    assert_eq!(get(&server, query).ok()["total_count"], 5);
}

#[test]
fn a_list_of_v2_is_paged_by_url() {
    let server = MockServer::builder().items(5).start().unwrap();
    let next = |page: &Value| page["next_page_url"].as_str().map(str::to_owned);
    let start = "/v2/core/accounts?limit=2&closed=true";
    let pages = walk(&server, start, next);
    assert_eq!(lengths(&pages), [2, 2, 1]);
    let second = get(&server, start).ok()["next_page_url"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        second.starts_with("/v2/core/accounts?limit=2&closed=true&page="),
        "{second}"
    );
    let back = get(&server, &second).ok()["previous_page_url"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(ids(&get(&server, &back).ok()), pages[0]);
    assert!(get(&server, start).ok()["previous_page_url"].is_null());
}

#[test]
fn an_unknown_cursor_ends_a_list() {
    let server = MockServer::start().unwrap();
    for target in [
        "/v1/customers?starting_after=cus_1",
        "/v1/customers?ending_before=cus_1",
        "/v2/core/accounts?page=x",
    ] {
        let page = get(&server, target).ok();
        assert!(ids(&page).is_empty(), "{target}");
        assert_ne!(page["has_more"], true);
        assert!(page["next_page_url"].is_null());
    }
}

#[test]
fn what_was_created_comes_first_and_can_be_filtered() {
    let server = MockServer::builder().items(1).start().unwrap();
    for customer in ["cus_a", "cus_b", "cus_a"] {
        post(
            &server,
            "/v1/subscriptions",
            &format!("customer={customer}"),
        )
        .ok();
    }
    let all = get(&server, "/v1/subscriptions").ok();
    assert_eq!(ids(&all).len(), 4);
    let filtered = get(&server, "/v1/subscriptions?customer=cus_a").ok();
    let customers: Vec<&Value> = filtered["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["customer"])
        .collect();
    assert_eq!(
        customers, ["cus_a"; 3],
        "two were created, one is made up for the request"
    );
    let below = get(&server, "/v1/customers/cus_b/subscriptions").ok();
    assert_eq!(ids(&below).len(), 2);
}

#[test]
fn with_no_items_lists_hold_what_was_created_and_nothing_else() {
    let server = MockServer::builder().items(0).start().unwrap();
    assert!(ids(&get(&server, "/v1/customers").ok()).is_empty());
    let first = post(&server, "/v1/customers", "").ok();
    let second = post(&server, "/v1/customers", "").ok();
    let expected = [&second, &first].map(|it| it["id"].as_str().unwrap());
    assert_eq!(ids(&get(&server, "/v1/customers").ok()), expected);
    let page = get(
        &server,
        &format!("/v1/customers?starting_after={}", expected[0]),
    )
    .ok();
    assert_eq!(ids(&page), [expected[1]]);
}

#[test]
fn items_of_several_types_take_turns() {
    let server = MockServer::start().unwrap();
    let page = get(&server, "/v1/customers/cus_1/sources?limit=3").ok();
    let types: Vec<&Value> = page["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["object"])
        .collect();
    assert_eq!(types, ["bank_account", "card", "source"]);
}
