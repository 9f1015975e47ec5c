//! Things taken out of the pinned document and put back: as if Stripe had added them since.

use std::collections::BTreeSet;

use codegen::Settings;
use serde_json::Value;

use super::{after, is_rule, unexplained};
use crate::document::{for_another, generate, pinned_value, references};

/// The places of things that Stripe adds now and then, by kind.
#[derive(Default)]
struct Places {
    response_properties: Vec<String>,
    parameters: Vec<String>,
    operations: Vec<String>,
    values: Vec<String>,
}

/// Without these an object is something else, such as no page any more.
const DEFINING: [&str; 8] = [
    "data",
    "deleted",
    "has_more",
    "id",
    "next_page",
    "next_page_url",
    "object",
    "url",
];

impl Places {
    fn of(document: &Value) -> Self {
        let mut places = Self::default();
        places.walk(document, "");
        places
    }

    fn walk(&mut self, value: &Value, at: &str) {
        match value {
            Value::Object(members) => {
                for (key, value) in members {
                    let place = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
                    self.member(at, key, &place);
                    self.walk(value, &place);
                }
            }
            Value::Array(list) => {
                for (index, value) in list.iter().enumerate() {
                    let place = format!("{at}/{index}");
                    if at.ends_with("/enum") && list.len() > 2 {
                        self.values.push(place.clone());
                    }
                    self.walk(value, &place);
                }
            }
            _ => {}
        }
    }

    fn member(&mut self, at: &str, key: &str, place: &str) {
        let is_operation = at.starts_with("/paths/") && at.matches('/').count() == 2;
        // What a service has from the start gives texts to parameters that it shares with others, and calls their names.
        let from_the_start = key != "delete" && (at.ends_with('}') || !at.contains('}'));
        if is_operation && ["get", "post", "delete"].contains(&key) && !from_the_start {
            self.operations.push(place.to_owned());
        }
        if at.ends_with("/properties") && !DEFINING.contains(&key) {
            let answered = at.starts_with("/components/") || at.contains("/responses/");
            if answered {
                &mut self.response_properties
            } else {
                &mut self.parameters
            }
            .push(place.to_owned());
        }
    }

    /// So many of each kind, spread over the document, others in each round.
    fn sample(&self, count: usize, round: usize) -> BTreeSet<String> {
        let kinds = [
            &self.response_properties,
            &self.parameters,
            &self.operations,
            &self.values,
        ];
        let chosen = |all: &'_ Vec<String>| -> Vec<String> {
            (0..count)
                .map(|index| all[(index * all.len() / count + round * 37) % all.len()].clone())
                .collect()
        };
        kinds.into_iter().flat_map(chosen).collect()
    }
}

/// Takes a place away and gives its name: that of a property, or the value itself.
fn remove(document: &mut Value, place: &str) -> Option<String> {
    let (parent, key) = place.rsplit_once('/').unwrap();
    let name = match document.pointer_mut(parent)? {
        Value::Object(members) => {
            let key = key.replace("~1", "/").replace("~0", "~");
            members.remove(&key).map(|_| key)
        }
        Value::Array(list) if list.len() > 2 => {
            let value = list.remove(key.parse::<usize>().unwrap() % list.len());
            value.as_str().map(str::to_owned)
        }
        _ => return None,
    };
    let holder = parent
        .strip_suffix("/properties")
        .and_then(|at| document.pointer_mut(at));
    if let Some(required) = holder.and_then(|it| it.get_mut("required")?.as_array_mut()) {
        required.retain(|it| it != key);
    }
    name
}

/// The places of a parameter in all operations of a service: Stripe adds it to those at once.
fn everywhere(document: &Value, place: &str) -> Vec<String> {
    let (operation, inside) = place.split_once("/schema/").unwrap_or((place, ""));
    let service: String = operation.split_inclusive("~1").take(4).collect();
    let paths = document["paths"].as_object().unwrap().keys();
    let posts = paths.map(|path| {
        format!(
            "/paths/{}/post/requestBody/content",
            path.replace('/', "~1")
        )
    });
    let posts = posts.filter(|at| at.starts_with(service.trim_end_matches("~1")));
    let kinds = ["application~1x-www-form-urlencoded", "application~1json"];
    let places = posts.flat_map(|at| kinds.map(|kind| format!("{at}/{kind}/schema/{inside}")));
    places
        .filter(|at| document.pointer(at).is_some())
        .chain([place.to_owned()])
        .collect()
}

