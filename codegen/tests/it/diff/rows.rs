//! Changes of the small document, one each, and what has to be said of them. Nothing is asserted here.

use codegen::diff::Verdict;
use serde_json::{Value, json};

use super::verdict::base;

pub(super) const CUSTOMER: &str = "/components/schemas/customer";
const CREATE: &str =
    "/paths/~1v1~1customers/post/requestBody/content/application~1x-www-form-urlencoded/schema";
const EVENTS: &str = "/paths/~1v1~1webhook_endpoints/post/requestBody/content/\
                      application~1x-www-form-urlencoded/schema/properties/enabled_events/items/enum";

/// One row: where, the new value, the verdict, and what the line of the changelog has to say.
pub(super) type Row = (String, Option<Value>, Verdict, &'static str);

/// All rows.
pub(super) fn rows() -> Vec<Row> {
    [answers(), requests(), wholes()].concat()
}

fn answers() -> Vec<Row> {
    let at = |place: &str| format!("{CUSTOMER}{place}");
    let text = || json!({"type": "string"});
    vec![
        (
            at("/properties/phone"),
            Some(text()),
            Verdict::Minor,
            "Add the field `phone` to `schema::Customer`",
        ),
        (
            at("/properties/nickname"),
            None,
            Verdict::Major,
            "Remove the field `nickname` from `schema::Customer`",
        ),
        (
            at("/properties/balance"),
            Some(text()),
            Verdict::Major,
            "Change the type of the field `balance` of `schema::Customer` from `i64` to `String`",
        ),
        (
            at("/required"),
            Some(json!(["id", "object", "plan"])),
            Verdict::Major,
            "Make the field `balance` of `schema::Customer` optional",
        ),
        (
            at("/required"),
            Some(json!(["id", "object", "balance", "plan", "tags"])),
            Verdict::Major,
            "Make the field `tags` of `schema::Customer` always present",
        ),
        (
            at("/properties/balance/nullable"),
            Some(json!(true)),
            Verdict::Major,
            "Make the field `balance` of `schema::Customer` nullable",
        ),
        // It is an `Option` before and after.
        (
            at("/required"),
            Some(json!(["id", "object", "balance", "plan", "nickname"])),
            Verdict::Minor,
            "Make the field `nickname` of `schema::Customer` always present",
        ),
        (
            at("/properties/plan/enum"),
            Some(json!(["free", "paid"])),
            Verdict::Major,
            "Remove the value `old` from `schema::CustomerPlan`",
        ),
        (
            at("/properties/plan/enum"),
            Some(json!(["free", "paid", "old", "new"])),
            Verdict::Minor,
            "Add the value `new` to `schema::CustomerPlan`",
        ),
        (
            at("/properties/plan"),
            Some(text()),
            Verdict::Major,
            "from `CustomerPlan` to `String`",
        ),
        (
            at("/properties/tags/items"),
            Some(json!({"type": "integer"})),
            Verdict::Major,
            "from `Option<Vec<String>>` to `Option<Vec<i64>>`",
        ),
        (
            at("/properties/tier/properties/level/deprecated"),
            Some(json!(true)),
            Verdict::Minor,
            "Deprecate the field `level` of `schema::CustomerTier`",
        ),
        (
            at("/properties/id/maxLength"),
            Some(json!(10)),
            Verdict::Minor,
            "from `5000 characters` to `10 characters`",
        ),
        (
            at("/properties/balance/description"),
            Some(json!("More.")),
            Verdict::Patch,
            "1 descriptions reworded",
        ),
        (
            at("/properties/balance/x-stripeBypassValidation"),
            Some(json!(true)),
            Verdict::None,
            "0 changes",
        ),
    ]
}

fn requests() -> Vec<Row> {
    let at = |place: &str| format!("{CREATE}{place}");
    let text = || json!({"type": "string"});
    vec![
        (
            at("/properties/age"),
            Some(json!({"type": "integer"})),
            Verdict::Minor,
            "Add the parameter `age` to `customer::Create` (`customers.create`)",
        ),
        (
            at("/properties/email"),
            None,
            Verdict::Major,
            "Remove the parameter `email` from `customer::Create`",
        ),
        (
            at("/required"),
            Some(json!(["name", "email"])),
            Verdict::Major,
            "Make the parameter `email` of `customer::Create` required",
        ),
        (
            at("/required"),
            None,
            Verdict::Major,
            "Make the parameter `name` of `customer::Create` optional",
        ),
        (
            at("/properties/phone"),
            Some(text()),
            Verdict::Major,
            "Make the parameter `phone` of `customer::Create` not clearable",
        ),
        (
            at("/properties/email"),
            Some(json!({"description": "The address.", "anyOf": [
                {"type": "string"}, {"type": "string", "enum": [""]},
            ]})),
            Verdict::Minor,
            "Make the parameter `email` of `customer::Create` clearable",
        ),
        (
            at("/properties/name/maxLength"),
            Some(json!(50)),
            Verdict::Major,
            "Change the length limit of `name` of `customer::Create` from `100 characters` to `50 characters`",
        ),
        (
            at("/properties/name/maxLength"),
            Some(json!(500)),
            Verdict::Minor,
            "to `500 characters`",
        ),
        (
            at("/properties/name/maxLength"),
            None,
            Verdict::Minor,
            "to `no limit`",
        ),
        (
            at("/properties/email/maxLength"),
            Some(json!(9)),
            Verdict::Major,
            "from `no limit`",
        ),
        (
            at("/properties/plan/enum"),
            Some(json!(["free"])),
            Verdict::Major,
            "`paid`",
        ),
        (
            at("/properties/plan/enum"),
            Some(json!(["free", "paid", "gold"])),
            Verdict::Minor,
            "Add the value `gold` to `customer::Plan`",
        ),
        (
            at("/properties/shipping/required"),
            Some(json!(["city", "street"])),
            Verdict::Major,
            "Make the parameter `street` of `customer::Shipping` required",
        ),
        (
            at("/properties/shipping/properties/zip"),
            Some(text()),
            Verdict::Minor,
            "Add the parameter `zip` to `customer::Shipping`",
        ),
        (
            at("/properties/trial/anyOf/0/enum"),
            Some(json!(["now", "later"])),
            Verdict::Minor,
            "Add the value `later` to `customer::Trial`",
        ),
        (
            EVENTS.to_owned(),
            Some(json!([
                "customer.created",
                "customer.deleted",
                "customer.moved"
            ])),
            Verdict::Minor,
            "Add the event `customer.moved`",
        ),
        (
            EVENTS.to_owned(),
            Some(json!(["customer.created"])),
            Verdict::Major,
            "Remove the event `customer.deleted`",
        ),
    ]
}

fn wholes() -> Vec<Row> {
    let operation = base()["paths"]["/v1/customers/{customer}"]["get"].clone();
    let path = "/paths/~1v1~1customers~1{customer}";
    vec![
        (
            format!("{path}/delete"),
            None,
            Verdict::Major,
            "Remove the call `customers.delete` (`DELETE /v1/customers/{customer}`)",
        ),
        (
            "/paths/~1v1~1customers~1{customer}~1archive".to_owned(),
            Some(json!({"post": operation})),
            Verdict::Minor,
            "Add the call `customers.archive`",
        ),
        (
            format!("{path}/get/deprecated"),
            Some(json!(true)),
            Verdict::Minor,
            "Deprecate the way `customers.retrieve`",
        ),
        (
            "/components/schemas/part".to_owned(),
            Some(json!({"type": "object", "properties": {"a": {"type": "string"}}})),
            Verdict::Minor,
            "Add the type `schema::Part`",
        ),
        (
            "/components/schemas/address/properties/country".to_owned(),
            None,
            Verdict::Major,
            "Remove the field `country` from `schema::Address`",
        ),
        (
            "/paths/~1v1~1webhook_endpoints".to_owned(),
            None,
            Verdict::Major,
            "Remove the call `webhook_endpoints.create`",
        ),
    ]
}
