//! Stripe's bracket notation, as Rack reads it, but strictly: `a[b][0][c]=v`, `a[]=v`. What Rack would guess (a name
//! given twice, a missing `=`, brackets that do not match) is refused, since a client that writes it is wrong.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::fault::Fault;
use crate::percent;

/// More parameters than any request needs.
const MOST_PARAMETERS: usize = 10_000;

/// More levels than any parameter of the document has.
const DEEPEST: usize = 32;

/// What was said for one name so far.
#[derive(Debug)]
enum Tree {
    Text(String),
    Map(BTreeMap<String, Self>),
    /// From `a[]`.
    List(Vec<Self>),
    /// From a part of a multipart body.
    Leaf(Value),
}

/// A form that is being read.
#[derive(Debug, Default)]
pub(crate) struct Form {
    root: BTreeMap<String, Tree>,
    count: usize,
}

/// Decodes a body or a query. Lists with indices stay objects whose names are numbers: only the schema can tell them
/// from maps.
pub(crate) fn decode(bytes: &[u8]) -> Result<Value, Fault> {
    let text = std::str::from_utf8(bytes);
    let text = text
        .ok()
        .ok_or_else(|| Fault::invalid("Invalid request: it is not UTF-8."))?;
    let mut form = Form::default();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let Some((name, value)) = pair.split_once('=') else {
            return Err(Fault::invalid("Invalid request: a parameter without `=`."));
        };
        let decoded = percent::decode_form(name).zip(percent::decode_form(value));
        let (name, value) = decoded.ok_or_else(|| {
            Fault::invalid("Invalid request: a parameter is not percent-encoded UTF-8.")
        })?;
        form.insert(&name, Tree::Text(value))?;
    }
    Ok(form.finish())
}

impl Form {
    /// Adds a text.
    pub(crate) fn text(&mut self, name: &str, text: String) -> Result<(), Fault> {
        self.insert(name, Tree::Text(text))
    }

    /// Adds something that is no text.
    pub(crate) fn leaf(&mut self, name: &str, leaf: Value) -> Result<(), Fault> {
        self.insert(name, Tree::Leaf(leaf))
    }

    fn insert(&mut self, name: &str, leaf: Tree) -> Result<(), Fault> {
        self.count += 1;
        if self.count > MOST_PARAMETERS {
            return Err(Fault::invalid(format!(
                "Invalid request: more than {MOST_PARAMETERS} parameters."
            )));
        }
        let (first, rest) = split(name)?;
        place(&mut self.root, first, &rest, leaf).map_err(|clash| {
            let fault = Fault::invalid(format!("Invalid request: `{name}` {clash}."));
            fault.param(name)
        })
    }

    /// The tree as a value.
    pub(crate) fn finish(self) -> Value {
        value(Tree::Map(self.root))
    }
}

/// `a[b][]` as `a` and `b`, ``.
fn split(name: &str) -> Result<(&str, Vec<&str>), Fault> {
    let bad =
        || Fault::invalid("Invalid request: the brackets in a parameter's name do not match.");
    let (first, mut rest) = name.split_at(name.find('[').unwrap_or(name.len()));
    if first.is_empty() || first.contains(']') || name.contains('\0') {
        return Err(bad());
    }
    let mut keys = Vec::new();
    while let Some(inner) = rest.strip_prefix('[') {
        let (key, after) = inner.split_once(']').ok_or_else(bad)?;
        if key.contains('[') {
            return Err(bad());
        }
        keys.push(key);
        if keys.len() > DEEPEST {
            return Err(Fault::invalid(format!(
                "Invalid request: a parameter is nested in more than {DEEPEST} levels."
            )));
        }
        rest = after;
    }
    rest.is_empty().then_some((first, keys)).ok_or_else(bad)
}

const TWICE: &str = "is given twice";
const BOTH: &str = "is given as a value and as something with members";

fn place(
    map: &mut BTreeMap<String, Tree>,
    key: &str,
    rest: &[&str],
    leaf: Tree,
) -> Result<(), &'static str> {
    let Some((next, after)) = rest.split_first() else {
        return match map.get(key) {
            None => {
                map.insert(key.to_owned(), leaf);
                Ok(())
            }
            Some(Tree::Text(_) | Tree::Leaf(_)) => Err(TWICE),
            Some(_) => Err(BOTH),
        };
    };
    let fresh = if next.is_empty() {
        Tree::List(Vec::new())
    } else {
        Tree::Map(BTreeMap::new())
    };
    match (map.entry(key.to_owned()).or_insert(fresh), next.is_empty()) {
        (Tree::List(items), true) => append(items, after, leaf),
        (Tree::Map(inner), false) => place(inner, next, after, leaf),
        (Tree::List(_) | Tree::Map(_), _) => Err("has members with and without a name"),
        _ => Err(BOTH),
    }
}

