//! That what is written for people leads where it says: links between the Markdown files of the repository, and to headings
//! in them. Other people's pages are not asked: a test must not need a network.

use std::collections::BTreeMap;

use super::tree::{File, Finding, Tree};

/// Links that lead to no file, or to no heading.
pub(crate) fn lead_somewhere(tree: &Tree) -> Vec<Finding> {
    let files: BTreeMap<&str, &File> = tree.files.iter().map(|it| (&*it.path, it)).collect();
    let documents = tree.files.iter().filter(|file| is_document(&file.path));
    let findings = documents.flat_map(|file| {
        let links = prose(file).flat_map(|(line, text)| {
            let links = links(&text).map(str::to_owned).collect::<Vec<_>>();
            links.into_iter().map(move |link| (line, link))
        });
        let faults = links.filter_map(|(line, link)| {
            let fault = fault(file, &link, &files)?;
            Some(file.finding(line, format!("`{link}`: {fault}")))
        });
        faults.collect::<Vec<_>>()
    });
    findings.collect()
}

/// Markdown that people write, and what is generated into it.
fn is_document(path: &str) -> bool {
    let is_theirs = path.starts_with("stripe-generated/") || path.contains("/golden/");
    path.ends_with(".md") && !is_theirs
}

/// What is wrong with a link.
fn fault(file: &File, link: &str, files: &BTreeMap<&str, &File>) -> Option<&'static str> {
    if link.starts_with("http://") {
        return Some("link to the encrypted page");
    }
    if link.starts_with("https://") {
        return None;
    }
    let (path, heading) = link.split_once('#').unwrap_or((link, ""));
    let target = if path.is_empty() {
        file.path.clone()
    } else {
        resolved(&file.path, path)
    };
    let Some(target) = files.get(&*target) else {
        return Some("there is no such file");
    };
    if file.path.starts_with("docs/") && !target.path.starts_with("docs/") {
        return Some("it leads out of the book, in which it will lead nowhere: name the file");
    }
    let is_there = heading.is_empty() || prose(target).any(|(_, text)| is_heading(&text, heading));
    (!is_there).then_some("there is no such heading")
}

/// A relative path from a file, as one from the root.
fn resolved(from: &str, path: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The lines that are not code, with inline code taken out of them.
fn prose(file: &File) -> impl Iterator<Item = (usize, String)> {
    let mut is_code = false;
    file.lines().filter_map(move |(number, line)| {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        (!is_code && !is_fence).then(|| (number, without_code(line)))
    })
}

/// In a heading it is part of the text; so what is taken out is the marks, and brackets between them.
fn without_code(line: &str) -> String {
    let parts = line.split('`').enumerate();
    let parts = parts.map(|(index, part)| match index % 2 {
        0 => part.to_owned(),
        _ => part.replace(['[', ']'], ""),
    });
    parts.collect()
}

/// Where the links in a line lead.
fn links(line: &str) -> impl Iterator<Item = &str> {
    let ends = line.split("](").skip(1);
    ends.filter_map(|rest| rest.split(')').next())
}

/// Whether a line is the heading that a link names: in lower case, with hyphens for spaces, without marks.
fn is_heading(line: &str, name: &str) -> bool {
    let Some(text) = line.strip_prefix('#') else {
        return false;
    };
    let text = text.trim_start_matches('#').trim();
    let named = text.chars().filter_map(|c| match c {
        ' ' => Some('-'),
        '-' | '_' => Some(c),
        c => c.is_alphanumeric().then(|| c.to_ascii_lowercase()),
    });
    named.eq(name.chars())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tree::file;

    fn findings(path: &str, text: &str) -> Vec<String> {
        let files = vec![
            file(path, text),
            file(
                "docs/keys.md",
                "# Keys\n\n## From a file: `x`, and more\n\n```\n# none\n```\n",
            ),
            file("docs/security/a.md", "# A\n"),
            file("LICENSE", "text"),
        ];
        let tree = Tree {
            files,
            document_bytes: 0,
        };
        let found = lead_somewhere(&tree);
        found.iter().map(Finding::to_string).collect()
    }

    #[test]
    fn links_lead_to_files_and_headings() {
        for (path, link, fault) in [
            ("docs/b.md", "keys.md", None),
            ("docs/b.md", "./security/a.md", None),
            ("docs/security/b.md", "../keys.md", None),
            ("docs/b.md", "https://example.com/none", None),
            ("docs/b.md", "http://example.com", Some("encrypted")),
            ("docs/b.md", "key.md", Some("no such file")),
            ("docs/b.md", "keys.md#from-a-file-x-and-more", None),
            ("docs/b.md", "keys.md#from-a-file", Some("no such heading")),
            ("docs/b.md", "keys.md#none", Some("no such heading")),
            ("docs/b.md", "#here", None),
            ("docs/b.md", "#there", Some("no such heading")),
            ("docs/b.md", "../LICENSE", Some("out of the book")),
            ("README.md", "LICENSE", None),
            ("README.md", "docs/keys.md#keys", None),
        ] {
            let found = findings(
                path,
                &format!("# Here\n\nsee [`that` page]({link}), once\n"),
            );
            match fault {
                None => assert!(found.is_empty(), "{link}: {found:?}"),
                Some(fault) => {
                    assert_eq!(found.len(), 1, "{link}");
                    assert!(found[0].starts_with(&format!("{path}:3: `{link}`: ")));
                    assert!(found[0].contains(fault), "{found:?}");
                }
            }
        }
    }

    #[test]
    fn code_has_no_links() {
        let text = "`a[0](none.md)` and\n```\n[b](none.md)\n```\n";
        assert!(findings("docs/b.md", text).is_empty());
        assert_eq!(findings("docs/b.md", "[b](none.md)\n").len(), 1);
    }
}
