//! What a tree takes and refuses, seen through the writers.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "the macro is for public types, and makes more than is called here"
)]

use super::*;
use crate::encode::Additions;
use crate::value::Value;
use crate::{form, json};

crate::params! {
    /// The inner half.
    pub struct Card {
        #[set(text)]
        pub brand: String,
        pub year: i64,
    }
}

crate::params! {
    /// The outer half.
    pub struct Pay {
        pub amount: i64,
        #[set(boxed)]
        pub card: Card,
        #[set(clear_text, clear_email)]
        pub email: String,
        #[set(texts)]
        pub expand: Vec<String>,
        pub lines: Vec<Card>,
        pub metadata: crate::types::Metadata,
    }
}

fn pay() -> Pay {
    Pay::new().amount(5).card(Card::new().year(30))
}

fn tree<const N: usize>(values: [(&str, &dyn Value); N]) -> Result<Entries, Error> {
    let mut tree = Entries::default();
    for (name, value) in values {
        tree.set(name, value.node())?;
    }
    Ok(tree)
}

/// The form and the JSON of parameters and what is added.
fn both(params: &Pay, tree: &Entries) -> Result<(String, String), Error> {
    let additions = Additions {
        extra: Some(tree),
        ..Additions::default()
    };
    let form = form::encode_with(Some(params), additions)?;
    Ok((form, json::body(Some(params), additions)?))
}

#[test]
fn what_is_added_goes_next_to_what_is_set() {
    let added = tree([
        ("card[new]", &true),
        ("card.newer.deep", &1),
        ("lines[1]", &Card::new().brand("b")),
        ("lines[0][new]", &"x"),
        ("metadata[7]", &"seven"),
        ("other", &[1, 2]),
    ]);
    let params = pay()
        .lines(vec![Card::new().year(31)])
        .metadata([("k", "v")].into());
    let (form, json) = both(&params, &added.unwrap()).unwrap();
    assert_eq!(
        form,
        "amount=5&card[year]=30&card[new]=true&card[newer][deep]=1&lines[0][year]=31&lines[0][new]=x\
            &lines[1][brand]=b&metadata[k]=v&metadata[7]=seven&other[0]=1&other[1]=2"
    );
    assert_eq!(
        json,
        r#"{"amount":5,"card":{"year":30,"new":true,"newer":{"deep":1}},"lines":[{"year":31,"new":"x"},{"brand":"b"}],"metadata":{"k":"v","7":"seven"},"other":[1,2]}"#
    );
}

#[test]
fn nothing_is_replaced_in_silence() {
    let cleared = Pay::new().clear_email();
    let cases: [(&Pay, &str, &dyn Value, &str); 7] = [
        (&pay(), "amount", &6, "amount"),
        (&pay(), "amount[x]", &6, "amount"),
        (&pay(), "card", &"card_1", "card"),
        (&pay(), "card[year]", &31, "card.year"),
        (&pay(), "card[year]", &30, "card.year"),
        (
            &pay().lines(vec![Card::new().year(1)]),
            "lines[0][year]",
            &2,
            "lines.0.year",
        ),
        (&cleared, "email", &"a@b.c", "email"),
    ];
    for (params, name, value, param) in cases {
        let error = both(params, &tree([(name, value)]).unwrap()).unwrap_err();
        assert_eq!((error.param(), error.reason()), (param, TWICE), "{name}");
    }
    for second in ["a[b]", "a.b", "a", "a[b][c]"] {
        let error = tree([("a[b]", &1), (second, &2)]).unwrap_err();
        assert_eq!(error.reason(), TWICE, "{second}");
    }
}

#[test]
fn what_is_absent_sets_nothing() {
    let none: Option<i64> = None;
    let tree = tree([("amount", &none as &dyn Value), ("email", &"a@b.c")]).unwrap();
    let (form, _) = both(&pay(), &tree).unwrap();
    assert_eq!(form, "amount=5&card[year]=30&email=a%40b.c");
}

#[test]
fn lists_have_no_gaps() {
    for names in [["a[1]", "a[2]"], ["a[0]", "a[2]"], ["b", "a[0][x][3]"]] {
        let tree = tree([(names[0], &1), (names[1], &1)]).unwrap();
        assert_eq!(both(&pay(), &tree).unwrap_err().reason(), GAPS, "{names:?}");
    }
    let tree = tree([("a[1]", &1), ("a[0]", &0)]).unwrap();
    assert!(
        both(&Pay::new(), &tree)
            .unwrap()
            .0
            .contains("a[0]=0&a[1]=1")
    );
}

#[test]
fn expansions_are_joined() {
    let added = tree([("expand", &["a", "b"])]).unwrap();
    let extra = [String::from("b"), String::from("c")];
    let additions = Additions {
        expand: &extra,
        extra: Some(&added),
        cursor: None,
    };
    let form = form::encode_with(Some(&Pay::new()), additions).unwrap();
    assert_eq!(form, "expand[0]=a&expand[1]=b&expand[2]=c");
}

#[test]
fn json_is_taken_apart_by_name() {
    let mut tree = Entries::default();
    tree.parse(r#" {"a": {"b": [1, null, "x"]}, "c": null, "expand": ["d"]} "#)
        .unwrap();
    let (form, json) = both(&Pay::new(), &tree).unwrap();
    assert_eq!(form, "a[b][0]=1&a[b][1]=&a[b][2]=x&c=&expand[0]=d");
    assert_eq!(
        json,
        r#"{"a":{"b": [1, null, "x"]},"c":null,"expand":["d"]}"#
    );
    for text in ["", "[]", "1", "{", "null", r#"{"a":1,"a":2}"#] {
        assert!(Entries::default().parse(text).is_err(), "{text}");
    }
    tree.parse(r#"{"d[e]": 1}"#).unwrap();
    let additions = Additions {
        extra: Some(&tree),
        ..Additions::default()
    };
    assert!(
        form::encode_with(None, additions).is_err(),
        "a bracket in a name"
    );
    assert!(tree.parse(r#"{"c": 1}"#).is_err());
}

#[test]
fn values_are_in_no_output() {
    let mut tree = tree([("ssn", &"canary"), ("card[cvc]", &"canary")]).unwrap();
    assert_eq!(format!("{tree:?}"), r#"{"ssn", "card"}"#);
    let error = tree.set("ssn", Node::Text("canary")).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("canary"));
}
