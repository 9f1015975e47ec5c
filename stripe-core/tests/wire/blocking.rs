//! Calls that block the thread: everything that can be awaited, without a runtime.

use std::panic::{AssertUnwindSafe, catch_unwind};

use stripe_core::transport::{BoxFuture, HttpRequest, HttpResponse, Transport, TransportError};
use stripe_core::types::{Binary, FileUpload};
use stripe_core::{Client, ErrorKind, List, Request};

use crate::server::{Reply, Seen, Server};
use crate::subject::{GET, LIST, POST, THING, Thing, builder, client};
use crate::uploads::{UPLOAD, Upload, parts};

fn get(client: &Client) -> Request<Thing> {
    Request::new(client, GET, &["thing_1"])
}

/// Three pages of two things each.
fn pages(_: usize, seen: &Seen) -> Reply {
    let (first, has_more) = match seen.target.split_once("starting_after=") {
        None => (1, true),
        Some((_, "2")) => (3, true),
        Some(_) => (5, false),
    };
    Reply::json(
        200,
        &format!(
            r#"{{"data":[{{"id":"{first}","amount":1}},{{"id":"{}","amount":1}}],"has_more":{has_more},"url":"/v1/things"}}"#,
            first + 1
        ),
    )
}

fn list(client: &Client) -> Request<List<Thing>> {
    Request::new(client, LIST, &[])
}

