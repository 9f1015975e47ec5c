//! Uploads and downloads, and the other shapes of bodies.

use stripe_core::testing::{GET, MockStripe, POST, Reply};
use stripe_core::types::{Binary, FileUpload, Json};
use stripe_core::{Host, Operation, Request};

use crate::{client, wait};

stripe_core::params! {
    /// A file and what it is for.
    #[new(file: FileUpload, purpose: &str)]
    pub struct Upload {
        #[set(required)]
        pub file: FileUpload,
        #[set(required)]
        pub purpose: String,
    }
}

#[test]
fn an_upload_has_its_parts_as_parameters() {
    let stripe = MockStripe::new();
    stripe.on(POST, "/v1/files").reply(Reply::json("{}"));
    let client = client(&stripe);
    let operation = Operation::post_multipart("/v1/files").host(Host::Files);
    let file = FileUpload::new("logo.txt", b"Hello\r\n--you".to_vec());
    let request: Request<Json> = Request::new(&client, operation, &[]);
    wait(request.params(Upload::new(file, "business_logo"))).unwrap();
    stripe
        .assert_sent(POST, "/v1/files")
        .assert_params(&[("file", "Hello\r\n--you"), ("purpose", "business_logo")]);
}

#[test]
fn a_document_is_replied_byte_for_byte() {
    let stripe = MockStripe::new();
    stripe
        .on(GET, "/v1/quotes/{quote}/pdf")
        .reply(Reply::bytes("application/pdf", [0, 255, 7]));
    let client = client(&stripe);
    let request: Request<Binary> =
        Request::new(&client, Operation::get("/v1/quotes/{quote}/pdf"), &["qt_1"]);
    assert_eq!(wait(request).unwrap().as_bytes(), [0, 255, 7]);
}

#[test]
fn json_has_the_names_of_a_form() {
    let stripe = MockStripe::new();
    stripe.on(POST, "/v2/core/things").reply(Reply::json("{}"));
    let request = client(&stripe).raw_request(POST, "/v2/core/things");
    let json = r#"{"a":{"b":[1,{"c":true}]},"d":null}"#;
    wait(request.params_json(json)).unwrap();
    stripe.assert_sent(POST, "/v2/core/things").assert_params(&[
        ("a[b][0]", "1"),
        ("a[b][1][c]", "true"),
        ("d", "null"),
    ]);
}

#[test]
fn a_query_holds_the_parameters_of_what_reads() {
    let stripe = MockStripe::new();
    stripe.on(GET, "/v1/things").reply(Reply::json("{}"));
    let request = client(&stripe).raw_request(GET, "/v1/things?limit=3");
    wait(request.param("email", "a@example.com")).unwrap();
    stripe
        .assert_sent(GET, "/v1/things")
        .assert_params(&[("limit", "3"), ("email", "a@example.com")]);
}
