//! The calls as Rust: the text of what an app would write, with the types and names that the generated crate has.
//!
//! It decides no value. What it cannot write down, such as a parameter without a setter, stops the test.

use std::fmt::Write;

use serde_json::{Map, Value};

use super::arguments::Call;
use crate::generated::types::{Arm, Types};
use crate::generated::{Method, methods};

/// A list of names and functions that make the requests, in the order of the calls.
pub(crate) fn source(calls: &[Call]) -> String {
    let mut out = String::from("[\n");
    for call in calls {
        let method = method(call);
        let mut text = String::from("stripe");
        for name in call.name.split('.') {
            write!(text, ".{name}()").unwrap();
        }
        text.truncate(text.len() - 1);
        let ids = call.ids.iter().map(|id| quoted(id));
        let mut params = call.params.clone();
        let expand = params.remove("expand");
        let taken = method.arguments.iter().find(|(name, _)| name == "params");
        let taken = taken.map(|(_, ty)| structure(&method.types, ty, &params));
        assert!(taken.is_some() || params.is_empty(), "{}", method.place);
        text.push_str(&ids.chain(taken).collect::<Vec<_>>().join(", "));
        text.push(')');
        if let Some(expand) = expand {
            write!(text, ".expand({})", texts(&expand)).unwrap();
        }
        for (name, value) in &call.options {
            let name = name.strip_prefix("stripe_").unwrap_or(name);
            let name = name.replace("version", "api_version");
            write!(text, ".{name}({})", quoted(value.as_str().unwrap())).unwrap();
        }
        let module = module(method);
        writeln!(out, "    call!({:?}, stripe, {module}, {text}),", call.name).unwrap();
    }
    out.push_str("]\n");
    out
}

/// The method of the generated crate for a call.
fn method(call: &Call) -> &'static Method {
    let (_, verb) = call.name.rsplit_once('.').unwrap();
    let found = methods().iter().find(|it| {
        let same_verb = it.constructor.split('_').next() == Some(&call.method.to_lowercase());
        same_verb && it.path == call.path && it.place.ends_with(&format!(": {verb}"))
    });
    found.unwrap_or_else(|| panic!("there is no {}", call.name))
}

/// `v2::core::account`, where the types of the parameters are.
fn module(method: &Method) -> String {
    let (file, _) = method.place.split_once(".rs: ").unwrap();
    let (_, module) = file.split_once("stripe-generated/src/").unwrap();
    module.replace('/', "::")
}

fn quoted(text: &str) -> String {
    // JSON escapes but for those by number, which the values have none of.
    format!("{text:?}")
}

fn texts(list: &Value) -> String {
    let texts = list.as_array().unwrap().iter();
    let texts = texts.map(|it| quoted(it.as_str().unwrap()));
    format!("&[{}]", texts.collect::<Vec<_>>().join(", "))
}

/// `t::Address::new("a").city("b").clear_line2()`
fn structure(types: &Types, ty: &str, values: &Map<String, Value>) -> String {
    let found = &types.structs[ty];
    let required = found.required.iter().map(|name| {
        let kind = &found.setters[name].kind;
        argument(types, kind, &found.fields[name], &values[name])
    });
    let mut out = format!("t::{ty}::new({})", required.collect::<Vec<_>>().join(", "));
    let optional = values
        .iter()
        .filter(|(name, _)| !found.required.contains(*name));
    for (name, value) in optional {
        let setter = found
            .setters
            .get(name)
            .unwrap_or_else(|| panic!("{ty}.{name}"));
        match &setter.clear {
            Some(clear) if value.is_null() || value == "" => write!(out, ".{clear}()").unwrap(),
            _ => {
                let argument = argument(types, &setter.kind, &found.fields[name], value);
                write!(out, ".{}({argument})", setter.name).unwrap();
            }
        }
    }
    out
}

/// What a setter takes, or `new`: what people hold.
fn argument(types: &Types, kind: &str, ty: &str, value: &Value) -> String {
    let borrows = kind == "required" || kind.ends_with("text") || kind.ends_with("texts");
    match ty {
        "String" if borrows => quoted(value.as_str().unwrap()),
        "Vec<String>" if borrows => texts(value),
        _ => expression(types, ty, value),
    }
}