/// `a[]=v` appends; `a[][b]=v` goes into the last item, or a new one if that has a `b` already.
fn append(items: &mut Vec<Tree>, rest: &[&str], leaf: Tree) -> Result<(), &'static str> {
    let Some((key, after)) = rest.split_first() else {
        items.push(leaf);
        return Ok(());
    };
    if key.is_empty() {
        return Err("has a list directly in a list");
    }
    let last = items.last().and_then(|it| match it {
        Tree::Map(map) => Some(map),
        _ => None,
    });
    if last.is_none_or(|map| has(map, rest)) {
        items.push(Tree::Map(BTreeMap::new()));
    }
    match items.last_mut() {
        Some(Tree::Map(map)) => place(map, key, after, leaf),
        _ => Err(BOTH),
    }
}

fn has(map: &BTreeMap<String, Tree>, keys: &[&str]) -> bool {
    let Some((key, rest)) = keys.split_first() else {
        return true;
    };
    match map.get(*key) {
        Some(Tree::Map(inner)) => has(inner, rest),
        // A list inside the item takes more of the same name.
        Some(Tree::List(_)) => false,
        found => found.is_some(),
    }
}

fn value(tree: Tree) -> Value {
    match tree {
        Tree::Text(text) => Value::String(text),
        Tree::Leaf(leaf) => leaf,
        Tree::List(items) => items.into_iter().map(value).collect(),
        Tree::Map(map) => {
            let members = map.into_iter().map(|(key, tree)| (key, value(tree)));
            Value::Object(members.collect::<Map<String, Value>>())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn brackets_are_read_as_rack_reads_them() {
        for (text, expected) in [
            ("", json!({})),
            ("a=1&b=x+y", json!({"a": "1", "b": "x y"})),
            ("&a=1&", json!({"a": "1"})),
            ("a=", json!({"a": ""})),
            ("a=b=c", json!({"a": "b=c"})),
            (
                "a[b]=1&a[c][d]=2",
                json!({"a": {"b": "1", "c": {"d": "2"}}}),
            ),
            ("a%5Bb%5D=1", json!({"a": {"b": "1"}})),
            ("a[0]=x&a[1]=y", json!({"a": {"0": "x", "1": "y"}})),
            ("a[]=x&a[]=y", json!({"a": ["x", "y"]})),
            (
                "a[0][b]=1&a[0][c]=2&a[1][b]=3",
                json!({"a": {"0": {"b": "1", "c": "2"}, "1": {"b": "3"}}}),
            ),
            (
                "a[][b]=1&a[][c]=2&a[][b]=3",
                json!({"a": [{"b": "1", "c": "2"}, {"b": "3"}]}),
            ),
            (
                "a[][b][c]=1&a[][b][d]=2&a[][b][c]=3",
                json!({"a": [{"b": {"c": "1", "d": "2"}}, {"b": {"c": "3"}}]}),
            ),
            ("a[][b][]=1&a[][b][]=2", json!({"a": [{"b": ["1", "2"]}]})),
            ("%C3%A9[%E2%82%AC]=%F0%9F%92%B6", json!({"é": {"€": "💶"}})),
        ] {
            assert_eq!(decode(text.as_bytes()).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn what_can_only_be_guessed_is_refused() {
        let nested = format!("a{}=1", "[b]".repeat(100_000));
        let many = "a[]=1&".repeat(MOST_PARAMETERS + 1);
        for text in [
            "a",
            "a=1&b",
            "=1",
            "[a]=1",
            "a[=1",
            "a]=1",
            "a[b=1",
            "a[b]c=1",
            "a[b[c]]=1",
            "a[b]]=1",
            "a=1&a=2",
            "a=1&a[b]=2",
            "a[b]=1&a=2",
            "a[]=1&a[b]=2",
            "a[b]=1&a[]=2",
            "a[][]=1",
            "a=%",
            "a=%zz",
            "%=1",
            "a=%ff",
            "a%00=1",
            &nested,
            &many,
        ] {
            let fault = decode(text.as_bytes()).unwrap_err();
            let start: String = text.chars().take(40).collect();
            assert_eq!(fault.status, 400, "{start}");
        }
        assert!(decode(b"a=\xff").is_err());
    }
}
