//! Any parameters: what other decoders read in the form and the JSON is what was set, and what cannot be said so is refused.

use stripe_core::value::Value;
use stripe_core::{form, json};

use crate::tree::{Bytes, Leaves, Tree};

/// As deep as forms go.
const DEEPEST: usize = 64;

stripe_core::params! {
    /// One parameter of each name.
    pub struct Parameters {
        pub first: Tree,
        pub second: Tree,
    }
}

/// A form and a JSON text of the same parameters, each read back.
pub fn writers(data: &[u8]) {
    let mut bytes = Bytes(data);
    let first = bytes.tree(0);
    write_json(&first);
    write_form(first, bytes.tree(0));
}

fn write_json(tree: &Tree) {
    let written = json::write(tree.node());
    match tree.json() {
        None => assert!(written.is_err(), "{tree:?}"),
        Some(expected) => {
            let read: serde_json::Value = serde_json::from_str(&written.unwrap()).unwrap();
            assert_eq!(read, expected);
        }
    }
}

fn write_form(first: Tree, second: Tree) {
    let mut expected = Leaves::new();
    let is_sayable = first.leaves(&["first".to_owned()], &mut expected).is_some()
        && second
            .leaves(&["second".to_owned()], &mut expected)
            .is_some();
    let depth = first.depth().max(second.depth()) + 1;
    let parameters = Parameters::new().first(first).second(second);
    match form::encode(&parameters) {
        Ok(form) => {
            assert!(is_sayable, "{form}");
            assert!(form.bytes().all(|it| it.is_ascii_graphic()), "{form}");
            let pairs = form_urlencoded::parse(form.as_bytes());
            let read: Leaves = pairs
                .map(|(name, value)| (steps(&name), value.into_owned()))
                .collect();
            assert_eq!(read, expected);
        }
        Err(_) => assert!(
            !is_sayable || depth > DEEPEST,
            "it can be said: {expected:?}"
        ),
    }
}

/// `a[b][0]` as `a`, `b`, `0`.
fn steps(name: &str) -> Vec<String> {
    let (first, rest) = name.split_once('[').unwrap_or((name, ""));
    let rest = rest.strip_suffix(']').map(|rest| rest.split("]["));
    let rest = rest.into_iter().flatten();
    std::iter::once(first)
        .chain(rest)
        .map(str::to_owned)
        .collect()
}
