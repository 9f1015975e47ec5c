//! Rules on what must not be in a public repository: keys that look real, and the paths of somebody's machine.
//!
//! It looks at the files as they are; `cargo xtask audit` looks for the same keys in everything that was ever committed.

use super::tree::{File, Finding};

/// How a key begins, and how many letters and digits Stripe puts after that at least.
const KEYS: [(&str, usize); 6] = [
    ("sk_live_", 16),
    ("sk_test_", 16),
    ("rk_live_", 16),
    ("rk_test_", 16),
    ("whsec_", 20),
    ("sk_org_", 16),
];

/// What a made-up key has in it, so that neither people nor scanners take it for a real one.
const MADE_UP: [&str; 3] = ["FAKE", "EXAMPLE", "0000"];

/// What a private key in a file begins with, but for the kind of key.
const PRIVATE: &str = concat!("PRIVATE", " KEY-----");

/// No key that looks real.
pub(crate) fn holds_no_key(file: &File) -> Vec<Finding> {
    let hits = file.lines().flat_map(|(number, line)| {
        keys(line)
            .into_iter()
            .map(move |(start, _)| (number, start))
    });
    let keys = hits.map(|(number, start)| {
        file.finding(
            number,
            format!("`{start}…` looks like a real key: write FAKE into a made-up one"),
        )
    });
    let private = file.lines().filter(|(_, line)| is_private_key(line));
    keys.chain(
        private
            .map(|(number, _)| file.finding(number, "a private key: make one when the test runs")),
    )
    .collect()
}

/// The keys in a text that look real: how each begins, and the whole of it.
pub(crate) fn keys(text: &str) -> Vec<(&'static str, &str)> {
    let starts = KEYS.iter().flat_map(|(start, least)| {
        text.match_indices(start)
            .map(move |(at, _)| (*start, *least, at))
    });
    let keys = starts.filter_map(|(start, least, at)| {
        let from = text.get(at..)?;
        let body = from.get(start.len()..)?;
        let length = body
            .find(|it: char| !it.is_ascii_alphanumeric())
            .unwrap_or(body.len());
        let key = from.get(..start.len() + length)?;
        let is_real = length >= least && !MADE_UP.iter().any(|mark| key.contains(mark));
        is_real.then_some((start, key))
    });
    keys.collect()
}

/// Whether a line opens a private key.
pub(crate) fn is_private_key(line: &str) -> bool {
    line.contains(PRIVATE)
}

/// No path that exists on one machine only.
pub(crate) fn names_no_machine_path(file: &File) -> Vec<Finding> {
    // Written in parts, so that this file passes its own rule.
    let roots = [
        concat!("/ho", "me/"),
        concat!("/ro", "ot/"),
        concat!("/Us", "ers/"),
        concat!("/wo", "rk/"),
        concat!(":\\Us", "ers\\"),
    ];
    let hits = file.lines().flat_map(|(number, line)| {
        roots
            .iter()
            .filter(move |root| has_path(line, root))
            .map(move |root| (number, root))
    });
    hits.map(|(number, root)| {
        file.finding(
            number,
            format!("`{root}…` is a path of one machine: make it relative"),
        )
    })
    .collect()
}

/// Whether an absolute path begins so; `https://host/home/…` and `a/home/b` are none.
fn has_path(line: &str, root: &str) -> bool {
    let drive = root.starts_with(':');
    line.match_indices(root).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        drive
            || !before.is_some_and(|letter| letter.is_alphanumeric() || "/._-~}>*".contains(letter))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tree::found;

    #[test]
    fn keys_that_look_real_are_found() {
        let real = "4eC39HqLyjWDarjtT1zdp7dc";
        for (line, count) in [
            (format!("let key = \"sk_test_{real}\";"), 1),
            (format!("rk_live_{real} and whsec_{real}"), 2),
            (format!("sk_test_FAKE{real}"), 0),
            ("sk_test_short".to_owned(), 0),
            ("whsec_…".to_owned(), 0),
            (format!("-----BEGIN {} KEY-----", "PRIVATE"), 1),
        ] {
            assert_eq!(
                found(holds_no_key, "tests/a.rs", &line).len(),
                count,
                "{line}"
            );
        }
    }

    #[test]
    fn paths_of_a_machine_are_found() {
        let (home, users) = (concat!("/ho", "me/"), concat!("C:\\Us", "ers\\"));
        for (line, count) in [
            (format!("open(\"{home}me/key\")"), 1),
            (format!("cd {home}me"), 1),
            (format!("{users}me\\key"), 1),
            (format!("<https://stripe.com{home}x>"), 0),
            (format!("a relative path{home}x"), 0),
            ("/v1/customers".to_owned(), 0),
        ] {
            assert_eq!(
                found(names_no_machine_path, "README.md", &line).len(),
                count,
                "{line}"
            );
        }
    }
}
