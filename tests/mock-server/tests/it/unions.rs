//! Unions of the request side: any arm will do, and the error is that of the arm that was meant.

use mock_server::MockServer;

use crate::client::post;

#[test]
fn the_error_is_that_of_the_closest_arm() {
    let server = MockServer::start().unwrap();
    for (path, form, code, param) in [
        // An object or "".
        (
            "/v1/customers",
            "shipping[name]=a&shipping[address][x]=1",
            "parameter_unknown",
            "shipping[address][x]",
        ),
        // A map or "".
        ("/v1/customers", "metadata[a][b]=c", "", "metadata[a]"),
        // An integer or `now`.
        (
            "/v1/subscriptions",
            "customer=cus_1&trial_end=later",
            "",
            "trial_end",
        ),
        // A number or "".
        (
            "/v1/products/prod_1",
            "package_dimensions[height]=x&package_dimensions[length]=1&package_dimensions[weight]=1\
            &package_dimensions[width]=1",
            "",
            "package_dimensions[height]",
        ),
    ] {
        let found = post(&server, path, form).error();
        assert_eq!((found.0, found.2.as_str()), (400, param), "{form}");
        assert!(code.is_empty() || found.1 == code, "{form} {found:?}");
    }
}

#[test]
fn an_empty_value_clears_where_the_document_says_so() {
    let server = MockServer::start().unwrap();
    let id = post(
        &server,
        "/v1/customers",
        "metadata[a]=1&metadata[b]=2&shipping[name]=a&shipping[address][line1]=b",
    )
    .ok();
    let path = format!("/v1/customers/{}", id["id"].as_str().unwrap());
    let one = post(&server, &path, "metadata[a]=").ok();
    assert_eq!(one["metadata"], serde_json::json!({"b": "2"}));
    let cleared = post(&server, &path, "shipping=").ok();
    assert!(cleared["shipping"].is_null());
    let all = post(&server, &path, "metadata=").ok();
    assert_eq!(all["metadata"], serde_json::json!({}));
}

#[test]
fn values_beside_an_enum_are_taken_only_where_stripe_takes_them() {
    let server = MockServer::start().unwrap();
    post(
        &server,
        "/v1/webhook_endpoints",
        "url=https://example.com&enabled_events[0]=new.event.kind",
    )
    .ok();
    let closed = post(&server, "/v1/customers", "tax_exempt=sometimes").error();
    assert_eq!((closed.0, closed.2.as_str()), (400, "tax_exempt"));
}
