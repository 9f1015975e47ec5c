//! JSON that does not fit: an error that names the place, and never what stood there.

use stripe_generated::customer::Customer;
use stripe_generated::invoice::Invoice;
use stripe_generated::payment_intent::PaymentIntent;
use stripe_generated::stripe_core::decode::{Decode, Error};
use stripe_generated::stripe_core::{ApiError, Expandable, List, MaybeDeleted};
use stripe_generated::types::Json;
use stripe_generated::v2::commerce::product_catalog::import::V2CommerceProductCatalogImport;
use stripe_generated::{event::Event, id, schema::PaymentSource};

use super::on_a_small_stack;

const HEAD: &str = r#""id":"cus_1","object":"customer","created":1,"livemode":false"#;

fn customer(rest: &str) -> Result<Customer, Error> {
    Customer::decode(format!("{{{HEAD},{rest}}}").as_bytes())
}

/// A wrong field, where it is, the type that holds it, and what is expected there.
const MISMATCHES: [(&str, &str, &str, &str); 16] = [
    (
        r#""balance":"canary""#,
        "balance",
        "Customer",
        "a whole number",
    ),
    (r#""balance":1.5"#, "balance", "Customer", "a whole number"),
    (
        r#""balance":9223372036854775808"#,
        "balance",
        "Customer",
        "a whole number",
    ),
    (
        r#""balance":1e300"#,
        "balance",
        "Customer",
        "a whole number",
    ),
    (r#""email":7"#, "email", "Customer", "a string"),
    (
        r#""email":{"canary":"canary"}"#,
        "email",
        "Customer",
        "a string",
    ),
    (r#""address":"canary""#, "address", "Customer", "an object"),
    (
        r#""address":["canary"]"#,
        "address",
        "Customer",
        "an object",
    ),
    (
        r#""address":{"city":["canary"]}"#,
        "address.city",
        "Address",
        "a string",
    ),
    (
        r#""preferred_locales":"canary""#,
        "preferred_locales",
        "Customer",
        "an array",
    ),
    (
        r#""preferred_locales":["de",{"canary":1}]"#,
        "preferred_locales[1]",
        "Customer",
        "a string",
    ),
    (
        r#""invoice_credit_balance":{"eur":"canary"}"#,
        "invoice_credit_balance[*]",
        "Customer",
        "a whole number",
    ),
    (
        r#""invoice_credit_balance":["canary"]"#,
        "invoice_credit_balance",
        "Customer",
        "an object",
    ),
    (
        r#""tax_exempt":["canary"]"#,
        "tax_exempt",
        "Customer",
        "a string",
    ),
    (
        r#""delinquent":"true""#,
        "delinquent",
        "Customer",
        "a boolean",
    ),
    (
        r#""default_source":12"#,
        "default_source",
        "Customer",
        "an id or an object",
    ),
];

#[test]
fn a_wrong_type_is_named_with_its_place_and_never_with_the_value() {
    for (rest, path, type_name, expected) in MISMATCHES {
        let error = customer(rest).unwrap_err();
        assert_eq!((error.path(), error.expected()), (path, expected), "{rest}");
        assert_eq!(error.type_name(), type_name, "{rest}");
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("canary"), "{shown}");
    }
}

#[test]
fn places_in_lists_and_unions_are_named() {
    let page = r#""object":"list","has_more":false,"url":"/v1/x""#;
    for (rest, path) in [
        (
            r#"{"data":[{"id":"card_1","object":"card","exp_month":"canary"}]}"#,
            "data[0].exp_month",
        ),
        (
            r#"{"data":[{"object":"bank_account","id":7}]}"#,
            "data[0].id",
        ),
        (r#"{"data":[7]}"#, "data[0]"),
    ] {
        let rest = rest.replacen('{', &format!("{{{page},"), 1);
        let read = List::<PaymentSource>::decode(rest.as_bytes());
        // What says of itself no kind is kept as an unknown kind.
        let Err(error) = read else {
            assert_eq!(path, "data[0]");
            continue;
        };
        assert_eq!(error.path(), path, "{rest}");
    }
}

#[test]
fn a_missing_required_field_is_an_error_and_never_a_default() {
    for (json, path, type_name) in [
        ("{}", "created", "Customer"),
        (
            r#"{"created":1,"id":"cus_1","object":"customer"}"#,
            "livemode",
            "Customer",
        ),
        (
            r#"{"created":1,"id":"cus_1","livemode":true,"object":null}"#,
            "object",
            "Customer",
        ),
        (
            r#"{"created":1,"id":null,"livemode":true,"object":"customer"}"#,
            "id",
            "Customer",
        ),
    ] {
        let error = Customer::decode(json.as_bytes()).unwrap_err();
        assert_eq!(
            (error.path(), error.type_name()),
            (path, type_name),
            "{json}"
        );
    }
    let invoice = crate::document::read("tests/fixtures/objects/invoice.json");
    for (field, path) in [
        ("\"amount_due\": 2380", "amount_due"),
        (
            "\"quantity\": 2,\n        \"quantity_decimal\": \"2\",\n        \"subtotal\": 2000",
            "lines.data[0].subtotal",
        ),
        ("\"enabled\": true", "automatic_tax.enabled"),
    ] {
        assert!(invoice.contains(field), "{field}");
        let renamed = invoice.replacen(field, "\"renamed\": 1", 1);
        let error = Invoice::decode(renamed.as_bytes()).unwrap_err();
        assert_eq!(error.path(), path);
    }
}

#[test]
fn numbers_in_strings_have_to_be_numbers() {
    let json = r#"{"id":"pcimp_1","object":"v2.commerce.product_catalog_import","created":"2026-05-27T12:34:56.789Z",
        "feed_type":"product","livemode":false,"metadata":{},"status":"processing",
        "status_details":{"processing":{"error_count":"9223372036854775807","success_count":"-1"}}}"#;
    let import = V2CommerceProductCatalogImport::decode(json.as_bytes()).unwrap();
    let details = import.status_details.unwrap();
    assert_eq!(details.processing.unwrap().error_count.get(), i64::MAX);
    for wrong in ["1.5", "canary", "", " 1", "9223372036854775808"] {
        let json = json.replace("9223372036854775807", wrong);
        let error = V2CommerceProductCatalogImport::decode(json.as_bytes()).unwrap_err();
        assert_eq!(
            error.path(),
            "status_details.processing.error_count",
            "{wrong}"
        );
        assert!(!error.to_string().contains("canary"));
    }
}

#[test]
fn what_is_not_json_is_an_error() {
    for json in [
        "",
        " ",
        "{",
        "nul",
        "{\"id\":}",
        "{\"id\":\"a\"} x",
        "\u{feff}{}",
        "{\"a\":1,}",
        "{'a':1}",
        "[1",
        "{\"id\":\"\\ud800\"}",
    ] {
        assert!(Customer::decode(json.as_bytes()).is_err(), "{json}");
    }
    assert!(Customer::decode(b"{\"id\":\"\xff\"}").is_err());
    for json in ["[]", "7", "\"customer\"", "null", "true"] {
        let error = Customer::decode(json.as_bytes()).unwrap_err();
        assert_eq!(
            (error.path(), error.expected()),
            ("", "an object"),
            "{json}"
        );
    }
}

#[test]
fn the_last_of_two_equal_fields_counts() {
    let twice = customer(
        r#""email":"a","balance":1,"metadata":{"a":"1"},"email":"b","balance":2,"metadata":{"b":"2"}"#,
    );
    let twice = twice.unwrap();
    assert_eq!(
        (twice.email.as_deref(), twice.balance),
        (Some("b"), Some(2))
    );
    let metadata: Vec<_> = twice.metadata.iter().flatten().collect();
    assert_eq!(metadata, [(&"b".to_owned(), &"2".to_owned())]);
    let unknown = customer(r#""new":1,"new":2"#).unwrap();
    assert_eq!(unknown.extra.get("new"), Some("2"));
    let nested = customer(r#""address":{"city":"a","line1":"b","x":1},"address":{"city":"c"}"#);
    let address = nested.unwrap().address.unwrap();
    assert_eq!(
        (address.city.as_deref(), address.line1, address.extra.len()),
        (Some("c"), None, 0)
    );
}

/// It could not be emptied first: a mixture of both would be a lie.
#[test]
fn the_second_of_two_equal_required_objects_is_an_error() {
    let invoice = crate::document::read("tests/fixtures/objects/invoice.json");
    let second = r#""automatic_tax": {"enabled": false}, "billing_reason""#;
    let twice = invoice.replacen("\"billing_reason\"", second, 1);
    let error = Invoice::decode(twice.as_bytes()).unwrap_err();
    assert_eq!(
        (error.path(), error.type_name()),
        ("automatic_tax", "Invoice")
    );
}

/// 100,000 of these, one in another.
fn nested(open: &str, close: &str) -> String {
    [open.repeat(100_000), close.repeat(100_000)].concat()
}

#[test]
fn row_14_depth_is_an_error_and_no_crash() {
    let arrays = nested("[", "]");
    let unclosed = "{\"a\":[".repeat(100_000);
    for deep in [arrays, unclosed] {
        on_a_small_stack(move || {
            for field in [
                "address",
                "preferred_locales",
                "metadata",
                "email",
                "sources",
            ] {
                assert!(customer(&format!("\"{field}\":{deep}")).is_err(), "{field}");
            }
            assert!(Customer::decode(deep.as_bytes()).is_err());
            assert!(List::<Customer>::decode(deep.as_bytes()).is_err());
            assert!(ApiError::decode(deep.as_bytes()).is_err());
            assert!(MaybeDeleted::<Customer>::decode(deep.as_bytes()).is_err());
            assert!(Expandable::<id::CustomerId>::decode(deep.as_bytes()).is_err());
            // Of an unknown kind, and kept, unless it is not even JSON.
            let read = PaymentSource::decode(deep.as_bytes());
            assert_eq!(read.is_ok(), deep.ends_with(']'));
        });
    }
}

/// Where JSON is kept as it is, its depth costs nothing: not when it is read, copied, printed, written or dropped.
#[test]
fn row_14_depth_in_raw_json_is_harmless() {
    for deep in [
        nested("[", "]"),
        nested("{\"a\":", "}").replacen(":}", ":1}", 1),
    ] {
        let (copy, jenny) = on_a_small_stack(move || {
            let jenny = customer(&format!("\"new\":{deep}")).unwrap();
            assert_eq!(jenny.extra.get("new"), Some(deep.as_str()));
            assert!(format!("{jenny:?}").len() < 1000);
            let event = format!(
                r#"{{"id":"evt_1","object":"event","created":1,"livemode":false,"pending_webhooks":0,"type":"x",
                "data":{{"object":{deep}}}}}"#
            );
            let event = Event::decode(event.as_bytes()).unwrap();
            assert!(event.data.object.decode::<Customer>().is_err());
            assert!(event.data.object.decode::<Json>().is_ok());
            (jenny.clone(), jenny)
        });
        assert_eq!(copy.extra.get("new"), jenny.extra.get("new"));
        // Serde would have to descend into it, and refuses.
        assert!(serde_json::to_string(&jenny).is_err());
    }
}

#[test]
fn a_place_from_the_server_cannot_forge_a_log_line() {
    let error = customer("\"invoice_credit_balance\":{\"a\\n\\u001b[31mb\":\"x\"}").unwrap_err();
    assert!(
        !error.to_string().chars().any(char::is_control),
        "{error:?}"
    );
}

#[test]
fn an_error_of_an_attached_object_names_its_place() {
    let json = r#"{"type":"card_error","payment_intent":{"amount":"canary"}}"#;
    let error = ApiError::decode(json.as_bytes()).unwrap();
    let error = error
        .attached::<PaymentIntent>("payment_intent")
        .unwrap()
        .unwrap_err();
    assert_eq!(
        (error.path(), error.type_name()),
        ("amount", "PaymentIntent")
    );
}
