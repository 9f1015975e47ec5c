//! What the writers make of values: the table of the form encoding, JSON with nulls, and what they refuse.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "tests may panic"
)]

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use stripe_core::types::{Clearable, DateTime, Decimal, Int64, Map, Metadata, ObjectId, Timestamp};
use stripe_core::value::{self, Field, Fields, Node, Shape, Value};
use stripe_core::{Extra, form, json};

/// Any value, for tests.
enum Tree {
    Absent,
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(&'static str),
    Raw(Box<RawValue>),
    List(Vec<Self>),
    Map(BTreeMap<String, Self>),
    Fields(Pair),
}

/// An object with up to two fields, named `a` and `expand`.
struct Pair {
    a: Box<Tree>,
    expand: Box<Tree>,
}

const SHAPE: &Shape = &Shape {
    name: "Fields",
    fields: &[Field::Plain("a"), Field::Plain("expand")],
    checks: &[],
};

impl Value for Pair {
    fn shape(&self) -> &'static Shape {
        SHAPE
    }

    fn fields(&self, take: Fields<'_>) {
        take.all(&[&*self.a, &*self.expand], &Extra::new());
    }
}

impl Value for Tree {
    fn node(&self) -> Node<'_> {
        match self {
            Self::Absent => Node::Absent,
            Self::Null => Node::Null,
            Self::Bool(value) => Node::Bool(*value),
            Self::Int(value) => Node::Int(*value),
            Self::Float(value) => Node::Float(*value),
            Self::Text(text) => Node::Text(text),
            Self::Raw(raw) => Node::Raw(raw),
            Self::List(items) => Node::List(items),
            Self::Map(map) => Node::Map(map),
            Self::Fields(fields) => Node::Object(fields),
        }
    }
}

fn a(value: Tree) -> Pair {
    Pair {
        a: Box::new(value),
        expand: Box::new(Tree::Absent),
    }
}

fn map<const N: usize>(entries: [(&str, Tree); N]) -> Tree {
    Tree::Map(
        entries
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    )
}

fn raw(text: &str) -> Tree {
    Tree::Raw(RawValue::from_string(text.to_owned()).unwrap())
}

fn form_of(value: Tree) -> String {
    form::encode(&a(value)).unwrap()
}

fn json_of(value: Tree) -> String {
    json::write(Node::Object(&a(value))).unwrap()
}

#[test]
fn forms_follow_the_table() {
    use Tree::{Absent, Bool, Float, Int, List, Null, Text};
    let table = [
        (Absent, ""),
        (Null, "a="),
        (Text("x y"), "a=x+y"),
        (Text("\u{e9}&=+[]%"), "a=%C3%A9%26%3D%2B%5B%5D%25"),
        (Text("A-z_0.9~"), "a=A-z_0.9~"),
        (Bool(true), "a=true"),
        (Bool(false), "a=false"),
        (Int(i64::MIN), "a=-9223372036854775808"),
        (Int(i64::MAX), "a=9223372036854775807"),
        (Float(1.5), "a=1.5"),
        (Float(25.0), "a=25"),
        (Float(1e21), "a=1000000000000000000000"),
        (Float(1e-7), "a=0.0000001"),
        (List(vec![]), ""),
        (map([]), ""),
        (Tree::Fields(a(Absent)), ""),
        (List(vec![Text("x"), Text("y")]), "a[0]=x&a[1]=y"),
        (
            List(vec![Bool(true), Null, Int(3)]),
            "a[0]=true&a[1]=&a[2]=3",
        ),
        (List(vec![map([("k", Text("v"))])]), "a[0][k]=v"),
        (
            List(vec![List(vec![Int(1), Int(2)])]),
            "a[0][0]=1&a[0][1]=2",
        ),
        (
            map([("b", List(vec![map([("c", Text("v"))])]))]),
            "a[b][0][c]=v",
        ),
        (map([("x y&z=1", Text("v"))]), "a[x+y%26z%3D1]=v"),
        (Tree::Fields(a(Text("v"))), "a[a]=v"),
        (map([("k", Null)]), "a[k]="),
    ];
    for (value, expected) in table {
        assert_eq!(form_of(value), expected);
    }
}

/// An object with one field of any type.
struct Only<T>(T);

