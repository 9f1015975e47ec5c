//! The packages of a lock file that are not ours. It reads text, and judges where they are from.

use crate::outcome::Failure;
use crate::workspace::{LockedFolder, Workspace};

/// A foreign package, at the version that is built.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Locked {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) source: String,
}

/// The foreign packages of a lock file of this repository.
pub(crate) fn read(workspace: &Workspace, folder: LockedFolder) -> Result<Vec<Locked>, Failure> {
    let path = folder.lock();
    parse(&path, &workspace.read(&path)?)
}

/// Every package that has a source; one without is a folder of this repository.
pub(crate) fn parse(path: &str, text: &str) -> Result<Vec<Locked>, Failure> {
    let table: toml::Table = text
        .parse()
        .map_err(|error| Failure::CouldNotRun(format!("{path}: {error}")))?;
    let packages = table.get("package").and_then(toml::Value::as_array);
    let foreign = packages.into_iter().flatten().filter_map(|package| {
        let word = |key: &str| package.get(key)?.as_str().map(str::to_owned);
        Some(Locked {
            name: word("name")?,
            version: word("version")?,
            source: word("source")?,
        })
    });
    let foreign: Vec<Locked> = foreign.collect();
    // A file in another form would pass every gate.
    if foreign.is_empty() {
        let what = format!("{path}: it names no foreign package");
        return Err(Failure::CouldNotRun(what));
    }
    Ok(foreign)
}

/// Everything is from one registry: a folder of git, or a second registry, is another author's word for what a name means.
pub(crate) fn from_elsewhere(packages: &[Locked]) -> Vec<String> {
    let usual = packages
        .iter()
        .map(|it| &it.source)
        .find(|source| source.starts_with("registry+"));
    let others = packages.iter().filter(|it| Some(&it.source) != usual);
    others
        .map(|it| {
            format!(
                "{} {} is from {}, not from the registry that the others are from",
                it.name, it.version, it.source
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "version = 4\n\n[[package]]\nname = \"ours\"\nversion = \"0.1.0\"\n\n\
        [[package]]\nname = \"bytes\"\nversion = \"1.0.0\"\nsource = \"registry+a\"\n";

    #[test]
    fn foreign_packages_are_read() {
        let [bytes] = &parse("Cargo.lock", LOCK).unwrap()[..] else {
            panic!("one foreign package");
        };
        assert_eq!(
            (&*bytes.name, &*bytes.version, &*bytes.source),
            ("bytes", "1.0.0", "registry+a")
        );
        assert!(parse("Cargo.lock", "version = 4\n").is_err());
        assert!(parse("Cargo.lock", "{").is_err());
    }

    #[test]
    fn d1_a_second_registry_and_a_folder_of_git_are_found() {
        let of = |sources: &[&str]| {
            let text = sources.iter().enumerate().map(|(number, source)| {
                format!(
                    "[[package]]\nname = \"p{number}\"\nversion = \"1.0.0\"\nsource = \"{source}\"\n"
                )
            });
            from_elsewhere(&parse("Cargo.lock", &text.collect::<String>()).unwrap())
        };
        assert!(of(&["registry+a", "registry+a"]).is_empty());
        for elsewhere in ["registry+b", "git+https://example.com/p1", "sparse+b"] {
            let [found] = &of(&["registry+a", elsewhere])[..] else {
                panic!("one finding for {elsewhere}");
            };
            assert!(found.starts_with("p1 1.0.0 is from"), "{found}");
        }
        assert_eq!(of(&["git+a"]).len(), 1);
    }
}
