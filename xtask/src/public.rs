//! The public items of `stripe-core`, one a line, so that a change of its API shows in the diff of a pull request.
//!
//! Read from the source, file by file: an item stands under the module that declares it, and the `pub mod` and `pub use`
//! lines say what is reached from outside. What a macro makes is not seen.

use std::fs;
use std::path::{Path, PathBuf};

use crate::outcome::Failure;
use crate::workspace::{CORE, Workspace, cannot};

mod items;

/// The list, as it is committed.
pub(crate) fn of_core(workspace: &Workspace) -> Result<String, Failure> {
    let root = workspace.path(CORE).join("src");
    let mut lines = Vec::new();
    for file in sources(&root)? {
        let text = fs::read_to_string(&file).map_err(|error| cannot("read", &file, &error))?;
        let parsed = syn::parse_file(&text)
            .map_err(|error| Failure::CouldNotRun(format!("{}: {error}", file.display())))?;
        items::of_file(&module(&root, &file), &parsed, &mut lines);
    }
    lines.sort();
    lines.dedup();
    let head = "# Every public item of stripe-core by the module that declares it, one a line; written by `cargo xtask generate`.";
    Ok(format!("{head}\n{}\n", lines.join("\n")))
}

/// All sources but those of tests.
fn sources(root: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries {
            let path = entry
                .map_err(|error| cannot("read", &folder, &error))?
                .path();
            let name = path
                .file_stem()
                .and_then(|it| it.to_str())
                .unwrap_or_default();
            if name == "tests" {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// `client/builder.rs` is `client::builder`.
fn module(root: &Path, file: &Path) -> String {
    let inside = file.strip_prefix(root).unwrap_or(file).with_extension("");
    let parts = inside
        .iter()
        .map(|part| part.to_string_lossy().into_owned());
    let path = parts.collect::<Vec<_>>().join("::");
    if path == "lib" { String::new() } else { path }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn public_items_are_listed_by_module_and_others_are_not() {
        let scratch = Scratch::new("public-items");
        scratch.write("stripe-core/src/lib.rs", "pub mod a;\npub use a::Thing;\nmod hidden {}\n#[macro_export] macro_rules! m { () => {} }\n");
        scratch.write(
            "stripe-core/src/a/b.rs",
            "pub struct Thing<T> { pub size: Option<T>, secret: u8 }\n\
             impl<T: Clone> Thing<T> { pub fn new(size: &T) -> Self { todo() } fn own(&self) {} pub(crate) fn ours() {} }\n\
             impl<T> Drop for Thing<T> { fn drop(&mut self) {} }\n\
             pub enum Kind { One, Two(u8) }\n#[cfg(test)] pub mod only_tests {}\npub const fn f(a: &'static str) -> u8 { 1 }\n\
             pub trait Walk { fn step(&self) -> u8; }\npub type Short = u8;\npub(crate) struct Inner;\n",
        );
        scratch.write("stripe-core/src/a/tests.rs", "pub fn not_listed() {}\n");
        let list = of_core(&scratch.workspace()).unwrap();
        let lines: Vec<&str> = list.lines().skip(1).collect();
        assert_eq!(
            lines,
            [
                "a (mod)",
                "a::b::Kind (enum)",
                "a::b::Kind::One",
                "a::b::Kind::Two(u8)",
                "a::b::Short = u8",
                "a::b::Thing (struct)",
                "a::b::Thing.size: Option<T>",
                "a::b::Thing: Drop",
                "a::b::Thing::new(size: &T) -> Self",
                "a::b::Walk (trait)",
                "a::b::Walk::step(&self) -> u8",
                "a::b::f(a: &'static str) -> u8",
                "m! (macro)",
                "use a::Thing",
            ]
        );
    }
}