fn referenced(document: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    references(document, &mut found);
    found
}

/// What nothing refers to any more was not there yet either.
fn collect_garbage(document: &mut Value) {
    let before = referenced(pinned_value());
    loop {
        let now = referenced(document);
        let schemas = document["components"]["schemas"].as_object_mut().unwrap();
        let count = schemas.len();
        schemas.retain(|id, _| now.contains(id) || !before.contains(id));
        if schemas.len() == count {
            return;
        }
    }
}

/// A document without something, then the pinned one. A rule that one operation of a service had goes when what it is
/// about comes to that operation; `names` are those of what comes.
fn put_back(document: &Value, count: usize, names: &BTreeSet<String>) {
    let settings = Settings {
        names: String::new(),
        ..for_another()
    };
    let old = generate(document, &settings).unwrap_or_else(|error| panic!("{error}"));
    let new = after(&old, pinned_value(), &settings);
    let (mut lines, explained) = unexplained(&old, &new);
    let mut lifted = 0;
    lines.retain(|line| {
        let mut words = line.split(|c: char| !(c.is_alphanumeric() || c == '_'));
        let is_lifted = is_rule(line) && words.any(|word| names.contains(word));
        lifted += usize::from(is_lifted);
        !is_lifted
    });
    assert!(lines.is_empty(), "{}", lines.join("\n"));
    assert!(lifted <= count, "{lifted} rules for {count} additions");
    // Exceptions are exceptions, and the sample is more than exceptions.
    assert!(
        explained <= count / 2,
        "{explained} lines for {count} additions"
    );
    assert!(
        new.files.values().map(String::len).sum::<usize>()
            > old.files.values().map(String::len).sum()
    );
}

#[test]
fn putting_back_fields_values_parameters_and_operations_deletes_no_line() {
    let places = Places::of(pinned_value());
    for round in 0..3 {
        let mut document = pinned_value().clone();
        let sample = places.sample(12, round);
        let mut names = BTreeSet::new();
        for place in sample.iter().rev() {
            for place in everywhere(&document, place) {
                names.extend(remove(&mut document, &place));
            }
        }
        collect_garbage(&mut document);
        put_back(&document, sample.len(), &names);
    }
}

/// Cuts the smallest thing that can be missing around each reference: an arm of several, a property, an operation.
fn prune(value: &mut Value, id: &str) {
    let refers = |value: &Value| referenced(value).contains(id);
    match value {
        Value::Object(members) => {
            ["get", "post", "delete"].iter().for_each(|verb| {
                if members.get(*verb).is_some_and(refers) {
                    members.remove(*verb);
                }
            });
            if let Some(Value::Object(properties)) = members.get_mut("properties") {
                properties.values_mut().for_each(|it| prune(it, id));
                let gone: Vec<String> = properties
                    .iter()
                    .filter(|(_, it)| refers(it))
                    .map(|(name, _)| name.clone())
                    .collect();
                properties.retain(|name, _| !gone.contains(name));
                if let Some(Value::Array(required)) = members.get_mut("required") {
                    required.retain(|name| gone.iter().all(|gone| name != gone));
                }
            }
            members.values_mut().for_each(|it| prune(it, id));
        }
        Value::Array(list) => {
            list.iter_mut().for_each(|it| prune(it, id));
            if list.len() > 2 {
                list.retain(|it| !refers(it));
            }
        }
        _ => {}
    }
}

#[test]
fn putting_back_schemas_deletes_no_line() {
    let ids: Vec<&String> = pinned_value()["components"]["schemas"]
        .as_object()
        .unwrap()
        .keys()
        .collect();
    let chosen: Vec<&String> = ids.iter().skip(17).step_by(130).copied().collect();
    let mut document = pinned_value().clone();
    for id in &chosen {
        document["components"]["schemas"]
            .as_object_mut()
            .unwrap()
            .remove(*id);
        prune(&mut document, id);
    }
    collect_garbage(&mut document);
    put_back(&document, chosen.len() * 8, &BTreeSet::new());
}
