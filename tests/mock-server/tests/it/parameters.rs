//! Every parameter is judged against the document, and named as Stripe names it.

use mock_server::MockServer;

use crate::client::{Answer, call, delete, get, post, post_json};

/// Refused with this code and this parameter.
fn refuses(answer: &Answer, code: &str, param: &str, what: &str) {
    let found = answer.error();
    let start: String = what.chars().take(60).collect();
    assert_eq!(found, (400, code.to_owned(), param.to_owned()), "{start}");
}

#[test]
fn bodies_of_v1_are_judged() {
    let server = MockServer::start().unwrap();
    let long = format!("description={}", "é".repeat(5001));
    let line = "line_items[0][price_data]";
    for (path, form, code, param) in [
        (
            "/v1/customers",
            "nickname=x",
            "parameter_unknown",
            "nickname",
        ),
        (
            "/v1/customers",
            "address[planet]=x",
            "parameter_unknown",
            "address[planet]",
        ),
        (
            "/v1/customers",
            "balance=ten",
            "parameter_invalid_integer",
            "balance",
        ),
        (
            "/v1/customers",
            "balance=1.0",
            "parameter_invalid_integer",
            "balance",
        ),
        (
            "/v1/customers",
            "balance=+1",
            "parameter_invalid_integer",
            "balance",
        ),
        (
            "/v1/customers",
            "balance=9223372036854775808",
            "parameter_invalid_integer",
            "balance",
        ),
        (
            "/v1/customers",
            "balance=",
            "parameter_invalid_empty",
            "balance",
        ),
        (
            "/v1/customers",
            "email=",
            "parameter_invalid_empty",
            "email",
        ),
        (
            "/v1/customers",
            "balance[a]=1",
            "parameter_invalid_integer",
            "balance",
        ),
        ("/v1/customers", "address=x", "", "address"),
        ("/v1/customers", "expand=x", "", "expand"),
        ("/v1/customers", "expand[1]=sources", "", "expand"),
        (
            "/v1/customers",
            "expand[0]=sources&expand[2]=sources",
            "",
            "expand",
        ),
        ("/v1/customers", "expand[x]=sources", "", "expand"),
        ("/v1/customers", "tax_exempt=maybe", "", "tax_exempt"),
        ("/v1/customers", "email[]=x", "", "email"),
        (
            "/v1/coupons",
            "id=x&livemode=true",
            "parameter_unknown",
            "livemode",
        ),
        ("/v1/coupons", "percent_off=5%25", "", "percent_off"),
        (
            "/v1/payment_intents",
            "currency=usd",
            "parameter_missing",
            "amount",
        ),
        (
            "/v1/payment_intents",
            "amount=1&currency=us",
            "",
            "currency",
        ),
        (
            "/v1/payment_intents",
            "amount=1&currency=usd&confirm=yes",
            "",
            "confirm",
        ),
        (
            "/v1/checkout/sessions",
            &format!("{line}[unit_amount]=1"),
            "parameter_missing",
            "line_items[0][price_data][currency]",
        ),
        (
            "/v1/checkout/sessions",
            &format!("{line}[currency]=usd&{line}[color]=red"),
            "parameter_unknown",
            "line_items[0][price_data][color]",
        ),
        (
            "/v1/checkout/sessions",
            &format!("{line}[currency]=usd&{line}[unit_amount_decimal]=a"),
            "",
            "line_items[0][price_data][unit_amount_decimal]",
        ),
        (
            "/v1/checkout/sessions",
            "line_items[][quantity]=1&line_items[][quantity]=x",
            "parameter_invalid_integer",
            "line_items[1][quantity]",
        ),
        ("/v1/customers", &long, "", "description"),
    ] {
        refuses(&post(&server, path, form), code, param, form);
    }
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
    let send = |target, content_type, body| {
        call(&server, "POST", target)
            .body(content_type, body)
            .send()
            .status
    };
    assert_eq!(send("/v1/customers", "application/json", "{}"), 400);
    assert_eq!(
        send(
            "/v1/customers",
            "application/x-www-form-urlencoded; charset=utf-8",
            "email=a"
        ),
        200
    );
    assert_eq!(
        send(
            "/v2/core/event_destinations/ed_1/ping",
            "application/json",
            "{}"
        ),
        200
    );
    assert_eq!(
        send(
            "/v2/core/event_destinations/ed_1",
            "application/x-www-form-urlencoded",
            "name=a"
        ),
        400
    );
    assert_eq!(
        send(
            "/v1/files",
            "application/x-www-form-urlencoded",
            "purpose=dispute_evidence"
        ),
        400
    );
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
