//! Paths and queries with values are in no output, however a call ends: a client secret may be among them.

use std::error::Error as _;

use stripe_core::{ApiKey, BaseUrl, Client, Error, Operation, Request};

use crate::clock::TestClock;
use crate::server::{Reply, Server};
use crate::subject::{DELETE, GET, KEY, LIST, Thing, ask, client};

fn assert_hidden(what: &str) {
    assert!(!what.contains("canary"), "{what}");
}

fn shown(error: &Error) -> String {
    let mut text = format!("{error} {error:?} {error:#?}");
    let mut cause = error.source();
    while let Some(current) = cause {
        text.push_str(&format!(" {current} {current:?}"));
        cause = current.source();
    }
    text
}

async fn fail(client: &Client, operation: Operation) {
    let ids: &[&str] = if operation == LIST {
        &[]
    } else {
        &["canary/no"]
    };
    let good: &[&str] = if operation == LIST { &[] } else { &["canary"] };
    for ids in [ids, good] {
        let request: Request<Thing> = Request::new(client, operation, ids);
        let request = request
            .params(ask().email("canary"))
            .extra_param("client_secret", "canary")
            .max_retries(0);
        assert_hidden(&format!("{request:?} {request:#?}"));
        assert_hidden(&shown(&request.await.unwrap_err()));
    }
    let raw = client.raw_request(operation.method, "/v1/canary/{id}?secret=canary");
    let raw = raw.path_param("canary").param("x[canary]", "canary");
    assert_hidden(&format!("{raw:?}"));
    match raw.max_retries(0).await {
        Ok(json) => assert_hidden(&format!("{json:?} {json:#?}")),
        Err(error) => assert_hidden(&shown(&error)),
    }
}

#[tokio::test]
async fn row_3_no_output_has_a_path_or_a_query_with_values() {
    for operation in [GET, LIST, DELETE] {
        for status in [200, 307, 400, 404, 500] {
            let server = Server::start(move |_, seen| {
                let body = format!("{{\"{}\":1}}", seen.target.replace('"', ""));
                Reply::json(status, &body).with("location", &seen.target)
            });
            fail(&client(&server), operation).await;
            assert!(!server.seen().is_empty());
        }
        fail(&client(&Server::start(|_, _| Reply::HangUp)), operation).await;
        let nobody = BaseUrl::plain_http_on_loopback("http://127.0.0.1:1").unwrap();
        let builder = Client::builder(ApiKey::new(KEY).unwrap()).base_url_for_all(&nobody);
        fail(
            &builder.clock(TestClock::default()).build().unwrap(),
            operation,
        )
        .await;
    }
}