impl<T: Value> Value for Only<T> {
    fn shape(&self) -> &'static Shape {
        const {
            &Shape {
                name: "Only",
                fields: &[Field::Plain("a")],
                checks: &[],
            }
        }
    }

    fn fields(&self, take: Fields<'_>) {
        take.all(&[&self.0], &Extra::new());
    }
}

/// Asserts what a value is in a form and in JSON.
fn is_written<T: Value>(value: T, form: &str, json: &str) {
    let object = Only(value);
    assert_eq!(form::encode(&object).unwrap(), form);
    let body = json::write(Node::Object(&object)).unwrap();
    assert_eq!(body, format!("{{{json}}}"));
}

#[test]
fn the_types_of_the_api_follow_the_table() {
    is_written(ObjectId::from("cus_1"), "a=cus_1", r#""a":"cus_1""#);
    is_written(Decimal::from("1.50"), "a=1.50", r#""a":"1.50""#);
    is_written(Decimal::from("1E+3"), "a=1E%2B3", r#""a":"1E+3""#);
    let long = "0.1234567890123456789012345678";
    is_written(
        Decimal::from(long),
        &format!("a={long}"),
        &format!(r#""a":"{long}""#),
    );
    is_written(
        Int64::from(i64::MAX),
        "a=9223372036854775807",
        r#""a":"9223372036854775807""#,
    );
    is_written(
        Int64::from(i64::MIN),
        "a=-9223372036854775808",
        r#""a":"-9223372036854775808""#,
    );
    let time = || Timestamp::from_unix(1_577_836_800);
    is_written(time(), "a=1577836800", r#""a":1577836800"#);
    is_written(vec![time()], "a[0]=1577836800", r#""a":[1577836800]"#);
    is_written(
        DateTime::from("2020-01-01T00:00:00.5Z"),
        "a=2020-01-01T00%3A00%3A00.5Z",
        r#""a":"2020-01-01T00:00:00.5Z""#,
    );
    is_written(None::<i64>, "", "");
    is_written(Clearable::<i64>::Keep, "", "");
    is_written(Clearable::<i64>::Clear, "a=", r#""a":null"#);
    is_written(Clearable::Set(true), "a=true", r#""a":true"#);
    is_written(
        Map::from([("usd".to_owned(), 5)]),
        "a[usd]=5",
        r#""a":{"usd":5}"#,
    );
    is_written(
        Metadata::from([("k", "v")]).unset("gone"),
        "a[gone]=&a[k]=v",
        r#""a":{"gone":null,"k":"v"}"#,
    );
    is_written(["x", "y"], "a[0]=x&a[1]=y", r#""a":["x","y"]"#);
    is_written(
        [[1, 2], [3, 4]],
        "a[0][0]=1&a[0][1]=2&a[1][0]=3&a[1][1]=4",
        r#""a":[[1,2],[3,4]]"#,
    );
    is_written(
        "\u{5546}\u{1f600}",
        "a=%E5%95%86%F0%9F%98%80",
        "\"a\":\"\u{5546}\u{1f600}\"",
    );
}

#[test]
fn an_empty_text_never_clears() {
    for value in [
        Tree::Text(""),
        Tree::List(vec![Tree::Text("")]),
        map([("k", Tree::Text(""))]),
    ] {
        let error = form::encode(&a(value)).unwrap_err();
        assert!(error.reason().starts_with("an empty text would clear it"));
    }
    assert!(form::encode(&Only("")).is_err());
    is_written(vec![Clearable::<i64>::Clear], "a[0]=", r#""a":[null]"#);
}

#[test]
fn raw_json_takes_the_shape_of_values() {
    assert_eq!(
        form_of(raw(r#"{"k": [1, true, null, "x y", {"m": 1.50}]}"#)),
        "a[k][0]=1&a[k][1]=true&a[k][2]=&a[k][3]=x+y&a[k][4][m]=1.50"
    );
    assert_eq!(form_of(raw("[]")), "");
    assert_eq!(json_of(raw(r#"{"k":1.50}"#)), r#"{"a":{"k":1.50}}"#);
}

#[test]
fn row_11_no_name_and_no_value_becomes_another_parameter() {
    for name in ["a][b", "]", "[", "", "a[b]"] {
        let error = form::encode(&a(map([(name, Tree::Text("canary"))]))).unwrap_err();
        assert_eq!(error.param(), "a");
        assert!(!format!("{error} {error:?}").contains("canary"));
    }
    // Every printable character and some more, as name and as value: exactly one pair comes out.
    for c in (0..0x250)
        .filter_map(char::from_u32)
        .filter(|c| !"[]".contains(*c))
    {
        let name: &'static str = String::from(c).leak();
        let form = form_of(map([(name, Tree::Text(name))]));
        assert_eq!(form.matches('&').count(), 0, "{form}");
        assert_eq!(form.matches('=').count(), 1, "{form}");
        let (left, right) = form.split_once('=').unwrap();
        let name = left
            .strip_prefix("a[")
            .and_then(|rest| rest.strip_suffix(']'))
            .unwrap();
        assert_eq!(decode(name), String::from(c));
        assert_eq!(decode(right), String::from(c));
    }
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let digits = [rest.next().unwrap(), rest.next().unwrap()];
                let digits = std::str::from_utf8(&digits).unwrap();
                bytes.push(u8::from_str_radix(digits, 16).unwrap());
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn json_keeps_what_forms_leave_out() {
    use Tree::{Absent, Bool, Float, Int, List, Null, Text};
    let table = [
        (Absent, r"{}"),
        (Null, r#"{"a":null}"#),
        (Text(""), r#"{"a":""}"#),
        (
            Text("\"\\\n\r\t\u{1}\u{7f}\u{e9}\u{2028}"),
            "{\"a\":\"\\\"\\\\\\n\\r\\t\\u0001\u{7f}\u{e9}\u{2028}\"}",
        ),
        (Bool(true), r#"{"a":true}"#),
        (Int(i64::MIN), r#"{"a":-9223372036854775808}"#),
        (Float(1.0), r#"{"a":1.0}"#),
        (Float(-0.5), r#"{"a":-0.5}"#),
        (Float(1e300), r#"{"a":1e300}"#),
        (List(vec![]), r#"{"a":[]}"#),
        (map([]), r#"{"a":{}}"#),
        (
            List(vec![Int(1), Null, map([("k", Text("{"))])]),
            r#"{"a":[1,null,{"k":"{"}]}"#,
        ),
        (List(vec![Text("["), Text("{")]), r#"{"a":["[","{"]}"#),
        (Tree::Fields(a(Absent)), r#"{"a":{}}"#),
        (map([("x", Absent), ("y", Int(1))]), r#"{"a":{"y":1}}"#),
    ];
    for (value, expected) in table {
        let json = json_of(value);
        assert_eq!(json, expected);
        assert!(serde_json::from_str::<&RawValue>(&json).is_ok(), "{json}");
    }
}

#[test]
fn row_17_numbers_that_are_none_are_refused() {
    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let nested = || a(Tree::List(vec![Tree::Float(number)]));
        let error = form::encode(&nested()).unwrap_err();
        assert_eq!(error.param(), "a[0]");
        let error = json::write(Node::Object(&nested())).unwrap_err();
        assert_eq!(error.param(), "a.0");
    }
}

#[test]
fn a_refusal_says_which_parameter_and_why() {
    let error = form::encode(&a(Tree::List(vec![Tree::Float(f64::NAN)]))).unwrap_err();
    let expected = format!("parameter `a[0]`: {}", error.reason());
    assert_eq!(error.to_string(), expected);
    assert_eq!(format!("{error:?}"), format!("Error({expected})"));
}

#[test]
fn row_14_depth_is_bounded() {
    let mut value = Tree::Int(1);
    for _ in 0..1_000 {
        value = Tree::List(vec![value]);
    }
    let object = a(value);
    assert!(form::encode(&object).is_err());
    assert!(json::write(Node::Object(&object)).is_err());
    let deep = format!("{}{}", "[".repeat(50_000), "]".repeat(50_000));
    assert!(form::encode(&a(raw(&deep))).is_err());
}

#[test]
fn an_empty_list_trait_object_is_nothing() {
    let empty: Vec<String> = Vec::new();
    assert!(value::List::is_empty(&empty));
    assert!(matches!(value::List::item(&empty, 0), Node::Absent));
}