fn expression(types: &Types, ty: &str, value: &Value) -> String {
    let inner = |ty: &str, outer: &str| {
        ty.strip_prefix(outer)
            .and_then(|it| it.strip_suffix('>'))
            .map(str::to_owned)
    };
    if let Some(ty) = inner(ty, "Vec<") {
        let items = value.as_array().unwrap().iter();
        let items = items.map(|it| expression(types, &ty, it));
        return format!("vec![{}]", items.collect::<Vec<_>>().join(", "));
    }
    if let Some(ty) = inner(ty, "stripe_core::types::Map<") {
        let pairs = value.as_object().unwrap().iter();
        let pairs = pairs.map(|(key, value)| {
            format!(
                "({}.into(), {})",
                quoted(key),
                expression(types, &ty, value)
            )
        });
        return format!("Map::from([{}])", pairs.collect::<Vec<_>>().join(", "));
    }
    if let Some(ty) = inner(ty, "stripe_core::types::Clearable<") {
        return match value == "" || value.is_null() {
            true => "Clearable::Clear".to_owned(),
            false => format!("Clearable::Set({})", expression(types, &ty, value)),
        };
    }
    match ty {
        "stripe_core::types::Metadata" => metadata(value),
        "stripe_core::types::RangeQuery" => range(value),
        "stripe_core::types::FileUpload" => {
            let (name, content) = (value["name"].as_str(), value["content"].as_str());
            let content = quoted(content.unwrap());
            format!(
                "FileUpload::new({}, {content}.as_bytes())",
                quoted(name.unwrap())
            )
        }
        "stripe_core::types::Timestamp" => format!("Timestamp::from_unix({value})"),
        "i64" | "f64" | "bool" => value.to_string(),
        _ => local(types, ty, value),
    }
}

/// A type of the generated file, or one that is made from a text.
fn local(types: &Types, ty: &str, value: &Value) -> String {
    if let Some(arms) = types.choices.get(ty) {
        let arm = arms.iter().find_map(|arm| choose(types, arm, value));
        return arm.map_or_else(
            || panic!("no kind of {ty} is {value}"),
            |arm| format!("t::{ty}::{arm}"),
        );
    }
    match value {
        Value::String(text) => format!("{}.into()", quoted(text)),
        Value::Object(values) => structure(types, ty, values),
        other => panic!("{ty} cannot be {other}"),
    }
}

/// The arm of a choice, if this is the one for the value.
fn choose(types: &Types, arm: &Arm, value: &Value) -> Option<String> {
    match arm {
        Arm::Text(name, text) => (value == text.as_str()).then(|| name.clone()),
        Arm::Value(name, ty) => {
            let fits = match value {
                Value::Bool(_) => ty == "bool",
                Value::Number(_) => ty == "i64" || ty == "f64" || ty.ends_with("::Timestamp"),
                Value::Array(_) => ty.starts_with("Vec<"),
                Value::String(_) => {
                    !matches!(&ty[..], "bool" | "i64" | "f64")
                        && !ty.starts_with("Vec<")
                        && !types.structs.contains_key(ty)
                }
                Value::Object(_) => types.structs.contains_key(ty),
                Value::Null => false,
            };
            fits.then(|| format!("{name}({})", expression(types, ty, value)))
        }
    }
}

fn metadata(value: &Value) -> String {
    let mut out = "Metadata::new()".to_owned();
    for (key, value) in value.as_object().unwrap() {
        match value.as_str() {
            None | Some("") => write!(out, ".unset({})", quoted(key)).unwrap(),
            Some(text) => write!(out, ".set({}, {})", quoted(key), quoted(text)).unwrap(),
        }
    }
    out
}

fn range(value: &Value) -> String {
    if value.is_number() {
        return format!("RangeQuery::exactly({value})");
    }
    let bounds = value.as_object().unwrap().iter();
    let bounds = bounds.map(|(name, bound)| format!(".{name}({bound})"));
    format!("RangeQuery::new(){}", bounds.collect::<String>())
}
