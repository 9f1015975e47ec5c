//! Every parameter is judged against the document, and named as Stripe names it.

use mock_server::MockServer;

use crate::client::{Answer, call, delete, get, post};

/// Refused with this code and this parameter.
pub(crate) fn refuses(answer: &Answer, code: &str, param: &str, what: &str) {
    let found = answer.error();
    let start: String = what.chars().take(60).collect();
    assert_eq!(found, (400, code.to_owned(), param.to_owned()), "{start}");
}

/// Each form is refused for this parameter, with this code.
fn refuses_all(path: &str, cases: &[(&str, &str, &str)]) {
    let server = MockServer::start().unwrap();
    for (form, code, param) in cases {
        refuses(&post(&server, path, form), code, param, form);
    }
}

#[test]
fn unknown_and_missing_parameters_are_named() {
    let unknown = "parameter_unknown";
    refuses_all(
        "/v1/customers",
        &[
            ("nickname=x", unknown, "nickname"),
            ("address[planet]=x", unknown, "address[planet]"),
        ],
    );
    refuses_all("/v1/coupons", &[("livemode=true", unknown, "livemode")]);
    refuses_all(
        "/v1/payment_intents",
        &[("currency=usd", "parameter_missing", "amount")],
    );
}

#[test]
fn what_is_no_integer_is_refused() {
    let integer = "parameter_invalid_integer";
    let cases = ["ten", "1.0", "+1", "01", "0x1", "9223372036854775808", "-"];
    for given in cases {
        let form = format!("balance={}", given.replace('+', "%2B"));
        refuses_all("/v1/customers", &[(&form, integer, "balance")]);
    }
    refuses_all("/v1/customers", &[("balance[a]=1", integer, "balance")]);
}

#[test]
fn other_types_enums_and_formats_are_judged() {
    let empty = "parameter_invalid_empty";
    let long = format!("description={}", "é".repeat(5001));
    refuses_all(
        "/v1/customers",
        &[
            ("balance=", empty, "balance"),
            ("email=", empty, "email"),
            ("email[]=x", "", "email"),
            ("address=x", "", "address"),
            ("tax_exempt=maybe", "", "tax_exempt"),
            (&long, "", "description"),
        ],
    );
    refuses_all("/v1/coupons", &[("percent_off=5%25", "", "percent_off")]);
    refuses_all(
        "/v1/payment_intents",
        &[
            ("amount=1&currency=us", "", "currency"),
            ("amount=1&currency=usd&confirm=yes", "", "confirm"),
        ],
    );
}

#[test]
fn lists_have_indices_without_gaps() {
    refuses_all(
        "/v1/customers",
        &[
            ("expand=x", "", "expand"),
            ("expand[1]=sources", "", "expand"),
            ("expand[0]=sources&expand[2]=sources", "", "expand"),
            ("expand[00]=sources", "", "expand"),
            ("expand[x]=sources", "", "expand"),
        ],
    );
}

#[test]
fn nested_parameters_are_named_as_stripe_names_them() {
    let line = "line_items[0][price_data]";
    let decimal = "line_items[0][price_data][unit_amount_decimal]";
    refuses_all(
        "/v1/checkout/sessions",
        &[
            (
                &format!("{line}[unit_amount]=1"),
                "parameter_missing",
                "line_items[0][price_data][currency]",
            ),
            (
                &format!("{line}[currency]=usd&{line}[color]=red"),
                "parameter_unknown",
                "line_items[0][price_data][color]",
            ),
            (&format!("{line}[currency]=usd&{decimal}=a"), "", decimal),
            (
                "line_items[][quantity]=1&line_items[][quantity]=x",
                "parameter_invalid_integer",
                "line_items[1][quantity]",
            ),
        ],
    );
}

