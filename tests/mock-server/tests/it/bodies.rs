//! Bodies that are no form: the JSON of v2 and the multipart of an upload; and what the content type must be.

use mock_server::MockServer;

use crate::client::{FORM, JSON, call, post_json};
use crate::parameters::refuses;

#[test]
fn bodies_of_v2_are_json_with_types() {
    let server = MockServer::start().unwrap();
    let imports = "/v2/core/event_destinations";
    let base =
        r#""enabled_events":["v1.x"],"event_payload":"thin","name":"a","type":"webhook_endpoint""#;
    for (members, names) in [
        (r#""name":1"#, "name"),
        (r#""color":"red""#, "color"),
        (r#""type":"pigeon""#, "type"),
        (r#""enabled_events":"v1.x""#, "enabled_events"),
        (r#""enabled_events":["a",2]"#, "enabled_events[1]"),
        (r#""webhook_endpoint":{}"#, "webhook_endpoint.url"),
        (r#""webhook_endpoint":{"url":null}"#, "webhook_endpoint.url"),
        (r#""metadata":{"a":1}"#, "metadata.a"),
    ] {
        let answer = post_json(&server, imports, &format!("{{{base},{members}}}"));
        assert_eq!(answer.status, 400, "{members}");
        let message = answer.json()["error"]["message"]
            .as_str()
            .unwrap()
            .to_owned();
        assert!(message.contains(names), "{members}: {message}");
    }
    post_json(&server, imports, &format!("{{{base}}}")).ok();
    let missing = post_json(&server, imports, "{}");
    assert_eq!(missing.json()["error"]["code"], "parameter_missing");
}

#[test]
fn null_clears_in_an_update_of_v2_and_nowhere_else() {
    let server = MockServer::start().unwrap();
    let null = r#"{"description":null}"#;
    post_json(&server, "/v2/core/event_destinations/ed_1", null).ok();
    let base =
        r#""enabled_events":["v1.x"],"event_payload":"thin","name":"a","type":"webhook_endpoint""#;
    let create = post_json(
        &server,
        "/v2/core/event_destinations",
        &format!("{{{base},\"description\":null}}"),
    );
    assert_eq!(create.status, 400);
    let required = post_json(
        &server,
        "/v2/core/event_destinations/ed_1",
        r#"{"webhook_endpoint":{"url":null}}"#,
    );
    assert_eq!(required.status, 400);
}

#[test]
fn the_content_type_must_be_the_documents() {
    let server = MockServer::start().unwrap();
    let multipart = "multipart/form-data; boundary=B";
    let file = "--B\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\ndispute_evidence\r\n\
        --B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n1\r\n--B--\r\n";
    // Each body is good, and nothing but its name is wrong.
    for (target, body, right, wrong) in [
        ("/v1/customers", "email=a", FORM, [JSON, "text/plain"]),
        (
            "/v1/customers",
            "email=a",
            "Application/X-WWW-form-urlencoded; charset=utf-8",
            ["", multipart],
        ),
        (
            "/v2/core/event_destinations/ed_1",
            r#"{"name":"a"}"#,
            JSON,
            [FORM, "application/jsonp"],
        ),
        (
            "/v1/files",
            file,
            multipart,
            [FORM, "multipart/mixed; boundary=B"],
        ),
    ] {
        let send = |content_type| {
            let request = call(&server, "POST", target).body(content_type, body);
            request.send().status
        };
        assert_eq!(send(right), 200, "{target} {right}");
        assert_eq!(wrong.map(send), [400; 2], "{target} {wrong:?}");
    }
}

#[test]
fn a_file_is_uploaded_as_multipart() {
    let server = MockServer::start().unwrap();
    let part = |name: &str, content: &str| {
        format!("--B\r\nContent-Disposition: form-data; {name}\r\n\r\n{content}\r\n")
    };
    let purpose = part("name=\"purpose\"", "dispute_evidence");
    let file = part("name=\"file\"; filename=\"a.txt\"", "12345");
    let upload = |body: String| {
        call(&server, "POST", "/v1/files")
            .body("multipart/form-data; boundary=B", body + "--B--\r\n")
            .send()
    };
    let answer = upload(purpose.clone() + &file).ok();
    assert_eq!(
        (&answer["size"], &answer["filename"]),
        (&5.into(), &"a.txt".into())
    );
    assert_eq!(answer["purpose"], "dispute_evidence");
    refuses(
        &upload(purpose.clone()),
        "parameter_missing",
        "file",
        "no file",
    );
    refuses(
        &upload(purpose.clone() + &part("name=\"file\"", "text")),
        "",
        "file",
        "a text",
    );
    refuses(
        &upload(file + &purpose + &part("name=\"x\"", "1")),
        "parameter_unknown",
        "x",
        "unknown",
    );
}
