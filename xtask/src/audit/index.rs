//! What the registry says of a version: when it was published, whether it was yanked, which compiler it needs.
//!
//! It reads what cargo has kept of the registry's index, which needs no network; cargo is asked to bring it up to date
//! first. Where something is missing it says so and guesses nothing.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::lock::Locked;
use crate::date::Day;

/// One version of one package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) published: Option<Day>,
    pub(crate) yanked: bool,
    pub(crate) rust_version: Option<String>,
}

/// Cargo's copies of the index, one folder for each registry.
#[derive(Debug)]
pub(crate) struct Index {
    folders: Vec<PathBuf>,
}

impl Index {
    /// Below cargo's home.
    pub(crate) fn of_cargo() -> Self {
        let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
        let home = home.or_else(|| Some(std::env::home_dir()?.join(".cargo")));
        Self::at(&home.unwrap_or_default())
    }

    pub(crate) fn at(cargo_home: &Path) -> Self {
        let registries = fs::read_dir(cargo_home.join("registry/index"));
        let registries = registries.into_iter().flatten().flatten();
        Self {
            folders: registries
                .map(|entry| entry.path().join(".cache"))
                .collect(),
        }
    }

    /// What is known of a version; `None` if cargo has kept nothing of it.
    pub(crate) fn entry(&self, package: &Locked) -> Option<Entry> {
        let path = path(&package.name)?;
        let kept = self
            .folders
            .iter()
            .filter_map(|it| fs::read(it.join(&path)).ok());
        kept.into_iter()
            .find_map(|bytes| find(&bytes, &package.version))
    }
}

/// Where the index keeps a package: by the length of its name and its first letters.
fn path(name: &str) -> Option<String> {
    let name = name.to_lowercase();
    Some(match name.len() {
        0 => return None,
        1 => format!("1/{name}"),
        2 => format!("2/{name}"),
        3 => format!("3/{}/{name}", name.get(..1)?),
        _ => format!("{}/{}/{name}", name.get(..2)?, name.get(2..4)?),
    })
}

/// A kept file is pieces with a zero byte behind each; some of them are JSON objects, one for each version.
fn find(bytes: &[u8], version: &str) -> Option<Entry> {
    let objects = bytes
        .split(|byte| *byte == 0)
        .filter(|piece| piece.starts_with(b"{"));
    let mut versions = objects.filter_map(|piece| serde_json::from_slice::<Value>(piece).ok());
    let object = versions.find(|it| it.get("vers").and_then(Value::as_str) == Some(version))?;
    let word = |key: &str| object.get(key).and_then(Value::as_str);
    Some(Entry {
        published: word("pubtime").and_then(Day::parse),
        // Without the word it is not known, which is not the same as `false`.
        yanked: object.get("yanked")?.as_bool()?,
        rust_version: word("rust_version").map(str::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn places_in_the_index_follow_the_name() {
        for (name, expected) in [
            ("a", "1/a"),
            ("cc", "2/cc"),
            ("url", "3/u/url"),
            ("Serde_JSON", "se/rd/serde_json"),
        ] {
            assert_eq!(path(name).as_deref(), Some(expected));
        }
        assert_eq!(path(""), None);
    }

    #[test]
    fn a_version_is_found_in_what_cargo_kept() {
        let scratch = Scratch::new("index");
        let kept = "\u{3}\u{2}\0\0\0etag\u{0}1.0.0\0{\"vers\":\"1.0.0\",\"yanked\":true}\0\
            1.0.1\0{\"vers\":\"1.0.1\",\"yanked\":false,\"pubtime\":\"2026-11-01T00:00:00Z\",\"rust_version\":\"1.70\"}\0\
            1.0.2\0{\"vers\":\"1.0.2\"}\0";
        scratch.write("registry/index/some/.cache/by/te/bytes", kept);
        let index = Index::at(&scratch.path(""));
        let entry = |name: &str, version: &str| {
            index.entry(&Locked {
                name: name.to_owned(),
                version: version.to_owned(),
                source: String::new(),
            })
        };
        let new = entry("bytes", "1.0.1").unwrap();
        assert_eq!(new.published, Day::parse("2026-11-01"));
        assert_eq!(
            (new.yanked, new.rust_version.as_deref()),
            (false, Some("1.70"))
        );
        assert!(entry("bytes", "1.0.0").unwrap().yanked);
        for (name, version) in [("bytes", "1.0.2"), ("bytes", "2.0.0"), ("http", "1.0.0")] {
            assert_eq!(entry(name, version), None, "{name} {version}");
        }
    }
}