#[test]
fn good_bodies_of_v1_are_taken() {
    let server = MockServer::start().unwrap();
    let long = format!("description={}", "é".repeat(5000));
    for (path, form) in [
        ("/v1/customers", ""),
        (
            "/v1/customers",
            "balance=-5&email=a%40b.c&tax_exempt=reverse",
        ),
        (
            "/v1/customers",
            "address[city]=X&shipping[name]=a&shipping[address][line1]=b",
        ),
        (
            "/v1/customers",
            "preferred_locales[0]=de&preferred_locales[1]=en",
        ),
        (
            "/v1/customers",
            "preferred_locales[]=de&preferred_locales[]=en",
        ),
        ("/v1/customers", "metadata[1]=x&metadata[a.b]="),
        ("/v1/customers", "metadata=&address=&shipping="),
        ("/v1/coupons", "percent_off=12.5&duration=once"),
        ("/v1/customers", &long),
        ("/v1/subscriptions", "customer=cus_1&trial_end=now"),
        ("/v1/subscriptions", "customer=cus_1&trial_end=1750000000"),
        // Eleven, so that 10 is not sorted between 1 and 2.
        (
            "/v1/customers",
            "preferred_locales[0]=a&preferred_locales[10]=k&preferred_locales[1]=b&preferred_locales[2]=c\
             &preferred_locales[3]=d&preferred_locales[4]=e&preferred_locales[5]=f&preferred_locales[6]=g\
             &preferred_locales[7]=h&preferred_locales[8]=i&preferred_locales[9]=j",
        ),
    ] {
        post(&server, path, form).ok();
    }
    let last = get(&server, "/v1/customers?limit=1").ok();
    let locales: Vec<&str> = last["data"][0]["preferred_locales"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it.as_str().unwrap())
        .collect();
    assert_eq!(locales.concat(), "abcdefghijk");
}

#[test]
fn queries_are_judged() {
    let server = MockServer::start().unwrap();
    for (target, code, param) in [
        ("/v1/customers?color=red", "parameter_unknown", "color"),
        (
            "/v1/customers?limit=x",
            "parameter_invalid_integer",
            "limit",
        ),
        (
            "/v1/customers?limit=0",
            "parameter_invalid_integer",
            "limit",
        ),
        (
            "/v1/customers?limit=101",
            "parameter_invalid_integer",
            "limit",
        ),
        (
            "/v1/customers?created[near]=1",
            "parameter_unknown",
            "created[near]",
        ),
        (
            "/v1/customers?created=soon",
            "parameter_invalid_integer",
            "created",
        ),
        ("/v1/customers/search", "parameter_missing", "query"),
        ("/v1/subscriptions?status=happy", "", "status"),
        ("/v1/events?type=a&types[0]=b&types[0]=c", "", "types[0]"),
        (
            "/v1/invoices?starting_after=in_1&ending_before=in_2",
            "",
            "starting_after",
        ),
    ] {
        refuses(&get(&server, target), code, param, target);
    }
    for target in [
        "/v1/customers?created[gte]=1&created[lt]=2",
        "/v1/customers?created=1",
        "/v1/subscriptions?status=all",
    ] {
        get(&server, target).ok();
    }
}

#[test]
fn a_delete_has_its_parameters_in_query_or_body() {
    let server = MockServer::start().unwrap();
    let target = "/v1/subscriptions/sub_1";
    delete(&server, &format!("{target}?invoice_now=true")).ok();
    let body = |form| {
        call(&server, "DELETE", target)
            .body("application/x-www-form-urlencoded", form)
            .send()
    };
    body("invoice_now=true").ok();
    refuses(
        &delete(&server, &format!("{target}?invoice_now=2")),
        "",
        "invoice_now",
        "query",
    );
    refuses(&body("color=red"), "parameter_unknown", "color", "body");
    refuses(
        &delete(&server, "/v1/customers/cus_1?color=red"),
        "parameter_unknown",
        "color",
        "none",
    );
}

#[test]
fn a_post_has_no_query_and_a_get_no_body() {
    let server = MockServer::start().unwrap();
    refuses(
        &post(&server, "/v1/customers?email=a", ""),
        "parameter_unknown",
        "email",
        "query",
    );
    let get =
        call(&server, "GET", "/v1/customers").body("application/x-www-form-urlencoded", "email=a");
    refuses(&get.send(), "parameter_unknown", "email", "body");
}

#[test]
fn parameters_of_the_path_are_judged() {
    let server = MockServer::start().unwrap();
    let long = "a".repeat(5001);
    refuses(
        &get(&server, &format!("/v1/customers/{long}")),
        "",
        "customer",
        "length",
    );
    assert_eq!(get(&server, "/v1/customers/%zz").status, 400);
    assert_eq!(
        get(&server, "/v1/coupons/25%25%20off%2F").ok()["id"],
        "25% off/"
    );
}
