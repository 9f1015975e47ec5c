//! What cargo knows of the packages behind a manifest: who needs whom, and what they say of themselves.
//!
//! It asks cargo and reads the answer. It judges nothing.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

use crate::outcome::Failure;
use crate::workspace::Workspace;

/// A package that is built, or could be on some platform.
#[derive(Clone, Debug, Default)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) license: String,
    /// None for a folder of this repository.
    pub(crate) source: Option<String>,
    /// Code that runs when it is compiled.
    pub(crate) has_build_script: bool,
    /// Code that runs when what uses it is compiled.
    pub(crate) is_proc_macro: bool,
    /// The ids of what it needs, with the kinds of need: normal, build, dev.
    pub(crate) needs: Vec<(String, Vec<String>)>,
}

/// By cargo's own ids.
pub(crate) type Packages = BTreeMap<String, Package>;

/// Everything behind a manifest with all its features, on every platform.
pub(crate) fn read(workspace: &Workspace, manifest: &str) -> Result<Packages, Failure> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments =
        "metadata --locked --all-features --format-version 1 --quiet --manifest-path".split(' ');
    let answer = Command::new(cargo)
        .args(arguments)
        .arg(manifest)
        .current_dir(workspace.root())
        .output();
    let answer = answer.map_err(|error| {
        Failure::CouldNotRun(format!("`cargo metadata` does not start: {error}"))
    })?;
    if !answer.status.success() {
        let complaint = String::from_utf8_lossy(&answer.stderr);
        return Err(Failure::CouldNotRun(format!(
            "`cargo metadata` of {manifest} failed:\n{}",
            complaint.trim_end()
        )));
    }
    parse(&answer.stdout)
        .ok_or_else(|| Failure::CouldNotRun("`cargo metadata` answers in another form".to_owned()))
}

fn parse(answer: &[u8]) -> Option<Packages> {
    let answer: Value = serde_json::from_slice(answer).ok()?;
    let nodes = answer.get("resolve")?.get("nodes")?.as_array()?;
    let needs: BTreeMap<&str, &Value> = nodes
        .iter()
        .filter_map(|node| Some((node.get("id")?.as_str()?, node.get("deps")?)))
        .collect();
    let packages = answer.get("packages")?.as_array()?.iter();
    let packages: Option<Packages> = packages
        .filter_map(|it| Some((it, *needs.get(it.get("id")?.as_str()?)?)))
        .map(|(it, needs)| Some((it.get("id")?.as_str()?.to_owned(), package(it, needs)?)))
        .collect();
    packages.filter(|packages| !packages.is_empty())
}

fn package(value: &Value, needs: &Value) -> Option<Package> {
    let word = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let targets = value.get("targets")?.as_array()?;
    let kinds = targets
        .iter()
        .filter_map(|it| it.get("kind")?.as_array())
        .flatten();
    let has = |kind: &str| kinds.clone().any(|it| it == kind);
    Some(Package {
        name: word("name")?,
        version: word("version")?,
        license: word("license").unwrap_or_default(),
        source: word("source"),
        has_build_script: has("custom-build"),
        is_proc_macro: has("proc-macro"),
        needs: needs.as_array()?.iter().filter_map(need).collect(),
    })
}

fn need(value: &Value) -> Option<(String, Vec<String>)> {
    let kinds = value.get("dep_kinds")?.as_array()?.iter();
    // Cargo writes `null` for a normal need.
    let kinds = kinds.map(|it| {
        it.get("kind")
            .and_then(Value::as_str)
            .unwrap_or("normal")
            .to_owned()
    });
    Some((value.get("pkg")?.as_str()?.to_owned(), kinds.collect()))
}

/// The ids of everything that a package is made of, itself first: not what only its tests need.
pub(crate) fn behind<'a>(packages: &'a Packages, name: &str) -> Vec<&'a str> {
    let of_name = |(_, it): &(&String, &Package)| it.name == name && it.source.is_none();
    let root = packages.iter().find(of_name).map(|(id, _)| id.as_str());
    let mut found: Vec<&str> = root.into_iter().collect();
    let mut next = 0;
    while let Some(package) = found.get(next).and_then(|id| packages.get(*id)) {
        let built = package
            .needs
            .iter()
            .filter(|(_, kinds)| kinds.iter().any(|kind| kind != "dev"));
        for (id, _) in built {
            if !found.contains(&id.as_str()) {
                found.push(id);
            }
        }
        next += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANSWER: &str = r#"{
        "packages": [
            { "id": "a", "name": "ours", "version": "0.1.0", "license": "MIT", "source": null, "targets": [{ "kind": ["lib"] }] },
            { "id": "b", "name": "ring", "version": "0.17.0", "license": "ISC", "source": "registry",
              "targets": [{ "kind": ["lib"] }, { "kind": ["custom-build"] }] },
            { "id": "c", "name": "macros", "version": "1.0.0", "source": "registry", "targets": [{ "kind": ["proc-macro"] }] },
            { "id": "d", "name": "unused", "version": "1.0.0", "source": "registry", "targets": [] }
        ],
        "resolve": { "nodes": [
            { "id": "a", "deps": [{ "pkg": "b", "dep_kinds": [{ "kind": null }] }, { "pkg": "c", "dep_kinds": [{ "kind": "dev" }] }] },
            { "id": "b", "deps": [] },
            { "id": "c", "deps": [] }
        ] }
    }"#;

    #[test]
    fn the_answer_of_cargo_is_read() {
        let packages = parse(ANSWER.as_bytes()).unwrap();
        assert_eq!(packages.len(), 3, "what is not resolved is not built");
        let is = |id: &str| (packages[id].has_build_script, packages[id].is_proc_macro);
        assert_eq!(
            [is("a"), is("b"), is("c")],
            [(false, false), (true, false), (false, true)]
        );
        assert_eq!(behind(&packages, "ours"), ["a", "b"]);
        assert!(
            behind(&packages, "ring").is_empty(),
            "only ours are asked for"
        );
    }

    #[test]
    fn another_form_is_refused() {
        for text in ["", "{}", r#"{"packages": [], "resolve": {"nodes": []}}"#] {
            assert!(parse(text.as_bytes()).is_none(), "{text}");
        }
    }
}
