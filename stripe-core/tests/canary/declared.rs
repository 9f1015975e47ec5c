//! The names of all public types, read from the sources: a list that nobody can forget to extend.

use std::collections::BTreeSet;
use std::path::Path;

/// The public types that the sources declare outside of tests.
pub(crate) fn declared() -> BTreeSet<String> {
    let sources = &Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = BTreeSet::new();
    let mut folders = vec![sources.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            if path.file_stem().is_some_and(|name| name == "tests") {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let code = text.split("\n#[cfg(test)]").next().unwrap();
            let code = code.split("\n#[cfg(all(test").next().unwrap();
            let module = path.strip_prefix(sources).unwrap().with_extension("");
            let module = module.to_str().unwrap().replace('\\', "/");
            found.extend(
                code.lines()
                    .filter_map(type_name)
                    .map(|name| format!("{module} {name}")),
            );
        }
    }
    found
}

/// The name in a line that declares a public type.
fn type_name(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let rest = line
        .strip_prefix("pub struct ")
        .or_else(|| line.strip_prefix("pub enum "))?;
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '$' && c != '_')?;
    rest.get(..end)
}
