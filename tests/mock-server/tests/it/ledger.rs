//! The ledger over a real exchange: what was sent and returned is not missing any more, and nothing else.

use mock_server::{MockServer, Use};

use crate::client::{get, post, post_json};

fn missing(server: &MockServer, what: Use) -> Vec<String> {
    let missing = server.ledger().missing();
    let kind = missing.into_iter().filter(|it| it.what == what);
    kind.map(|it| it.pointer).collect()
}

/// What one exchange takes off the list.
fn used(server: &MockServer, what: Use, exchange: impl FnOnce()) -> Vec<String> {
    let before = missing(server, what);
    exchange();
    let after = missing(server, what);
    before
        .into_iter()
        .filter(|it| !after.contains(it))
        .collect()
}

const CREATE: &str = "/paths/~1v1~1customers/post";

fn body(rest: &str) -> String {
    format!(
        "{CREATE}/requestBody/content/application~1x-www-form-urlencoded/schema/properties/{rest}"
    )
}

#[test]
fn everything_is_missing_at_first() {
    let server = MockServer::start().unwrap();
    let counts = server.ledger().counts();
    assert!(
        counts.iter().all(|it| it.used == 0 && it.total > 0),
        "{counts:?}"
    );
    assert_eq!(
        counts
            .iter()
            .find(|it| it.what == Use::Operation)
            .unwrap()
            .total,
        619
    );
}

#[test]
fn parameters_are_entered_with_their_items() {
    let server = MockServer::start().unwrap();
    let form = "email=a&preferred_locales[0]=de&address[city]=b&tax_exempt=reverse";
    let parameters = used(&server, Use::Parameter, || {
        drop(post(&server, "/v1/customers", form).ok());
    });
    let expected = [
        body("address/anyOf/0/properties/city"),
        body("address"),
        body("email"),
        body("preferred_locales/items"),
        body("preferred_locales"),
        body("tax_exempt"),
    ];
    let mut found = parameters;
    found.sort();
    let mut expected = expected.to_vec();
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn operations_arms_values_and_clears_are_entered() {
    let server = MockServer::start().unwrap();
    let send = |form: &str| drop(post(&server, "/v1/customers", form).ok());
    assert_eq!(used(&server, Use::Operation, || send("")), [CREATE]);
    assert_eq!(
        used(&server, Use::Arm, || send("address[city]=b")),
        [body("address/anyOf/0")]
    );
    assert_eq!(
        used(&server, Use::Value, || send("tax_exempt=reverse")),
        [body("tax_exempt/enum/3")]
    );
    let clears = used(&server, Use::Clear, || send("address="));
    assert_eq!(clears, [body("address/anyOf/1")]);
    let update = "/paths/~1v2~1core~1event_destinations~1{id}/post/requestBody/content/application~1json/schema";
    let clears = used(&server, Use::Clear, || {
        post_json(
            &server,
            "/v2/core/event_destinations/ed_1",
            r#"{"description":null}"#,
        )
        .ok();
    });
    assert_eq!(clears, [format!("{update}/properties/description")]);
}

#[test]
fn a_request_that_was_refused_is_not_entered() {
    let server = MockServer::start().unwrap();
    let form = "email=a&address[city]=b&color=red";
    for what in Use::ALL {
        let found = used(&server, what, || {
            assert_eq!(post(&server, "/v1/customers", form).status, 400);
        });
        assert!(found.is_empty(), "{what} {found:?}");
    }
}

#[test]
fn paths_and_queries_are_entered() {
    let server = MockServer::start().unwrap();
    let found = used(&server, Use::Parameter, || {
        drop(get(&server, "/v1/customers/cus_1?expand[]=sources").ok());
    });
    let operation = "/paths/~1v1~1customers~1{customer}/get/parameters";
    let expected = [
        format!("{operation}/0/schema"),
        format!("{operation}/1/schema"),
        format!("{operation}/1/schema/items"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn properties_are_entered_unless_they_are_null() {
    let server = MockServer::start().unwrap();
    let properties = used(&server, Use::Property, || {
        drop(get(&server, "/v1/customers/cus_1").ok());
    });
    let of = |name: &str| format!("/components/schemas/customer/properties/{name}");
    assert!(properties.contains(&of("email")));
    assert!(!properties.contains(&"/components/schemas/charge/properties/amount".to_owned()));
    server.ledger().reset();
    let form = "amount=1&currency=usd";
    let properties = used(&server, Use::Property, || {
        drop(post(&server, "/v1/payment_intents", form).ok());
    });
    let of = |name: &str| format!("/components/schemas/payment_intent/properties/{name}");
    assert!(properties.contains(&of("amount")));
    assert!(!properties.contains(&of("canceled_at")), "it was null");
}

#[test]
fn the_report_is_the_same_over_http() {
    let server = MockServer::start().unwrap();
    post(&server, "/v1/customers", "email=a").ok();
    let report = get(&server, "/_mock/ledger").ok();
    assert_eq!(
        report["counts"]["operation"],
        serde_json::json!({"used": 1, "total": 619})
    );
    let listed = report["missing"].as_array().unwrap();
    let missing = server.ledger().missing();
    assert_eq!(listed.len(), missing.len());
    assert_eq!(listed[0]["pointer"], missing[0].pointer);
}