#[test]
fn a_call_blocks_until_its_answer_is_there() {
    let server = Server::start(|number, _| match number {
        1 => Reply::json(404, r#"{"error":{"type":"invalid_request_error"}}"#),
        _ => Reply::json(200, THING),
    });
    // With the clock of the runtime, as applications have it.
    let client = builder(&server).build().unwrap();
    assert_eq!(get(&client).blocking().unwrap().id, "thing_1");
    let error = get(&client).blocking().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    let response = get(&client).send().blocking().unwrap();
    assert_eq!(
        (response.status(), response.request_id()),
        (200, Some("req_test_1"))
    );
}

#[test]
fn t11_connections_live_on_between_calls() {
    let server = Server::start(|_, _| Reply::json(200, THING));
    let client = client(&server);
    for _ in 0..100 {
        get(&client).blocking().unwrap();
    }
    assert_eq!(server.connections(), 1);
}

#[test]
fn attempts_are_repeated() {
    let server = Server::start(|number, _| match number {
        0 => Reply::HangUp,
        _ => Reply::json(200, THING),
    });
    let request: Request<Thing> = Request::new(&client(&server), POST, &["thing_1"]);
    request.blocking().unwrap();
    assert_eq!(server.seen().len(), 2);
}

#[test]
fn threads_can_share_a_client() {
    let server = Server::start(|_, seen| {
        Reply::json(200, &format!(r#"{{"id":"{}","amount":1}}"#, seen.target))
    });
    let client = builder(&server).build().unwrap();
    let threads = (0..8).map(|thread| {
        let client = client.clone();
        std::thread::spawn(move || {
            for call in 0..20 {
                let id = format!("{thread}-{call}");
                let request: Request<Thing> = Request::new(&client, GET, &[&id]);
                assert_eq!(request.blocking().unwrap().id, format!("/v1/things/{id}"));
            }
        })
    });
    for thread in threads.collect::<Vec<_>>() {
        thread.join().unwrap();
    }
    assert_eq!(server.seen().len(), 160);
}

#[test]
fn lists_are_iterated_over() {
    let server = Server::start(pages);
    let client = client(&server);
    let ids = list(&client)
        .items()
        .blocking()
        .map(|item| item.unwrap().id);
    assert_eq!(ids.collect::<Vec<_>>(), ["1", "2", "3", "4", "5", "6"]);
    let counts = list(&client).pages().blocking();
    let counts = counts.map(|page| page.unwrap().data.len());
    assert_eq!(counts.collect::<Vec<_>>(), [2, 2, 2]);
    assert_eq!(server.seen().len(), 6);
    let some: Result<Vec<_>, _> = list(&client).items().blocking().take(2).collect();
    assert_eq!(some.unwrap().len(), 2);
    assert_eq!(server.seen().len(), 7, "no page that is not needed");
}

#[test]
fn an_iterator_ends_with_its_error() {
    let server = Server::start(|number, seen| match number {
        0 => pages(number, seen),
        _ => Reply::json(400, "{}"),
    });
    let client = client(&server);
    let mut items = list(&client).items().blocking();
    assert!(items.by_ref().take(2).all(|item| item.is_ok()));
    assert!(items.next().unwrap().is_err());
    assert!(items.next().is_none());
    assert_eq!(server.seen().len(), 2);
}

#[test]
fn documents_are_read_piece_by_piece() {
    let server = Server::start(|_, _| Reply::Answer(200, Vec::new(), vec![7; 3_000_000]));
    let client = client(&server);
    let request: Request<Binary> = Request::new(&client, GET, &["x"]);
    let pieces = request.clone().stream().blocking().unwrap().blocking();
    let lengths = pieces.map(|piece| piece.unwrap().len());
    assert_eq!(lengths.sum::<usize>(), 3_000_000);
    // One that is not read to its end.
    let mut pieces = request.stream().blocking().unwrap().blocking();
    assert!(pieces.next().unwrap().is_ok());
    drop(pieces);
    assert_eq!(
        get(&client).blocking().unwrap_err().kind(),
        ErrorKind::Decode
    );
}

#[test]
fn files_are_uploaded() {
    let server = Server::start(|_, _| Reply::json(200, THING));
    let file = FileUpload::from_path(file!().rsplit_once("stripe-core/").unwrap().1);
    let request: Request<Thing> = Request::new(&client(&server), UPLOAD, &[]);
    request.params(Upload::new(file, "x")).blocking().unwrap();
    let (head, content) = &parts(&server.only())[0];
    assert!(head.contains("filename=\"blocking.rs\""));
    assert!(content.starts_with(b"//! Calls that block"));
}

#[tokio::test]
async fn in_an_async_context_there_is_an_error_and_no_panic() {
    let server = Server::start(|_, _| Reply::json(200, THING));
    let client = client(&server);
    let error = get(&client).blocking().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.to_string().contains(".await"), "{error}");
    let error = get(&client).send().blocking().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    let mut items = list(&client).items().blocking();
    assert_eq!(items.next().unwrap().unwrap_err().kind(), ErrorKind::Config);
    assert!(items.next().is_none());
    assert_eq!(server.connections(), 0);
}

#[test]
fn a_client_can_be_awaited_and_blocked_on() {
    let server = Server::start(|_, _| Reply::json(200, THING));
    let client = builder(&server).build().unwrap();
    get(&client).blocking().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(get(&client).into_future()).unwrap();
    get(&client).blocking().unwrap();
    drop(runtime);
    get(&client).blocking().unwrap();
    assert_eq!(server.seen().len(), 4);
}

#[test]
fn a_panic_comes_out_where_it_was_called_and_spoils_nothing() {
    #[derive(Debug)]
    struct Broken;

    impl Transport for Broken {
        fn send<'a>(
            &'a self,
            _: &'a HttpRequest,
        ) -> BoxFuture<'a, Result<HttpResponse, TransportError>> {
            panic!("in a test, on purpose");
        }
    }

    let server = Server::start(|_, _| Reply::json(200, THING));
    let client = builder(&server).transport(Broken).build().unwrap();
    for _ in 0..2 {
        let called = catch_unwind(AssertUnwindSafe(|| get(&client).blocking()));
        let panicked = called.unwrap_err();
        let message = panicked.downcast_ref::<&str>().unwrap();
        assert_eq!(*message, "in a test, on purpose");
    }
}
