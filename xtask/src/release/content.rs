//! What may be in a packaged crate: sources, examples, a readme, licences, and what cargo adds. Not the document, not tests
//! and their fixtures, nothing that looks like a key.

use super::archive::members;
use crate::outcome::Failure;
use crate::tidy::secrets::{is_private_key, keys};

/// Files beside the sources.
const BESIDE: [&str; 8] = [
    ".cargo_vcs_info.json",
    "Cargo.lock",
    "Cargo.toml",
    "Cargo.toml.orig",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "LICENSE-STRIPE",
    "README.md",
];

/// What has to be there, so that others may use it and build it.
const NEEDED: [&str; 5] = [
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "src/lib.rs",
];

/// Refuses a crate with something in it that is not published, or without something that has to be.
pub(crate) fn check(name: &str, packed: &[u8]) -> Result<(), Failure> {
    let faults = faults(name, packed);
    if faults.is_empty() {
        return Ok(());
    }
    Err(Failure::Found(format!("{name}: {}", faults.join("; "))))
}

fn faults(name: &str, packed: &[u8]) -> Vec<String> {
    let members = match members(packed) {
        Ok(members) => members,
        Err(fault) => return vec![fault],
    };
    let root = format!("{}/", name.trim_end_matches(".crate"));
    let mut faults = Vec::new();
    for (path, bytes) in &members {
        let inner = path.strip_prefix(&root);
        if !inner.is_some_and(may_be_there) {
            faults.push(format!("`{path}` is not for publishing"));
        }
        let text = String::from_utf8_lossy(bytes);
        if !keys(&text).is_empty() || text.lines().any(is_private_key) {
            faults.push(format!("`{path}` holds what looks like a key"));
        }
    }
    let missing = NEEDED
        .iter()
        .map(|path| format!("{root}{path}"))
        .filter(|path| !members.iter().any(|(other, _)| other == path));
    faults.extend(missing.map(|path| format!("`{path}` is missing")));
    faults
}

fn may_be_there(path: &str) -> bool {
    let is_plain = !path.split('/').any(|part| part.is_empty() || part == "..");
    let ends = |ending: &str| path.ends_with(ending);
    let is_source = path.starts_with("src/") && (ends(".rs") || ends(".txt") || ends(".md"));
    let is_example = path.starts_with("examples/") && ends(".rs");
    is_plain && (is_source || is_example || BESIDE.contains(&path))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::env;
    use std::process::Command;

    use super::*;
    use crate::release::archive::pack;
    use crate::workspace::Workspace;

    const SOUND: [(&str, &str); 5] = [
        ("a-1.0.0/Cargo.toml", ""),
        ("a-1.0.0/LICENSE-APACHE", ""),
        ("a-1.0.0/LICENSE-MIT", ""),
        ("a-1.0.0/README.md", ""),
        ("a-1.0.0/src/lib.rs", ""),
    ];

    #[test]
    fn p4_nothing_else_is_published() {
        assert!(check("a-1.0.0.crate", &pack(&SOUND)).is_ok());
        let key = concat!("rk_live_", "4eC39HqLyjWDarjtT1zdp7dc");
        for (path, text) in [
            ("a-1.0.0/spec/openapi.json", "{}"),
            ("a-1.0.0/tests/it.rs", ""),
            ("a-1.0.0/src/data.json", "{}"),
            ("a-1.0.0/.env", ""),
            ("a-1.0.0/src/../../x.rs", ""),
            ("b-1.0.0/src/lib.rs", ""),
            ("a-1.0.0/src/key.rs", key),
        ] {
            let files: Vec<_> = SOUND.into_iter().chain([(path, text)]).collect();
            let failure = check("a-1.0.0.crate", &pack(&files)).unwrap_err();
            assert!(failure.message().contains(path), "{}", failure.message());
            assert!(!failure.message().contains(key));
        }
    }

    #[test]
    fn p4_what_others_need_is_there() {
        for left_out in 0..SOUND.len() {
            let mut files = SOUND.to_vec();
            let (path, _) = files.remove(left_out);
            let failure = check("a-1.0.0.crate", &pack(&files)).unwrap_err();
            assert!(failure.message().contains(&format!("`{path}` is missing")));
        }
    }

    /// What cargo would package: each file beside the sources, and of the sources their folder and ending.
    fn listed(package: &str) -> BTreeSet<String> {
        let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["package", "--list", "--allow-dirty", "--offline", "--quiet"])
            .args(["--package", package])
            .current_dir(Workspace::find().unwrap().root())
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        let text = String::from_utf8(output.stdout).unwrap();
        let paths = text.lines().map(|path| path.replace('\\', "/"));
        let folded = paths.map(|path| match path.split_once('/') {
            Some((folder, rest)) => format!("{folder}/*.{}", rest.rsplit('.').next().unwrap()),
            None => path,
        });
        folded.collect()
    }

    #[test]
    fn p4_what_cargo_packages_is_this_and_nothing_else() {
        let of_both = [
            ".cargo_vcs_info.json",
            "Cargo.lock",
            "Cargo.toml",
            "Cargo.toml.orig",
            "LICENSE-APACHE",
            "LICENSE-MIT",
            "README.md",
            "src/*.rs",
        ];
        let of_generated = ["LICENSE-STRIPE", "examples/*.rs", "src/*.txt"];
        for (package, more) in [
            ("stripe-core", &[][..]),
            ("stripe-generated", &of_generated),
        ] {
            let expected = of_both.iter().chain(more).map(|it| (*it).to_owned());
            assert_eq!(listed(package), expected.collect(), "{package}");
        }
    }
}
