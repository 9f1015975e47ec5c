//! `cargo xtask sbom`: what each published crate can be made of, as CycloneDX 1.5.
//!
//! It is written from what cargo says and from the checksums of the lock file, so that it names what the tests ran with;
//! an app has a lock file of its own. Nothing in it depends on when or where it was made, but for one date that is given.

pub(crate) mod check;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::date::timestamp;
use crate::metadata::{self, Package, Packages};
use crate::outcome::{Failure, Outcome};
use crate::release::moment;
use crate::terminal::say;
use crate::workspace::{CORE, GENERATED, Workspace, cannot};

/// The crates that are published, each after those that it needs.
pub(crate) const PUBLISHED: [&str; 2] = [CORE, GENERATED];

const FOLDER: &str = "target/sbom";

/// A document and the name of its file.
pub(crate) struct Bill {
    pub(crate) file: String,
    pub(crate) text: String,
}

/// Writes them under `target`.
pub(crate) fn run(workspace: &Workspace) -> Outcome {
    let folder = workspace.path(FOLDER);
    std::fs::create_dir_all(&folder).map_err(|error| cannot("create", FOLDER, &error))?;
    for bill in all(workspace)? {
        let file = format!("{FOLDER}/{}", bill.file);
        workspace.write(&file, &bill.text)?;
        say(&file);
    }
    Ok(())
}

/// One for each published crate.
pub(crate) fn all(workspace: &Workspace) -> Result<Vec<Bill>, Failure> {
    let packages = metadata::read(workspace, "Cargo.toml")?;
    let checksums = checksums(&workspace.read("Cargo.lock")?)?;
    let moment = timestamp(moment(workspace)?);
    let bills = PUBLISHED.iter().map(|name| {
        let document = document(&packages, &checksums, name, &moment)?;
        let text = serde_json::to_string_pretty(&document)
            .map_err(|error| Failure::CouldNotRun(format!("{name}: {error}")))?;
        let version = packages.values().find(|it| it.name == *name);
        let version = version.map(|it| it.version.as_str()).unwrap_or_default();
        Ok(Bill {
            file: format!("{name}-{version}.cdx.json"),
            text: text + "\n",
        })
    });
    bills.collect()
}

/// The lock file's checksums, by name and version.
type Checksums = BTreeMap<(String, String), String>;

fn checksums(lock: &str) -> Result<Checksums, Failure> {
    let table: toml::Table = lock
        .parse()
        .map_err(|error| Failure::CouldNotRun(format!("Cargo.lock: {error}")))?;
    let packages = table.get("package").and_then(toml::Value::as_array);
    let checksums = packages.into_iter().flatten().filter_map(|package| {
        let word = |key: &str| package.get(key)?.as_str().map(str::to_owned);
        Some(((word("name")?, word("version")?), word("checksum")?))
    });
    Ok(checksums.collect())
}

fn document(
    packages: &Packages,
    checksums: &Checksums,
    name: &str,
    moment: &str,
) -> Result<Value, Failure> {
    let behind: Vec<&Package> = metadata::behind(packages, name)
        .into_iter()
        .filter_map(|id| packages.get(id))
        .collect();
    let Some((subject, parts)) = behind.split_first() else {
        let what = format!("{name}: cargo knows no such package of this repository");
        return Err(Failure::CouldNotRun(what));
    };
    let mut parts = parts.to_vec();
    parts.sort_by_key(|it| (&it.name, &it.version));
    let mut dependencies: Vec<Value> = behind.iter().map(|it| needs(packages, it)).collect();
    dependencies.sort_by_key(|it| it.get("ref").and_then(Value::as_str).map(str::to_owned));
    Ok(json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "timestamp": moment,
            "component": component(subject, checksums),
        },
        "components": parts.iter().map(|it| component(it, checksums)).collect::<Vec<_>>(),
        "dependencies": dependencies,
    }))
}

fn component(package: &Package, checksums: &Checksums) -> Value {
    let url = url(package);
    let mut value = json!({
        "type": "library",
        "bom-ref": url,
        "name": package.name,
        "version": package.version,
        "purl": url,
        "licenses": [{ "expression": license(&package.license) }],
    });
    let key = (package.name.clone(), package.version.clone());
    if let (Some(checksum), Some(object)) = (checksums.get(&key), value.as_object_mut()) {
        let hashes = json!([{ "alg": "SHA-256", "content": checksum }]);
        object.insert("hashes".to_owned(), hashes);
    }
    value
}

/// The name of a package among those of all languages; `+` means something else in it.
fn url(package: &Package) -> String {
    let version = package.version.replace('+', "%2B");
    format!("pkg:cargo/{}@{version}", package.name)
}

/// Older packages write `MIT/Apache-2.0`, which SPDX does not know.
fn license(text: &str) -> String {
    text.split('/')
        .map(str::trim)
        .collect::<Vec<_>>()
        .join(" OR ")
}

/// What a package needs when it is built, tests apart.
fn needs(packages: &Packages, package: &Package) -> Value {
    let built = package
        .needs
        .iter()
        .filter(|(_, kinds)| kinds.iter().any(|kind| kind != "dev"));
    let mut urls: Vec<String> = built
        .filter_map(|(id, _)| packages.get(id))
        .map(url)
        .collect();
    urls.sort();
    urls.dedup();
    json!({ "ref": url(package), "dependsOn": urls })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packages() -> Packages {
        let package = |name: &str, version: &str, source: Option<&str>, needs: &[(&str, &str)]| {
            let needs = needs
                .iter()
                .map(|(id, kind)| ((*id).to_owned(), vec![(*kind).to_owned()]));
            let package = Package {
                name: name.to_owned(),
                version: version.to_owned(),
                license: "MIT/Apache-2.0".to_owned(),
                source: source.map(str::to_owned),
                needs: needs.collect(),
                ..Package::default()
            };
            (name.to_owned(), package)
        };
        let foreign = Some("registry");
        BTreeMap::from([
            package(
                "ours",
                "0.1.0",
                None,
                &[("toml", "normal"), ("rcgen", "dev"), ("cc", "build")],
            ),
            package("toml", "1.2.1+spec-1.1.0", foreign, &[]),
            package("rcgen", "1.0.0", foreign, &[]),
            package("cc", "1.0.0", foreign, &[]),
        ])
    }

    #[test]
    fn b3_a_bill_names_everything_that_is_built_and_passes_its_check() {
        let key = |name: &str, version: &str| (name.to_owned(), version.to_owned());
        let sum = "ab".repeat(32);
        let checksums = BTreeMap::from([
            (key("toml", "1.2.1+spec-1.1.0"), sum.clone()),
            (key("cc", "1.0.0"), sum),
        ]);
        let made = || document(&packages(), &checksums, "ours", "2026-11-24T00:00:00Z").unwrap();
        let text = made().to_string();
        for part in [
            "pkg:cargo/cc@1.0.0",
            "pkg:cargo/toml@1.2.1%2Bspec-1.1.0",
            "MIT OR Apache-2.0",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(
            !text.contains("rcgen"),
            "what only tests need is no part of it"
        );
        assert_eq!(text, made().to_string());
        assert_eq!(check::faults(&text), Vec::<String>::new());
        assert!(document(&packages(), &checksums, "theirs", "").is_err());
    }
}
