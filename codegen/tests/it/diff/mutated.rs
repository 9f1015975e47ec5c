//! Hundreds of small changes of the pinned document at once: the report has each of them.

use serde_json::{Map, Value, json};

use super::{compare, unreported};
use crate::document::{pinned, pinned_value};

/// What tells objects, pages and deleted ones apart: without it a thing is another thing.
const DEFINING: [&str; 11] = [
    "data",
    "deleted",
    "gt",
    "gte",
    "has_more",
    "id",
    "lt",
    "lte",
    "next_page_url",
    "object",
    "url",
];

/// How often something is changed: every so many properties.
const STEP: usize = 89;

/// Changes every so many properties of a document, each in another way.
struct Mutation {
    seen: usize,
    made: usize,
}

impl Mutation {
    fn walk(&mut self, value: &mut Value) {
        if let Value::Object(members) = value {
            if members.contains_key("x-expansionResources") {
                return;
            }
            let frame = members
                .get("properties")
                .is_some_and(|it| it.get("has_more").is_some());
            if let (Some(Value::Object(properties)), false) = (members.get_mut("properties"), frame)
            {
                self.properties(properties);
            }
            members.values_mut().for_each(|it| self.walk(it));
        } else if let Value::Array(list) = value {
            list.iter_mut().for_each(|it| self.walk(it));
        }
    }

    fn properties(&mut self, properties: &mut Map<String, Value>) {
        let names: Vec<String> = properties
            .keys()
            .filter(|it| !DEFINING.contains(&it.as_str()))
            .cloned()
            .collect();
        for name in names {
            self.seen += 1;
            if self.seen % STEP == 0 {
                self.made += 1;
                match self.made % 8 {
                    0 => drop(properties.insert("zzz".to_owned(), json!({"type": "string"}))),
                    1 => drop(
                        properties
                            .insert(name, json!({"type": "array", "items": {"type": "boolean"}})),
                    ),
                    kind => change(&mut properties[&name], kind),
                }
            }
        }
    }
}

fn change(schema: &mut Value, kind: usize) {
    let is_list = schema.get("enum").is_some();
    match kind {
        2 | 3 if is_list => {
            let values = schema["enum"].as_array_mut().unwrap();
            if kind == 2 && values.len() > 2 {
                values.remove(0);
            } else {
                values.push(json!("zzz"));
            }
        }
        4 if schema["type"] == "string" && !is_list => schema["maxLength"] = json!(7),
        5 if schema.get("$ref").is_none() => schema["deprecated"] = json!(true),
        6 => schema["pattern"] = json!("^a$"),
        _ if schema.get("$ref").is_none() => {
            schema["nullable"] = json!(schema.get("nullable") != Some(&json!(true)));
        }
        _ => schema["description"] = json!("Another text."),
    }
}

#[test]
fn the_report_on_hundreds_of_changes_has_every_one() {
    let mut document = pinned_value().clone();
    let mut mutation = Mutation { seen: 0, made: 0 };
    for part in ["/components/schemas", "/paths"] {
        mutation.walk(document.pointer_mut(part).unwrap());
    }
    let paths = document["paths"].as_object_mut().unwrap();
    let gone: Vec<String> = paths.keys().skip(11).step_by(53).cloned().collect();
    gone.iter().for_each(|path| drop(paths.remove(path)));
    assert!(mutation.made > 150, "{}", mutation.made);

    let report = compare(pinned(), document.to_string().as_bytes());
    let (missing, counts) = unreported(pinned_value(), &document, &report);
    println!("{counts:#?}");
    assert_eq!(missing, Vec::<String>::new());
    assert!(counts["reported"] > 100, "{counts:?}");
    super::verdict::agree(&report);
}
