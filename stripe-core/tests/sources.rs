//! What no line of this crate may do, read from its sources: some things cannot be seen from outside until they go wrong.
//!
//! The compiler and its lints come first. What is here they cannot say.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "tests may panic"
)]

use std::collections::BTreeSet;
use std::path::Path;

/// A source file: its path below `src`, and its text without comments and tests.
struct Source {
    path: String,
    code: String,
}

fn sources() -> Vec<Source> {
    let root = &Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut folders, mut sources) = (vec![root.clone()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let file = entry.unwrap().path();
            if file.is_dir() {
                folders.push(file);
                continue;
            }
            let path = file.strip_prefix(root).unwrap().to_str().unwrap();
            let text = std::fs::read_to_string(&file).unwrap();
            sources.push(Source {
                path: path.replace('\\', "/"),
                code: code(&text),
            });
        }
    }
    assert!(sources.len() > 100, "the sources were not found");
    sources
}

fn code(text: &str) -> String {
    let text = text.split("\n#[cfg(test)]").next().unwrap();
    let text = text.split("\n#[cfg(all(test").next().unwrap();
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    text.lines().filter(is_code).collect::<Vec<_>>().join("\n")
}

/// The files that have one of these texts.
fn having(texts: &[&str]) -> Vec<String> {
    let sources = sources().into_iter();
    let having = sources.filter(|source| texts.iter().any(|text| source.code.contains(text)));
    having.map(|source| source.path).collect()
}

#[test]
fn t2_nothing_turns_verification_off() {
    let ways = [
        "dangerous()",
        "danger::",
        "CertVerifier",
        "certificate_verifier",
    ];
    assert!(having(&ways).is_empty(), "{:?}", having(&ways));
}

#[test]
fn k4_no_argument_of_the_program_is_read() {
    assert!(having(&["env::args"]).is_empty());
}

#[test]
fn row_34_nothing_writes_a_file() {
    let ways = [
        "fs::write",
        "File::create",
        "OpenOptions",
        "create_dir",
        "fs::rename",
        "fs::copy",
    ];
    assert!(having(&ways).is_empty(), "{:?}", having(&ways));
}

const NETWORK: [&str; 8] = [
    "http",
    "hyper",
    "hyper_util",
    "rustls",
    "tokio",
    "tokio_rustls",
    "tower_service",
    "webpki_roots",
];

/// What is public here is of others on purpose: it is behind the features `tower` and `axum`, which say so.
const ADAPTERS: [&str; 3] = ["transport/tower.rs", "webhook/error.rs", "webhook/layer.rs"];

#[test]
fn no_foreign_type_of_the_network_is_public() {
    let sources = sources();
    let public: BTreeSet<_> = sources
        .iter()
        .flat_map(|it| public_types(&it.code))
        .collect();
    assert!(public.contains("Client") && public.contains("HttpRequest"));
    let mut adapters = BTreeSet::new();
    let mut found = Vec::new();
    for source in &sources {
        let foreign = foreign_names(&source.code);
        for signature in signatures(&source.code, &public) {
            let names_one = words(&signature).any(|word| foreign.contains(word));
            if !names_one && !is_path_of_network(&signature) {
                continue;
            }
            if ADAPTERS.contains(&source.path.as_str()) {
                adapters.insert(source.path.as_str());
            } else {
                found.push(format!("{}: {signature}", source.path));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
    // The search finds something where there is something.
    assert!(adapters.into_iter().eq(ADAPTERS));
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
}

fn is_path_of_network(signature: &str) -> bool {
    let is_path = |name: &&str| signature.contains(&format!("{name}::"));
    // `super::hyper::` is the module of our own that is called so.
    NETWORK.iter().any(is_path) && !signature.contains("super::hyper")
}

fn public_types(code: &str) -> Vec<String> {
    let declared = code.lines().filter_map(|line| {
        let line = line.trim_start();
        let rest = ["pub struct ", "pub enum ", "pub trait "];
        let rest = rest.iter().find_map(|start| line.strip_prefix(start))?;
        words(rest).next().map(str::to_owned)
    });
    declared.collect()
}

/// What a file imports from the crates of the network.
fn foreign_names(code: &str) -> BTreeSet<String> {
    let imports = code.split("\nuse ").skip(1);
    let imports = imports.filter_map(|rest| rest.split(';').next());
    let foreign = imports.filter(|import| NETWORK.contains(&words(import).next().unwrap()));
    let names = foreign.flat_map(words).filter(|word| {
        let is_type = word.chars().next().is_some_and(char::is_uppercase);
        // `Error` and `Stream` are named alike by everybody; a file that means its own imports no other.
        is_type && !word.chars().all(|c| c.is_uppercase() || c == '_')
    });
    names.map(str::to_owned).collect()
}

/// What others can see: public items and fields up to their bodies, and traits that public types have.
fn signatures(code: &str, public: &BTreeSet<String>) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = code;
    while let Some(line) = rest.lines().next() {
        let text = line.trim_start();
        let ends = rest.find(['{', ';']).unwrap_or(rest.len());
        let signature = rest[..ends].trim().replace('\n', " ");
        let is_of_public = text.starts_with("impl")
            && words(signature.rsplit(" for ").next().unwrap()).any(|it| public.contains(it));
        if text.starts_with("pub ") && !text.starts_with("pub use ") {
            // A field ends with its line.
            let is_item = [
                "fn", "struct", "enum", "trait", "type", "const", "async", "static",
            ];
            let is_item = is_item.iter().any(|it| text[4..].starts_with(it));
            found.push(if is_item { signature } else { text.to_owned() });
        } else if is_of_public {
            found.push(signature);
        }
        rest = rest.get(line.len() + 1..).unwrap_or_default();
    }
    found
}
