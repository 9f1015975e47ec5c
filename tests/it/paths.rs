//! Where calls go: every operation of the document has its method, path, body and host, and no id can change them.

use std::collections::BTreeSet;

use serde_json::Value;
use stripe_generated::stripe_core::{Client, Operation, Request};
use stripe_generated::types::Json;
use stripe_generated::{Error, ErrorKind};
use tests::server::{Recorded, Server};

use crate::calls;
use crate::document::document;
use crate::generated::methods;

/// An operation as the document has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Documented {
    constructor: &'static str,
    path: String,
    host: Option<String>,
}

fn documented() -> BTreeSet<Documented> {
    let mut all = BTreeSet::new();
    for (path, item) in document()["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let server = operation["servers"][0]["url"].as_str();
            all.insert(Documented {
                constructor: constructor(method, path, operation),
                path: path.clone(),
                host: server.map(|url| host(url).to_owned()),
            });
        }
    }
    all
}

fn constructor(method: &str, path: &str, operation: &Value) -> &'static str {
    let has = |kind: &str| !operation["requestBody"]["content"][kind].is_null();
    match method {
        "get" => "get",
        "delete" => "delete",
        "post" if path.starts_with("/v2/") => "post_json",
        "post" if has("multipart/form-data") => "post_multipart",
        "post" if has("application/x-www-form-urlencoded") => "post_form",
        other => panic!("{other} {path}"),
    }
}

fn host(url: &str) -> &'static str {
    match url {
        "https://files.stripe.com/" => "Files",
        "https://meter-events.stripe.com/" => "MeterEvents",
        other => panic!("{other}"),
    }
}

/// The parameters of a path, in order.
fn parameters(path: &str) -> Vec<&str> {
    let segments = path.split('/');
    segments
        .filter_map(|it| it.strip_prefix('{')?.strip_suffix('}'))
        .collect()
}

#[test]
fn every_operation_of_the_document_has_a_method() {
    let documented = documented();
    assert_eq!(documented.len(), 619);
    let methods = methods().iter().map(|method| {
        let constructors = ["get", "delete", "post_form", "post_json", "post_multipart"];
        let constructor = constructors
            .into_iter()
            .find(|it| *it == method.constructor);
        Documented {
            constructor: constructor.unwrap(),
            path: method.path.clone(),
            host: method.host.clone(),
        }
    });
    let methods: BTreeSet<_> = methods.collect();
    let missing: Vec<_> = documented.difference(&methods).collect();
    let invented: Vec<_> = methods.difference(&documented).collect();
    assert!(
        missing.is_empty() && invented.is_empty(),
        "missing {missing:#?}, invented {invented:#?}"
    );
}

#[test]
fn every_method_passes_its_ids_in_the_order_of_its_path() {
    let mut with_ids = BTreeSet::new();
    for method in methods() {
        let parameters = parameters(&method.path);
        assert_eq!(method.ids, parameters, "{}", method.place);
        let ids = method.arguments.iter().filter(|(name, _)| name != "params");
        let expected: Vec<_> = parameters
            .iter()
            .map(|name| (name.to_string(), "&str".to_owned()))
            .collect();
        assert_eq!(
            ids.cloned().collect::<Vec<_>>(),
            expected,
            "{}",
            method.place
        );
        let takes_params = method.arguments.iter().any(|(name, _)| name == "params");
        assert_eq!(takes_params, method.has_params, "{}", method.place);
        if !parameters.is_empty() {
            with_ids.insert((&method.constructor, &method.path));
        }
    }
    assert_eq!(with_ids.len(), 408);
}

/// The operations with parameters in their paths.
fn with_ids() -> Vec<Operation> {
    let documented = documented()
        .into_iter()
        .filter(|it| !parameters(&it.path).is_empty());
    let operations = documented.map(|it| {
        let path: &'static str = it.path.leak();
        match it.constructor {
            "get" => Operation::get(path),
            "delete" => Operation::delete(path),
            "post_json" => Operation::post_json(path),
            _ => Operation::post_form(path),
        }
    });
    operations.collect()
}

/// Sends a request with this id in one place, and harmless ones in the others.
async fn send(
    client: &Client,
    operation: Operation,
    place: usize,
    id: &str,
) -> Result<Json, Error> {
    let mut ids = vec!["x_1"; parameters(operation.path).len()];
    ids[place] = id;
    Request::new(client, operation, &ids).await
}

#[tokio::test]
async fn row_9_and_10_no_id_leads_to_another_operation() {
    let hostile = [
        "",
        " ",
        "\t",
        "\u{3000}",
        ".",
        "..",
        " .. ",
        "a/b",
        "/",
        "a/../b",
        "../x",
        "%2e",
        "%2e%2e",
        ".%2E",
        "%252e%252e",
        "%2F",
        "a%2fb",
        "a\\b",
        "%5c",
        "..;",
        "..;a=b",
        "..?a",
        "..#a",
        "a%00",
        "a\0",
        "a\nb",
        "a\r\nHost: b",
        "\u{7f}",
        "a\u{85}",
        "\u{ff0e}\u{ff0e}",
        "\u{ff0e}.",
        "\u{2025}",
    ];
    let server = Server::start([]);
    let client = calls::client(&server);
    let operations = with_ids();
    assert_eq!(operations.len(), 408);
    for operation in operations {
        for (place, parameter) in parameters(operation.path).into_iter().enumerate() {
            for id in hostile {
                let error = send(&client, operation, place, id).await.unwrap_err();
                assert_eq!(
                    error.kind(),
                    ErrorKind::Validation,
                    "{id:?} in {}",
                    operation.path
                );
                assert_eq!(error.param(), Some(parameter));
            }
        }
    }
    assert!(server.recorded().is_empty(), "something was sent");
}

#[tokio::test]
async fn row_9_an_odd_id_stays_one_segment_of_every_path() {
    let odd = [
        ("25% off", "25%25%20off"),
        ("a?x=1&y", "a%3Fx%3D1%26y"),
        ("a#f", "a%23f"),
        ("é+;:@", "%C3%A9%2B%3B%3A%40"),
    ];
    let mut expected = Vec::new();
    let server = Server::start([]);
    let client = calls::client(&server);
    for operation in with_ids() {
        for (place, _) in parameters(operation.path).into_iter().enumerate() {
            for (id, encoded) in odd {
                // Status 599: the server has no answers.
                send(&client, operation, place, id).await.unwrap_err();
                expected.push(filled(operation.path, place, encoded));
            }
        }
    }
    let recorded = server.recorded();
    let targets: Vec<_> = recorded.iter().map(Recorded::target).collect();
    assert_eq!(targets, expected);
}

/// The path with this segment in one place.
fn filled(path: &str, place: usize, encoded: &str) -> String {
    let mut count = 0;
    let segments = path.split('/').map(|segment| {
        if !segment.starts_with('{') {
            return segment;
        }
        count += 1;
        if count == place + 1 { encoded } else { "x_1" }
    });
    segments.collect::<Vec<_>>().join("/")
}

/// `Request::new` is open to everybody, though nobody is pointed to it.
#[tokio::test]
async fn the_number_of_ids_has_to_fit() {
    let server = Server::start([]);
    let client = calls::client(&server);
    let operation = Operation::get("/v1/customers/{customer}");
    for ids in [&[][..], &["a", "b"][..]] {
        let error = Request::<Json>::new(&client, operation, ids)
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Validation);
    }
    assert!(server.recorded().is_empty());
}
