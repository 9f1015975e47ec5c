//! Whether a text is a bill of materials that somebody can use: what CycloneDX 1.5 asks for, and what we promise on top,
//! which is a checksum and a licence for everything foreign and a graph without holes.
//!
//! Not a validator of the whole format: it knows the parts that ours have.

use std::collections::BTreeSet;

use serde_json::Value;

/// What is wrong with it.
pub(crate) fn faults(text: &str) -> Vec<String> {
    let bill: Value = match serde_json::from_str(text) {
        Ok(bill) => bill,
        Err(error) => return vec![format!("it is no JSON: {error}")],
    };
    let mut faults = head(&bill);
    let components = list(&bill, "/components");
    if components.is_empty() {
        faults.push("it has no `components`".to_owned());
    }
    let subject = bill.pointer("/metadata/component");
    let mut names = BTreeSet::new();
    for component in subject.into_iter().chain(components) {
        faults.extend(component_faults(component));
        let name = word(component, "bom-ref").unwrap_or_default();
        if !names.insert(name) {
            faults.push(format!("`{name}` is there twice"));
        }
    }
    for component in components {
        faults.extend(foreign_faults(component));
    }
    faults.extend(graph_faults(&bill, &names));
    faults
}

/// The name and version of what a bill is of.
pub(crate) fn subject(text: &str) -> Option<(String, String)> {
    let bill: Value = serde_json::from_str(text).ok()?;
    let component = bill.pointer("/metadata/component")?;
    let owned = |key| word(component, key).map(str::to_owned);
    Some((owned("name")?, owned("version")?))
}

fn head(bill: &Value) -> Vec<String> {
    let expected = [
        ("/bomFormat", Value::from("CycloneDX")),
        ("/specVersion", Value::from("1.5")),
        ("/version", Value::from(1)),
    ];
    let wrong = expected
        .iter()
        .filter(|(place, value)| bill.pointer(place) != Some(value));
    let mut faults: Vec<String> = wrong
        .map(|(place, value)| format!("`{place}` is not {value}"))
        .collect();
    let moment = bill.pointer("/metadata/timestamp").and_then(Value::as_str);
    if !moment.is_some_and(|it| it.len() == 20 && it.ends_with('Z')) {
        faults.push("`/metadata/timestamp` is no moment".to_owned());
    }
    if bill.pointer("/metadata/component").is_none() {
        faults.push("it does not say what it is of (`/metadata/component`)".to_owned());
    }
    faults
}

fn component_faults(component: &Value) -> Vec<String> {
    let name = word(component, "name").unwrap_or("a component without a name");
    let keys = ["type", "name", "version", "bom-ref", "purl"];
    let missing = keys
        .iter()
        .filter(|key| word(component, key).is_none_or(str::is_empty));
    let mut faults: Vec<String> = missing
        .map(|key| format!("{name}: it has no `{key}`"))
        .collect();
    let license = component
        .pointer("/licenses/0/expression")
        .and_then(Value::as_str);
    if license.is_none_or(str::is_empty) {
        faults.push(format!("{name}: it has no licence"));
    }
    faults
}

/// What comes from a registry comes with a checksum; our own crates are in the release itself.
fn foreign_faults(component: &Value) -> Option<String> {
    let name = word(component, "name")?;
    let hash = component.pointer("/hashes/0");
    let is_sha256 = hash.and_then(|it| word(it, "alg")) == Some("SHA-256");
    let content = hash.and_then(|it| word(it, "content")).unwrap_or_default();
    let is_sound = content.len() == 64 && content.bytes().all(|it| it.is_ascii_hexdigit());
    let is_ours = super::PUBLISHED.contains(&name);
    let is_told = is_ours || is_sha256 && is_sound;
    (!is_told).then(|| format!("{name}: it has no SHA-256 checksum"))
}

/// Every edge leads to something that is described, and everything has its edges.
fn graph_faults(bill: &Value, names: &BTreeSet<&str>) -> Vec<String> {
    let mut faults = Vec::new();
    let mut told = BTreeSet::new();
    for dependency in list(bill, "/dependencies") {
        let from = word(dependency, "ref").unwrap_or_default();
        told.insert(from);
        let to = list(dependency, "/dependsOn")
            .iter()
            .filter_map(Value::as_str);
        let unknown = to.chain([from]).filter(|name| !names.contains(name));
        faults.extend(unknown.map(|name| format!("`{name}` is needed, and not described")));
    }
    let untold = names.difference(&told);
    faults.extend(untold.map(|name| format!("`{name}`: it does not say what it needs")));
    faults
}

fn word<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str()
}

fn list<'a>(value: &'a Value, place: &str) -> &'a [Value] {
    let list = value.pointer(place).and_then(Value::as_array);
    list.map(Vec::as_slice).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn sound() -> Value {
        let component = |name: &str| {
            json!({
                "type": "library", "bom-ref": name, "name": name, "version": "1.0.0", "purl": name,
                "licenses": [{ "expression": "MIT" }],
                "hashes": [{ "alg": "SHA-256", "content": "0f".repeat(32) }],
            })
        };
        json!({
            "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
            "metadata": { "timestamp": "2026-11-24T00:00:00Z", "component": component("ours") },
            "components": [component("ring")],
            "dependencies": [{ "ref": "ours", "dependsOn": ["ring"] }, { "ref": "ring" }],
        })
    }

    #[test]
    fn a_sound_bill_has_no_fault() {
        let text = sound().to_string();
        assert_eq!(faults(&text), Vec::<String>::new());
        assert_eq!(
            subject(&text),
            Some(("ours".to_owned(), "1.0.0".to_owned()))
        );
    }

    #[test]
    fn b3_each_fault_of_a_bill_is_told() {
        for (place, value) in [
            ("/bomFormat", json!("SPDX")),
            ("/specVersion", json!("1.4")),
            ("/version", json!("1")),
            ("/metadata/timestamp", json!("today")),
            ("/metadata/component", Value::Null),
            ("/components", json!([])),
            ("/components/0/purl", json!("")),
            ("/components/0/licenses", json!([])),
            ("/components/0/hashes/0/content", json!("0f")),
            ("/components/0/hashes/0/alg", json!("MD5")),
            ("/components/0/bom-ref", json!("ours")),
            ("/dependencies/0/dependsOn/0", json!("hyper")),
            ("/dependencies/1", json!({ "ref": "ours" })),
        ] {
            let mut bill = sound();
            *bill.pointer_mut(place).unwrap() = value;
            assert!(!faults(&bill.to_string()).is_empty(), "{place}");
        }
        assert!(faults("{").len() == 1 && !faults("{}").is_empty());
    }
}
