//! The rules for paths and operations that the grammar cannot state: templates, parameters, responses.

use std::collections::BTreeSet;

use serde_json::Value;

use super::check::Check;
use super::grammar::{
    COOKIE_PARAMETER, HEADER_PARAMETER, PATH_ITEM, PATH_PARAMETER, QUERY_PARAMETER, RESPONSE,
};
use crate::diagnostic::{Pointer, is_invisible, quoted};

/// The methods that a path item may have, as they stand in the document, in order.
pub(super) const METHODS: [&str; 8] = [
    "delete", "get", "head", "options", "patch", "post", "put", "trace",
];

pub(super) fn paths(check: &mut Check<'_>, value: &Value, at: &Pointer) {
    for (path, item) in check.members(value, at) {
        if path.starts_with("x-") {
            continue;
        }
        let at = at.key(path);
        check.template = template(check, path, &at);
        check.object(&PATH_ITEM, item, &at);
        for method in METHODS {
            if let Some(operation) = item.get(method) {
                path_parameters(check, item, operation, &at.key(method));
                operation_id(check, operation, &at.key(method));
            }
        }
    }
}

/// The names in braces. A path goes into a URL as it is, so it may hold nothing that means something there.
fn template(check: &mut Check<'_>, path: &str, at: &Pointer) -> BTreeSet<String> {
    let help = "write it as /v1/things/{thing}";
    if !path.starts_with('/') {
        check.wrong(
            at,
            format!("the path {} does not start with `/`", quoted(path)),
            help,
        );
    }
    if path
        .chars()
        .any(|c| is_invisible(c) || c.is_whitespace() || matches!(c, '?' | '#' | '\\'))
    {
        check.wrong(
            at,
            "a path may hold no white space, control characters, `?`, `#` or `\\`",
            help,
        );
    }
    if path
        .split('/')
        .skip(1)
        .any(|segment| matches!(segment, "" | "." | ".."))
    {
        check.wrong(at, "a segment of the path is empty or dots", help);
    }
    let mut names = BTreeSet::new();
    let mut rest = path;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        if name.is_empty() || name.contains(['{', '/']) {
            check.wrong(at, "the braces of the path do not pair up", help);
        }
        if !names.insert(name.to_owned()) {
            check.wrong(
                at,
                format!("the path names {} twice", quoted(name)),
                "give each its own name",
            );
        }
        rest = after;
    }
    if rest.contains(['{', '}']) || path.matches('{').count() != path.matches('}').count() {
        check.wrong(at, "the braces of the path do not pair up", help);
    }
    names
}

/// Each name of the template is a path parameter, and each path parameter is in the template.
fn path_parameters(check: &mut Check<'_>, item: &Value, operation: &Value, at: &Pointer) {
    let declared: BTreeSet<&str> = [item, operation]
        .into_iter()
        .filter_map(|holder| holder.get("parameters")?.as_array())
        .flatten()
        .filter(|parameter| parameter.get("in").and_then(Value::as_str) == Some("path"))
        .filter_map(|parameter| parameter.get("name")?.as_str())
        .collect();
    for name in check.template.clone() {
        if !declared.contains(name.as_str()) {
            check.wrong(
                at,
                format!(
                    "the path has {{{}}}, but no such path parameter is declared",
                    quoted(&name)
                ),
                "declare it",
            );
        }
    }
    for name in declared {
        if !check.template.contains(name) {
            let message = format!(
                "the path parameter {} does not occur in the path",
                quoted(name)
            );
            check.wrong(at, message, "add it to the path or remove it");
        }
    }
}

fn operation_id(check: &mut Check<'_>, operation: &Value, at: &Pointer) {
    let Some(id) = operation.get("operationId").and_then(Value::as_str) else {
        return;
    };
    if let Some(earlier) = check.operation_ids.insert(id.to_owned(), at.clone()) {
        let message = format!("the operation id {} is also used at {earlier}", quoted(id));
        check.wrong(
            &at.key("operationId"),
            message,
            "give each operation its own",
        );
    }
}

pub(super) fn parameters(check: &mut Check<'_>, value: &Value, at: &Pointer) {
    check.each(value, at, parameter);
    let mut seen = BTreeSet::new();
    for (index, parameter) in value.as_array().into_iter().flatten().enumerate() {
        let key = (
            parameter.get("in").and_then(Value::as_str),
            parameter.get("name").and_then(Value::as_str),
        );
        if let (Some(_), Some(name)) = key {
            if !seen.insert(key) {
                check.wrong(
                    &at.index(index),
                    format!("the parameter {} stands twice", quoted(name)),
                    "remove one",
                );
            }
        }
    }
}

pub(super) fn shared_parameters(check: &mut Check<'_>, value: &Value, at: &Pointer) {
    check.every(value, at, parameter);
}

fn parameter(check: &mut Check<'_>, value: &Value, at: &Pointer) {
    let table = match value.get("in").and_then(Value::as_str) {
        Some("path") => &PATH_PARAMETER,
        Some("header") => &HEADER_PARAMETER,
        Some("cookie") => &COOKIE_PARAMETER,
        place => {
            if !matches!(place, Some("query") | None) {
                check.wrong(
                    &at.key("in"),
                    "a parameter cannot stand there",
                    "write path, query, header or cookie",
                );
            }
            &QUERY_PARAMETER
        }
    };
    check.object(table, value, at);
    if !value.is_object() || value.get("$ref").is_some() {
        return;
    }
    if value.get("schema").is_some() == value.get("content").is_some() {
        check.wrong(
            at,
            "a parameter needs either `schema` or `content`",
            "say what it holds, once",
        );
    }
    let is_path = value.get("in").and_then(Value::as_str) == Some("path");
    if is_path && value.get("required").and_then(Value::as_bool) != Some(true) {
        check.wrong(
            at,
            "a path parameter is always required",
            "add `required: true`",
        );
    }
}

pub(super) fn responses(check: &mut Check<'_>, value: &Value, at: &Pointer) {
    for (status, response) in check.members(value, at) {
        let at = at.key(status);
        if status.starts_with("x-") {
            continue;
        }
        if !is_status(status) {
            check.wrong(
                &at,
                format!("{} is not a status", quoted(status)),
                "write a code such as 200, 2XX or default",
            );
        }
        check.object(&RESPONSE, response, &at);
    }
}

fn is_status(status: &str) -> bool {
    match status.as_bytes() {
        b"default" | [b'1'..=b'5', b'X', b'X'] => true,
        [b'1'..=b'9', rest @ ..] => rest.len() == 2 && rest.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}

/// Callbacks by name, each with path items by expression. They are not part of any call.
pub(super) fn callbacks(check: &mut Check<'_>, value: &Value, at: &Pointer) {
    check.every(value, at, |check, callback, at| {
        check.every(callback, at, |check, item, at| {
            check.object(&PATH_ITEM, item, at);
        });
    });
}
