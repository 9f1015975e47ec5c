//! That the guide is whole: its table of contents has every page and nothing else, and every sample is compiled by the
//! tests. Whether a page is true is for reviews; whether its links lead somewhere is for another rule.

use std::collections::BTreeSet;

use super::tree::{File, Finding, Tree};

const CONTENTS: &str = "docs/SUMMARY.md";

/// Where the samples become tests.
const SAMPLES: &str = "tests/src/guide.rs";

/// Pages that are not listed, and samples that nothing compiles. (A page that is listed and not there is a link that
/// leads nowhere.)
pub(crate) fn is_whole(tree: &Tree) -> Vec<Finding> {
    let text = |path| {
        let file = tree.files.iter().find(|file| file.path == path);
        file.map_or("", |file| &*file.text)
    };
    let listed: BTreeSet<&str> = between(text(CONTENTS), "](", ")").collect();
    let tested: BTreeSet<&str> = between(text(SAMPLES), "/docs/", "\"").collect();
    let pages = tree.files.iter().filter(|file| file.path != CONTENTS);
    let pages = pages.filter_map(|file| Some((file, page(&file.path)?)));
    let findings = pages.flat_map(|(file, page)| {
        let unlisted = (!listed.contains(page)).then(|| {
            let what = format!("list it in {CONTENTS}: the book does not have it");
            Finding::whole(&file.path, what)
        });
        let samples = samples(file).filter_map(|(line, attributes)| {
            let what = if attributes.contains("ignore") {
                "nothing compiles a sample that is ignored".to_owned()
            } else if tested.contains(page) {
                return None;
            } else {
                format!("nothing compiles this sample: include the page in {SAMPLES}")
            };
            Some(file.finding(line, what))
        });
        unlisted.into_iter().chain(samples).collect::<Vec<_>>()
    });
    findings.collect()
}

/// The path of a page within the book.
fn page(path: &str) -> Option<&str> {
    let page = path.strip_prefix("docs/")?;
    page.ends_with(".md").then_some(page)
}

/// Where samples of Rust begin, each with what is said of it.
fn samples(file: &File) -> impl Iterator<Item = (usize, &str)> {
    file.lines().filter_map(|(line, text)| {
        let attributes = text.strip_prefix("```rust")?;
        Some((line, attributes))
    })
}

/// What stands between an opening and the next closing.
fn between<'a>(text: &'a str, opening: &'a str, closing: &'a str) -> impl Iterator<Item = &'a str> {
    let rests = text.split(opening).skip(1);
    rests.filter_map(move |rest| rest.split(closing).next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tree::file;

    fn findings(contents: &str, samples: &str, page: &str) -> Vec<String> {
        let files = vec![
            file(CONTENTS, contents),
            file(SAMPLES, samples),
            file("docs/keys.md", page),
            file("README.md", "```rust\nf();\n```\n"),
        ];
        let tree = Tree {
            files,
            document_bytes: 0,
        };
        is_whole(&tree).iter().map(Finding::to_string).collect()
    }

    const LISTED: &str = "- [Keys](keys.md)\n";
    const TESTED: &str = "#[doc = include_str!(\"../../docs/keys.md\")]\nmod keys {}\n";

    #[test]
    fn every_page_is_listed_and_every_sample_compiled() {
        let page = "# Keys\n\n```rust,no_run\nf();\n```\n";
        assert!(findings(LISTED, TESTED, page).is_empty());
        let [unlisted] = &findings("", TESTED, page)[..] else {
            panic!("one finding")
        };
        assert!(
            unlisted.starts_with("docs/keys.md:1: list it"),
            "{unlisted}"
        );
        let [untested] = &findings(LISTED, "", page)[..] else {
            panic!("one finding")
        };
        assert!(
            untested.starts_with("docs/keys.md:3: nothing"),
            "{untested}"
        );
    }

    #[test]
    fn no_sample_is_ignored() {
        let page = "# Keys\n\n```rust,ignore\nf();\n```\n\n```text\nrust\n```\n";
        assert_eq!(findings(LISTED, TESTED, page).len(), 1);
    }
}
